"""Processes that accept and decide the same cases at the same moment, or finish the last legs of the same bundles;
steps of the stories in test_deciding_race.py.

python -m tests.trust.deciding_race prepare|race VERB WORKERS|tell|prepare_bundles|join|tell_bundles
"""

import json
import multiprocessing
import sys
import time
from multiprocessing.synchronize import Barrier
from typing import Any

import django

CASES = 25
BUNDLES = 12
LEGS = ("RET-11", "RET-12", "RET-13")
"""Legs that wait for nothing, one for each process."""
STATUS_NAIVELY_SET = "ACCEPTED"


def prepare() -> dict[str, Any]:
    """Cases that wait to be accepted, and clerks who may."""
    from django.core.management import call_command  # noqa: PLC0415 - needs Django

    call_command("migrate", verbosity=0, interactive=False)
    from tests.cases.makers import clerk, filing, person  # noqa: PLC0415 - needs Django
    from tests.trust.world import WHEN, number_of  # noqa: PLC0415 - needs Django
    from yizhou.cases.actions import file_case  # noqa: PLC0415 - needs Django
    from yizhou.core import clock  # noqa: PLC0415 - needs Django
    from yizhou.orgs.actions import seed_calendar  # noqa: PLC0415 - needs Django

    seed_calendar([2025])
    with clock.at(WHEN):
        for n in range(CASES):
            who = person(number_of(700 + n), name=f"人{n}")
            file_case(filing(who, "RET-11", ("RET-11",), accept=False), actor=clerk())
    return {"cases": CASES}


def race(verb: str, workers: int) -> dict[str, Any]:
    """Every worker tries every case, all at once for each; how their attempts ended."""
    barrier = multiprocessing.Barrier(workers)
    with multiprocessing.Manager() as manager:
        said = manager.list()
        running = [
            multiprocessing.Process(target=compete, args=(verb, n, barrier, said)) for n in range(workers)
        ]
        for process in running:
            process.start()
        for process in running:
            process.join(120)
        answers = list(said)
    return {answer: answers.count(answer) for answer in sorted(set(answers))}


def compete(verb: str, worker: int, barrier: Barrier, said: Any) -> None:
    """One clerk's process."""
    django.setup()
    from tests.trust.world import WHEN  # noqa: PLC0415 - needs Django
    from yizhou.cases.models import Case  # noqa: PLC0415 - needs Django
    from yizhou.core import clock  # noqa: PLC0415 - needs Django
    from yizhou.core.refusal import Refused  # noqa: PLC0415 - needs Django

    attempt = ATTEMPTS[verb]
    with clock.at(WHEN):
        for case in list(Case.objects.everywhere("race").order_by("id")):
            barrier.wait(60)
            try:
                said.append(attempt(case, worker) or "done")
            except Refused as refusal:
                said.append(f"refused {refusal.blockers[0].code}")
            except Exception as error:  # noqa: BLE001 - what it was is the result
                said.append(f"{type(error).__name__}: {error}"[:100])


def accept(case: Any, worker: int) -> None:
    from tests.cases.makers import actor  # noqa: PLC0415 - needs Django
    from yizhou.cases.actions import accept_case  # noqa: PLC0415 - needs Django

    accept_case(case, actor=actor("WINDOW", account=100 + worker))


def decide(case: Any, worker: int) -> None:
    from tests.cases.makers import actor  # noqa: PLC0415 - needs Django
    from yizhou.cases.actions import decide_case  # noqa: PLC0415 - needs Django

    who = actor("CO_DEPT", account=200 + worker, department=case.department)
    decide_case(case, outcome="approve", actor=who)


def naive(case: Any, worker: int) -> str:
    """What a careless programmer writes: look, think, save."""
    from yizhou.cases.models import Case  # noqa: PLC0415 - needs Django

    rows = Case.objects.everywhere("race").filter(pk=case.pk)
    if rows.get().status == STATUS_NAIVELY_SET:
        return "came late"
    time.sleep(0.003)
    rows.update(status=STATUS_NAIVELY_SET)
    return "done"


