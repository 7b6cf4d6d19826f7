"""Verbs on accounts, appointments, tokens and the work calendar. The log of them is written by the callers above."""

from __future__ import annotations

import datetime as dt
import secrets
from collections.abc import Iterable, Mapping

from django.contrib.auth.hashers import make_password
from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from yizhou.core import clock
from yizhou.core.refusal import Blocker, Refused
from yizhou.core.workdays import official_calendar
from yizhou.orgs.models import Account, ApiToken, Appointment, WorkCalendarDay, WorkCalendarYear
from yizhou.orgs.permissions import roles
from yizhou.orgs.queries import token_digest

TOKEN_BYTES = 32
NOTED_EVERY = dt.timedelta(minutes=10)
"""Reading often must not mean writing often."""


def create_account(
    username: str, name: str, password: str, *, must_change: bool = True, hashed: str = ""
) -> Account:
    """Add an account without any post. Raises ``Refused`` for a name taken or a weak password.

    ``hashed`` is how an account with the same password keeps it: hashing takes a third of a second on purpose.
    """
    account = Account(username=username, name=name, must_change_password=must_change)
    if Account.objects.filter(username=username).exists():
        raise Refused([Blocker("USERNAME_TAKEN", f"登录名“{username}”已被使用", "换一个登录名")])
    set_password(account, password, hashed=hashed)
    return account


def set_password(account: Account, password: str, *, hashed: str = "") -> None:
    """Set and save a password that satisfies the rules; raises ``Refused`` with all that it breaks."""
    try:
        validate_password(password, account)
    except ValidationError as problem:
        raise Refused(
            [Blocker("WEAK_PASSWORD", text, "换一个更强的密码") for text in problem.messages]
        ) from None
    account.password = hashed or make_password(password)
    account.save()


def appoint(
    account: Account, role: str, area: str, *, since: dt.date, department: str = "", label: str = ""
) -> Appointment:
    """Give the account a post from ``since`` on. Raises ``Refused`` for an unknown role."""
    if role not in roles():
        raise Refused([Blocker("UNKNOWN_ROLE", f"没有“{role}”这个角色", "角色代码见 data/roles.toml")])
    post, _ = Appointment.objects.get_or_create(
        account=account, role=role, area=area, department=department, since=since, defaults={"label": label}
    )
    return post


def end_appointments(account: Account, role: str, on: dt.date) -> int:
    """End the account's posts in a role the day before ``on``; returns how many.

    A post that began on ``on`` or later never was one: it is taken away, the log keeps that it was given.
    """
    held = Appointment.objects.filter(account=account, role=role, until__isnull=True)
    with transaction.atomic():
        undone, _ = held.filter(since__gte=on).delete()
        return undone + held.update(until=on - dt.timedelta(days=1))


def disable_account(account: Account) -> None:
    """Switch an account off; its open sessions end with their next request."""
    Account.objects.filter(pk=account.pk).update(is_active=False)


def enable_account(account: Account) -> None:
    """Switch an account on again."""
    Account.objects.filter(pk=account.pk).update(is_active=True)


def issue_token(post: Appointment, label: str, expires_on: dt.date) -> tuple[ApiToken, str]:
    """A new token for a post, and the plain text that nobody will see again."""
    plain = f"yz_{secrets.token_urlsafe(TOKEN_BYTES)}"
    made = ApiToken.objects.create(
        post=post, label=label, digest=token_digest(plain), created_at=clock.now(), expires_on=expires_on
    )
    return made, plain


def revoke_token(token: ApiToken) -> bool:
    """End a token at once; False when it was ended before."""
    live = ApiToken.objects.filter(pk=token.pk, revoked_at__isnull=True)
    return live.update(revoked_at=clock.now()) == 1


def note_use(token: ApiToken) -> None:
    """Keep when the token was last used."""
    now = clock.now()
    if token.used_at is None or now - token.used_at > NOTED_EVERY:
        ApiToken.objects.filter(pk=token.pk).update(used_at=now)


def seed_calendar(years: Iterable[int], notices: Mapping[int, str] | None = None) -> int:
    """Enter the official days that differ from the week, for years whose notice exists; returns how many days.

    Days already entered by an administrator are left alone.
    """
    named = notices or {}
    with transaction.atomic():
        wanted = list(years)
        days = official_calendar(wanted)
        rows = [
            WorkCalendarDay(
                day=day, is_workday=works, source_notice=named.get(day.year, "国务院办公厅放假安排")
            )
            for day, works in sorted(days.items())
        ]
        WorkCalendarDay.objects.bulk_create(rows, ignore_conflicts=True)
        known = [
            WorkCalendarYear(year=year, source_notice=named.get(year, "国务院办公厅放假安排"))
            for year in wanted
        ]
        WorkCalendarYear.objects.bulk_create(known, ignore_conflicts=True)
    return len(rows)
