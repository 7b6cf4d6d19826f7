"""Reads over divisions, stations, accounts and the work calendar."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from django.db.models import Q, QuerySet

from yizhou.core import crypto
from yizhou.core.actor import NOBODY, Actor
from yizhou.core.keys import keyring
from yizhou.core.prepared import prepared
from yizhou.core.remembered import remembered
from yizhou.core.scope import prefix_of
from yizhou.core.workdays import WorkCalendar
from yizhou.orgs.models import Account, ApiToken, Appointment, Division, WorkCalendarDay, WorkCalendarYear
from yizhou.orgs.permissions import granted_to, roles

MINUTE = 60.0
"""How long names of divisions may be shown after they were changed."""


def appointments_of(account: Account, on: dt.date) -> list[Appointment]:
    """Posts in which the account may act that day, first given first."""
    if not account.is_active:
        return []
    return _appointments(account=account.pk, on=on)


@prepared(account=-(2**40), on=dt.date(1, 2, 3))
def _appointments(account: int, on: dt.date) -> QuerySet[Appointment]:
    current = Q(since__lte=on) & (Q(until__isnull=True) | Q(until__gte=on))
    return Appointment.objects.filter(current, account_id=account).order_by("id")


def actor_for(
    account: Account, appointment: Appointment | None, *, address: str = "", request_id: str = ""
) -> Actor:
    """The actor that an account is in one of its posts; without a post it may do nothing."""
    if appointment is None:
        return Actor(account.id, account.name, address=address, request_id=request_id)
    return Actor(
        account_id=account.id,
        name=account.name,
        roles=frozenset({appointment.role}),
        areas=(prefix_of(appointment.area) if appointment.area else "",),
        department=appointment.department,
        permissions=granted_to(appointment.role),
        address=address,
        request_id=request_id,
        area_label=appointment.label or role_name(appointment.role),
    )


def holder_of(account_id: int, areas: Sequence[str], permission: str, on: dt.date) -> Actor | None:
    """Somebody in a post that covers these areas and may do this, as far as it is still held that day."""
    account = Account.objects.filter(pk=account_id).first()
    posts = appointments_of(account, on) if account else []
    actors = [actor_for(account, post) for post in posts] if account else []
    return next((a for a in actors if list(a.areas) == list(areas) and a.may(permission)), None)


def token_digest(plain: str) -> bytes:
    """What is kept of a token: of no use to whoever reads the table."""
    return crypto.hmac_sm3(keyring().index_key, b"api-token|" + plain.encode(errors="replace"))


def usable_token(plain: str, on: dt.date) -> ApiToken | None:
    """The token of that text with its post and account, if all three are good on that day."""
    found = ApiToken.objects.filter(digest=token_digest(plain), revoked_at__isnull=True, expires_on__gte=on)
    token = found.select_related("post__account").first()
    if token is None or token.post not in appointments_of(token.post.account, on):
        return None
    return token


def tokens_of(account: Account) -> list[ApiToken]:
    """Tokens ever issued for posts of the account, newest first."""
    return list(ApiToken.objects.filter(post__account=account).select_related("post").order_by("-id"))


def role_name(code: str) -> str:
    """Chinese name of a role."""
    role = roles().get(code)
    return role.name if role else code


def console_actor() -> Actor:
    """Whoever types a command on the server: all areas, the permissions of role SYSTEM, named in the log."""
    return Actor(None, "命令行", frozenset({"SYSTEM"}), ("",), permissions=granted_to("SYSTEM"))


def nobody(*, address: str = "", request_id: str = "") -> Actor:
    """Somebody not signed in, with where the request came from."""
    return Actor(None, NOBODY.name, address=address, request_id=request_id)


def division_names(codes: Sequence[str]) -> dict[str, str]:
    """Names by code for the codes asked for."""
    found = Division.objects.filter(area_code__in=set(codes)).values_list("area_code", "name")
    return dict(found)


@remembered(MINUTE)
def full_division_name(code: str) -> str:
    """Names from the county down to the division, joined: 示范县钟埭街道沈家弄村."""
    chain = [code[:n].ljust(12, "0") for n in (6, 9, 12)]
    names = division_names(chain)
    return "".join(names[c] for c in dict.fromkeys(chain) if c in names)


@remembered(MINUTE)
def child_names(code: str) -> tuple[tuple[str, str], ...]:
    """Codes and names of the divisions directly below ``code``."""
    return tuple((division.area_code, division.name) for division in child_divisions(code))


def child_divisions(code: str) -> list[Division]:
    """Divisions directly below ``code``; below nothing are those without a parent."""
    return list(
        Division.objects.filter(parent_code=code.ljust(12, "0") if code else "").order_by("area_code")
    )


def work_calendar() -> WorkCalendar:
    """The official calendar as entered by the administrator; ``confirmed_through`` is the end of its last year."""
    days = dict(WorkCalendarDay.objects.values_list("day", "is_workday"))
    last = WorkCalendarYear.objects.order_by("-year").values_list("year", flat=True).first()
    through = dt.date(last, 12, 31) if last else dt.date(1900, 1, 1)
    return WorkCalendar.of(days, through)