ATTEMPTS: dict[str, Any] = {"accept": accept, "decide": decide, "naive": naive}


def tell() -> dict[str, Any]:
    """What is stored: cases by status, events by kind, and whether any case has two of a kind."""
    from django.db.models import Count  # noqa: PLC0415 - needs Django

    from yizhou.cases.models import Case  # noqa: PLC0415 - needs Django
    from yizhou.events.models import Event, Outcome  # noqa: PLC0415 - needs Django

    done = Event.objects.everywhere("race").filter(about="cases_case", outcome=Outcome.DONE)
    twice = done.values("about_id", "kind").annotate(n=Count("id")).filter(n__gt=1).order_by()
    cases = Case.objects.everywhere("race")
    return {
        "status": dict(cases.values_list("status").annotate(Count("id")).order_by()),
        "events": dict(done.values_list("kind").annotate(Count("id")).order_by()),
        "twice": sorted({row["kind"] for row in twice}),
    }


def prepare_bundles() -> dict[str, Any]:
    """Bundles of three legs under way."""
    from django.core.management import call_command  # noqa: PLC0415 - needs Django

    call_command("migrate", verbosity=0, interactive=False)
    from tests.cases.makers import one_bundle, person  # noqa: PLC0415 - needs Django
    from tests.trust.world import WHEN, number_of  # noqa: PLC0415 - needs Django
    from yizhou.core import clock  # noqa: PLC0415 - needs Django
    from yizhou.orgs.actions import seed_calendar  # noqa: PLC0415 - needs Django

    seed_calendar([2025])
    with clock.at(WHEN):
        for n in range(BUNDLES):
            one_bundle(person(number_of(900 + n), name=f"人{n}"), LEGS)
    return {"bundles": BUNDLES}


def join() -> dict[str, Any]:
    """Every process brings its leg of every bundle to the last step, then all take that step at once."""
    barrier, workers = multiprocessing.Barrier(len(LEGS)), []
    for item in LEGS:
        workers.append(multiprocessing.Process(target=finish, args=(item, barrier)))
        workers[-1].start()
    for process in workers:
        process.join(120)
    return {"ends": [process.exitcode for process in workers]}


def finish(item: str, barrier: Barrier) -> None:
    """One department's process."""
    django.setup()
    from tests.cases.makers import again, clerk, leg, who_handles  # noqa: PLC0415 - needs Django
    from tests.trust.world import WHEN  # noqa: PLC0415 - needs Django
    from yizhou.cases import actions  # noqa: PLC0415 - needs Django
    from yizhou.cases.models import BundleCase  # noqa: PLC0415 - needs Django
    from yizhou.cases.queries.facts import version_of  # noqa: PLC0415 - needs Django
    from yizhou.core import clock  # noqa: PLC0415 - needs Django

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
    from django.db.models import Count  # noqa: PLC0415 - needs Django

    from yizhou.cases.models import BundleCase  # noqa: PLC0415 - needs Django
    from yizhou.events.models import Event  # noqa: PLC0415 - needs Django

    bundles = BundleCase.objects.everywhere("race")
    closed = Event.objects.everywhere("race").filter(kind="bundle.closed")
    return {
        "status": dict(bundles.values_list("status").annotate(Count("id")).order_by()),
        "closed": closed.count(),
    }


def main(step: str, *rest: str) -> dict[str, Any]:
    """Run one step."""
    if step == "race":
        return race(rest[0], int(rest[1]))
    if step == "join":
        return join()
    django.setup()
    steps = {
        "prepare": prepare,
        "tell": tell,
        "prepare_bundles": prepare_bundles,
        "tell_bundles": tell_bundles,
    }
    return steps[step]()


if __name__ == "__main__":
    sys.stdout.write(json.dumps(main(*sys.argv[1:]), ensure_ascii=False))
