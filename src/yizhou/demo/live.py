"""Cases under way: filed and driven by the accounts of the demonstration through the real actions, at a moved clock."""

from __future__ import annotations

import datetime as dt
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from yizhou.cases import actions
from yizhou.cases.models import BundleCase, Case, Rating
from yizhou.cases.queries.filing import choices_of, papers_of, plan_of
from yizhou.cases.rules.bundles import blockers_to_file
from yizhou.core import clock
from yizhou.core.actor import Actor, system_actor
from yizhou.core.workdays import LOCAL, WorkCalendar
from yizhou.orgs.models import Appointment
from yizhou.orgs.permissions import granted_to
from yizhou.orgs.queries import actor_for, work_calendar
from yizhou.people.models import Person

SINGLES = 34
BUNDLES = 6
OLDEST = 24
"""Workdays ago that the oldest live case was filed."""
HANDLERS = {"BUREAU": "BUREAU_STAFF", "TOWN_STATION": "TOWN_STATION", "VILLAGE_STATION": "VILLAGE_STATION"}
VALUES = {"job_intent": "驾驶", "card_kind": "退役军人优待证", "archive_sealed": "1"}
ITEMS = (
    "HON-02",
    "EMP-01",
    "CARE-01",
    "BEN-07",
    "RET-11",
    "TRN-01",
    "SRV-01",
    "EMP-03",
    "BEN-01",
    "CARE-02",
    "HON-01",
    "RET-08",
)


class Cast:
    """Who may act: the accounts of the demonstration by role, place and department."""

    def __init__(self) -> None:
        posts = Appointment.objects.filter(until__isnull=True).select_related("account").order_by("id")
        self._posts = [(post.role, post.department, post) for post in posts]

    def somebody(self, role: str, area: str, department: str = "") -> Actor | None:
        """An actor in the role whose area covers ``area``."""
        for wanted, for_department, post in self._posts:
            actor = actor_for(post.account, post)
            if (wanted, for_department) == (role, department) and actor.covers(area):
                return actor
        return None

    def window(self, area: str) -> Actor:
        """The clerk at the county's window."""
        clerk = self.somebody("WINDOW", area)
        assert clerk is not None
        return clerk

    def handler(self, case: Case) -> Actor | None:
        """Whoever handles the case: staff of the bureau or a station, or of the partner department."""
        role = HANDLERS.get(case.department)
        return (
            self.somebody(role, case.area) if role else self.somebody("CO_DEPT", case.area, case.department)
        )


@dataclass
class Timeline:
    """Moments on the last workdays, so that a story can say “the third day”."""

    calendar: WorkCalendar
    today: dt.date
    draw: random.Random

    def moment(self, days_ago: int, hour: int = 9) -> dt.datetime:
        """A moment of the n-th workday before today; today's is in the past as well."""
        day = self.today
        while days_ago:
            day -= dt.timedelta(days=1)
            days_ago -= self.calendar.is_workday(day)
        moment = dt.datetime.combine(day, dt.time(hour, self.draw.randrange(60)), LOCAL)
        return min(moment, clock.now() - dt.timedelta(seconds=1))


Story = Callable[[Case, int, Timeline, Cast], None]


def live_cases(seed: int) -> int:
    """File and drive about forty cases; returns how many were filed. Items that suit nobody at hand are passed over."""
    cast = Cast()
    draw = random.Random(f"{seed}:live")  # noqa: S311  # nothing secret: it must be repeatable
    line = Timeline(work_calendar(), clock.today(), draw)
    filed = 0
    people = _people(line.draw)
    stories = [
        _accepted,
        _signed,
        _suspended,
        _asked_for_more,
        _decided,
        _delivered,
        _waiting,
        _signed,
        _accepted,
    ]
    for nth in range(SINGLES):
        story = stories[nth % len(stories)]
        days = 2 + (nth * 5) % OLDEST
        case = _file_single(people, ITEMS[nth % len(ITEMS)], days, line, cast, accept=story is not _waiting)
        if case is not None:
            filed += 1
            story(case, days, line, cast)
    return filed + sum(_bundle(person, nth, line, cast) for nth, person in enumerate(_returned()))


def _people(draw: random.Random) -> Iterator[Person]:
    """People on the register in random order, each once."""
    on = clock.today()
    rows = Person.objects.everywhere("demonstration").registered(on).filter(archived_on__isnull=False)
    ids = sorted(rows.values_list("id", flat=True)[:4000])
    draw.shuffle(ids)
    for row_id in ids:
        yield Person.objects.everywhere("demonstration").get(pk=row_id)


def _returned() -> list[Person]:
    """Those who came home last."""
    rows = Person.objects.everywhere("demonstration").registered(clock.today())
    newest = rows.filter(category="V11", archived_on__isnull=False).order_by("-discharged_on", "id")
    return list(newest[:BUNDLES])


