"""Processes that accept and decide the same cases at the same moment, or finish the last legs of the same bundles:
the steps of the stories in test_deciding_race.py, on a database that is thrown away.

They are forked by a process that has asked the database nothing, so that each has a connection of its own.
"""

import multiprocessing
import time
from collections.abc import Callable, Sequence
from multiprocessing.synchronize import Barrier
from typing import Any

from django.db.models import Count

from tests.cases.makers import actor as acting
from tests.cases.makers import again, clerk, filing, leg, one_bundle, person, who_handles
from tests.trust.world import WHEN, number_of
from yizhou.cases import actions
from yizhou.cases.models import BundleCase, Case
from yizhou.cases.queries.facts import version_of
from yizhou.config.database import bring_up_to_date
from yizhou.core import clock
from yizhou.core.refusal import Refused
from yizhou.events.models import Event, Outcome

CASES = 25
BUNDLES = 12
LEGS = ("RET-11", "RET-12", "RET-13")
"""Legs that wait for nothing, one for each process."""
STATUS_NAIVELY_SET = "ACCEPTED"


def fresh_database() -> None:
    """Tables and a work calendar."""
    bring_up_to_date()


def at_once(target: Callable[..., None], each: Sequence[tuple[Any, ...]]) -> list[int | None]:
    """A process for each set of arguments, which meets the others at a barrier; how they ended."""
    together = multiprocessing.get_context("fork")
    barrier = together.Barrier(len(each))
    running = [together.Process(target=target, args=(*arguments, barrier)) for arguments in each]
    for process in running:
        process.start()
    for process in running:
        process.join(120)
    return [process.exitcode for process in running]


def prepare() -> dict[str, int]:
    """Cases that wait to be accepted."""
    fresh_database()
    with clock.at(WHEN):
        for n in range(CASES):
            who = person(number_of(700 + n), name=f"人{n}")
            actions.file_case(filing(who, "RET-11", ("RET-11",), accept=False), actor=clerk())
    return {"cases": CASES}


def race(verb: str, workers: str) -> dict[str, int]:
    """Every worker tries every case, all at once for each; how their attempts ended."""
    with multiprocessing.get_context("fork").Manager() as manager:
        said = manager.list()
        ends = at_once(compete, [(verb, n, said) for n in range(int(workers))])
        answers = list(said)
    assert set(ends) == {0}, ends
    return {answer: answers.count(answer) for answer in sorted(set(answers))}


def compete(verb: str, worker: int, said: Any, barrier: Barrier) -> None:
    """One clerk's process. Whatever is not a refusal ends it, and with it the race."""
    attempt = ATTEMPTS[verb]
    with clock.at(WHEN):
        for case in list(Case.objects.everywhere("race").order_by("id")):
            barrier.wait(60)
            try:
                said.append(attempt(case, worker))
            except Refused as refusal:
                said.append(f"refused {refusal.blockers[0].code}")


def accept(case: Case, worker: int) -> str:
    """At the window."""
    actions.accept_case(case, actor=acting("WINDOW", account=100 + worker))
    return "done"


def ask(case: Case, worker: int) -> str:
    """The department asks for help: a row of its own beside the case, of which there may be one."""
    who = acting("CO_DEPT", account=200 + worker, department=case.department)
    actions.ask_department_case(case, department="BUREAU", question="核身份", actor=who)
    return "done"


def decide(case: Case, worker: int) -> str:
    """In the department."""
    who = acting("CO_DEPT", account=200 + worker, department=case.department)
    actions.decide_case(case, outcome="approve", actor=who)
    return "done"


def naive(case: Case, _worker: int) -> str:
    """What a careless programmer writes: look, think, save."""
    rows = Case.objects.everywhere("race").filter(pk=case.pk)
    if rows.get().status == STATUS_NAIVELY_SET:
        return "came late"
    time.sleep(0.003)
    rows.update(status=STATUS_NAIVELY_SET)
    return "done"


ATTEMPTS: dict[str, Callable[[Case, int], str]] = {
    "accept": accept,
    "ask": ask,
    "decide": decide,
    "naive": naive,
}


def tell() -> dict[str, Any]:
    """What is stored: cases by status, events by kind, and whether any case has two of a kind."""
    done = Event.objects.everywhere("race").filter(about="cases_case", outcome=Outcome.DONE)
    twice = done.values("about_id", "kind").annotate(n=Count("id")).filter(n__gt=1).order_by()
    cases = Case.objects.everywhere("race")
    return {
        "status": dict(cases.values_list("status").annotate(Count("id")).order_by()),
        "events": dict(done.values_list("kind").annotate(Count("id")).order_by()),
        "twice": sorted({row["kind"] for row in twice}),
    }


def prepare_bundles() -> dict[str, int]:
    """Bundles of three legs under way."""
    fresh_database()
    with clock.at(WHEN):
        for n in range(BUNDLES):
            one_bundle(person(number_of(900 + n), name=f"人{n}"), LEGS)
    return {"bundles": BUNDLES}


def join() -> dict[str, list[int | None]]:
    """Every process brings its leg of every bundle to the last step, then all take that step at once."""
    return {"ends": at_once(finish, [(item,) for item in LEGS])}


def finish(item: str, barrier: Barrier) -> None:
    """One department's process."""
    with clock.at(WHEN):
        for bundle in list(BundleCase.objects.everywhere("race").order_by("id")):
            case = leg(bundle, item)
            handler = who_handles(case)
            actions.sign_case(case, actor=handler)
            actions.decide_case(again(case), outcome="approve", actor=handler)
            if version_of(case).result == "certificate":
                actions.issue_case(again(case), certificate_no=f"证{case.case_no}", actor=handler)
            ready = again(case)
            barrier.wait(60)
            actions.deliver_case(ready, actor=clerk())


def tell_bundles() -> dict[str, Any]:
    """Bundles by status, and how often one was told to be closed."""
    bundles = BundleCase.objects.everywhere("race")
    closed = Event.objects.everywhere("race").filter(kind="bundle.closed")
    return {
        "status": dict(bundles.values_list("status").annotate(Count("id")).order_by()),
        "closed": closed.count(),
    }
