"""A small county for tests that go through pages: divisions, staff accounts, people taken in through the ledger.

staff = county.sign_in(client, "CENTER_STAFF", county.COUNTY)
uid = county.person(name="陈国梁").uid
"""

import csv
import datetime as dt
import uuid
from functools import cache
from pathlib import Path
from typing import Any

from django.conf import settings
from django.test import Client

from yizhou.core import id_numbers
from yizhou.core.actor import Actor
from yizhou.ledgers.columns import code_table, layouts
from yizhou.ledgers.importing import Report, Request, import_file
from yizhou.orgs.actions import appoint
from yizhou.orgs.models import Account, Division
from yizhou.orgs.queries import actor_for, appointments_of, console_actor
from yizhou.people.models import Person

COUNTY = "339902000000"
TOWN, OTHER_TOWN = "339902001000", "339902002000"
VILLAGE, SECOND_VILLAGE, OTHER_VILLAGE = "339902001001", "339902001002", "339902002001"
BACKEND = "yizhou.orgs.backends.AccountBackend"
SINCE = dt.date(2020, 1, 1)
FULL = {
    "性别": "男",
    "民族": "汉族",
    "户籍地区划": VILLAGE,
    "户籍地址": "望澜区芦汀街道芦汀社区3组17号",
    "常住地区划": VILLAGE,
    "联系电话": "13800138000",
    "政治面貌": "群众",
    "婚姻状况": "已婚",
    "学历": "初中",
    "健康状况": "健康或良好",
    "人员类别": "V11",
    "入伍时间": "1979-11-01",
    "退役时间": "1983-12-15",
    "安置方式": "自主就业",
    "就业状况": "",
    "采集日期": "2024-03-01",
}
"""A veteran's row that passes every rule; tests override what they are about."""


def divisions() -> None:
    """The demonstration's divisions."""
    levels = {"市": "CITY", "县": "COUNTY", "乡镇街道": "TOWN", "村社区": "VILLAGE"}
    with (Path(__file__).parents[2] / "data" / "divisions" / "demo.csv").open(encoding="utf-8-sig") as file:
        rows = list(csv.DictReader(file))
    Division.objects.bulk_create(
        Division(
            area_code=row["区划代码"],
            name=row["区划名称"],
            level=levels[row["层级"]],
            parent_code=row["上级代码"],
        )
        for row in rows
    )


def id_number(born: str, serial: int = 101, area: str = "339902") -> str:
    """A valid identity number: ``born`` as 19600803, odd serials are men."""
    first_17 = f"{area}{born}{serial:03d}"
    return first_17 + id_numbers.check_character(first_17)


def account(role: str, area: str, username: str = "") -> Account:
    """A staff account with one post."""
    user = Account(
        username=username or f"{role.lower()}-{area}-{uuid.uuid4().hex[:6]}",
        name=f"测试{role}",
        must_change_password=False,
    )
    user.set_unusable_password()
    user.save()
    appoint(user, role, area, since=SINCE)
    return user


def actor_of(user: Account) -> Actor:
    """The actor an account is in its first post."""
    return actor_for(user, appointments_of(user, dt.date(2026, 3, 2))[0])


def sign_in(client: Client, role: str, area: str) -> Actor:
    """Sign a new account of that role in and return its actor."""
    user = account(role, area)
    client.force_login(user, BACKEND)
    return actor_of(user)


@cache
def first_employment() -> str:
    """A valid word for 就业状况."""
    return next(iter(code_table("employment_status").names.values()))


def row(name: str = "陈国梁", born: str = "19600803", serial: int = 101, **cells: str) -> dict[str, str]:
    """One row of the people ledger by header."""
    day = f"{born[:4]}-{born[4:6]}-{born[6:]}"
    own = {"身份证号": id_number(born, serial), "姓名": name, "出生日期": day, "就业状况": first_employment()}
    return {**FULL, **own, **cells}


def write_csv(path: Path, rows: list[dict[str, str]], ledger: str = "people") -> Path:
    """Rows as a file of the ledger."""
    headers = layouts()[ledger].headers
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.DictWriter(file, headers, restval="")
        writer.writeheader()
        writer.writerows(rows)
    return path


def take_in(*rows: dict[str, str], **options: Any) -> Report:
    """Import rows the way a command does."""
    path = write_csv(Path(settings.IMPORTS_DIR) / f"{uuid.uuid4().hex}.csv", list(rows))
    return import_file(Request("people", path, **options), actor=console_actor())


def person(name: str = "陈国梁", born: str = "19600803", serial: int = 101, **cells: str) -> Person:
    """One person in the file, taken in through the ledger."""
    filled = row(name, born, serial, **cells)
    report = take_in(filled)
    assert report.created == 1, report
    return Person.objects.everywhere("tests").order_by("-id")[0]