def _file_single(
    people: Iterator[Person], item: str, days: int, line: Timeline, cast: Cast, *, accept: bool
) -> Case | None:
    """File the item for the next person whom it suits; gives up after sixty."""
    for _, person in zip(range(60), people, strict=False):
        with clock.at(line.moment(days)):
            plan = plan_of(item, person, clock.today())
            if blockers_to_file(choices_of(plan.options), plan.done, by_agent=False):
                continue
            papers = dict.fromkeys(papers_of(plan.options), "PROVIDED")
            if not accept and papers:
                papers[next(iter(papers))] = "MISSING"
            filing = actions.Filing(person, item, (item,), VALUES, papers, "HALL", accept=accept)
            case = actions.file_case(filing, actor=cast.window(person.household_area))
            assert isinstance(case, Case)
            return case
    return None


def _bundle(person: Person, nth: int, line: Timeline, cast: Cast) -> int:
    """返乡一件事 of one person: filed, accepted, and driven the further the longer ago it was filed."""
    days = 3 + nth * 3
    with clock.at(line.moment(days)):
        plan = plan_of("return_home", person, clock.today())
        options = plan.preselected()
        if blockers_to_file(choices_of(options), plan.done, by_agent=False) or not options:
            return 0
        chosen = tuple(option.item for option in options)
        papers = dict.fromkeys(papers_of(options), "PROVIDED")
        filing = actions.Filing(person, "return_home", chosen, VALUES, papers, "HALL", accept=True)
        bundle = actions.file_case(filing, actor=cast.window(person.household_area))
        assert isinstance(bundle, BundleCase)
    for ago in range(days - 1, 0, -2):
        _drive_legs(bundle, line.moment(ago), cast)
    return 1


def _drive_legs(bundle: BundleCase, moment: dt.datetime, cast: Cast) -> None:
    """One round: what is accepted is signed for, what is signed for is decided, two legs at the most."""
    legs = (
        bundle.legs.everywhere("demonstration")
        .filter(status__in=["ACCEPTED", "IN_PROGRESS"])
        .order_by("case_no")
    )
    with clock.at(moment):
        for leg in legs[:3]:
            handler = cast.handler(leg)
            if handler is None:
                continue
            if leg.status == "ACCEPTED":
                actions.sign_case(leg, actor=handler)
            else:
                actions.decide_case(leg, outcome="approve", hand_over=True, actor=handler)


def _waiting(case: Case, days: int, line: Timeline, cast: Cast) -> None:
    """A paper is missing: not accepted yet."""


def _accepted(case: Case, days: int, line: Timeline, cast: Cast) -> None:
    """Accepted, nobody has signed for it yet."""


def _signed(case: Case, days: int, line: Timeline, cast: Cast) -> None:
    """Under way."""
    if handler := cast.handler(case):
        with clock.at(line.moment(days - 1, 10)):
            actions.sign_case(case, actor=handler)


def _suspended(case: Case, days: int, line: Timeline, cast: Cast) -> None:
    """Stopped for a visit on the spot."""
    if handler := cast.handler(case):
        with clock.at(line.moment(days - 1, 10)):
            signed = actions.sign_case(case, actor=handler)
        with clock.at(line.moment(days // 2, 11)):
            actions.suspend_case(signed, reason="SITE_CHECK", note="安排入户核查", actor=handler)


def _asked_for_more(case: Case, days: int, line: Timeline, cast: Cast) -> None:
    """Something is missing after all."""
    handler = cast.handler(case)
    papers = plan_of(case.item, case.person, clock.today()).options[0].version.materials
    if handler and papers:
        with clock.at(line.moment(days - 1, 10)):
            signed = actions.sign_case(case, actor=handler)
            actions.request_supplement_case(signed, materials=papers[:1], note="复印件不清", actor=handler)


def _decided(case: Case, days: int, line: Timeline, cast: Cast) -> None:
    """Decided in favour; the result waits to be fetched."""
    if handler := cast.handler(case):
        with clock.at(line.moment(days - 1, 10)):
            signed = actions.sign_case(case, actor=handler)
        with clock.at(line.moment(days // 2, 15)):
            actions.decide_case(signed, outcome="approve", note="符合条件", actor=handler)


def _delivered(case: Case, days: int, line: Timeline, cast: Cast) -> None:
    """Done and rated."""
    handler = cast.handler(case)
    if handler is None:
        return
    with clock.at(line.moment(days - 1, 10)):
        signed = actions.sign_case(case, actor=handler)
    with clock.at(line.moment(days // 2, 15)):
        actions.decide_case(signed, outcome="approve", note="符合条件", hand_over=True, actor=handler)
    rating = Rating.objects.everywhere("demonstration").filter(case_id=case.pk, level="").first()
    if rating is not None:
        with clock.at(line.moment(max(days // 2 - 1, 0), 16)):
            applicant = system_actor("申请人", granted_to("SYSTEM"))
            actions.rate_case(rating, level=line.draw.choice("5554"), comment="", actor=applicant)
