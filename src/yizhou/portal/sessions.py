"""Sessions in the database, read by a prepared statement: every request of somebody signed in begins with it."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.contrib.sessions.backends import db
from django.contrib.sessions.models import Session
from django.db.models import QuerySet
from django.utils import timezone

from yizhou.core.prepared import prepared


@prepared(key="a session's key", now=dt.datetime(1, 2, 3, tzinfo=dt.UTC))
def _sessions(key: str, now: dt.datetime) -> QuerySet[Session]:
    return Session.objects.filter(session_key=key, expire_date__gt=now)


class SessionStore(db.SessionStore):
    """Django's own, but for the way it looks a session up."""

    def load(self) -> dict[str, Any]:
        """What is kept under the key; nothing, and no key any more, when there is none or its time is over."""
        for session in _sessions(key=str(self.session_key), now=timezone.now()):
            kept: dict[str, Any] = self.decode(session.session_data)
            return kept
        self._session_key = None
        return {}
