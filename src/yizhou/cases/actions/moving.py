"""How every verb changes a case: read again, ask the rule, compare-and-set, record, join with the bundle."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from django.db.models import F

from yizhou.cases.models import BundleCase, Case, CaseMaterial, CasePause, Rating
from yizhou.cases.queries.facts import CaseState, facts_of, limits, needs_in, state_of
from yizhou.cases.rules.blockers import CaseFacts
from yizhou.cases.rules.bundles import BundleStatus, bundle_status, released
from yizhou.cases.rules.states import MOVES, Status
from yizhou.cases.telling import tell_of_bundle, tell_of_case
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, refuse
from yizhou.core.workdays import WorkCalendar, deadline, effective_on
from yizhou.events.recording import Concern, record
from yizhou.orgs.queries import work_calendar


class Handling:
    """One verb on one case inside its transaction: check, then change the case, then store what goes with it, so
    that of two who do the same at once the second gets ``Conflict`` and not a constraint's error.

    The case given carries the version its user saw; when the stored one has moved on, ``Conflict`` is raised. A
    leg takes the row of its bundle first, so that two legs finishing at once see each other.
    """

    def __init__(self, case: Case, actor: Actor) -> None:
        self.actor = actor
        self.today = clock.today()
        self.calendar: WorkCalendar = work_calendar()
        if case.bundle_id:
            touch_bundle(case.bundle_id)
        self.case = stored_case(case.pk)
        if self.case.version != case.version:
            raise Conflict("本件已被他人办理过")
        self.state: CaseState = state_of(self.case, self.calendar, self.today)
        self.facts: CaseFacts = facts_of(self.state, actor, self.calendar)

    def check(self, rule: Callable[..., list[Blocker]], *answers: Any) -> None:
        """Refuse with the rule's reasons."""
        refuse(rule(self.facts, *answers))

    def move(self, verb: str, to: Status, **changes: Any) -> None:
        """Compare-and-set to a state the verb may lead to."""
        if to not in MOVES[verb].to:
            raise AssertionError(f"{verb} does not lead to {to}")
        self.change(status=to, **changes)

    def change(self, **changes: Any) -> None:
        """Compare-and-set of other columns; whoever comes second gets ``Conflict``."""
        case = self.case
        mine = Case.objects.everywhere("compare-and-set of one case").filter(
            pk=case.pk, status=case.status, version=case.version
        )
        if mine.update(version=F("version") + 1, row_digest=None, **changes) != 1:
            raise Conflict("本件刚被他人办理")
        for name, value in changes.items():
            setattr(case, name, value)
        case.version += 1

    def mark_papers(self, names: Sequence[str], state: str, on: dt.date | None = None) -> None:
        """Set the state of papers of the application; a case taken from a ledger has none."""
        if self.case.application_id is not None:
            papers = CaseMaterial.objects.filter(application_id=self.case.application_id, name__in=names)
            papers.update(state=state, provided_on=on, due_on=None)

    def record(self, kind: str, *, reason: str = "", **data: Any) -> None:
        """One event of the case."""
        record_case(self.actor, kind, self.case, reason=reason, **data)

    def finish(self, verb: str, to: Status, result: str, note: str = "", **changes: Any) -> None:
        """End or decide the case: result, moment, pauses closed."""
        days = end_pause(self.state, self.today)
        self.move(
            verb,
            to,
            completed_at=clock.now(),
            result=result,
            result_note=note[:300],
            paused_days=(self.case.paused_days or 0) + days,
            paused_since=None,
            **changes,
        )

    def join(self) -> None:
        """Let successors start and close the bundle when this was the last open leg."""
        if self.case.bundle is not None:
            join_bundle(self.case.bundle, self.actor, self.calendar)


def stored_case(pk: int) -> Case:
    """The case as it is stored now."""
    rows = Case.objects.everywhere("re-read inside the action").select_related("bundle")
    return rows.get(pk=pk)


def record_case(actor: Actor, kind: str, case: Case, *, reason: str = "", **data: Any) -> None:
    """One event about a case, on its person and area; the applicant is told what concerns them."""
    concern = Concern(case.person_id, case.area)
    event = record(actor, kind, case, concern=concern, reason=reason, no=case.case_no, item=case.item, **data)
    tell_of_case(event, case, reason, data)


