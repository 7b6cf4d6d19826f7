"""The whole form as a workbook: a sheet for each ledger, masked, through the register of exports."""

import fastexcel
import pytest
from django.urls import reverse

from tests.dossier.test_form import page_of, store
from tests.support import county
from tests.support.client import PoliceClient
from yizhou.dossier.queries.workbook import ledgers_of_form
from yizhou.exports.models import Export
from yizhou.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]
PEOPLE = "退役军人和优抚对象信息采集台账"
PURPOSE = "入户核对信息采集表"
SPELL = {"入伍时间": "1979-11-01", "退役时间": "1983-12-15", "退役军衔": "班长"}


def book_of(answer: object) -> fastexcel.ExcelReader:
    return fastexcel.read_excel(b"".join(answer.streaming_content))  # type: ignore[attr-defined] # a file response


def test_the_template_has_a_sheet_for_each_ledger_of_the_form(client: PoliceClient) -> None:
    county.sign_in(client, "VILLAGE_STATION", county.VILLAGE)
    page = client.get(reverse("dossier:workbook")).content.decode()
    book = book_of(client.get(reverse("dossier:template")))
    titles = [bound.title for bound in ledgers_of_form()]
    assert book.sheet_names == [*titles, "填表说明", "代码"]
    assert titles[0] == PEOPLE
    assert {"服役经历台账", "光荣牌台账", "家庭成员台账"} <= set(titles)
    for bound in ledgers_of_form():
        assert bound.title in page
        assert book.load_sheet(bound.title).to_polars().columns == bound.layout.headers


def test_a_persons_workbook_is_masked_and_registered(client: PoliceClient) -> None:
    person, other = county.person(), county.person(serial=103, 姓名="另一人")
    store("service_spells", **SPELL)
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    assert reverse("dossier:export") in page_of(client, person)
    answer = client.post(reverse("dossier:export"), {"person": str(person.uid), "purpose": PURPOSE})
    book = book_of(answer)
    people = book.load_sheet(PEOPLE).to_polars()
    assert people["姓名"].to_list() == [person.name]
    assert person.opened()["id_number"] not in people["身份证号"].to_list()
    assert other.name not in str(people)
    assert book.load_sheet("服役经历台账").to_polars()["退役军衔"].to_list() == ["班长"]
    assert book.sheet_names[-1] == "导出登记"
    # What is closed to the post is no sheet at all.
    assert "诉求台账" not in book.sheet_names
    [export] = Export.objects.everywhere("tests")
    assert (export.source, export.purpose, export.written_rows) == ("dossier", PURPOSE, 2)
    assert export.query == {"person": str(person.uid)}


def test_a_villages_workbook_holds_its_people_alone(client: PoliceClient) -> None:
    here = county.person()
    county.person(serial=103, 姓名="别处的人", 户籍地区划=county.OTHER_VILLAGE)
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    answer = client.post(reverse("dossier:export"), {"area": here.household_area, "purpose": PURPOSE})
    assert book_of(answer).load_sheet(PEOPLE).to_polars()["姓名"].to_list() == [here.name]


@pytest.mark.parametrize(
    "asked",
    [{}, {"area": "339901000000"}, {"area": "x"}, {"person": "x"}],
    ids=["none", "far", "no code", "nobody"],
)
def test_nothing_goes_out_without_a_choice_in_scope(client: PoliceClient, asked: dict[str, str]) -> None:
    county.person()
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert client.post(reverse("dossier:export"), {**asked, "purpose": PURPOSE}).status_code == 422
    assert not Export.objects.everywhere("tests").exists()


def test_somebody_elsewhere_is_nobodys_to_export(client: PoliceClient) -> None:
    person = county.person()
    county.sign_in(client, "TOWN_STATION", county.OTHER_TOWN)
    sent = {"person": str(person.uid), "purpose": PURPOSE}
    assert client.post(reverse("dossier:export"), sent).status_code == 422
    assert not Export.objects.everywhere("tests").exists()


def test_more_than_the_free_rows_wait_for_a_second_person(client: PoliceClient) -> None:
    rows = [county.row(f"人{n:03d}", serial=101 + 2 * n) for n in range(101)]
    assert county.take_in(*rows).created == 101
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    sent = {"area": county.COUNTY, "purpose": PURPOSE}
    answer = client.post(reverse("dossier:export"), sent)
    [export] = Export.objects.everywhere("tests")
    assert (answer.status_code, export.status, export.rows) == (302, "WAITING", 101)
    assert Person.objects.everywhere("tests").count() == 101
