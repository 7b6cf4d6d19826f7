"""Clerks who file a 13-leg bundle and drive it to its end through the real actions, each in a process of its own."""

from __future__ import annotations

import datetime as dt
import time
from collections import Counter, defaultdict
from collections.abc import Callable
from typing import Any

from django.db import connection

from bench.harness import Answer
from yizhou.cases import actions
from yizhou.cases.actions import Filing, file_case
from yizhou.cases.models import BundleCase, Case
from yizhou.cases.queries.facts import version_of
from yizhou.cases.queries.filing import papers_of, plan_of
from yizhou.core import clock, crypto
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.orgs.actions import seed_calendar
from yizhou.orgs.permissions import granted_to
from yizhou.people.categories import mask_of
from yizhou.people.models import Person

TOWN = "339901001000"


def prepare(clerks: str, bundles: str) -> Answer:
    """The work calendar and one returned soldier, in the party, for every bundle and every warming up."""
    seed_calendar([clock.today().year])
    people = int(clerks) * (int(bundles) + 1)
    for number in range(people):
        soldier(number)
    return {"people": people}


def soldier(number: int) -> None:
    """A person whom all thirteen items of the bundle suit."""
    left = clock.today() - dt.timedelta(days=30)
    person = Person(
        name=f"退役{number}",
        sex="1",
        birth_on=dt.date(2000, 8, 1),
        household_area=TOWN,
        category="V11",
        category_mask=mask_of(["V11"]),
        enlisted_on=left - dt.timedelta(days=730),
        discharged_on=left,
        placement_mode="SELF_EMPLOYMENT",
        politics="01",
        employment_status="3",
        collected_on=left,
        archived_on=left,
    )
    identity = f"33990120000801{number:04d}"
    person.id_number_index = crypto.blind_index(keyring(), identity)
    person.seal({"id_number": identity, "phone": "13800001234", "household_address": "桃源镇和平村 8 号"})
    person.save()


class Clerk:
    """One process: every verb through its action, timed."""

    def __init__(self, number: int) -> None:
        self.number = number
        self.spent: dict[str, list[float]] = defaultdict(list)
        self.waits: list[float] = []

    def verb(self, name: str, work: Callable[[], Any]) -> Any:
        """Do one thing and note how long it took, in milliseconds."""
        began = time.perf_counter()
        answer = work()
        self.spent[name].append((time.perf_counter() - began) * 1000)
        return answer

    def actor(self, department: str = "") -> Any:
        """Whoever may handle a leg of that department."""
        own = {"": "WINDOW", "BUREAU": "BUREAU_STAFF", "TOWN_STATION": "TOWN_STATION"}
        role = own.get(department, "CO_DEPT")
        # Money is never decided by the hands that accepted it.
        account = self.number * 10 + 1 + bool(department)
        partner = department if role == "CO_DEPT" else ""
        return Actor(
            account, f"{role} {self.number}", frozenset({role}), ("339901",), partner, granted_to(role)
        )

    def whole_bundle(self, person: Any) -> int:
        """File 返乡一件事 with all its items and drive every leg to its end; returns the number of legs."""
        plan = plan_of("return_home", person, clock.today())
        filing = Filing(
            person=person,
            subject="return_home",
            chosen=tuple(option.item for option in plan.options),
            values={"job_intent": "驾驶", "card_kind": "退役军人优待证", "archive_sealed": "1"},
            materials=dict.fromkeys(papers_of(plan.options), "PROVIDED"),
            channel="HALL",
            accept=True,
        )
        bundle = self.verb("file", lambda: file_case(filing, actor=self.actor()))
        legs = Case.objects.everywhere("the legs to drive").filter(bundle=bundle)
        while open_legs := list(legs.filter(status="ACCEPTED").order_by("case_no")):
            for leg in open_legs:
                self.whole_leg(leg)
        bundle = BundleCase.objects.everywhere("whether it is closed").get(pk=bundle.pk)
        assert bundle.status == "CLOSED", Counter(legs.values_list("status", flat=True))
        return legs.count()

    def whole_leg(self, leg: Any) -> None:
        """Sign for one leg, decide it, make its certificate where it has one, hand it over."""
        handler, window = self.actor(leg.department), self.actor()
        leg = self.verb("sign", lambda: actions.sign_case(leg, actor=handler))
        leg = self.verb("decide", lambda: actions.decide_case(leg, outcome="approve", actor=handler))
        if version_of(leg).result == "certificate":
            number = f"浙证{leg.case_no}"
            leg = self.verb("issue", lambda: actions.issue_case(leg, certificate_no=number, actor=handler))
        self.verb("deliver", lambda: actions.deliver_case(leg, actor=window))


def clerk(number: str, bundles: str, starts: str) -> Answer:
    """One clerk's day in a process that is warm, as those of a running server are."""
    mine, count = Clerk(int(number)), int(bundles) + 1
    applicants = Person.objects.everywhere("the clerk's applicants").order_by("id")
    first, *people = applicants[int(number) * count :][:count]
    Clerk(int(number)).whole_bundle(first)
    watch_turns(mine.waits)
    # All clerks begin at the same moment, however long each took to warm up.
    time.sleep(max(0.0, float(starts) - time.time()))
    began = time.perf_counter()
    legs = [mine.whole_bundle(person) for person in people]
    return {"spent": mine.spent, "waits": mine.waits, "legs": legs, "seconds": time.perf_counter() - began}


def watch_turns(waits: list[float]) -> None:
    """Note how long every transaction waits until it may write."""
    wrapper: Any = connection
    begin = wrapper._start_transaction_under_autocommit

    def timed() -> None:
        began = time.perf_counter()
        begin()
        waits.append((time.perf_counter() - began) * 1000)

    wrapper._start_transaction_under_autocommit = timed
