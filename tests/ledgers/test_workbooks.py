"""A workbook with a sheet for each ledger: checked sheet by sheet, confirmed and told of together."""

import io
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import fastexcel
import openpyxl
import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.support import county
from tests.support.client import PoliceClient
from tests.support.uploads import worker
from yizhou.dossier.models import House, ServiceSpell
from yizhou.events.models import Event, Outcome
from yizhou.ledgers.blank import write_blank_workbook
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.models import ImportBatch
from yizhou.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]
PEOPLE, SPELLS, HOUSES = "退役军人和优抚对象信息采集台账", "服役经历台账", "住房情况台账"
Rows = Sequence[dict[str, str]]


@pytest.fixture
def divisions(db: None, settings: Any, tmp_path: Path) -> None:
    settings.IMPORTS_DIR = tmp_path
    county.divisions()


def spell(**cells: str) -> dict[str, str]:
    given = {"身份证号": county.row()["身份证号"], "入伍时间": "1979-11-01", "退役时间": "1983-12-15"}
    return {**given, "退役军衔": "班长", **cells}


def workbook(**filled: Rows) -> bytes:
    """The blank template, filled in by title; a title that the template does not have becomes a sheet of its own."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "blank.xlsx"
        write_blank_workbook([LEDGERS[name] for name in ("people", "service_spells", "houses")], path)
        book = openpyxl.load_workbook(path)
    for title, rows in filled.items():
        if title not in book.sheetnames:
            book.create_sheet(title).append(["列"])
        sheet = book[title]
        headers = [cell.value for cell in sheet[1]]
        for row in rows:
            sheet.append([row.get(str(header), "") for header in headers])
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def send(client: Client, data: bytes, name: str = "海安社区.xlsx") -> Any:
    return client.post("/ledgers/workbooks/", {"file": SimpleUploadedFile(name, data)})


def batches() -> list[ImportBatch]:
    return list(ImportBatch.objects.everywhere("tests").order_by("id"))


def run_all() -> list[str]:
    for batch in batches():
        if batch.status in ("UPLOADED", "CONFIRMED"):
            worker(batch)
    return [batch.status for batch in batches()]


def files() -> list[str]:
    return [path.name for path in Path(settings.IMPORTS_DIR).glob("*.xlsx")]


def test_filled_sheets_go_in_together_and_empty_ones_are_left_out(client: PoliceClient) -> None:
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    data = workbook(**{PEOPLE: [county.row()], SPELLS: [spell()]})
    page = send(client, data)["Location"]
    assert [(batch.ledger, batch.sheet) for batch in batches()] == [
        ("people", PEOPLE),
        ("service_spells", SPELLS),
    ]
    assert "已处理 0 张表，共 2 张" in client.get(page).content.decode()
    assert run_all() == ["CHECKED", "CHECKED"]
    assert client.get(f"{page}job/").headers["HX-Redirect"] == page
    html = client.get(page).content.decode()
    assert ("写入各表，共 1 行" in html, "有 1 行只差所写的人还没有" in html) == (True, True)
    assert (HOUSES in html, Person.objects.everywhere("tests").exists()) == (False, False)
    assert client.post(f"{page}confirm/", {"hold": "1", "once": "a"}).status_code == 302
    assert run_all() == ["DONE", "DONE"]
    [stored] = ServiceSpell.objects.everywhere("tests")
    assert (stored.person.name, stored.rank) == ("陈国梁", "班长")
    assert [name for name in files() if not name.endswith("-errors.xlsx")] == []
    confirmed = Event.objects.everywhere("tests").filter(kind="import.confirmed", outcome=Outcome.DONE)
    assert confirmed.count() == 2


def test_the_same_workbook_once_more_changes_nothing(client: PoliceClient) -> None:
    county.person()
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    data = workbook(**{PEOPLE: [county.row()], SPELLS: [spell()]})
    page = send(client, data)["Location"]
    assert run_all() == ["CHECKED", "CHECKED"]
    assert client.post(f"{page}confirm/", {"once": "a"}).status_code == 302
    # The people sheet brought nothing: it is dropped, not left waiting for somebody.
    assert run_all() == ["CANCELLED", "DONE"]
    again = send(client, data)["Location"]
    run_all()
    assert "写入各表" not in client.get(again).content.decode()
    assert client.post(f"{again}confirm/", {"once": "b"}).status_code == 422
    assert [batch.status for batch in batches()[2:]] == ["CHECKED", "CHECKED"]
    assert ServiceSpell.objects.everywhere("tests").count() == 1
    assert client.post(f"{again}cancel/", {"once": "c"}).status_code == 302
    assert [batch.status for batch in batches()[2:]] == ["CANCELLED", "CANCELLED"]


def test_one_errors_file_names_the_sheet_and_can_be_handed_in_again(client: PoliceClient) -> None:
    county.person()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    data = workbook(
        **{SPELLS: [spell(), spell(入伍时间="不知道")], HOUSES: [{"身份证号": "339902000000000000"}]}
    )
    page = send(client, data)["Location"]
    run_all()
    html = client.get(page).content.decode()
    assert ("下载错误文件" in html, "不知道" in html) == (True, True)
    answer = client.get(f"{page}errors/")
    book = fastexcel.read_excel(b"".join(answer.streaming_content))
    assert book.sheet_names == ["问题", SPELLS, HOUSES]
    problems = book.load_sheet("问题").to_polars()
    assert problems.columns == ["工作表", "行号", "列名", "规则", "原因", "怎么改"]
    assert {(row[0], str(row[1]), row[2]) for row in problems.iter_rows()} >= {(SPELLS, "3", "入伍时间")}
    assert book.load_sheet(SPELLS).to_polars()["入伍时间"].to_list() == ["不知道"]
    client.post(f"{page}confirm/", {"once": "a"})
    run_all()
    back = openpyxl.load_workbook(io.BytesIO(b"".join(client.get(f"{page}errors/").streaming_content)))
    headers = [cell.value for cell in back[SPELLS][1]]
    back[SPELLS].cell(2, headers.index("入伍时间") + 1).value = "1984-01-01"
    back[SPELLS].cell(2, headers.index("退役时间") + 1).value = "1984-06-01"
    del back[HOUSES]
    out = io.BytesIO()
    back.save(out)
    send(client, out.getvalue())
    assert [(batch.ledger, batch.status) for batch in batches()[2:]] == [("service_spells", "UPLOADED")]
    assert run_all()[2:] == ["CHECKED"]
    assert batches()[2].created == 1


@pytest.mark.parametrize(
    ("filled", "name", "says"),
    [
        ({}, "空.xlsx", "各张表都还没有填"),
        ({"服役": [{"列": "1"}]}, "表.xlsx", "没有名为“服役”的台账"),
        ({"导出登记": [], SPELLS: [{"入伍时间": "1979-11-01"}]}, "表.xlsx", "不能再导入"),
        ({SPELLS: [{"入伍时间": "1979-11-01"}]}, "表.csv", "整本导入要用 Excel 工作簿"),
    ],
)
def test_what_is_no_workbook_of_ledgers_is_refused_whole(
    client: PoliceClient, filled: dict[str, Rows], name: str, says: str
) -> None:
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    answer = send(client, workbook(**filled), name)
    assert answer.status_code == 422
    assert says in answer.content.decode()
    assert (batches(), files()) == ([], [])
    assert not Event.objects.everywhere("tests").filter(kind="import.uploaded", outcome=Outcome.DONE).exists()


def test_a_broken_file_is_refused_and_not_kept(client: PoliceClient) -> None:
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert send(client, b"PK\x03\x04 no workbook").status_code == 422
    assert (batches(), files()) == ([], [])


def test_a_post_that_may_not_upload_and_another_uploader_get_nothing(client: PoliceClient) -> None:
    county.person()
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    data = workbook(**{SPELLS: [spell()]})
    page = send(client, data)["Location"]
    run_all()
    county.sign_in(client, "VILLAGE_STATION", county.VILLAGE)
    assert client.get(page).status_code == 404
    assert client.post(f"{page}confirm/", {"once": "a"}).status_code == 404
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    html = client.get(page).content.decode()
    assert ("写入各表" in html, "不导入了" in html, "下载错误文件" in html) == (False, False, False)
    assert client.post(f"{page}confirm/", {"once": "b"}).status_code == 422
    assert client.post(f"{page}cancel/", {"once": "c"}).status_code == 422
    county.sign_in(client, "BUREAU_LEADER", county.COUNTY)
    assert send(client, data).status_code == 403
    assert [batch.status for batch in batches()] == ["CHECKED"]
    assert not House.objects.everywhere("tests").exists()
