"""Accounts that look at figures: signed in, in one role, for one division."""

from typing import TypeVar

from django.test import Client

from tests.support.staff import account, enter

C = TypeVar("C", bound=Client)


def signed_in(client: C, role: str = "CENTER_STAFF", area: str = "") -> C:
    """The client of somebody in that role for that division."""
    return enter(client, account(role, area))
