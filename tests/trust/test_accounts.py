"""Accounts through their pages: first sign-in, own password, posts, administrators."""

import re
from typing import Any

import pytest
from django.test import Client

from tests.support.client import PoliceClient
from tests.support.staff import PASSWORD, account, enter
from yizhou.events.models import Event, Outcome
from yizhou.orgs.models import Account, Appointment, Division

pytestmark = pytest.mark.django_db
COUNTY, OTHER = "339901000000", "339902000000"
NEW = "Blue-Mountain-River-22"


@pytest.fixture(autouse=True)
def divisions() -> None:
    for code, name in ((COUNTY, "东县"), (OTHER, "西县")):
        Division.objects.create(area_code=code, name=name, level="COUNTY")


def log(kind: str) -> list[Event]:
    return list(Event.objects.everywhere("test").filter(kind=kind))


def sign_in(client: Client, username: str, password: str) -> Any:
    return client.post("/login/", {"username": username, "password": password})


def opened(client: Client, **changes: str) -> Any:
    form = {"username": "zhang", "name": "张一", "role": "WINDOW", "area": COUNTY, **changes}
    return client.post("/accounts/add/", form)


def password_shown(response: Any) -> str:
    found = re.search(r"一次性密码：<code>(.+?)</code>", response.content.decode())
    assert found
    return found.group(1)


def test_from_the_administrator_to_the_first_own_password(client: PoliceClient) -> None:
    enter(client, account("SYS_ADMIN"))
    made = opened(client)
    assert made.status_code == 200
    password = password_shown(made)
    assert (
        password not in client.get(Account.objects.get(username="zhang").get_absolute_url()).content.decode()
    )

    clerk = PoliceClient()
    assert sign_in(clerk, "zhang", password).status_code == 302
    assert clerk.get("/search/?q=x").headers["Location"] == "/password/"
    assert "管理员发放的密码" in clerk.get("/password/").content.decode()
    done = clerk.post("/password/", {"current": password, "new": NEW, "again": NEW})
    assert (done.status_code, done.headers["Location"]) == (302, "/")
    assert clerk.get("/").status_code == 200
    assert sign_in(PoliceClient(), "zhang", password).status_code == 401
    assert sign_in(PoliceClient(), "zhang", NEW).status_code == 302
    assert len(log("account.password_changed")) == 1
    assert len(log("account.signed_in")) == 2


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"current": "wrong", "new": NEW, "again": NEW}, "原密码不对"),
        ({"current": PASSWORD, "new": NEW, "again": NEW + "x"}, "两次输入的新密码不一样"),
        ({"current": PASSWORD, "new": PASSWORD, "again": PASSWORD}, "新密码与原密码相同"),
        ({"current": PASSWORD, "new": "alllowercase", "again": "alllowercase"}, "至少三类"),
        ({"current": PASSWORD, "new": "Ab1-", "again": "Ab1-"}, "10"),
    ],
)
def test_a_password_that_cannot_be_set_changes_nothing(
    client: PoliceClient, form: dict[str, str], words: str
) -> None:
    who = account("WINDOW", COUNTY)
    before = Account.objects.get(pk=who.pk).password
    refused = enter(client, who).post("/password/", form)
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert Account.objects.get(pk=who.pk).password == before
    assert log("account.password_changed") == []


def test_another_session_ends_when_the_password_changes(client: PoliceClient) -> None:
    who = account("WINDOW", COUNTY)
    enter(client, who)
    elsewhere = PoliceClient()
    sign_in(elsewhere, who.username, PASSWORD)
    assert elsewhere.get("/").status_code == 200
    client.post("/password/", {"current": PASSWORD, "new": NEW, "again": NEW})
    assert elsewhere.get("/").status_code == 302
    assert client.get("/").status_code == 200


