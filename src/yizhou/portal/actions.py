"""Verbs on staff accounts, logged: what the account pages and ``yizhou user`` do (trust.md T27)."""

from __future__ import annotations

import datetime as dt
import re
import secrets
import string
from dataclasses import dataclass, replace

from django.contrib.auth.base_user import AbstractBaseUser

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.facts import read_toml
from yizhou.core.refusal import Blocker, Refused, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record, record_refusal
from yizhou.orgs import actions
from yizhou.orgs.models import Account, ApiToken, Appointment, Division
from yizhou.orgs.permissions import roles
from yizhou.orgs.queries import appointments_of

MANAGE = "accounts.manage_account"
CHANGE_OWN = "accounts.change_own_password"
ADMINISTRATORS = frozenset({"SYS_ADMIN"})
"""Roles that keep the system and therefore see no business data; nobody holds them beside another role."""
USERNAME = re.compile(r"[\w.@-]{2,40}")
TOKEN_DAYS = 180
MOST_TOKEN_DAYS = 366
"""How long a token is good for, unless said otherwise and at the most."""
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
    refuse(blockers_to_add(username, name))
    account = actions.create_account(username, name, password)
    _log(actor, "account.created", account, area=post.area)
    grant(account, post, actor=actor)
    return account


@dataclass(frozen=True, slots=True)
class Issued:
    """An account with the password to be handed over: it is shown once and kept nowhere."""

    account: Account
    password: str

    def get_absolute_url(self) -> str:
        """What a repeated submission is led to; the password is not shown again."""
        return self.account.get_absolute_url()


@action(MANAGE)
def open_account(username: str, name: str, post: Post, *, actor: Actor) -> Issued:
    """Make an account with a password for the first sign-in."""
    password = one_time_password()
    return Issued(add_account(username, name, password, post, actor=actor), password)


@action(MANAGE)
def issue_password(account: Account, *, actor: Actor) -> Issued:
    """A new password for somebody who forgot it, to be changed at the next sign-in."""
    password = one_time_password()
    return Issued(reset_password(account, password, actor=actor), password)


@action(MANAGE)
def grant(account: Account, post: Post, *, actor: Actor) -> Account:
    """Give an account a role from today on. Raises ``Refused`` for unknown roles and mixed duties."""
    refuse([*blockers_to_manage(account, actor), *blockers_to_grant(account, post, actor)])
    actions.appoint(account, post.role, post.area, since=clock.today(), department=post.department)
    _log(actor, "account.appointed", account, post.role, post.area)
    return account


def blockers_to_add(username: str, name: str) -> list[Blocker]:
    """Why no account can be made of these names."""
    found = []
    if not USERNAME.fullmatch(username):
        found.append(
            Blocker("USERNAME", "登录名须为 2 至 40 个字母、数字或 . _ - @", "不要用身份证号或手机号")
        )
    if not name.strip() or len(name) > 60:
        found.append(Blocker("NAME", "没有写明使用人的姓名", "一个账号只给一个人用"))
    return found


def blockers_to_manage(account: Account, actor: Actor) -> list[Blocker]:
    """Nobody changes what he himself may do: that takes another administrator."""
    if account.id == actor.account_id:
        return [Blocker("OWN_ACCOUNT", "不能改动自己的账号和任职", "请另一位系统管理员办理")]
    return []


def blockers_to_grant(account: Account, post: Post, actor: Actor) -> list[Blocker]:
    """Why the account cannot take the post."""
    if post.role not in roles():
        return [Blocker("UNKNOWN_ROLE", f"没有“{post.role}”这个角色", "角色代码见 data/roles.toml")]
    if post.area and not Division.objects.filter(area_code=post.area).exists():
        return [Blocker("UNKNOWN_AREA", f"没有这个区划：{post.area}", "写 12 位区划代码；先导入区划台账")]
    if not actor.covers(post.area):
        return [Blocker("OUT_OF_AREA", "只能授予本人管辖区划以内的任职", "选择管辖范围内的区划")]
    held = {held.role for held in appointments_of(account, clock.today())} | {post.role}
    if held & ADMINISTRATORS and held - ADMINISTRATORS:
        return [Blocker("MIXED_DUTIES", "系统管理员不得兼任业务角色", "另建一个账号，由不同的人使用")]
    if (post.role == "CO_DEPT" or post.department) and post.department not in departments():
        return [
            Blocker("NO_DEPARTMENT", "协同部门的任职须写明部门，部门须已登记", "代码见 data/departments.toml")
        ]
    return []


def departments() -> dict[str, str]:
    """Names of the departments by code."""
    return {entry["code"]: entry["name"] for entry in read_toml("departments.toml")["department"]}


@action(MANAGE)
def dismiss(account: Account, role: str, *, actor: Actor) -> Account:
    """End the account's posts in a role as of today. Raises ``Refused`` when it holds none."""
    refuse(blockers_to_manage(account, actor))
    if not actions.end_appointments(account, role, clock.today()):
        raise Refused([Blocker("NO_POST", f"{account.username} 没有在任的 {role}", "核对现任职务")])
    _log(actor, "account.dismissed", account, role)
    return account


