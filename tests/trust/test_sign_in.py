"""Signing in: lock-out, sessions, cookies; and the headers on every page (trust.md G5, G19, T18)."""

import json
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from tests.support.console import begun, environment, yizhou
from tests.support.staff import PASSWORD, account
from tests.trust.matrix import ANONYMOUS, Walker, cells
from tests.trust.world import Corner
from yizhou.events.models import Event, Outcome
from yizhou.events.web import routes

SCRIPT = """
import django; django.setup()
import json
from django.conf import settings as s
from django.contrib.auth.hashers import get_hasher
from django.db import connection as c
from django.urls import get_resolver
def pragma(name): return c.cursor().execute(f'PRAGMA {name}').fetchone()[0]
from yizhou.orgs.models import Account
told = {
    'hash': get_hasher().encode('x', 'saltsalt').split('$')[0], 'accounts': Account.objects.count(),
    'synchronous': pragma('synchronous'), 'journal': pragma('journal_mode'),
    'busy': c.get_connection_params()['timeout'], 'mode': c.transaction_mode, 'debug': s.DEBUG,
    'secure': [s.SESSION_COOKIE_SECURE, s.CSRF_COOKIE_SECURE], 'names': [s.SESSION_COOKIE_NAME, s.CSRF_COOKIE_NAME],
    'hsts': s.SECURE_HSTS_SECONDS, 'admin': any('admin' in str(p.pattern) for p in get_resolver().url_patterns),
}
print(json.dumps(told))
"""


def sign_in(client: Client, username: str, password: str = PASSWORD) -> Any:
    return client.post("/login/", {"username": username, "password": password})


def text_of(response: Any, username: str) -> str:
    return re.sub(r"[0-9A-Za-z]{64}", "TOKEN", response.content.decode()).replace(username, "NAME")


def test_the_sixth_attempt_is_locked_even_with_the_right_password(db: None) -> None:
    who = account("WINDOW")
    wrong = [sign_in(Client(), who.username, "wrong").status_code for _ in range(5)]
    assert wrong == [401, 401, 401, 401, 429]
    locked = sign_in(Client(), who.username)
    assert locked.status_code == 429
    assert "已锁定 15 分钟" in locked.content.decode()
    other = account("WINDOW", name="other")
    assert sign_in(Client(), other.username).status_code == 302
    refused = Event.objects.everywhere("test").filter(outcome=Outcome.REFUSED)
    assert set(refused.values_list("kind", flat=True)) == {"account.sign_in", "account.locked"}


def test_a_known_and_an_unknown_name_are_answered_alike(db: None) -> None:
    known, unknown = account("WINDOW").username, "nobody-of-that-name"
    for _ in range(7):
        answers = [sign_in(Client(), name, "wrong") for name in (known, unknown)]
        assert answers[0].status_code == answers[1].status_code
        assert text_of(answers[0], known) == text_of(answers[1], unknown)


def test_an_unknown_name_is_not_kept_in_the_log(db: None) -> None:
    sign_in(Client(), "My-Secret-Passw0rd", "x")
    rows = Event.objects.everywhere("test").values_list("reason", flat=True)
    assert [reason for reason in rows if "Passw0rd" in reason] == []
    assert len(rows) == 1


