"""Eight clerks at once file a 13-leg bundle and drive it to its end, on SQLite, through the real actions.

``python -m bench.cases prepare CLERKS BUNDLES`` fills a database, ``… clerk NUMBER BUNDLES`` is one clerk: a
process of its own that files, signs, decides, makes certificates and hands over without a pause for thought.
Every verb is timed from the call to the committed answer; the wait for the turn to write is timed apart.
"""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator
from typing import Any

from bench.harness import FULL, ROOT, Answer, Bench, Place, Ratio, child, environment, interleaved, percentile

CLERKS = 8
TOWN = "339901001000"
VERB_MS, WAIT_MS = 150, 500
START = 2.0
"""Seconds for each clerk to start and to warm up with one bundle; then all begin together."""


def fill(clerks: str, bundles: str) -> Answer:
    """The work calendar and one returned soldier, in the party, for every bundle and every warming up."""
    from yizhou.core import clock  # noqa: PLC0415  # needs Django
    from yizhou.orgs.actions import seed_calendar  # noqa: PLC0415  # needs Django

    seed_calendar([clock.today().year])
    people = int(clerks) * (int(bundles) + 1)
    for number in range(people):
        soldier(number)
    return {"people": people}


def soldier(number: int) -> None:
    """A person whom all thirteen items of the bundle suit."""
    from yizhou.core import clock, crypto  # noqa: PLC0415  # needs Django
    from yizhou.core.keys import keyring  # noqa: PLC0415  # needs Django
    from yizhou.people.categories import mask_of  # noqa: PLC0415  # needs Django
    from yizhou.people.models import Person  # noqa: PLC0415  # needs Django

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
        from yizhou.core.actor import Actor  # noqa: PLC0415  # needs Django
        from yizhou.orgs.permissions import granted_to  # noqa: PLC0415  # needs Django

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
        from yizhou.cases.actions import Filing, file_case  # noqa: PLC0415  # needs Django
        from yizhou.cases.models import BundleCase, Case  # noqa: PLC0415  # needs Django
        from yizhou.cases.queries.filing import papers_of, plan_of  # noqa: PLC0415  # needs Django
        from yizhou.core import clock  # noqa: PLC0415  # needs Django

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
        from yizhou.cases import actions  # noqa: PLC0415  # needs Django
        from yizhou.cases.queries.facts import version_of  # noqa: PLC0415  # needs Django

        handler, window = self.actor(leg.department), self.actor()
        leg = self.verb("sign", lambda: actions.sign_case(leg, actor=handler))
        leg = self.verb("decide", lambda: actions.decide_case(leg, outcome="approve", actor=handler))
        if version_of(leg).result == "certificate":
            number = f"浙证{leg.case_no}"
            leg = self.verb("issue", lambda: actions.issue_case(leg, certificate_no=number, actor=handler))
        self.verb("deliver", lambda: actions.deliver_case(leg, actor=window))


def work(number: str, bundles: str, starts: str) -> Answer:
    """One clerk's day in a process that is warm, as those of a running server are."""
    from yizhou.people.models import Person  # noqa: PLC0415  # needs Django

    clerk, count = Clerk(int(number)), int(bundles) + 1
    applicants = Person.objects.everywhere("the clerk's applicants").order_by("id")
    first, *people = applicants[int(number) * count :][:count]
    Clerk(int(number)).whole_bundle(first)
    watch_turns(clerk.waits)
    time.sleep(max(0.0, float(starts) - time.time()))
    began = time.perf_counter()
    legs = [clerk.whole_bundle(person) for person in people]
    return {"spent": clerk.spent, "waits": clerk.waits, "legs": legs, "seconds": time.perf_counter() - began}


def watch_turns(waits: list[float]) -> None:
    """Note how long every transaction waits until it may write."""
    from django.db import connection  # noqa: PLC0415  # needs Django

    wrapper: Any = connection
    begin = wrapper._start_transaction_under_autocommit

    def timed() -> None:
        began = time.perf_counter()
        begin()
        waits.append((time.perf_counter() - began) * 1000)

    wrapper._start_transaction_under_autocommit = timed


def all_clerks(bench: Bench, clerks: int, bundles: int, stock: str) -> Answer:
    """All clerks at once on a fresh database; figures over all of them."""
    place = bench.place()
    child("bench.cases", "prepare", str(clerks), str(bundles), place=place, BENCH_STOCK_SQLITE=stock)
    starts = str(time.time() + START * clerks)
    running = [_start(place, number, bundles, starts, stock) for number in range(clerks)]
    heard = []
    for process in running:
        said, complaint = process.communicate()
        if process.returncode:
            raise RuntimeError(complaint[-3000:])
        heard.append(json.loads(said.strip().splitlines()[-1]))
    bench.drop(place)
    return _figures(heard)


def _start(place: Place, number: int, bundles: int, starts: str, stock: str) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "bench.cases", "clerk", str(number), str(bundles), starts]
    variables = environment(place, BENCH_STOCK_SQLITE=stock)
    pipe = subprocess.PIPE
    return subprocess.Popen(command, env=variables, cwd=ROOT, stdout=pipe, stderr=pipe, text=True)


def _figures(heard: list[Answer]) -> Answer:
    spent: dict[str, list[float]] = defaultdict(list)
    for answer in heard:
        for verb, times in answer["spent"].items():
            spent[verb] += times
    legs = {count for answer in heard for count in answer["legs"]}
    assert legs == {13}, legs
    seconds = max(answer["seconds"] for answer in heard)
    total = sum(len(times) for times in spent.values())
    return {
        "p95": {verb: percentile(times, 0.95) for verb, times in spent.items()},
        "p50": {verb: percentile(times, 0.5) for verb, times in spent.items()},
        "worst": max(max(times) for times in spent.values()),
        "wait": max(max(answer["waits"]) for answer in heard),
        "verbs": total / seconds,
    }


def measure(bench: Bench) -> Iterator[Ratio]:
    """All rows of the cases; the stock backend's figures stand beside ours."""
    clerks, bundles = (CLERKS, 3) if bench.rows >= FULL else (2, 1)
    heard = interleaved(
        bench.rounds,
        {
            "ours": lambda: all_clerks(bench, clerks, bundles, ""),
            "stock": lambda: all_clerks(bench, clerks, bundles, "1"),
        },
    )
    ours, stock = heard["ours"], heard["stock"]
    for verb in ours["p95"]:
        beside = f"stock backend p95 {stock['p95'][verb]:.0f}"
        detail = (
            f"p50 {ours['p50'][verb]:.0f}; {beside}; {ours['verbs']:.0f} verbs/s, stock {stock['verbs']:.0f}"
        )
        yield Ratio(f"cases, {clerks} clerks: {verb}, p95 ms", ours["p95"][verb], VERB_MS, detail)
    beside = f"stock backend {stock['wait']:.0f}"
    detail = f"{beside}; slowest verb {ours['worst']:.0f}, stock backend {stock['worst']:.0f}"
    yield Ratio(f"cases, {clerks} clerks: longest wait to write, ms", ours["wait"], WAIT_MS, detail)


if __name__ == "__main__":
    import django

    django.setup()
    what, *arguments = sys.argv[1:]
    run: Callable[..., Answer] = fill if what == "prepare" else work
    print(json.dumps(run(*arguments)))
