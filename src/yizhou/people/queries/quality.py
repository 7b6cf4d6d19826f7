"""数据质量: how complete, sound and current the files of an area are, division by division, the worst first.

Handbook §20. What a file lacks, what speaks against it and when it was last looked at are kept with it, so that a page
is one pass over the files of its area.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, fields
from typing import Any

from django.db.models import Count, Q, Sum
from django.http import Http404
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.configured import parameter
from yizhou.core.scope import innermost, is_code, prefix_of
from yizhou.indicators.queries import parts_below
from yizhou.indicators.remembering import remembered_answer
from yizhou.ledgers.browsing import address, area_choices
from yizhou.orgs.models import Division
from yizhou.orgs.queries import full_division_name
from yizhou.people.essentials import essentials
from yizhou.people.freshness import stale
from yizhou.people.models import IN_DOUBT, Person, PersonQuerySet, of_group
from yizhou.people.plugs import QUALITY
from yizhou.people.queries.files_to_mend import FEW_ENOUGH, files_to_mend

OWN = "未归入下级区划"
MADE_OF = ("people",)
"""Packages whose events tell of a change in the sums."""


@dataclass(frozen=True)
class Sums:
    """Files counted: on the register, of veterans, gaps in all, with gaps, in doubt, not judged yet, stale."""

    persons: int = 0
    veterans: int = 0
    gaps: int = 0
    incomplete: int = 0
    doubtful: int = 0
    unjudged: int = 0
    outdated: int = 0

    def __add__(self, other: Sums) -> Sums:
        return Sums(*(getattr(self, one.name) + getattr(other, one.name) for one in fields(Sums)))

    @property
    def complete(self) -> float | None:
        """完整: per cent of the essentials that are filled; None without files."""
        wanted = self.veterans * len(essentials(veteran=True))
        wanted += (self.persons - self.veterans) * len(essentials(veteran=False))
        return 100 * (1 - self.gaps / wanted) if wanted else None

    @property
    def sound(self) -> float | None:
        """准确: per cent of the judged files without a doubt."""
        judged = self.persons - self.unjudged
        return 100 * (1 - self.doubtful / judged) if judged else None

    @property
    def current(self) -> float | None:
        """及时: per cent of the files within their cycle."""
        return 100 * (1 - self.outdated / self.persons) if self.persons else None

    @property
    def score(self) -> float | None:
        """Out of 100, weighted as configured; None where a part is not known."""
        if self.complete is None or self.sound is None or self.current is None:
            return None
        complete, sound, current = weights()
        total = self.complete * complete + self.sound * sound + self.current * current
        return total / (complete + sound + current)


def weights() -> tuple[int, int, int]:
    """How much completeness, soundness and currency weigh in the score, as configured."""
    return (
        parameter("quality_complete_weight"),
        parameter("quality_sound_weight"),
        parameter("quality_current_weight"),
    )


def quality_page(actor: Actor, query: Mapping[str, str]) -> dict[str, Any]:
    """Context of ``people/quality.html``. Absent and out of sight are the same ``Http404``."""
    area = _asked_area(actor, query)
    people = Person.objects.visible_to(actor).in_area(area).registered(clock.today())
    by_area = known_sums(people, area, actor)
    whole = sum(by_area.values(), Sums())
    below = parts_below(area)
    return {
        "title": "数据质量",
        "note": f"{full_division_name(area) or '全部区划'} · 在册 {whole.persons:,} 人",
        "areas": area_choices(actor, area),
        "area": area,
        "cards": _cards(whole, area),
        "unjudged": whole.unjudged,
        "headers": HEADERS,
        "rows": _rows(below, by_area) if below else [],
        "files": files_to_mend(people, actor) if whole.persons <= FEW_ENOUGH else None,
        "few_enough": FEW_ENOUGH,
        "further": [(name, shown) for name, card in QUALITY.items() if (shown := card(area, actor))],
    }


def _asked_area(actor: Actor, query: Mapping[str, str]) -> str:
    """The division of the address, else the actor's own; "" for all."""
    named = query.get("area", "")
    if not named:
        return next((prefix.ljust(12, "0") for prefix in actor.areas if prefix), "")
    if not is_code(named) or not actor.covers(named.ljust(12, "0")):
        raise Http404
    return named.ljust(12, "0")


