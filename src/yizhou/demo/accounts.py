"""Accounts of the demonstration: every role that can do something, in two counties and their towns (contracts.md §3)."""

from __future__ import annotations

import datetime as dt
import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from itertools import cycle
from pathlib import Path
from typing import Any

from yizhou.core.actor import Actor
from yizhou.core.durable import replace_file
from yizhou.core.facts import read_toml
from yizhou.core.pinyin import name_keys_many
from yizhou.demo.places import Place, of_level
from yizhou.events.recording import record
from yizhou.orgs.actions import appoint, create_account
from yizhou.orgs.models import Account
from yizhou.orgs.permissions import granted_to
from yizhou.orgs.queries import role_name

SINCE = dt.date(2020, 1, 1)


@dataclass(frozen=True, slots=True)
class Post:
    """An account to be: who, in which role, where, for which department."""

    username: str
    name: str
    role: str
    place: Place
    department: str = ""
    label: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A line of the sign-in page of the demonstration."""

    role: str
    username: str
    password: str
    name: str
    scope: str


def facts() -> dict[str, Any]:
    """The fact file of the accounts."""
    return read_toml("demo/accounts.toml")


def posts() -> list[Post]:
    """Every account; roles without any permission yet are left out, because they could do nothing."""
    found = []
    names = cycle(facts()["names"])
    for role, place, department, label in _wanted():
        if granted_to(role):
            word = f"{department.lower().replace('_', '-')}" if department else facts()["words"][role]
            found.append(Post(f"{_short(place)}{word}", next(names), role, place, department, label))
    return found


def _wanted() -> Iterator[tuple[str, Place, str, str]]:
    wanted = facts()
    names = {one["code"]: one["short"] for one in read_toml("departments.toml")["department"]}
    for role in wanted["city"]:
        yield role, of_level("市")[0], "", ""
    towns, villages = of_level("乡镇街道"), of_level("村社区")
    for county in of_level("县"):
        for role in wanted["county"]:
            yield role, county, "", ""
        for department in wanted["departments"]:
            yield "CO_DEPT", county, department, f"{county.name}{names[department]}"
        for nth, town in enumerate(one for one in towns if one.parent == county.code):
            for role in wanted["town"]:
                yield role, town, "", ""
            if nth < wanted["villages_in_towns"]:
                village = next(one for one in villages if one.parent == town.code)
                for role in wanted["village"]:
                    yield role, village, "", ""


def _short(place: Place) -> str:
    """Pinyin initials of a county or town before the role; a village has its town's."""
    if place.level == "市":
        return ""
    named = (
        place if place.level != "村社区" else next(p for p in of_level("乡镇街道") if p.code == place.parent)
    )
    return name_keys_many([named.name[:2]])[0].initials.split(" ")[0] + "-"


def make_accounts(actor: Actor) -> list[Shown]:
    """Make those accounts that do not exist yet; returns all of them as the sign-in page shows them."""
    password = facts()["password"]
    shown, hashed = [], ""
    for post in posts():
        if not Account.objects.filter(username=post.username).exists():
            account = create_account(post.username, post.name, password, must_change=False, hashed=hashed)
            # The one public password is hashed once.
            hashed = account.password
            area = "" if post.place.level == "市" else post.place.code
            label = post.label or f"{post.place.name}{role_name(post.role)}"
            appoint(account, post.role, area, since=SINCE, department=post.department, label=label)
            record(actor, "account.created", account, username=post.username)
            record(actor, "account.appointed", account, username=post.username, role=post.role, area=area)
        role = post.label.removeprefix(post.place.name) or role_name(post.role)
        shown.append(Shown(role, post.username, password, post.name, _scope(post)))
    return shown


def _scope(post: Post) -> str:
    if post.role == "SYS_ADMIN":
        return "系统设置，不含业务数据"
    town = next((p.name for p in of_level("乡镇街道") if p.code == post.place.parent), "")
    return f"{town}{post.place.name}"


def write_accounts(path: Path, shown: list[Shown]) -> None:
    """Write what the sign-in page reads; its presence also marks the installation as a demonstration."""
    text = json.dumps({"accounts": [asdict(one) for one in shown]}, ensure_ascii=False, indent=1)
    replace_file(path, [text.encode() + b"\n"])