def test_the_session_gets_a_new_id_at_sign_in_and_none_is_left_at_sign_out(db: None) -> None:
    who, client = account("WINDOW"), Client()
    session = client.session
    session["planted"] = "x"
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    answer = sign_in(client, who.username)
    cookie = answer.cookies[settings.SESSION_COOKIE_NAME]
    assert cookie.value != session.session_key
    assert cookie["httponly"]
    assert cookie["samesite"] == "Lax"
    assert not cookie["expires"]
    assert (
        Client(headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={session.session_key}"})
        .get("/")
        .status_code
        == 302
    )
    stolen = Client(headers={"cookie": f"{settings.SESSION_COOKIE_NAME}={cookie.value}"})
    assert stolen.get("/").status_code == 200
    out = client.post("/logout/")
    assert out.headers["Clear-Site-Data"] == '"cache", "storage"'
    assert stolen.get("/").status_code == 302


@pytest.mark.parametrize(
    "target", ["https://evil.example/", "//evil.example/", "javascript:alert(1)", "http:evil"]
)
def test_nobody_is_sent_elsewhere_after_signing_in(target: str, db: None) -> None:
    who = account("WINDOW")
    answer = Client().post("/login/", {"username": who.username, "password": PASSWORD, "next": target})
    assert (answer.status_code, answer.headers["Location"]) == (302, "/")


def test_a_forwarded_address_of_a_stranger_is_not_believed(db: None) -> None:
    Client().post("/login/", {"username": "x", "password": "x"}, headers={"X-Forwarded-For": "9.9.9.9"})
    assert set(Event.objects.everywhere("test").values_list("address", flat=True)) == {"127.0.0.1"}


def test_a_form_without_its_token_is_refused_on_every_address(corners: list[Corner]) -> None:
    walker = Walker("CENTER_STAFF")
    walker.client.handler.enforce_csrf_checks = True
    for cell in cells("CENTER_STAFF", corners[:1], [route for route in routes() if not route.is_api]):
        if cell.method in ("POST", "PUT", "PATCH", "DELETE"):
            answer = walker.ask(cell)
            assert answer.status_code == 403, str(cell)
            assert "CSRF" in answer.body.decode(), str(cell)


def header_faults(response: Any) -> list[str]:
    """What a page lacks that every page must carry."""
    wanted = {
        "X-Content-Type-Options": "nosniff",
        "Referrer-Policy": "same-origin",
        "Cross-Origin-Opener-Policy": "same-origin",
        "Cross-Origin-Resource-Policy": "same-origin",
        "Cache-Control": "no-store",
        "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
    }
    found = [name for name, value in wanted.items() if response.headers.get(name) != value]
    policy = response.headers.get("Content-Security-Policy", "")
    parts = {part.split()[0]: part.split()[1:] for part in policy.split(";") if part.strip()}
    strict = parts.get("default-src") == ["'none'"] and parts.get("script-src") == ["'self'"]
    closed = parts.get("frame-ancestors") == parts.get("base-uri") == ["'none'"]
    if not (strict and closed) or "unsafe" in policy or "*" in policy:
        found.append("Content-Security-Policy")
    return found


@pytest.mark.parametrize("role", [ANONYMOUS, "CENTER_STAFF", "SYS_ADMIN", "AUDITOR"])
def test_every_answer_carries_the_headers(role: str, corners: list[Corner]) -> None:
    walker, faults = Walker(role), []
    for cell in cells(role, corners[:1]):
        if cell.method in ("GET", "POST"):
            faults += [(str(cell), fault) for fault in header_faults(walker.ask(cell))]
    assert faults == []
    assert header_faults(walker.send("GET", "/nowhere/")) == []


def test_a_header_that_is_missing_would_be_noticed(client: Any, db: None) -> None:
    page = client.get("/login/")
    assert header_faults(page) == []
    del page.headers["Referrer-Policy"]
    page.headers["Content-Security-Policy"] += "; script-src 'unsafe-inline'"
    assert header_faults(page) == ["Referrer-Policy", "Content-Security-Policy"]


def posture(home: Path, **extra: str) -> dict[str, Any]:
    """What a process on a data directory without an account says about itself, read from the live connection."""
    assert yizhou(home, ["user", "list"], **extra).code == 0
    done = subprocess.run(
        [sys.executable, "-c", SCRIPT],
        env={**environment(home, **extra), "DJANGO_SETTINGS_MODULE": "yizhou.config.settings"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    told: dict[str, Any] = json.loads(done.stdout)
    return told


@pytest.mark.sqlite
def test_a_new_installation_has_no_account_and_its_database_loses_nothing(tmp_path: Path) -> None:
    told = posture(tmp_path / "home")
    assert (told["accounts"], told["hash"], told["debug"], told["admin"]) == (0, "argon2", False, False)
    assert (told["synchronous"], told["journal"], told["busy"], told["mode"]) == (2, "wal", 20, "IMMEDIATE")
    assert (tmp_path / "home").stat().st_mode & 0o077 == 0


@pytest.mark.sqlite
def test_behind_https_cookies_stay_on_https(tmp_path: Path) -> None:
    begun(tmp_path / "home")
    told = posture(tmp_path / "home", YIZHOU_BASE_URL="https://service.example.gov.cn")
    assert told["secure"] == [True, True]
    assert told["names"] == ["__Host-session", "__Host-csrf"]
    assert told["hsts"] >= 31_536_000
