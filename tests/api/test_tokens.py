"""Tokens: issued once, good as long as their post is, refused and counted otherwise."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.support.calling import Caller
from tests.support.client import PoliceClient
from tests.support.staff import account, enter, token_of
from yizhou.core import clock
from yizhou.events.models import Event, Outcome
from yizhou.orgs.models import Account, ApiToken, Appointment, Division

pytestmark = pytest.mark.django_db
COUNTY, OTHER = "339901000000", "339902000000"
LEDGERS = "/api/v1/ledgers"


@pytest.fixture(autouse=True)
def divisions() -> None:
    for code, name in ((COUNTY, "东县"), (OTHER, "西县")):
        Division.objects.create(area_code=code, name=name, level="COUNTY")


def kinds(outcome: Outcome = Outcome.DONE) -> list[str]:
    found = Event.objects.everywhere("test").filter(outcome=outcome).order_by("id")
    return list(found.values_list("kind", flat=True))


def issued(client: Client, who: Account, **changes: str) -> Any:
    post = Appointment.objects.filter(account=who).order_by("id")[0]
    form = {"post": str(post.uid), "label": "数据交换平台", "days": "90", **changes}
    return client.post(f"{who.get_absolute_url()}token/", form)


def shown(answer: Any) -> str:
    found = re.search(r"接口令牌：<code>(yz_[\w-]+)</code>", answer.content.decode())
    assert found, answer.content.decode()
    return found.group(1)


def test_from_the_administrator_to_a_call_and_back(client: PoliceClient) -> None:
    clerk = account("BUREAU_STAFF", COUNTY)
    enter(client, account("SYS_ADMIN"))
    plain = shown(issued(client, clerk, once="a" * 32))
    assert bytes(ApiToken.objects.get().digest) not in plain.encode()
    page = client.get(clerk.get_absolute_url()).content.decode()
    assert plain not in page
    assert "数据交换平台" in page
    assert "最近使用 从未" in page
    again = issued(client, clerk, once="a" * 32)
    assert (again.status_code, again.headers["Location"]) == (302, clerk.get_absolute_url())
    call = Caller(plain)
    assert call("GET", LEDGERS).status_code == 200
    assert "最近使用 从未" not in client.get(clerk.get_absolute_url()).content.decode()
    revoke = f"/accounts/tokens/{ApiToken.objects.get().uid}/revoke/"
    assert client.post(revoke).status_code == 302
    assert client.post(revoke).status_code == 422
    assert Caller(plain, Client())("GET", LEDGERS).status_code == 401
    assert kinds() == ["account.token_issued", "account.token_revoked"]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"label": " "}, "没有写明令牌的用途"),
        ({"days": "367"}, "有效天数须在 1 到 366 之间"),
        ({"days": "x"}, "有效天数须在 1 到 366 之间"),
        ({"post": "x"}, "没有选任职"),
    ],
)
def test_a_token_that_cannot_be_issued_leaves_nothing(
    client: PoliceClient, form: dict[str, str], words: str
) -> None:
    enter(client, account("SYS_ADMIN"))
    refused = issued(client, account("WINDOW", COUNTY), **form)
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert (ApiToken.objects.count(), kinds()) == (0, [])


def test_nobody_issues_a_token_to_himself_or_for_another_area(client: PoliceClient) -> None:
    admin = account("SYS_ADMIN", COUNTY)
    enter(client, admin)
    assert "不能改动自己的账号" in issued(client, admin).content.decode()
    both = account("WINDOW", OTHER)
    Appointment.objects.create(account=both, role="WINDOW", area=COUNTY, since="2020-01-01")
    assert "管辖区划以内" in issued(client, both).content.decode()
    assert issued(client, account("WINDOW", OTHER, name="far")).status_code == 404
    assert ApiToken.objects.count() == 0


def test_a_token_ends_with_its_day_its_post_and_its_account() -> None:
    who = account("BUREAU_STAFF", COUNTY)
    call = Caller(token_of(who, days=0), Client())
    ask = lambda: call("GET", LEDGERS).status_code  # noqa: E731  # asked again and again
    assert ask() == 200
    ApiToken.objects.update(expires_on="2020-01-01")
    assert ask() == 401
    ApiToken.objects.update(expires_on=clock.today())
    Account.objects.update(is_active=False)
    assert ask() == 401
    Account.objects.update(is_active=True)
    assert ask() == 200
    Appointment.objects.update(until="2020-02-01")
    assert ask() == 401


def test_a_session_opens_nothing_and_neither_does_another_scheme() -> None:
    client = enter(Client(), account("BUREAU_STAFF", COUNTY))
    for headers in ({}, {"Authorization": "Basic eDp5"}, {"Authorization": "Bearer"}):
        refused = client.get(LEDGERS, headers=headers)
        assert refused.status_code == 401
        assert refused.headers["Content-Type"] == "application/problem+json"
        assert refused.json()["title"] == "没有有效的令牌"
        assert refused.headers["WWW-Authenticate"] == "Bearer"


def test_after_five_wrong_tokens_an_address_is_no_longer_listened_to_but_good_ones_pass() -> None:
    good = token_of(account("BUREAU_STAFF", COUNTY))
    wrong = [Caller("yz_wrong", Client())("GET", LEDGERS).status_code for _ in range(7)]
    assert wrong == [401] * 5 + [429] * 2
    assert kinds(Outcome.REFUSED) == ["account.use_token"] * 5
    assert Caller(good, Client())("GET", LEDGERS).status_code == 200
    elsewhere = Client(REMOTE_ADDR="10.1.2.3")
    assert Caller("yz_wrong", elsewhere)("GET", LEDGERS).status_code == 401


def test_what_the_post_may_not_is_refused_and_logged() -> None:
    call = Caller(token_of(account("HOTLINE", COUNTY)), Client())
    refused = call("GET", f"{LEDGERS}/people/export")
    assert (refused.status_code, refused.json()["title"]) == (403, "没有权限")
    assert kinds(Outcome.REFUSED) == ["ledgers.export_ledger"]


def test_the_first_password_need_not_be_changed_before_a_program_calls() -> None:
    assert (
        Caller(token_of(account("BUREAU_STAFF", COUNTY, must_change=True)))("GET", LEDGERS).status_code == 200
    )
