"""The tab 采集表 and the paper: whose sections, what is missing, the way there and back, masks, the number of queries."""

from __future__ import annotations

import re
import uuid

import pytest
from django.urls import reverse

from tests.dossier.test_rules import by_field
from tests.ledgers.by_hand import staff
from tests.support import county
from tests.support.client import PoliceClient
from tests.support.query_counts import query_count
from yizhou.cases.models import Case
from yizhou.core import clock
from yizhou.dossier.facts import form
from yizhou.dossier.models import ServiceSpell
from yizhou.dossier.queries.page import form_panel
from yizhou.events.models import Event, Outcome
from yizhou.honours.models import PreferentialCard
from yizhou.ledgers.actions import add_row
from yizhou.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]
SPELL = {"入伍时间": "1979-11-01", "退役时间": "1983-12-15", "退役军衔": "班长"}
ASSESSED = {"评定日期": "1983-06-01", "伤残性质": "因公", "伤残等级": "八级", "伤残证号": "浙军A0042917号"}


def page_of(client: PoliceClient, person: Person) -> str:
    return client.get(reverse("people:panel", args=[person.uid, "form"])).content.decode()


def sections(page: str) -> list[str]:
    return re.findall(r'<section class="part" id="sec-([a-z]+)"', page)


def store(ledger: str, **cells: str) -> None:
    add_row(ledger, by_field(ledger, cells), accept_doubts=True, actor=staff())


def test_every_category_has_one_group_and_the_sections_keep_the_papers_order() -> None:
    found = form()
    assert len(found.groups) == 12
    both = found.groups_of(["S01", "V11"])
    assert [group.code for group in both] == ["MARTYR", "SOLDIER"]
    names = [section.name for section in found.sections_of(both)]
    assert names == [s.name for s in found.sections if s.name in names]
    assert {"service", "placement", "bereavement"} <= set(names)
    assert {"disability", "retirement"} & set(names) == set()


@pytest.mark.parametrize(
    ("category", "others", "has", "lacks"),
    [
        ("V11", "", {"service", "placement", "training"}, {"disability", "bereavement", "retirement"}),
        ("S01", "", {"bereavement", "benefits"}, {"service", "placement", "disability"}),
        ("V05", "", {"service", "retirement"}, {"placement", "wishes"}),
        ("V11", "D01;S03", {"service", "disability", "bereavement"}, {"retirement"}),
    ],
)
def test_the_sections_are_those_of_the_persons_groups(
    client: PoliceClient, category: str, others: str, has: set[str], lacks: set[str]
) -> None:
    person = county.person(
        **{"人员类别": category, "其他人员类别": others, "军人(烈士)姓名": "陈守义", "与军人关系": "子"}
    )
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    shown = set(sections(page_of(client, person)))
    assert has <= shown
    assert not lacks & shown
    assert {"identity", "details", "collection"} <= shown


def test_what_is_required_and_missing_is_named_until_it_is_there(client: PoliceClient) -> None:
    person = county.person()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    assert "还缺：服役经历" in page_of(client, person)
    store("service_spells", **SPELL)
    page = page_of(client, person)
    assert "还缺：入伍地(省市县)、入伍前户口类型、军龄(年)" in page
    assert "班长" in page
    ServiceSpell.objects.everywhere("test").update(enlisted_at="某县", household_before="1", service_years=4)
    part = next(p for p in form_panel(person, staff())["parts"] if p.section.name == "service")
    assert (part.lacking, part.state, part.words) == ([], "ok", "1 条")


def test_a_row_without_its_sealed_values_lacks_them(client: PoliceClient) -> None:
    person = county.person(其他人员类别="D01")
    store("person_details", 籍贯="某省某市")
    store("disability_assessments", 评定日期="1983-06-01")
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    page = page_of(client, person)
    assert "某省某市" in page
    assert "还缺：伤残性质、伤残等级、伤残证号" in page


