"""Sessions: found by their key, gone when they are over or unknown."""

import datetime as dt

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session

from yizhou.portal.sessions import SessionStore

pytestmark = pytest.mark.django_db


def stored() -> SessionStore:
    session = SessionStore()
    session["appointment"] = "x"
    session.create()
    return session


def test_what_was_kept_is_found_again() -> None:
    assert SessionStore.__module__ == settings.SESSION_ENGINE
    key = stored().session_key
    again = SessionStore(key)
    assert (again["appointment"], again.session_key) == ("x", key)


def test_a_session_that_is_over_is_empty_and_loses_its_key() -> None:
    key = stored().session_key
    past = dt.datetime.now(dt.UTC) - dt.timedelta(seconds=1)
    Session.objects.filter(pk=key).update(expire_date=past)
    over = SessionStore(key)
    assert (over.get("appointment"), over.session_key) == (None, None)


def test_an_unknown_or_spoilt_session_is_empty() -> None:
    unknown = SessionStore("a" * 32)
    assert (dict(unknown.items()), unknown.session_key) == ({}, None)
    key = stored().session_key
    Session.objects.filter(pk=key).update(session_data="spoilt")
    assert dict(SessionStore(key).items()) == {}
