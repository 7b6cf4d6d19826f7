"""The state machine: no dead step, closed cases with nothing open, and bundles that join exactly once."""

from collections import deque
from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhou.cases.rules.blockers import BLOCKERS, CaseFacts
from yizhou.cases.rules.bundles import BundleStatus, bundle_status, is_done, released
from yizhou.cases.rules.clock import Clock
from yizhou.cases.rules.states import FINAL, LABELS, MOVES, UNDECIDED, Status
from yizhou.core.workdays import Light

TODAY = date(2025, 4, 25)
CLOCK = Clock(TODAY, TODAY, Light.GREEN)
FACTS = CaseFacts(Status.SUBMITTED, TODAY, CLOCK)


def test_every_status_has_words_and_is_reached() -> None:
    assert set(LABELS) == set(Status)
    reached = {Status.SUBMITTED, Status.WAIT_PREV, *(to for move in MOVES.values() for to in move.to)}
    assert reached == set(Status)


@pytest.mark.parametrize("start", sorted(set(Status) - FINAL))
def test_from_every_state_an_end_can_be_reached(start: Status) -> None:
    seen, queue = {start}, deque([start])
    while queue:
        here = queue.popleft()
        for move in MOVES.values():
            if here in move.start:
                queue.extend(to for to in move.to if to not in seen)
                seen.update(move.to)
    assert seen & FINAL


def test_nothing_leads_out_of_an_end() -> None:
    assert [verb for verb, move in MOVES.items() if move.start & FINAL] == []


facts = st.builds(
    CaseFacts,
    status=st.sampled_from(Status),
    on=st.just(TODAY),
    clock=st.sampled_from(
        [CLOCK, Clock(TODAY, TODAY, Light.RED, overdue=4), Clock(None, TODAY, Light.PAUSED)]
    ),
    is_handler=st.just(value=True),
    missing=st.sampled_from([(), ("照片",)]),
    deferred=st.sampled_from([(), ("户口簿",)]),
    asked=st.sampled_from([(), ("照片",)]),
    suspensions=st.integers(0, 3),
    is_extended=st.booleans(),
    makes=st.sampled_from(["certificate", "money", "registration", "service"]),
    has_passed=st.booleans(),
)


@given(facts)
def test_whatever_the_facts_some_verb_is_left_until_the_end(given_facts: CaseFacts) -> None:
    possible = [verb for verb, rule in BLOCKERS.items() if not rule(given_facts)]
    assert bool(possible) == (given_facts.status not in FINAL)


@given(facts)
def test_no_verb_is_possible_from_a_state_it_does_not_start_in(given_facts: CaseFacts) -> None:
    for verb, move in MOVES.items():
        rule = BLOCKERS.get(verb)
        if rule and given_facts.status not in move.start:
            assert rule(given_facts)


@given(facts)
def test_every_reason_has_words_and_a_stable_code(given_facts: CaseFacts) -> None:
    for rule in BLOCKERS.values():
        for blocker in rule(given_facts):
            assert blocker.code.isupper()
            assert blocker.message


def test_a_suspended_case_never_shows_red() -> None:
    suspended = replace(FACTS, status=Status.SUSPENDED, clock=Clock(None, TODAY, Light.PAUSED))
    assert not BLOCKERS["resume"](suspended)


PLAN = {"A": (), "B": ("A",), "C": ("B",), "D": ("A",), "E": ()}


@given(st.data())
def test_legs_in_any_order_of_ends_all_start_and_the_bundle_closes_once(data: st.DataObject) -> None:
    chosen = data.draw(st.sets(st.sampled_from(sorted(PLAN)), min_size=1))
    statuses = {
        item: Status.WAIT_PREV if set(PLAN[item]) & chosen else Status.ACCEPTED for item in sorted(chosen)
    }
    closed = 0
    while open_ones := [
        item for item, status in statuses.items() if status not in FINAL | {Status.WAIT_PREV}
    ]:
        item = data.draw(st.sampled_from(open_ones))
        before = bundle_status(statuses.values())
        statuses[item] = data.draw(st.sampled_from([Status.DECIDED, *sorted(FINAL)]))
        if statuses[item] is Status.DECIDED:
            for freed in released(PLAN, statuses):
                statuses[freed] = Status.ACCEPTED
            statuses[item] = Status.CLOSED
        for freed in released(PLAN, statuses):
            statuses[freed] = Status.ACCEPTED
        after = bundle_status(statuses.values())
        closed += before is not BundleStatus.CLOSED and after is BundleStatus.CLOSED
        # Closed means that no leg is open.
        assert (after is BundleStatus.CLOSED) == all(status in FINAL for status in statuses.values())
    assert all(is_done(status) for status in statuses.values())
    assert closed == 1


def test_undecided_is_what_may_be_withdrawn() -> None:
    assert MOVES["withdraw"].start == UNDECIDED
