"""Signing in by name and password, and finding whoever is signed in again at every request."""

from __future__ import annotations

from typing import Any

from django.contrib.auth.backends import ModelBackend
from django.db.models import QuerySet

from yizhou.core.prepared import prepared
from yizhou.orgs.models import Account


@prepared(pk=-(2**40))
def _account(pk: int) -> QuerySet[Account]:
    return Account.objects.filter(pk=pk)


class AccountBackend(ModelBackend):
    """Django's own, but for the way it looks an account up by its key."""

    def get_user(self, user_id: Any) -> Account | None:
        """The account behind a session; None when it is gone or switched off."""
        return next((found for found in _account(pk=int(user_id)) if self.user_can_authenticate(found)), None)
