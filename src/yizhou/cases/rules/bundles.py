"""One form, several items: who waits for whom, when each is expected, when the whole is done (handbook §5.2)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum

from yizhou.cases.rules.states import AFTER_DECISION, BEFORE_ACCEPTANCE, FINAL, Status
from yizhou.core.refusal import Blocker
from yizhou.core.workdays import WorkCalendar, deadline, effective_on


class BundleStatus(StrEnum):
    """Where a bundle stands; it follows from its legs and is stored for lists."""

    SUBMITTED = "SUBMITTED"
    IN_PROGRESS = "IN_PROGRESS"
    CLOSED = "CLOSED"


BUNDLE_LABELS: Mapping[BundleStatus, str] = {
    BundleStatus.SUBMITTED: "待受理",
    BundleStatus.IN_PROGRESS: "联办中",
    BundleStatus.CLOSED: "已办结",
}


@dataclass(frozen=True)
class Leg:
    """One chosen item: which of the chosen it waits for, workdays promised."""

    item: str
    name: str
    needs: tuple[str, ...]
    promised_days: int


@dataclass(frozen=True)
class Expected:
    """When a leg is expected; ``confirmed`` is false past the last official calendar."""

    leg: Leg
    due_on: date
    confirmed: bool
    depth: int


def is_done(status: Status) -> bool:
    """办结: decided or ended otherwise, so that whoever waited may go on."""
    return status in FINAL or status in AFTER_DECISION


def bundle_status(statuses: Iterable[Status]) -> BundleStatus:
    """A bundle is closed when all its legs are final, accepted when one is past acceptance."""
    listed = list(statuses)
    if listed and all(status in FINAL for status in listed):
        return BundleStatus.CLOSED
    if all(status in BEFORE_ACCEPTANCE or status is Status.CORRECTION_REQUIRED for status in listed):
        return BundleStatus.SUBMITTED
    return BundleStatus.IN_PROGRESS


def released(needs: Mapping[str, Sequence[str]], statuses: Mapping[str, Status]) -> list[str]:
    """Legs that wait and whose predecessors among the legs are all done; a refused one holds nobody up."""
    return [
        item
        for item, status in statuses.items()
        if status is Status.WAIT_PREV
        and all(is_done(statuses[need]) for need in needs.get(item, ()) if need in statuses)
    ]


def expected(legs: Sequence[Leg], accepted_at: datetime, calendar: WorkCalendar) -> dict[str, Expected]:
    """The day each leg is expected if every one takes its whole promised time; predecessors come first."""
    found: dict[str, Expected] = {}
    for leg in legs:
        before = [found[need] for need in leg.needs if need in found]
        start = accepted_at
        if before:
            last = max(one.due_on for one in before)
            start = datetime.combine(max(last, effective_on(accepted_at, calendar)), time(9))
        due = deadline(start, leg.promised_days, (), calendar)
        assert due.due_on is not None  # no pause, so it is a day
        depth = 1 + max((one.depth for one in before), default=-1)
        found[leg.item] = Expected(leg, due.due_on, due.confirmed, min(depth, 2))
    return found


@dataclass(frozen=True)
class Choice:
    """What is known about one item when a form is filed."""

    item: str
    name: str
    eligible: bool | None
    why_not: str
    needs: tuple[tuple[str, str], ...]  # code and name
    open_case: str = ""
    agency_ok: bool = True


def blockers_to_file(
    choices: Sequence[Choice], done: Collection[str], *, by_agent: bool = False
) -> list[Blocker]:
    """Why these items cannot be filed together: nothing chosen, not eligible, a need neither chosen nor done,
    the same item already under way, an agent where the law wants the person."""
    if not choices:
        return [Blocker("NOTHING_CHOSEN", "没有勾选任何事项", "至少勾选一项")]
    chosen = {choice.item for choice in choices}
    found = []
    for choice in choices:
        if choice.eligible is False:
            found.append(
                Blocker(
                    "NOT_ELIGIBLE",
                    f"{choice.name}：{choice.why_not}",
                    "情况有变的，先更正档案；否则去掉这一项",
                )
            )
        if choice.open_case:
            found.append(
                Blocker(
                    "ALREADY_OPEN",
                    f"{choice.name}：已有在办件 {choice.open_case}",
                    "在原办件上继续办理，或先撤回原办件",
                )
            )
        if by_agent and not choice.agency_ok:
            found.append(
                Blocker("NO_AGENCY", f"{choice.name}：须本人办理，不可代办", "请本人到场，或去掉这一项")
            )
        for code, name in choice.needs:
            if code not in chosen and code not in done:
                found.append(
                    Blocker("NEEDS", f"{choice.name}：要先办“{name}”", f"一并勾选“{name}”，或先把它办结")
                )
    return found
