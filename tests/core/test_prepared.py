"""Statements composed once give what the queryset gives, whatever the values."""

import datetime as dt

import pytest
from django.db import models

from yizhou.core.prepared import prepared
from yizhou.orgs.actions import appoint
from yizhou.orgs.backends import AccountBackend
from yizhou.orgs.models import Account, Appointment
from yizhou.orgs.queries import appointments_of

pytestmark = pytest.mark.django_db
DAY = dt.date(2026, 3, 2)


def account(username: str = "wang") -> Account:
    user = Account(username=username, name="王")
    user.set_unusable_password()
    user.save()
    return user


def test_instances_are_those_of_the_queryset() -> None:
    first, other = account(), account("li")
    appoint(first, "CENTER_STAFF", "339901000000", since=DAY)
    appoint(first, "WINDOW", "339901001000", since=DAY + dt.timedelta(days=1))
    appoint(other, "WINDOW", "339901001000", since=DAY)
    for user, day, roles in (
        (first, DAY, ["CENTER_STAFF"]),
        (first, DAY + dt.timedelta(days=1), ["CENTER_STAFF", "WINDOW"]),
        (first, DAY - dt.timedelta(days=1), []),
        (other, DAY, ["WINDOW"]),
    ):
        found = appointments_of(user, day)
        assert [post.role for post in found] == roles
        stored = list(Appointment.objects.filter(account=user, since__lte=day).order_by("id"))
        assert [vars(post) | {"_state": None} for post in found] == [
            vars(post) | {"_state": None} for post in stored
        ]


def test_an_account_by_key_is_the_stored_one() -> None:
    user = account()
    found = AccountBackend().get_user(user.pk)
    assert found == user
    assert (found.created_at, found._state.adding) == (user.created_at, False)
    assert AccountBackend().get_user(user.pk + 1) is None
    Account.objects.filter(pk=user.pk).update(is_active=False)
    assert AccountBackend().get_user(user.pk) is None


def test_a_sample_that_the_statement_does_not_hold_is_an_error() -> None:
    @prepared(pk=-77, name="nowhere")
    def broken(pk: int, name: str) -> models.QuerySet[Account]:
        assert name
        return Account.objects.filter(pk=pk)

    with pytest.raises(AssertionError, match="name"):
        broken(pk=1, name="x")
