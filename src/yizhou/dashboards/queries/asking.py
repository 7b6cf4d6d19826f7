"""For where and when a dashboard is asked, who reads it, and what is hidden from whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from django.conf import settings

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.indicators.opening import OPEN_ROWS
from yizhou.indicators.pages import scope_of, shown_to, small_cells
from yizhou.indicators.periods import earlier, year_of
from yizhou.indicators.queries import Figure
from yizhou.indicators.report.guarding import SMALL
from yizhou.indicators.scope import Scope

FEW = "少于 5"


@dataclass(frozen=True)
class Asked:
    """``chosen`` as the picker says it; ``scope`` ends today at the latest, so that a year that runs is compared with
    the same days of the year before. ``is_public`` where anybody may look on: the wall of a hall.
    """

    actor: Actor
    chosen: Scope
    scope: Scope
    is_public: bool = False

    @property
    def earlier(self) -> Scope | None:
        """As much of the period before; None where that is the year before."""
        before = self.scope.during(*earlier(self.scope.first, self.scope.last, self.chosen.last))
        return None if before == self.scope.a_year_earlier() else before

    def hidden(self, figures: Sequence[Figure]) -> set[int]:
        """Places of those so small that they point at persons, where the reader may not see these."""
        if self.is_public:
            return small_cells([_at_its_smallest(figure) for figure in figures])
        return set() if self.actor.may(OPEN_ROWS) else small_cells(figures)

    def shown(self, figure: Figure, scope: Scope) -> Figure:
        """One figure for itself, or none where it is too small to be told."""
        if self.is_public and small_cells([_at_its_smallest(figure)]):
            return Figure(figure.fact, None, reason=FEW)
        return shown_to(self.actor, figure, scope)


def _at_its_smallest(figure: Figure) -> Figure:
    """A rate by its numerator where that is what points at few; strangers who look on learn neither."""
    few = figure.numerator is not None and 0 < figure.numerator < SMALL
    return replace(figure, denominator=figure.numerator) if few else figure


def asked(actor: Actor, query: Mapping[str, str], *, is_public: bool = False) -> Asked:
    """What an address asks for. Raises ``UnknownArea``.

    A demonstration's work lies in the year before, so that is what it shows unasked.
    """
    today = clock.today()
    if settings.DEMO and "from" not in query:
        first, last = year_of(today.replace(month=1, day=1, year=today.year - 1))
        query = {**query, "from": first.isoformat(), "to": last.isoformat()}
    chosen = scope_of(actor, query)
    runs = chosen.first <= today < chosen.last
    return Asked(actor, chosen, chosen.during(chosen.first, today) if runs else chosen, is_public)