def test_a_withdrawn_post_and_a_disabled_account_end_with_the_next_request(client: PoliceClient) -> None:
    admin, who = account("SYS_ADMIN"), account("WINDOW", COUNTY)
    enter(client, admin)
    clerk = enter(Client(), who)
    assert clerk.get("/").status_code == 200
    page = who.get_absolute_url()
    assert client.post(f"{page}dismiss/", {"role": "WINDOW"}).status_code == 302
    assert clerk.get("/").status_code == 403
    assert client.post(f"{page}grant/", {"role": "LIAISON", "area": COUNTY}).status_code == 302
    assert clerk.get("/").status_code == 200
    assert client.post(f"{page}disable/").status_code == 302
    assert clerk.get("/").headers["Location"].startswith("/login/")
    assert client.post(f"{page}enable/").status_code == 302
    assert sign_in(Client(), who.username, PASSWORD).status_code == 302
    kinds = Event.objects.everywhere("test").filter(about="orgs_account", outcome=Outcome.DONE)
    assert list(kinds.order_by("id").values_list("kind", "area")) == [
        ("account.dismissed", ""),
        ("account.appointed", COUNTY),
        ("account.disabled", ""),
        ("account.enabled", ""),
        ("account.signed_in", ""),
    ]


@pytest.mark.parametrize(
    ("form", "words"),
    [
        ({"username": "a b"}, "登录名须为"),
        ({"name": " "}, "没有写明使用人的姓名"),
        ({"role": "KING"}, "没有“KING”这个角色"),
        ({"area": "339903000000"}, "没有这个区划"),
        ({"role": "CO_DEPT"}, "部门须已登记"),
        ({"role": "CO_DEPT", "department": "NOWHERE"}, "部门须已登记"),
    ],
)
def test_an_account_that_cannot_be_made_leaves_nothing(
    client: PoliceClient, form: dict[str, str], words: str
) -> None:
    enter(client, account("SYS_ADMIN"))
    refused = opened(client, **form)
    assert refused.status_code == 422
    assert words in refused.content.decode()
    assert not Account.objects.filter(name="张一").exists()
    assert log("account.created") == []


def test_an_administrator_of_one_county_knows_no_other(client: PoliceClient) -> None:
    enter(client, account("SYS_ADMIN", COUNTY))
    mine, foreign = account("WINDOW", COUNTY), account("WINDOW", OTHER)
    listed = client.get("/accounts/").content.decode()
    assert (mine.username in listed, foreign.username in listed) == (True, False)
    assert client.get(foreign.get_absolute_url()).status_code == 404
    assert client.post(f"{foreign.get_absolute_url()}disable/").status_code == 404
    assert opened(client, area=OTHER).status_code == 422
    assert opened(client, area="").status_code == 422
    assert opened(client).status_code == 200


def test_nobody_changes_his_own_rights_or_mixes_duties(client: PoliceClient) -> None:
    admin = account("SYS_ADMIN")
    enter(client, admin)
    page = admin.get_absolute_url()
    for verb in ("grant", "dismiss", "disable", "password"):
        refused = client.post(f"{page}{verb}/", {"role": "SYS_ADMIN"})
        assert (verb, refused.status_code) == (verb, 422)
        assert "不能改动自己的账号" in refused.content.decode()
    clerk = account("WINDOW", COUNTY)
    mixed = client.post(f"{clerk.get_absolute_url()}grant/", {"role": "SYS_ADMIN", "area": COUNTY})
    assert "不得兼任" in mixed.content.decode()
    assert Appointment.objects.filter(account=clerk).count() == 1


def test_a_repeated_submission_makes_one_account_and_shows_no_password_again(client: PoliceClient) -> None:
    enter(client, account("SYS_ADMIN"))
    assert opened(client, once="a" * 32).status_code == 200
    again = opened(client, once="a" * 32)
    assert (again.status_code, again.headers["Location"]) == (
        302,
        Account.objects.get(username="zhang").get_absolute_url(),
    )
    assert opened(client, once="a" * 32, name="李二").status_code == 409
    assert Account.objects.count() == 2


def test_several_posts_are_offered_and_one_is_chosen() -> None:
    client = Client()  # the refusal is logged, which the policing client takes for a write on a GET
    who = account("CENTER_STAFF", COUNTY)
    second = Appointment.objects.create(account=who, role="AUDITOR", area=COUNTY, since="2020-01-01")
    account("FINANCE")
    stranger = Appointment.objects.get(role="FINANCE")
    enter(client, who)
    page = client.get("/").content.decode()
    assert "审计 · 东县" in page
    assert client.get("/log/").status_code == 403
    client.post("/post/", {"appointment": str(second.uid)})
    assert client.get("/log/").status_code == 200
    for sent in (str(stranger.uid), "nonsense", "", "1"):
        client.post("/post/", {"appointment": sent})
        assert client.get("/log/").status_code == 200
