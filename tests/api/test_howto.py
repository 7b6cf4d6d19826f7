"""What docs/howto/use-the-api.md tells people to type works, in its order."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.house.tree import ROOT
from tests.support.calling import curl
from tests.support.staff import account, token_of
from tests.support.uploads import worker
from tests.trust.world import COUNTIES, TOWNS, WHEN, build
from yizhou.core import clock
from yizhou.ledgers.models import ImportBatch

PAGE = ROOT / "docs" / "howto" / "use-the-api.md"
FILE = f"""接待编号,接待时间,接待场所,接待地区划,来访人姓名,到场人数
J9,2025-03-05 09:30,服务大厅,{TOWNS[0][:9]}001,柳青,1
"""


def examples() -> list[str]:
    """Every curl command of the page."""
    blocks = "\n".join(re.findall(r"^```\n(.*?)^```", PAGE.read_text(encoding="utf-8"), re.M | re.S))
    return [
        line.replace("\0", "\\\n") for line in blocks.replace("\\\n", "\0").splitlines() if "curl" in line
    ]


def learned(answer: Any, values: dict[str, str]) -> None:
    """Keep what later commands refer to."""
    if not answer.headers["Content-Type"].startswith("application/json"):
        return
    body = answer.json()
    if "state" in body:
        values |= {"ROW": body["uid"], "STATE": body["state"]}
    if "created" in body:
        values["BATCH"] = body["uid"]
        batch = ImportBatch.objects.everywhere("test").get(uid=body["uid"])
        if batch.status in ("UPLOADED", "CONFIRMED"):
            worker(batch)
    if "version" in body:
        values["VERSION"] = str(body["version"])


@pytest.mark.django_db
def test_every_example_is_answered(tmp_path: Path) -> None:
    corner = build()[0]
    (tmp_path / "receptions.csv").write_text(FILE, encoding="utf-8")
    values = {
        "SITE": "",
        "TOKEN": token_of(account("BUREAU_STAFF", COUNTIES[0])),
        "DEPARTMENT": token_of(account("CO_DEPT", COUNTIES[0], department=corner.case.department)),
        "CASE": str(corner.case.uid),
    }
    statuses = []
    with clock.at(WHEN):
        for line in examples():
            answer = curl(Client(), line, values, tmp_path)
            assert answer.status_code in (200, 201, 202), (line, answer.content.decode())
            statuses.append(answer.status_code)
            learned(answer, values)
    assert len(statuses) == 15
    assert set(statuses) == {200, 201, 202}
    assert ImportBatch.objects.everywhere("test").get(uid=values["BATCH"]).status == "DONE"