def known_sums(people: PersonQuerySet, area: str, actor: Actor) -> Mapping[str, Sums]:
    """``sums_by_area``, counted anew once somebody has written into a file: never other than counted directly.

    While files wait to be judged it is counted each time: judging them leaves no event.
    """
    key = "quality", area, actor.areas, clock.today()
    return remembered_answer(key, MADE_OF, lambda: sums_by_area(people), _is_judged)


def _is_judged(by_area: Mapping[str, Sums]) -> bool:
    return not any(found.unjudged for found in by_area.values())


def sums_by_area(people: PersonQuerySet) -> dict[str, Sums]:
    """The counts of each village, in one pass."""
    found: Any = (
        people.order_by()
        .values("household_area")
        .annotate(
            persons=Count("pk"),
            veterans=Count("pk", filter=of_group("VET")),
            gaps=Sum("missing_count"),
            incomplete=Count("pk", filter=Q(missing_count__gt=0)),
            doubtful=Count("pk", filter=IN_DOUBT),
            unjudged=Count("pk", filter=Q(doubts__isnull=True)),
            outdated=Count("pk", filter=stale(clock.today())),
        )
    )
    return {row.pop("household_area"): Sums(**row) for row in found}


HEADERS = [
    "区划",
    *(
        {"label": label, "num": True}
        for label in ("得分", "在册", "完整", "缺要素", "准确", "存疑", "及时", "到期未更新")
    ),
]


def _rows(below: Iterable[Division], by_area: Mapping[str, Sums]) -> list[list[Any]]:
    """A line for each division, the lowest score first; those without files come last."""
    names = {prefix_of(division.area_code): division for division in below}
    sums: dict[str, Sums] = dict.fromkeys(names, Sums())
    for area, found in by_area.items():
        prefix = innermost(area, names)
        sums[prefix] = sums.get(prefix, Sums()) + found
    order = sorted(
        sums.items(), key=lambda pair: (pair[1].score is None, pair[1].score or 0, -pair[1].persons)
    )
    return [_row(names.get(prefix), found) for prefix, found in order]


def _row(division: Division | None, found: Sums) -> list[Any]:
    if division is None:
        return [OWN, *_cells(found, "")]
    page = address(reverse("people:quality"), {"area": division.area_code})()
    return [{"text": division.name, "url": page}, *_cells(found, division.area_code)]


def _cells(found: Sums, area: str) -> list[dict[str, Any]]:
    listed = address(reverse("people:list"), {"area": area, "state": "registered"})
    return [
        {"text": _percent(found.score), "url": "", "num": True},
        _count(found.persons, listed(), area),
        {"text": _percent(found.complete), "url": "", "num": True},
        _count(found.incomplete, listed(complete="missing"), area),
        {"text": _percent(found.sound), "url": "", "num": True},
        _count(found.doubtful, listed(doubt="yes"), area),
        {"text": _percent(found.current), "url": "", "num": True},
        _count(found.outdated, listed(fresh="stale"), area),
    ]


def _count(count: int, url: str, area: str) -> dict[str, Any]:
    return {"text": f"{count:,}", "url": url if count and area else "", "num": True}


def _percent(value: float | None) -> str:
    """Rounded down: 100 means that nothing is left to do."""
    return "—" if value is None else f"{int(value * 10) / 10:.1f}"


def _cards(whole: Sums, area: str) -> list[dict[str, Any]]:
    """Keywords of ``kpi()``: the score and its parts, each opening into what is to be done."""
    listed = address(reverse("people:list"), {"area": area, "state": "registered"})
    parts = (
        ("完整", whole.complete, f"缺要素 {whole.incomplete:,} 人", listed(complete="missing")),
        ("准确", whole.sound, f"存疑 {whole.doubtful:,} 人", listed(doubt="yes")),
        ("及时", whole.current, f"到期未更新 {whole.outdated:,} 人", listed(fresh="stale")),
    )
    weighed = "、".join(f"{part[0]} {weight}" for part, weight in zip(parts, weights(), strict=True))
    return [
        {"label": "得分", "value": _percent(whole.score), "unit": "分", "notes": weighed, "url": ""},
        *(
            {"label": label, "value": _percent(value), "unit": "%", "notes": note, "url": url}
            for label, value, note, url in parts
        ),
    ]
