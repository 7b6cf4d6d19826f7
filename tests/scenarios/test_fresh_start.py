"""The first start: an empty machine becomes a served county in which the roles of the demo can sign in."""

import json
import re
import urllib.error
import urllib.parse
import urllib.request
from http.cookiejar import CookieJar
from pathlib import Path

import pytest

from tests.support.console import served, yizhou

pytestmark = pytest.mark.sqlite
ROLES = ("分管领导", "主管局业务科室", "服务中心人员", "窗口人员", "镇街站", "公安", "审计")


class Browser:
    """Cookies, forms and pages, without scripts."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._opener = urllib.request.build_opener(urllib.request.HTTPCookieProcessor(CookieJar()))

    def open(self, path: str, form: dict[str, str] | None = None) -> tuple[int, str]:
        """Status and text of a page."""
        body = urllib.parse.urlencode(form).encode() if form else None
        request = urllib.request.Request(
            f"{self.address}{path}", data=body, headers={"Referer": self.address}
        )
        try:
            with self._opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()

    def sign_in(self, username: str, password: str) -> tuple[int, str]:
        """The page after signing in."""
        _, page = self.open("/login/")
        token = re.findall(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[0]
        return self.open(
            "/login/", {"csrfmiddlewaretoken": token, "username": username, "password": password, "next": "/"}
        )


def test_a_county_is_filled_served_and_used(tmp_path: Path) -> None:
    home = tmp_path / "home"
    assert yizhou(home, ["demo", "--people", "300"]).code == 0
    accounts = json.loads((home / "demo.json").read_text(encoding="utf-8"))["accounts"]
    with served(home) as (_, address):
        _, page = Browser(address).open("/login/")
        assert all(one["username"] in page for one in accounts)
        for role in ROLES:
            one = next(account for account in accounts if account["role"] == role)
            status, shown = Browser(address).sign_in(one["username"], one["password"])
            assert (status, f"，{one['name']}" in shown) == (200, True), role
        assert Browser(address).sign_in(accounts[0]["username"], "wrong-Password-1")[0] == 401
