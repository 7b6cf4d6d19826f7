"""Every address and every action has its permission, every permission its use (trust.md T1, D3)."""

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.http import HttpResponse
from django.urls import path

from tests.house.tree import python_files
from tests.trust.matrix import facts, roles
from yizhou.core.actor import Actor
from yizhou.core.facts import FactError
from yizhou.core.menu import MENU
from yizhou.core.refusal import Forbidden
from yizhou.events.actions import ACTIONS, load_actions
from yizhou.events.models import Event, Outcome
from yizhou.events.web import ANY_METHOD, Route, permitted, public, routes
from yizhou.orgs import permissions as declared

UNUSED: dict[str, str] = {}
"""Declared permissions that nothing asks for yet, each with its reason."""
CODE = re.compile(r"[a-z]+\.[a-z_]+")


def codes() -> set[str]:
    """Codes of the permission table as it stands on disk."""
    return {one["code"] for one in facts("permissions.toml")["permission"]}


def undeclared(found: list[Route]) -> list[str]:
    """Routes that neither carry a declared permission nor say why they are public, or leave their methods open."""
    return [
        route.path
        for route in found
        if bool(route.permission in codes()) == bool(route.public) or route.methods == ANY_METHOD
    ]


def test_every_route_carries_a_declared_permission_or_says_why_it_is_public() -> None:
    assert undeclared(routes()) == []
    assert len(routes()) > 60


def test_public_routes_are_these_and_no_others() -> None:
    assert {route.name for route in routes() if route.public} == {
        "portal:login",
        "portal:logout",
        "portal:health",
        "cases:rate",
        "citizen:activate",
        "citizen:cases",
        "citizen:file",
        "citizen:home",
        "citizen:login",
        "citizen:logout",
        "citizen:readers",
        "api:openapi",
    }


def bare(request: object) -> HttpResponse:
    return HttpResponse()


urlpatterns = [
    path("bare/", bare),
    path("unknown/", permitted("people.fly")(bare)),
    path("open/", permitted("people.view_person")(bare)),
    path("silent/", public("")(bare)),
]


@pytest.mark.urls(__name__)
def test_a_route_without_permission_reason_or_methods_is_found() -> None:
    assert undeclared(routes()) == ["/bare/", "/unknown/", "/open/", "/silent/"]


def asked_in(source: str) -> Iterator[str]:
    """Permission codes that a module asks for: arguments of ``permitted``, ``Bearer``, ``action`` and ``may``, and ``permission=``."""
    for node in ast.walk(ast.parse(source)):
        if not isinstance(node, ast.Call):
            continue
        name = node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")
        values = node.args[:1] if name in ("permitted", "action", "may", "Bearer") else []
        values += [word.value for word in node.keywords if word.arg and word.arg.endswith("permission")]
        for value in values:
            if isinstance(value, ast.Constant) and isinstance(value.value, str) and value.value:
                yield value.value


def test_whatever_is_asked_for_is_declared() -> None:
    load_actions(settings.YIZHOU_APPS)
    asked = {code for _, text in python_files("src/yizhou/") for code in asked_in(text)}
    asked |= {route.permission for route in routes() if route.permission}
    asked |= {permission for permission, _ in ACTIONS.values()}
    asked |= {entry.permission for entry in MENU.values()}
    assert asked - codes() == set()
    assert len(asked) > 50


def test_an_undeclared_permission_is_found_wherever_it_stands() -> None:
    source = "actor.may('a.b')\n@permitted('c.d')\ndef f(): pass\nget(auth=Bearer('g.h'))\nentry('x', permission='e.f')\nmay(x)"
    assert sorted(asked_in(source)) == ["a.b", "c.d", "e.f", "g.h"]


def test_whatever_is_declared_is_used() -> None:
    load_actions(settings.YIZHOU_APPS)
    text = [text for name, text in python_files("src/yizhou/") if not name.endswith("permissions.py")]
    words = {word for one in text for word in re.findall(r"[\"']([a-z]+\.[a-z_]+)[\"']", one)}
    words |= {permission for permission, _ in ACTIONS.values()} | {route.permission for route in routes()}
    assert codes() - words == UNUSED.keys()
    assert all(len(reason) > 20 for reason in UNUSED.values())


def test_codes_are_a_package_and_a_verb_and_stand_once() -> None:
    listed = [one["code"] for one in facts("permissions.toml")["permission"]]
    assert len(listed) == len(set(listed))
    assert [code for code in listed if not CODE.fullmatch(code)] == []


def test_nothing_is_granted_to_nobody_or_to_an_unknown_role() -> None:
    known = {*roles(), "SYSTEM"}
    for one in facts("permissions.toml")["permission"]:
        assert one["roles"], one["code"]
        assert set(one["roles"]) <= known, one["code"]
        assert len(set(one["roles"])) == len(one["roles"]), one["code"]


@pytest.mark.parametrize(("granted", "words"), [("[]", "空表不代表所有人"), ('["KING"]', "角色不存在：KING")])
def test_a_table_that_grants_nobody_or_a_stranger_stops_the_start(
    granted: str, words: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    overlay = f'[[permission]]\ncode = "a.b"\nlabel = "x"\nroles = {granted}\n'
    (tmp_path / "permissions.toml").write_text(overlay, encoding="utf-8")
    monkeypatch.setenv("YIZHOU_DATA", str(tmp_path))
    with pytest.raises(FactError, match=words):
        declared.permissions.__wrapped__()


def test_an_actor_without_permissions_may_nothing() -> None:
    assert [code for code in codes() if Actor(1, "x").may(code)] == []


def test_readers_cannot_write_and_administrators_see_no_business_data() -> None:
    read_only = {one["code"] for one in facts("roles.toml")["role"] if one.get("read_only")}
    verbs = {permission for permission, _ in ACTIONS.values()} - {"accounts.change_own_password"}
    for one in facts("permissions.toml")["permission"]:
        if one["code"] in verbs - {"ledgers.export_ledger"}:
            assert read_only & set(one["roles"]) == set(), one["code"]
        if one["code"].startswith(("people.", "cases.", "ledgers.", "indicators.", "honours.", "events.")):
            assert "SYS_ADMIN" not in one["roles"], one["code"]


def test_every_action_refuses_whoever_lacks_its_permission_and_logs_it(db: None) -> None:
    load_actions(settings.YIZHOU_APPS)
    assert len(ACTIONS) > 40
    for name, (permission, run) in ACTIONS.items():
        with pytest.raises(Forbidden):
            run(actor=Actor(7, "无权的人", areas=("",)))
        last = Event.objects.everywhere("test").order_by("-id")[0]
        assert (last.kind, last.outcome, last.account_id) == (permission, Outcome.REFUSED, 7), name
