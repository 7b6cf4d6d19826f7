"""The API as a program meets it: a real server, real HTTP, a token from the console."""

import json
import time
import urllib.error
import urllib.request
from pathlib import Path
from typing import Any

import pytest

from tests.support.console import begun, served, yizhou

pytestmark = pytest.mark.sqlite
FILE = """区划代码,区划名称,层级,上级代码,城乡分类,启用日期,停用日期
339900000000,示范市,市,,,,
339901000000,东县,县,339900000000,,,
"""
BOUNDARY = "a-line-between"


class Program:
    """Sends requests with a token and reads JSON."""

    def __init__(self, address: str, token: str) -> None:
        self.address, self.token = address, token

    def __call__(self, method: str, path: str, body: bytes | None = None, **headers: str) -> tuple[int, Any]:
        """Status and body of an answer."""
        given = {"Authorization": f"Bearer {self.token}"}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        asked = urllib.request.Request(
            f"{self.address}/api/v1/{path}", data=body, headers=given, method=method
        )
        try:
            with urllib.request.urlopen(asked, timeout=30) as answer:
                return answer.status, json.loads(answer.read())
        except urllib.error.HTTPError as error:
            return error.code, json.loads(error.read())

    def upload(self, ledger: str, text: str, key: str) -> tuple[int, Any]:
        """Send a file as a form does."""
        head = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="file"; filename="a.csv"\r\n\r\n'
        body = f"{head}{text}\r\n--{BOUNDARY}--\r\n".encode()
        form = f"multipart/form-data; boundary={BOUNDARY}"
        return self("POST", f"ledgers/{ledger}/import", body, Content_Type=form, Idempotency_Key=key)

    def waited(self, uid: str) -> Any:
        """The batch once the worker is done with it."""
        until = time.monotonic() + 60
        while time.monotonic() < until:
            _, batch = self("GET", f"imports/{uid}")
            if batch["status"] in ("CHECKED", "DONE", "FAILED"):
                return batch
            time.sleep(0.3)
        raise TimeoutError(batch)


def test_a_ledger_is_filled_and_read_over_http(tmp_path: Path) -> None:
    home = tmp_path / "home"
    begun(home)
    assert yizhou(home, ["user", "add", "li", "--name", "李二", "--role", "BUREAU_STAFF"]).code == 0
    token = yizhou(home, ["user", "token", "add", "li", "--label", "试验"]).out.strip()
    with served(home) as (_, address):
        call = Program(address, token)
        assert Program(address, "yz_wrong")("GET", "ledgers")[1]["title"] == "没有有效的令牌"
        assert call("POST", "ledgers/areas/import")[1]["errors"][0]["code"] == "IDEMPOTENCY_KEY"
        status, batch = call.upload("areas", FILE, "the areas")
        assert status == 202, batch
        assert call.upload("areas", FILE, "the areas")[1]["uid"] == batch["uid"]
        checked = call.waited(batch["uid"])
        assert (checked["status"], checked["created"], checked["rejected"]) == ("CHECKED", 2, 0), checked
        assert call("POST", f"imports/{batch['uid']}/confirm", b"", Idempotency_Key="yes")[0] == 202
        while (done := call.waited(batch["uid"]))["status"] == "CHECKED":
            time.sleep(0.3)
        assert (done["status"], done["created"]) == ("DONE", 2)
        rows = call("GET", "ledgers/areas/rows")[1]["rows"]
        assert {row["fields"]["area_code"] for row in rows} == {"339900000000", "339901000000"}
        document = call("GET", "openapi.json")[1]
        assert "/api/v1/ledgers/{name}/import" in document["paths"]
    listed = yizhou(home, ["user", "token", "list", "li"]).out.split()
    assert listed[1:3] == ["有效", "BUREAU_STAFF"]
    assert yizhou(home, ["user", "token", "revoke", listed[0]]).code == 0
    assert yizhou(home, ["user", "token", "revoke", listed[0]]).code == 2
    assert "已吊销" in yizhou(home, ["user", "token", "list", "li"]).out
