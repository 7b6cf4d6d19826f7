"""Verbs on staff accounts, logged: what ``yizhou user`` does (trust.md T27)."""

from __future__ import annotations

import datetime as dt
import secrets
import string
from dataclasses import dataclass

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused, refuse
from yizhou.events.actions import action
from yizhou.events.recording import record
from yizhou.orgs import actions
from yizhou.orgs.models import Account
from yizhou.orgs.permissions import roles
from yizhou.orgs.queries import appointments_of

MANAGE = "accounts.manage_account"
ADMINISTRATORS = frozenset({"SYS_ADMIN"})
"""Roles that keep the system and therefore see no business data; nobody holds them beside another role."""
LETTERS = string.ascii_lowercase + string.ascii_uppercase + string.digits


@dataclass(frozen=True, slots=True)
class Post:
    """A role for an area (12-digit code, "" for all) and, for a partner department, its code."""

    role: str
    area: str = ""
    department: str = ""


def one_time_password() -> str:
    """A password for the first sign-in, 16 signs of all four classes."""
    return "".join(secrets.choice(LETTERS) for _ in range(12)) + "-" + secrets.choice("23456789") + "kQ"


def named(username: str) -> Account:
    """The account of that name. Raises ``Refused`` when there is none."""
    found = Account.objects.filter(username=username).first()
    if found is None:
        raise Refused(
            [Blocker("NO_ACCOUNT", f"没有登录名为“{username}”的账号", "yizhou user list 列出全部账号")]
        )
    return found


@action(MANAGE)
def add_account(username: str, name: str, password: str, post: Post, *, actor: Actor) -> Account:
    """Make an account with its first post; the password has to be changed at the first sign-in."""
    account = actions.create_account(username, name, password)
    record(actor, "account.created", account, username=username)
    grant(account, post, actor=actor)
    return account


@action(MANAGE)
def grant(account: Account, post: Post, *, actor: Actor) -> None:
    """Give an account a role from today on. Raises ``Refused`` for unknown roles and mixed duties."""
    refuse(blockers_to_grant(account, post, clock.today()))
    actions.appoint(account, post.role, post.area, since=clock.today(), department=post.department)
    record(actor, "account.appointed", account, username=account.username, role=post.role, area=post.area)


def blockers_to_grant(account: Account, post: Post, on: dt.date) -> list[Blocker]:
    """Why the account cannot take the post."""
    if post.role not in roles():
        return [Blocker("UNKNOWN_ROLE", f"没有“{post.role}”这个角色", "角色代码见 data/roles.toml")]
    held = {held.role for held in appointments_of(account, on)} | {post.role}
    if held & ADMINISTRATORS and held - ADMINISTRATORS:
        return [Blocker("MIXED_DUTIES", "系统管理员不得兼任业务角色", "另建一个账号，由不同的人使用")]
    if post.role == "CO_DEPT" and not post.department:
        return [
            Blocker(
                "NO_DEPARTMENT", "协同部门的任职须写明部门", "加上 --department，代码见 data/departments.toml"
            )
        ]
    return []


@action(MANAGE)
def dismiss(account: Account, role: str, *, actor: Actor) -> int:
    """End the account's posts in a role as of today; returns how many."""
    ended = actions.end_appointments(account, role, clock.today())
    if not ended:
        raise Refused(
            [Blocker("NO_POST", f"{account.username} 没有在任的 {role}", "yizhou user list 查看现任职务")]
        )
    record(actor, "account.dismissed", account, username=account.username, role=role)
    return ended


@action(MANAGE)
def disable(account: Account, *, actor: Actor) -> None:
    """Switch an account off."""
    actions.disable_account(account)
    record(actor, "account.disabled", account, username=account.username)


@action(MANAGE)
def reset_password(account: Account, password: str, *, actor: Actor) -> None:
    """Set a password that has to be changed at the next sign-in."""
    account.must_change_password = True
    actions.set_password(account, password)
    record(actor, "account.password_changed", account, username=account.username)
