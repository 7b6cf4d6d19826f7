"""Signing in as somebody with a post, for tests that go through the pages."""

from tests.support.client import PoliceClient
from tests.support.staff import account, enter


def signed_in(role: str, *, area: str = "339901000000", department: str = "") -> PoliceClient:
    """A browser in which somebody of that role has signed in."""
    return enter(PoliceClient(), account(role, area, department=department))