def test_a_row_added_from_the_tab_leads_back_to_it(client: PoliceClient) -> None:
    person = county.person()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    (url,) = re.findall(r'href="(/ledgers/service_spells/add/[^"]*)"', page_of(client, person))
    url = url.replace("&amp;", "&")
    tab = f"{reverse('people:panel', args=[person.uid, 'form'])}#service_spells"
    assert f'href="{tab}"' in client.get(url).content.decode()
    cells = by_field("service_spells", SPELL) | {"id_number": f"uid:{person.uid}", "once": str(uuid.uuid4())}
    answer = client.post(url, cells)
    assert (answer.status_code, answer["Location"]) == (302, tab)
    row = ServiceSpell.objects.everywhere("test").get()
    (correct,) = re.findall(r'href="(/ledgers/service_spells/[^"/]*/correct/[^"]*)"', page_of(client, person))
    form_page = client.get(correct).content.decode()
    (seen,) = re.findall(r'name="seen" value="([^"]*)"', form_page)
    changed = by_field("service_spells", SPELL | {"退役军衔": "副班长"})
    changed |= {"id_number": "", "seen": seen, "reason": "对照档案", "once": str(uuid.uuid4())}
    answer = client.post(correct, changed)
    assert (answer.status_code, answer["Location"]) == (302, tab)
    row.refresh_from_db(from_queryset=ServiceSpell.objects.everywhere("test"))
    assert row.rank == "副班长"


@pytest.mark.parametrize(
    "elsewhere", ["https://example.com/", "//example.com/", "example.com", "javascript:alert(1)"]
)
def test_nobody_is_led_elsewhere(client: PoliceClient, elsewhere: str) -> None:
    person = county.person()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    address = reverse("ledgers:add", args=["service_spells"])
    cells = by_field("service_spells", SPELL) | {"id_number": f"uid:{person.uid}", "once": str(uuid.uuid4())}
    answer = client.post(f"{address}?back={elsewhere}", cells)
    row = ServiceSpell.objects.everywhere("test").get()
    assert answer["Location"] == reverse("ledgers:row", args=["service_spells", row.uid])


def test_a_post_that_may_not_read_the_sensitive_sections_sees_that_they_are_closed(
    client: PoliceClient,
) -> None:
    person = county.person(其他人员类别="D01")
    store("disability_assessments", **ASSESSED)
    county.sign_in(client, "LIAISON", county.VILLAGE)
    page = page_of(client, person)
    assert "仅限授权岗位" in page
    assert "八级" not in page
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    page = page_of(client, person)
    assert "八级" in page
    assert ASSESSED["伤残证号"] not in page


def test_benefits_that_exclude_each_other_are_pointed_out(client: PoliceClient) -> None:
    person = county.person()
    for benefit in ("残疾抚恤金", "农村籍老年补助"):
        cells = {"待遇类别": benefit, "起始日期": "2020-01-01", "待遇状态": "享受待遇"}
        add_row("benefit_standings", by_field("benefit_standings", cells), actor=staff(), accept_doubts=True)
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    page = page_of(client, person)
    assert "残疾抚恤金与农村籍老年补助不得同时享受" in page


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({"退役报到日期": "1984-01-14"}, ""),
        ({"退役报到日期": "1984-01-15"}, "退役后第 31 日报到，超过 30 日，“是否超期报到”还没有填“是”"),
        ({"退役报到日期": "1984-01-15", "是否超期报到": "是"}, "还没有写明有无正当理由"),
        ({"退役报到日期": "1984-01-15", "是否超期报到": "是", "超期报到原因": "住院"}, ""),
        ({"退役报到日期": "1984-01-14", "是否超期报到": "是"}, "没有超过 30 日，而填了超期报到"),
        ({"接收安置单位": "越海电力公司"}, ""),
    ],
)
def test_the_days_until_the_report_are_counted_and_the_mark_is_held_against_them(
    client: PoliceClient, cells: dict[str, str], told: str
) -> None:
    person = county.person()
    store("placement_records", **cells)
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    page = page_of(client, person)
    assert told in page
    assert ("日报到，" in page) is bool(told)
    assert "报到天数由系统按退役与报到日期推算" in page


