"""Staff of the tests: an account in one post, signed in or not."""

import datetime as dt
from typing import TypeVar

from django.test import Client

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.orgs.actions import issue_token
from yizhou.orgs.models import Account, Appointment
from yizhou.orgs.queries import actor_for

C = TypeVar("C", bound=Client)
PASSWORD = "Right-Horse-Battery-1"
BACKEND = "yizhou.orgs.backends.AccountBackend"


def account(
    role: str, area: str = "", *, department: str = "", name: str = "", must_change: bool = False
) -> Account:
    """Somebody in one post since 2020, with the password above."""
    made = Account(
        username=name or f"{role}{area}{department}".lower(), name="林一", must_change_password=must_change
    )
    made.set_password(PASSWORD)
    made.save()
    Appointment.objects.create(
        account=made, role=role, area=area, department=department, since=dt.date(2020, 1, 1)
    )
    return made


def enter(client: C, who: Account) -> C:
    """The client with an open session of that account."""
    client.force_login(who, backend=BACKEND)
    return client


def token_of(who: Account, days: int = 30) -> str:
    """A token for a program that acts in the account's first post."""
    post = Appointment.objects.filter(account=who).order_by("id")[0]
    return issue_token(post, "试验", clock.today() + dt.timedelta(days=days))[1]


def acting(who: Account) -> Actor:
    """The actor that an account is in its first post."""
    return actor_for(who, Appointment.objects.filter(account=who).first())
