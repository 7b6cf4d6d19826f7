"""Figures kept in this process for as long as nothing was written of what they are made of.

Every write leaves an event about its table. Counting the events since a point of the log at which it is complete tells
which tables changed: a figure is answered again without counting its rows while none of its tables did.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Hashable, Iterable, Mapping
from functools import cache
from typing import Any, TypeVar

from django.apps import apps
from django.conf import settings
from django.db.models import Count

from yizhou.core.bulk import is_postgres
from yizhou.core.remembered import Kept
from yizhou.events.kinds import looks
from yizhou.events.models import Event, Outcome, Seal
from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.queries import Figure, answer_of, compute
from yizhou.indicators.scope import Scope

MOST = 4_096
FAR = 20_000
"""Events after the point from which a later one is taken."""

WHY = "how much was written, whoever did it"
_TABLE = re.compile(r'(?:FROM|JOIN) "(\w+)"')
R = TypeVar("R")
Written = Mapping[str, int]
"""Events by package since the point of the log."""


class _Epoch:
    """The point of the log since which events are counted, and the figures kept since."""

    def __init__(self) -> None:
        self.point: int | None = None
        self.figures: Kept[tuple[Figure, Written]] = Kept(MOST)
        self.answers: Kept[tuple[Any, Written]] = Kept(MOST)

    def written(self) -> Written:
        """Events by package since the point; a new point is taken when it lies far back."""
        if self.point is None:
            self.point = _complete_until()
            self.figures.forget()
            self.answers.forget()
        found: dict[str, int] = {}
        since = Event.objects.everywhere(WHY).filter(id__gt=self.point, outcome=Outcome.DONE).order_by()
        since = since.exclude(kind__in=looks())
        for about, count in since.values_list("about").annotate(n=Count("id")):
            package = _packages().get(about, "")
            found[package] = found.get(package, 0) + count
        if sum(found.values()) > FAR:
            self.point = None
        return found


_epoch = _Epoch()


def _complete_until() -> int:
    """The last event before which none can come in any more: on PostgreSQL numbers may be committed out of order."""
    if is_postgres():
        return Seal.objects.order_by("-last_id").values_list("last_id", flat=True).first() or 0
    events = Event.objects.everywhere(WHY).order_by("-id")
    return events.values_list("id", flat=True).first() or 0


@cache
def _packages() -> Mapping[str, str]:
    """The package of every table."""
    return {model._meta.db_table: model._meta.app_label for model in apps.get_models()}


def remembered_figures(codes: Iterable[str], scope: Scope) -> dict[str, Figure]:
    """As ``compute``, in the order of the codes; counted anew only where something was written since."""
    wanted = list(codes)
    if not settings.REMEMBER_FIGURES:
        return compute(wanted, scope)
    written, known = _epoch.written(), {}
    for code in wanted:
        held = _epoch.figures.get((code, scope))
        if held is not None and held[1] == _of(written, _read_by(code, scope)):
            known[code] = held[0]
    counted = compute([code for code in wanted if code not in known], scope)
    for code, figure in counted.items():
        _epoch.figures.keep((code, scope), (figure, _of(written, _read_by(code, scope))))
    return {code: known.get(code) or counted[code] for code in wanted}


def remembered_answer(
    key: Hashable, packages: Collection[str], ask: Callable[[], R], keeps: Callable[[R], bool]
) -> R:
    """What ``ask`` answers, asked again only where something was written in the tables of these packages since.

    ``key`` must name all that the answer depends on beside those rows, the day as well; callers must not change it.
    ``keeps`` says of an answer whether every further change of it leaves an event.
    """
    if not settings.REMEMBER_FIGURES:
        return ask()
    now = _of(_epoch.written(), packages)
    held = _epoch.answers.get(key)
    if held is not None and held[1] == now:
        known: R = held[0]
        return known
    answer = ask()
    return _epoch.answers.keep(key, (answer, now))[0] if keeps(answer) else answer


def _of(written: Written, packages: Collection[str]) -> Written:
    return {package: written[package] for package in packages if package in written}


_read: dict[tuple[str, bool], frozenset[str]] = {}


def _read_by(code: str, scope: Scope) -> frozenset[str]:
    """Packages whose tables the indicator counts, by its own statements: in a division it looks up where rows lie."""
    key = code, bool(scope.area) and not scope.everything
    if key not in _read:
        answer = answer_of(code, scope)
        parts = [answer.numerator, answer.denominator] if isinstance(answer, Rate) else [answer]
        tables = {
            table for part in parts if isinstance(part, Measure) for table in _TABLE.findall(_sql(part))
        }
        _read[key] = frozenset(_packages()[table] for table in tables)
    return _read[key]


def _sql(measured: Measure) -> str:
    rows = measured.rows if measured.where is None else measured.rows.filter(measured.where)
    return str(rows.values("pk").query)