def test_the_card_comes_from_its_case_masked_and_is_not_kept_twice(client: PoliceClient) -> None:
    person = county.person()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    section = card_section(client, person)
    assert ("没有记录" in section, f"/file/RET-09/?person={person.uid}" in section) == (True, True)
    case = Case.objects.create(
        case_no="2026-000012",
        item="RET-09",
        person=person,
        area=person.household_area,
        channel="WINDOW",
        status="ACCEPTED",
        applied_at=clock.now(),
    )
    section = card_section(client, person)
    assert (case.get_absolute_url() in section, "2026-03-02" in section) == (True, True)
    assert "RET-09/?person=" not in section
    PreferentialCard.objects.create(
        card_no="YD33990200000012",
        person=person,
        case=case,
        kind="退役军人优待证",
        issued_on=clock.today(),
    )
    Case.objects.everywhere("tests").update(status="DECIDED")
    section = card_section(client, person)
    assert ("退役军人优待证" in section, "有效" in section, "****0012" in section) == (True, True, True)
    assert "YD33990200000012" not in section
    assert "RET-09/?person=" not in section


def card_section(client: PoliceClient, person: Person) -> str:
    return page_of(client, person).partition('id="sec-card"')[2].partition("</section>")[0]


def test_the_paper_has_room_for_what_is_missing_and_shows_no_secret(client: PoliceClient) -> None:
    person = county.person(其他人员类别="D01", 开户账号="6222020200112345679")
    store("disability_assessments", **ASSESSED)
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    before = Event.objects.everywhere("test").filter(outcome=Outcome.DONE).count()
    page = client.get(reverse("dossier:print", args=[person.uid])).content.decode()
    assert "退役军人和其他优抚对象信息采集表" in page
    assert page.count("<dt>入伍地(省市县)</dt><dd></dd>") == 2
    assert page.count("<dt>籍贯</dt><dd></dd>") == 1
    assert "八级" in page
    assert county.id_number("19600803") not in page
    assert ASSESSED["伤残证号"] not in page
    assert Event.objects.everywhere("test").filter(outcome=Outcome.DONE).count() == before


def test_out_of_scope_is_not_found(client: PoliceClient) -> None:
    person = county.person()
    county.sign_in(client, "CENTER_STAFF", "339921000000")
    assert client.get(reverse("dossier:print", args=[person.uid])).status_code == 404
    assert client.get(reverse("people:panel", args=[person.uid, "form"])).status_code == 404


def test_the_tab_costs_one_query_for_each_ledger_that_holds_rows(
    client: PoliceClient, tmp_path: object
) -> None:
    person = county.person()
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    store("service_spells", **SPELL)
    page_of(client, person)
    with query_count("dossier.form"):
        page_of(client, person)
    for n in range(8):
        store(
            "employment_spells",
            就业时间=f"{1985 + n}-01-01",
            工作单位=f"第{n}厂",
            离职时间=f"{1985 + n}-12-31",
        )
    with query_count("dossier.form, another ledger"):
        page = page_of(client, person)
    assert page.count("第7厂") == 1


def test_what_is_kept_elsewhere_is_listed_where_it_holds_rows_the_last_few(client: PoliceClient) -> None:
    person = county.person()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    assert 'id="job_seekers"' not in page_of(client, person)
    for month in range(1, 6):
        store(
            "training_enrolments",
            班次编号=f"PX-{month}",
            班次名称=f"第{month}期电工班",
            培训类别="职业技能培训",
            开班日期=f"2024-{month:02}-01",
            学员身份证号=county.id_number("19600803"),
        )
    page = page_of(client, person)
    assert [f"第{month}期电工班" in page for month in range(1, 6)] == [False, False, True, True, True]
    assert "5 条</a>" in page


def test_the_axis_tells_the_spells(client: PoliceClient) -> None:
    person = county.person()
    store("service_spells", **SPELL)
    store("education_spells", 入学时间="1976-09-01", 学校="望澜中学")
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    page = client.get(f"{person.get_absolute_url()}?all").content.decode()
    assert "望澜中学" in page
    assert "服役经历" in page
