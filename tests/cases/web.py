"""Signing in as somebody with a post, for tests that go through the pages."""

import datetime as dt

from tests.support.client import PoliceClient
from yizhou.orgs.models import Account, Appointment


def signed_in(role: str, *, area: str = "339901000000", department: str = "") -> PoliceClient:
    """A browser in which somebody of that role has signed in."""
    account = Account(username=f"{role}-{area}-{department}", name=role.lower(), must_change_password=False)
    account.set_password("x")
    account.save()
    Appointment.objects.create(
        account=account, role=role, area=area, department=department, since=dt.date(2020, 1, 1)
    )
    client = PoliceClient()
    client.force_login(account, backend="yizhou.orgs.backends.AccountBackend")
    return client
