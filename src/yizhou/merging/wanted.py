"""What of the queue is asked for; it goes along from the list to a pair, and from one pair to the next."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from django.db.models import Q
from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.core.scope import is_code
from yizhou.ledgers.browsing import address
from yizhou.merging.models import PairQuerySet, Strength, SuspectPair
from yizhou.orgs.queries import child_names, division_names

LONGEST_NAME = 20


@dataclass(frozen=True)
class Wanted:
    """An area in which either file lies, how sure the pairs are, part of a name; empty ones ask for nothing."""

    area: str = ""
    strength: str = ""
    q: str = ""

    @classmethod
    def of(cls, query: Mapping[str, str]) -> Wanted:
        """From the parameters of an address or the hidden fields of a form; what cannot be read is left out."""
        area, strength = query.get("area", ""), query.get("strength", "")
        return cls(
            area if is_code(area) else "",
            strength if strength in Strength.values else "",
            query.get("q", "").strip()[:LONGEST_NAME],
        )

    @property
    def kept(self) -> dict[str, str]:
        """Its parameters, without the empty ones."""
        return {name: value for name, value in asdict(self).items() if value}

    def url(self, **further: Any) -> str:
        """The list with these filters; a parameter given as "" is left out."""
        return address(reverse("merging:list"), {**self.kept, **further})()

    def pair_url(self, pair: SuspectPair, **further: Any) -> str:
        """A pair, with the way on through what was asked for."""
        return address(pair.get_absolute_url(), {**self.kept, **further})()

    def pairs(self, actor: Actor) -> PairQuerySet:
        """The pairs that wait, the surest first."""
        found = SuspectPair.objects.visible_to(actor).open().lying_in(self.area)
        if self.strength:
            found = found.filter(strength=self.strength)
        if self.q:
            found = found.filter(Q(first__name__contains=self.q) | Q(second__name__contains=self.q))
        return found.order_by("strength", "id")

    def next_url(self, actor: Actor, pair: SuspectPair) -> str:
        """The next pair that waits, for who decides one after the other; the list when none does."""
        waiting = self.pairs(actor)
        following = beyond(waiting, pair).first() or waiting.first()
        return self.pair_url(following) if following else self.url()

    def chips(self, actor: Actor) -> list[dict[str, Any]]:
        """Chips of filters.html: the divisions below the actor's own, how sure."""
        areas = [one for code in actor.areas for one in child_names(code)]
        area = division_names([self.area]).get(self.area, self.area) if self.area else ""
        return [
            {
                "label": "区域",
                "value": area,
                "clear_url": self.url(area=""),
                "options": [{"label": name, "url": self.url(area=code)} for code, name in areas],
            },
            {
                "label": "把握",
                "value": dict(Strength.choices).get(self.strength, ""),
                "clear_url": self.url(strength=""),
                "options": [
                    {"label": label, "url": self.url(strength=code)} for code, label in Strength.choices
                ],
            },
        ]


def beyond(pairs: PairQuerySet, pair: SuspectPair) -> PairQuerySet:
    """Those that come after a pair in the order of the queue."""
    return pairs.filter(Q(strength__gt=pair.strength) | Q(strength=pair.strength, pk__gt=pair.pk))
