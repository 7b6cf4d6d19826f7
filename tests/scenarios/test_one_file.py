"""One file from three workbooks with faults to an approved export: mended, merged, changed by two people, told of any day."""

import csv
import datetime as dt
import io
import re
from typing import Any

import fastexcel
import polars as pl
import pytest
from django.test import Client

from tests.support import county
from tests.support.client import PoliceClient
from tests.support.uploads import again, batch_of, upload, worker
from yizhou.core import crypto
from yizhou.core.keys import keyring
from yizhou.dossier.models import ServiceSpell
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.models import BatchStatus, ImportBatch
from yizhou.merging.actions import search_duplicates
from yizhou.merging.models import Merge, SuspectPair
from yizhou.orgs.queries import console_actor
from yizhou.people.models import FamilyMember, FileChange, Person, Proposal, Source

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
RIGHT, WRONG, OTHER = (county.id_number("19600803", serial) for serial in (101, 111, 205))
"""The veteran's number, the same with one digit misread, somebody else's."""
SPELL = {"入伍时间": "1979-11-01", "退役时间": "1983-12-15"}


def sheet(ledger: str, *rows: dict[str, str]) -> bytes:
    out = io.StringIO()
    writer = csv.DictWriter(out, layouts()[ledger].headers, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def taken_in(client: Client, ledger: str, data: bytes) -> ImportBatch:
    """A file on its whole way: checked, confirmed, stored."""
    batch = worker(batch_of(upload(client, data, ledger=ledger)))
    client.post(f"{batch.get_absolute_url()}confirm/")
    return worker(again(batch)) if again(batch).status == BatchStatus.CONFIRMED else again(batch)


def mended(client: Client, batch: ImportBatch, **columns: str) -> bytes:
    """The rejected rows of the errors file, with what was wrong put right."""
    content = b"".join(client.get(f"{batch.get_absolute_url()}errors/").streaming_content)
    rejected = fastexcel.read_excel(content).load_sheet(1, dtypes="string").to_polars()
    return (
        rejected.with_columns(**{name: pl.lit(text) for name, text in columns.items()}).write_csv().encode()
    )


def person(name: str) -> Person:
    return Person.objects.everywhere("test").get(name=name)


def three_workbooks(client: Client) -> None:
    """People with a bad phone, and filed twice under a misread number; the family; service with the dates turned round."""
    people = sheet(
        "people",
        county.row("陈国梁", serial=101, 联系电话="13800138111"),
        county.row("陈国梁", serial=111, 联系电话="13800138111", 开户账号="6222020200112345679"),
        county.row("陆秀英", serial=205, 联系电话="1380013"),
    )
    batch = taken_in(client, "people", people)
    assert (batch.created, batch.rejected) == (2, 1)
    assert taken_in(client, "people", mended(client, batch, 联系电话="13900139222")).created == 1
    child = {"成员身份证号": county.id_number("19880101", 303), "成员姓名": "陈晓", "与本人关系": "子"}
    family = taken_in(
        client,
        "family_members",
        sheet(
            "family_members", {"人员身份证号": WRONG, **child}, {"人员身份证号": RIGHT[:17] + "?", **child}
        ),
    )
    assert (family.created, family.rejected) == (1, 1)
    turned = {"入伍时间": "1983-12-15", "退役时间": "1979-11-01"}
    spells = taken_in(client, "service_spells", sheet("service_spells", {"身份证号": WRONG, **turned}))
    assert spells.rejected == 1
    assert taken_in(client, "service_spells", mended(client, spells, **SPELL)).created == 1


def merged(client: Client) -> Merge:
    search_duplicates(lambda step, done: None, actor=console_actor())
    [pair] = SuspectPair.objects.everywhere("test")
    url = pair.get_absolute_url()
    page = client.get(url).content.decode()
    keep = str(Person.objects.everywhere("test").get(id_number_index=index_of(RIGHT)).uid)
    [seen] = set(re.findall(r'name="seen" value="([^"]+)"', page))
    assert (
        client.post(
            f"{url}merge/", {"keep": keep, "seen": seen, "note": "本人到站，证件看错一位"}
        ).status_code
        == 302
    )
    return Merge.objects.everywhere("test").get()


def index_of(number: str) -> bytes:
    return crypto.blind_index(keyring(), number)


def test_from_three_workbooks_to_the_approved_export(client: PoliceClient, clock: Any) -> None:
    county.divisions()
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    three_workbooks(client)
    bureau = PoliceClient()
    county.sign_in(bureau, "BUREAU_STAFF", county.COUNTY)
    lost = Person.objects.everywhere("test").get(id_number_index=index_of(WRONG))
    merge = merged(bureau)
    kept = person("陈国梁")
    assert kept.opened()["bank_account"] == "6222020200112345679", "what only the other file had"
    assert {row.person_id for row in FamilyMember.objects.everywhere("test")} == {kept.pk}
    assert {row.person_id for row in ServiceSpell.objects.everywhere("test")} == {kept.pk}
    assert client.get(f"/people/{lost.uid}/")["Location"] == kept.get_absolute_url()
    assert merge.moved >= 2
    again_wrong = taken_in(client, "people", sheet("people", county.row("陈国梁", serial=111)))
    assert again_wrong.rejected == 1, "the number that was given up opens no file anew"

    clock.shift(dt.timedelta(days=30))
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    county.sign_in(bureau, "BUREAU_STAFF", county.COUNTY)
    batch = taken_in(
        client,
        "people",
        sheet(
            "people", county.row("陈国良", serial=101, 联系电话="13800138111", 开户账号="6222020200112345679")
        ),
    )
    assert batch.status == BatchStatus.AWAITING
    assert bureau.post(f"{batch.get_absolute_url()}approve/").status_code == 302
    assert worker(again(batch)).status == BatchStatus.DONE
    assert person("陈国良").pk == kept.pk
    [changed] = FileChange.objects.everywhere("test").filter(source=Source.IMPORT)
    assert (changed.names, changed.approved_by) == (["name"], "测试BUREAU_STAFF")
    before = client.get(f"/people/{kept.uid}/past/?on=2026-03-05").content.decode()
    assert "陈国梁" in before
    assert "现为 陈国良" in before
    assert not Proposal.objects.everywhere("test").exists()
    goes_out_masked(bureau)


def goes_out_masked(bureau: Client) -> None:
    answer = bureau.post("/people/export/", {"purpose": "八一慰问上门核对", "form": "csv"})
    content = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert content.count("陈国良") == 1
    assert "陈国梁" not in content
    assert RIGHT not in content
