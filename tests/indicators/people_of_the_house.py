"""Accounts that look at figures: signed in, in one role, for one division."""

import datetime as dt
from typing import TypeVar

from django.test import Client

from yizhou.orgs.models import Account, Appointment

C = TypeVar("C", bound=Client)


def signed_in(client: C, role: str = "CENTER_STAFF", area: str = "") -> C:
    """The client of somebody in that role for that division."""
    account = Account.objects.create(username=f"{role}{area}", name="顾建平", must_change_password=False)
    Appointment.objects.create(account=account, role=role, area=area, since=dt.date(2020, 1, 1))
    client.force_login(account, backend="yizhou.orgs.backends.AccountBackend")
    return client