def touch_bundle(pk: int) -> None:
    """Take the bundle's row for the rest of the transaction."""
    BundleCase.objects.everywhere("lock order: bundle before leg").filter(pk=pk).update(
        version=F("version") + 1
    )


def start_clock(case: Case, accepted_at: dt.datetime, calendar: WorkCalendar) -> dict[str, Any]:
    """Columns that begin the promised time of a case and the time to sign for it."""
    start = effective_on(accepted_at, calendar)
    promised = case.promised_days
    due = deadline(accepted_at, promised, (), calendar).due_on if promised is not None else None
    return {
        "accepted_at": accepted_at,
        "due_on": due,
        "sign_due_on": calendar.add(start, limits().sign_days),
    }


def begin_pause(case: Case, kind: str, on: dt.date, *, reason: str = "", note: str = "") -> None:
    """Stop the clock from ``on``, that day included."""
    CasePause.objects.create(case=case, kind=kind, reason=reason, note=note[:300], start_on=on)


def end_pause(state: CaseState, on: dt.date) -> int:
    """Let the clock run again from ``on``, that day included; returns the calendar days it stood still.

    A case that a ledger brought suspended has no pause of its own, only the day since when.
    """
    pause = next((one for one in state.pauses if one.end_on is None), None)
    since = pause.start_on if pause else state.case.paused_since
    if since is None:
        return 0
    last = on - dt.timedelta(days=1)
    if pause:
        CasePause.objects.filter(pk=pause.pk, end_on__isnull=True).update(end_on=last)
    return max((last - since).days + 1, 0)


def join_bundle(bundle: BundleCase, actor: Actor, calendar: WorkCalendar) -> None:
    """Start the legs whose predecessors are done; close the bundle, once, when all legs are final.

    The bundle's row is held since the verb began (``touch_bundle``), so nobody else joins meanwhile.
    """
    legs = Case.objects.everywhere("join of one bundle").filter(bundle_id=bundle.pk)
    rows = list(legs.values_list("item", "status", "completed_at", "result"))
    statuses = {item: Status(status) for item, status, _, _ in rows}
    freed = released({item: needs_in(bundle.bundle, item) for item in statuses}, statuses)
    if freed:
        for leg in legs.filter(item__in=freed).order_by("id"):
            release(leg, actor, calendar)
            statuses[leg.item] = Status.ACCEPTED
    status = bundle_status(statuses.values())
    if status == bundle.status or bundle.status == BundleStatus.CLOSED:
        return
    changes: dict[str, Any] = {"status": status}
    if status is BundleStatus.CLOSED:
        changes["completed_at"] = max(completed for _, _, completed, _ in rows if completed)
    moved = BundleCase.objects.everywhere("join of one bundle").filter(pk=bundle.pk, status=bundle.status)
    if moved.update(**changes) and status is BundleStatus.CLOSED:
        concern = Concern(bundle.person_id, bundle.area)
        results = {item: result for item, _, _, result in rows}
        event = record(actor, "bundle.closed", bundle, concern=concern, no=bundle.case_no, results=results)
        tell_of_bundle(event, bundle)


def release(leg: Case, actor: Actor, calendar: WorkCalendar) -> None:
    """The predecessor is done: the waiting leg's own time begins now."""
    changes = {"status": Status.ACCEPTED, **start_clock(leg, clock.now(), calendar)}
    mine = Case.objects.everywhere("release of a waiting leg").filter(pk=leg.pk, status=Status.WAIT_PREV)
    if mine.update(version=F("version") + 1, row_digest=None, **changes):
        record_case(actor, "case.released", leg, due_on=_iso(changes["due_on"]))


def invite_rating(case: Case) -> None:
    """邀评: a finished case asks for one rating; nothing is filled in for the applicant."""
    Rating.objects.create(
        rating_no=f"{case.case_no}-P",
        source="CASE",
        case=case,
        rated_on=clock.today(),
        area=case.area,
    )


def _iso(day: dt.date | None) -> str:
    return day.isoformat() if day else ""


def due_text(case: Case) -> str:
    """The promised day for an event."""
    return _iso(case.due_on)
