"""Choosing the columns of the list: what is shown, masked and hidden, and what the file of an export holds."""

import json
import re

import fastexcel
import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.exports.models import Export
from yizhou.people.queries.exporting import PEOPLE_LIST

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]
CELL = re.compile(r'<td data-label="([^"]+)"[^>]*>([^<]*)</td>')


def cells(page: str) -> list[dict[str, str]]:
    """Cells of each row by header."""
    return [dict(CELL.findall(row)) for row in page.split("<tbody>")[1].split("</tr>") if CELL.search(row)]


def headers(page: str) -> list[str]:
    head = page.split("<thead>")[1].split("</thead>")[0]
    texts = [re.sub(r"<[^>]+>", "", cell).strip() for cell in head.split("</th>")[:-1]]
    return texts[texts[0] == "全选" :]


def test_the_columns_chosen_are_shown_in_the_order_of_the_ledger_masked_as_ever(client: PoliceClient) -> None:
    county.person("陈国梁")
    county.sign_in(client, "VILLAGE_STATION", county.VILLAGE)
    page = client.get("/people/?cols=completeness,phone,residence_area,birth_on").content.decode()
    assert headers(page) == ["姓名", "出生日期", "常住地区划", "联系电话", "完整度"]
    [row] = cells(page)
    assert row["出生日期"] == "1960-08-03"
    assert row["联系电话"] == "138****8000"
    assert re.fullmatch(r"\d+%", row["完整度"])
    assert not row["常住地区划"].isdigit()


def test_unknown_columns_are_left_out_and_so_are_those_hidden_from_the_post(client: PoliceClient) -> None:
    county.person("陈国梁")
    county.sign_in(client, "VILLAGE_STATION", county.VILLAGE)
    page = client.get("/people/?cols=politics,nonsense,sex").content.decode()
    assert headers(page) == ["姓名", "性别"]
    assert "cols=sex" in page
    assert "politics" not in page
    assert headers(client.get("/people/?cols=politics").content.decode())[1] == "身份证号"
    choice = client.get("/people/columns/?cols=sex").content.decode()
    assert 'value="sex" checked' in choice
    assert "politics" not in choice
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    seen = client.get("/people/?cols=politics,nonsense,sex").content.decode()
    assert [row["政治面貌"] for row in cells(seen)] == ["群众"]


def test_the_choice_stays_with_filters_sorts_and_pages(client: PoliceClient) -> None:
    rows = [county.row(f"人{n}", serial=101 + 2 * n) for n in range(51)]
    assert county.take_in(*rows).created == 51
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    page = client.get("/people/?cols=sex&cols=ethnic&sex=1").content.decode()
    link = re.search(r'href="([^"]+)"[^>]*>下一页', page)
    assert link
    assert "cols=sex%2Cethnic" in link.group(1)
    assert 'class="end" href="/people/?cols=sex%2Cethnic"' in page
    assert headers(client.get("/people/" + link.group(1).replace("&amp;", "&")).content.decode()) == [
        "姓名",
        "性别",
        "民族",
    ]


def test_a_page_of_chosen_columns_costs_the_same_for_one_person_and_for_many(client: PoliceClient) -> None:
    address = "/people/?cols=phone,residence_area,education,completeness"
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    county.person("人0")
    client.get(address)
    with CaptureQueriesContext(connection) as one:
        client.get(address)
    rows = [county.row(f"人{n}", serial=301 + 2 * n) for n in range(30)]
    assert county.take_in(*rows).created == 30
    with CaptureQueriesContext(connection) as many:
        assert len(cells(client.get(address).content.decode())) == 31
    assert len(many) == len(one)


def test_the_file_holds_the_columns_chosen_and_all_without_a_choice(client: PoliceClient) -> None:
    county.person("陈国梁")
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    for cols, expected in (
        ("cols=sex,politics,completeness,phone", ["姓名", "性别", "联系电话"]),
        ("", None),
    ):
        answer = client.post(f"/people/export/?{cols}", {"purpose": "核对名单", "form": "xlsx"})
        assert answer.status_code == 200
        sheet = fastexcel.read_excel(b"".join(answer.streaming_content)).load_sheet(0, header_row=None)
        export = Export.objects.everywhere("test").latest("id")
        found = [str(text) for row in sheet.to_polars().rows() for text in row if text]
        if expected is None:
            assert len(export.columns) > 40
        else:
            assert export.columns == expected
            assert export.query == {"cols": "sex,phone,completeness"}
            assert "138****" in json.dumps(found)
            assert not any("群众" in text for text in found)


def test_a_column_whose_right_was_lost_before_the_file_was_written_is_hidden() -> None:
    county.person("陈国梁")
    village = county.actor_of(county.account("VILLAGE_STATION", county.VILLAGE))
    asked = {"cols": "politics,sex"}
    assert list(PEOPLE_LIST.headers(asked, village)) == ["姓名", "性别", "政治面貌"]
    assert list(PEOPLE_LIST.rows(asked, village)) == [["陈国梁", "男", "仅限授权岗位"]]
