"""Every role at every address by every method (trust.md T2), and proof that the walk would notice a change."""

import random

import pytest

from tests.trust.matrix import ANONYMOUS, deviations, roles, table
from tests.trust.samples import SAMPLES
from tests.trust.world import Corner
from yizhou.core.scope import ScopedQuerySet
from yizhou.events.web import routes
from yizhou.orgs import queries
from yizhou.orgs.permissions import granted_to

WITH_RIGHTS = sorted({role for granted in table().values() for role in granted} - {"SYSTEM"})
FLIPS = 24


def test_every_route_with_parameters_has_a_sample_and_no_sample_is_left_over() -> None:
    wanted = {route.name for route in routes() if route.parameters}
    assert wanted - SAMPLES.keys() == set(), "add these to tests/trust/samples.py"
    assert SAMPLES.keys() - wanted == set()


@pytest.mark.parametrize("role", [ANONYMOUS, *WITH_RIGHTS])
def test_each_request_is_answered_as_the_table_says(role: str, corners: list[Corner]) -> None:
    assert deviations(role, corners, table()) == []


@pytest.mark.parametrize("role", sorted(set(roles()) - set(WITH_RIGHTS)))
def test_a_role_without_rights_gets_nowhere(role: str, corners: list[Corner]) -> None:
    only = [route for route in routes() if not route.parameters or route.name == "people:person"]
    assert deviations(role, corners[:1], table(), only) == []


def flips() -> list[tuple[str, str]]:
    """Random (role, permission) of the table, half of them rights to take away, the others to give."""
    chance = random.Random(8213)
    asked = sorted({route.permission for route in routes() if route.permission})
    pairs = [(role, permission) for permission in asked for role in WITH_RIGHTS]
    held = [pair for pair in pairs if pair[0] in table()[pair[1]]]
    lacked = [pair for pair in pairs if pair not in held]
    return chance.sample(held, FLIPS // 2) + chance.sample(lacked, FLIPS // 2)


def test_each_of_the_seeded_flips_is_noticed(corners: list[Corner], monkeypatch: pytest.MonkeyPatch) -> None:
    unnoticed = []
    for role, permission in flips():
        only = [route for route in routes() if route.permission == permission]
        with monkeypatch.context() as patch:
            flipped = granted_to(role) ^ {permission}
            patch.setattr(queries, "granted_to", lambda asked, now=flipped: now)
            if not deviations(role, corners[:1], table(), only):
                unnoticed.append((role, permission))
    assert unnoticed == []


def test_a_scope_that_lets_everything_through_is_noticed_on_every_route(
    corners: list[Corner], monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = {"people:person", "people:reveal", "cases:detail", "cases:accept", "cases:bundle", "ledgers:row"}
    asked |= {"cases:follow_up_rating", "people:panel", "people:correct", "cases:file", "ledgers:batch"}
    only = [route for route in routes() if route.name in asked]
    monkeypatch.setattr(ScopedQuerySet, "visible_to", lambda rows, actor: rows.everywhere("let through"))
    found = deviations("CENTER_STAFF", corners, table(), only)
    noticed = {route.name for route in only if any(f" {route.path} " in line for line in found)}
    assert noticed == asked