@action(MANAGE)
def disable(account: Account, *, actor: Actor) -> Account:
    """Switch an account off; its open sessions end with their next request."""
    refuse(blockers_to_manage(account, actor))
    actions.disable_account(account)
    _log(actor, "account.disabled", account)
    return account


@action(MANAGE)
def enable(account: Account, *, actor: Actor) -> Account:
    """Switch an account on again."""
    refuse(blockers_to_manage(account, actor))
    actions.enable_account(account)
    _log(actor, "account.enabled", account)
    return account


@action(MANAGE)
def reset_password(account: Account, password: str, *, actor: Actor) -> Account:
    """Set a password that has to be changed at the next sign-in."""
    refuse(blockers_to_manage(account, actor))
    account.must_change_password = True
    actions.set_password(account, password)
    _log(actor, "account.password_reset", account)
    return account


@dataclass(frozen=True, slots=True)
class IssuedToken:
    """A token with its plain text to be handed over: it is shown once and kept nowhere."""

    token: ApiToken
    plain: str

    def get_absolute_url(self) -> str:
        """What a repeated submission is led to; the token is not shown again."""
        return self.token.post.account.get_absolute_url()


@action(MANAGE)
def issue_token(post: Appointment, label: str, days: int, *, actor: Actor) -> IssuedToken:
    """A token with which a program acts in the post. Raises ``Refused`` without a label or for a bad period."""
    refuse([*blockers_to_manage(post.account, actor), *blockers_to_issue(post, label, days, actor)])
    today = clock.today()
    token, plain = actions.issue_token(post, label.strip(), today + dt.timedelta(days=days))
    _log(actor, "account.token_issued", post.account, post.role, post.area)
    return IssuedToken(token, plain)


@action(MANAGE)
def revoke_token(token: ApiToken, *, actor: Actor) -> Account:
    """End a token at once. Raises ``Refused`` when it was ended before."""
    account = token.post.account
    refuse(blockers_to_manage(account, actor))
    if not actions.revoke_token(token):
        raise Refused([Blocker("TOKEN_ENDED", "这个令牌已经吊销", "刷新页面查看")])
    _log(actor, "account.token_revoked", account, token.post.role, token.post.area)
    return account


def blockers_to_issue(post: Appointment, label: str, days: int, actor: Actor) -> list[Blocker]:
    """Why no such token can be made."""
    found = []
    if post not in appointments_of(post.account, clock.today()):
        found.append(Blocker("NO_POST", "账号已停用或任职已结束", "先启用账号、授予任职"))
    if not actor.covers(post.area):
        found.append(Blocker("OUT_OF_AREA", "只能为本人管辖区划以内的任职签发", "选择管辖范围内的任职"))
    if not label.strip() or len(label) > 80:
        found.append(Blocker("LABEL", "没有写明令牌的用途", "写明给哪个系统用，80 字以内"))
    if not 1 <= days <= MOST_TOKEN_DAYS:
        found.append(Blocker("DAYS", f"有效天数须在 1 到 {MOST_TOKEN_DAYS} 之间", "到期前另签发一个"))
    return found


@action(CHANGE_OWN)
def change_own_password(account: Account, current: str, new: str, *, actor: Actor) -> Account:
    """Set one's own password. Raises ``Refused`` for a wrong current one, the same again, or a weak one."""
    if account.id != actor.account_id or not account.check_password(current):
        raise Refused([Blocker("WRONG_PASSWORD", "原密码不对", "请重新输入现在使用的密码")])
    if new == current:
        raise Refused([Blocker("SAME_PASSWORD", "新密码与原密码相同", "换一个没有用过的密码")])
    account.must_change_password = False
    actions.set_password(account, new)
    _log(actor, "account.password_changed", account)
    return account


def typed_twice(password: str, again: str) -> str:
    """The new password. Raises ``Refused`` when it was not typed alike both times."""
    if password != again:
        raise Refused([Blocker("TYPED_APART", "两次输入的新密码不一样", "请把新密码再输入一遍")])
    return password


def note_sign_in(username: str, account: AbstractBaseUser | None, actor: Actor) -> None:
    """Log a sign-in or a wrong password. An unknown name is not kept: it may be a password typed too early."""
    if isinstance(account, Account):
        record(replace(actor, account_id=account.id, name=account.name), "account.signed_in", account)
        return
    known = Account.objects.filter(username=username).exists()
    record_refusal(actor, "account.sign_in", f"登录名或密码不对：{username if known else '没有这个登录名'}")


def _log(actor: Actor, kind: str, account: Account, role: str = "", area: str = "") -> None:
    """One event of an account; ``area`` is where its post lies, else where the actor works."""
    told = {"username": account.username, **({"role": role} if role else {})}
    record(actor, kind, account, concern=Concern(area=area), **told)
