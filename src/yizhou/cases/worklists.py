"""What waits for whom: cases by their clock, a department's legs, bad ratings; and the search by number."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.db.models import Q

from yizhou.cases.models import BundleCase, Case, CaseQuerySet, Rating
from yizhou.cases.queries.facts import OWN_HANDS, item_name
from yizhou.cases.queries.lists import bundle_name, case_rows
from yizhou.cases.rules.ratings import BAD
from yizhou.cases.rules.states import AFTER_DECISION, LABELS, Status
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.text import normalise_cell
from yizhou.ledgers.columns import code_name
from yizhou.portal.search import FINDERS, Finder, Hit
from yizhou.portal.tasks import WORKLISTS, Task, Worklist

NUMBER = re.compile(r"\d{4}-?\d{1,6}(-\d{1,2})?|[A-Za-z0-9]{2,}[A-Za-z0-9-]{4,}")
OF_DEPARTMENT = (Status.ACCEPTED, Status.IN_PROGRESS)


def to_handle(actor: Actor) -> CaseQuerySet:
    """Cases that the actor's own side handles now."""
    rows = Case.objects.visible_to(actor)
    return rows.filter(department__in=own_departments(actor), status__in=OF_DEPARTMENT)


def own_departments(actor: Actor) -> list[str]:
    """Departments whose cases the actor handles by role."""
    if "CO_DEPT" in actor.roles:
        return [actor.department]
    return [code for code, roles in OWN_HANDS.items() if not actor.roles.isdisjoint(roles)]


def at_desk(actor: Actor) -> CaseQuerySet:
    """Cases at the intake desk: to accept, supplements to take in, returned, results to hand over."""
    wanted = (Status.SUBMITTED, Status.CORRECTION_REQUIRED, Status.RETURNED, *AFTER_DECISION)
    return Case.objects.visible_to(actor).filter(
        status__in=wanted, bundle__isnull=True
    ) | Case.objects.visible_to(actor).filter(status__in=wanted[1:], bundle__isnull=False)


def tasks_of(rows: CaseQuerySet, limit: int) -> Sequence[Task]:
    """The most urgent of them; those due first are looked at first."""
    ordered = rows.select_related("person", "bundle").order_by("due_on", "id")[: limit * 4]
    found = [_task(row) for row in case_rows(list(ordered))]
    return sorted(found, key=lambda task: task.due_key)[:limit]


def _task(row: dict[str, Any]) -> Task:
    return Task(
        title=row["item"],
        url=row["url"],
        note=row["note"],
        person=row["person"],
        person_note=row["person_note"],
        step=row["step"],
        parties=row["parties"],
        clock=row["clock"],
        action=row["action"],
        due_key=row["sort"],
    )


def bundles_to_accept(actor: Actor) -> Any:
    """Bundles that came in and wait for acceptance."""
    return BundleCase.objects.visible_to(actor).filter(status="SUBMITTED")


def bad_ratings(actor: Actor) -> Any:
    """Bad ratings not yet called back or not yet mended."""
    open_ones = Q(followed_up_at__isnull=True) | Q(is_genuine=True, fixed_at__isnull=True)
    return Rating.objects.visible_to(actor).filter(open_ones, level__in=BAD).exclude(voided=True)


def rating_tasks(actor: Actor, limit: int) -> Sequence[Task]:
    """Bad ratings, the oldest first."""
    rows = bad_ratings(actor).select_related("case").order_by("rated_on")[:limit]
    return [
        Task(
            title=f"差评：{item_name(row.case.item) if row.case else code_name('rating_source', row.source)}",
            url="/cases/ratings/",
            note=row.rating_no,
            step="整改" if row.followed_up_at else "回访",
            action="处理",
            due_key=(row.fix_due_on or row.follow_up_due_on or clock.today()).isoformat(),
        )
        for row in rows
    ]


WORKLISTS.add(
    "cases.to_handle",
    Worklist(
        "cases.to_handle",
        "待办理的办件",
        "cases.sign_case",
        "/cases/?status=open",
        lambda actor: to_handle(actor).count(),
        lambda actor, limit: tasks_of(to_handle(actor), limit),
    ),
)
WORKLISTS.add(
    "cases.at_desk",
    Worklist(
        "cases.at_desk",
        "待受理、补正、退回与送达",
        "cases.accept_case",
        "/cases/?status=new",
        lambda actor: at_desk(actor).count(),
        lambda actor, limit: tasks_of(at_desk(actor), limit),
    ),
)
WORKLISTS.add(
    "cases.bundles_to_accept",
    Worklist(
        "cases.bundles_to_accept",
        "待受理的一件事",
        "cases.accept_bundle",
        "/cases/bundles/?status=SUBMITTED",
        lambda actor: bundles_to_accept(actor).count(),
    ),
)
WORKLISTS.add(
    "cases.bad_ratings",
    Worklist(
        "cases.bad_ratings",
        "差评待回访整改",
        "cases.list_ratings",
        "/cases/ratings/",
        lambda actor: bad_ratings(actor).count(),
        rating_tasks,
    ),
)


def by_number(text: str, actor: Actor) -> Sequence[Hit]:
    """A case or a bundle by its number; within the actor's scope."""
    number = normalise_cell(text) or ""
    if not NUMBER.fullmatch(number):
        return []
    cases = Case.objects.visible_to(actor).filter(case_no=number).select_related("person")
    bundles = BundleCase.objects.visible_to(actor).filter(case_no=number).select_related("person")
    hits = [
        Hit(
            f"{item_name(row.item)} {row.case_no}",
            row.get_absolute_url(),
            row.person.name,
            LABELS[row.state],
            exact=True,
        )
        for row in cases
    ]
    hits += [
        Hit(f"{bundle_name(row)} {row.case_no}", row.get_absolute_url(), row.person.name, exact=True)
        for row in bundles
    ]
    return hits


FINDERS.add("cases", Finder("cases", "办件", "cases.view_case", by_number))
