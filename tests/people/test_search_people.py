"""Search by whatever is typed: shapes, both readings, scope, and an index behind each."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import county
from tests.support.client import PoliceClient
from tests.support.plans import explained
from yizhou.core.bulk import is_postgres
from yizhou.people.queries import search_people
from yizhou.people.queries.search import shape_of

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]
PEOPLE = (
    ("陈国梁", 101, "13800138111"),
    ("陈国", 103, "13900138111"),
    ("单雄信", 105, "13700001234"),
    ("买买提·阿不都", 107, "13600009876"),
    ("梁陈国", 109, "13500004321"),
    ("陈伟国梁", 111, "13400005555"),
)


@pytest.fixture
def people(divisions: None, clock: object) -> None:
    rows = [county.row(name, serial=serial, 联系电话=phone) for name, serial, phone in PEOPLE]
    rows.append(county.row("陈邻镇", serial=113, 户籍地区划=county.OTHER_VILLAGE, 联系电话="13800138222"))
    assert county.take_in(*rows).created == len(rows)


@pytest.mark.parametrize(("text", "shape", "key"), [
    ("  339902196008031019 ", "number", "339902196008031019"),
    ("33990219600803101x", "number", "33990219600803101X"),
    ("339902600803101", "number", county.id_number("19600803", 101)),
    ("１３８００１３８１１１", "phone", "13800138111"),
    ("8111", "tail", "8111"),
    ("cgl", "pinyin", "cgl"),
    ("Chen GuoLiang", "pinyin", "chenguoliang"),
    ("lü", "pinyin", "lv"),
    ("国", "name", "国"),
    ("买买提·阿", "name", "买买提阿"),
    ("12345", "", ""),
    ("", "", ""),
    ("%", "", ""),
    ('"', "", ""),
])  # fmt: skip
def test_what_a_text_is(text: str, shape: str, key: str) -> None:
    assert shape_of(text) == (shape, key)


@pytest.mark.parametrize(("text", "found"), [
    (county.id_number("19600803", 101), {"陈国梁"}),
    (county.id_number("19600803", 101).lower(), {"陈国梁"}),
    ("339902600803101", {"陈国梁"}),
    (county.id_number("19600803", 999), set()),
    ("13800138111", {"陈国梁"}),
    ("13800138119", set()),
    ("8111", {"陈国梁", "陈国"}),
    ("国", {"陈国梁", "陈国", "梁陈国", "陈伟国梁"}),
    ("陈国", {"陈国梁", "陈国", "梁陈国"}),
    ("国梁", {"陈国梁", "陈伟国梁"}),
    ("陈国梁", {"陈国梁"}),
    ("提阿", {"买买提·阿不都"}),
    ("cgl", {"陈国梁"}),
    ("c", {"陈国梁", "陈国", "陈伟国梁"}),
    ("chenguo", {"陈国梁", "陈国"}),
    ("sxx", {"单雄信"}),
    ("dxx", {"单雄信"}),
    ("shanxiong", {"单雄信"}),
    ("danxiong", {"单雄信"}),
    ("zzz", set()),
    ("陈' OR 1=1 --", set()),
])  # fmt: skip
@pytest.mark.parametrize("area", [county.TOWN, county.VILLAGE])
@pytest.mark.usefixtures("people")
def test_what_is_found_in_a_town(text: str, found: set[str], area: str) -> None:
    actor = county.actor_of(county.account("TOWN_STATION", area))
    assert {hit.name for hit in search_people(text, actor)} == found


@pytest.mark.usefixtures("people")
def test_the_whole_county_sees_the_other_town_too() -> None:
    actor = county.actor_of(county.account("CENTER_STAFF", county.COUNTY))
    assert {hit.name for hit in search_people("陈邻", actor)} == {"陈邻镇"}
    nobody = county.actor_of(county.account("TOWN_STATION", "339903001000"))
    assert search_people("陈", nobody) == []


@pytest.mark.usefixtures("people")
def test_the_same_name_comes_before_longer_ones() -> None:
    actor = county.actor_of(county.account("CENTER_STAFF", county.COUNTY))
    assert search_people("陈国", actor)[0].name == "陈国"


@pytest.mark.parametrize("limit", [1, 2])
@pytest.mark.usefixtures("people")
def test_no_more_than_asked_for(limit: int) -> None:
    actor = county.actor_of(county.account("CENTER_STAFF", county.COUNTY))
    for text in ("国", "陈国", "c", "8111"):
        assert len(search_people(text, actor, limit)) == limit


@pytest.mark.usefixtures("people")
def test_the_search_box_shows_masked_lines_and_leads_to_the_one(client: PoliceClient) -> None:
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get("/search/?q=陈国").content.decode()
    assert page.count("339902********") == 3
    assert "19600803" not in page
    number = county.id_number("19600803", 101)
    answer = client.get(f"/search/?q={number}")
    assert answer.status_code == 302
    assert answer["Location"].startswith("/people/")


@pytest.mark.usefixtures("people")
def test_the_picker_offers_radio_buttons_for_a_form(client: PoliceClient) -> None:
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get("/people/pick/?q=陈国&name=applicant").content.decode()
    assert page.count('type="radio" name="applicant"') == 3
    assert "19600803" not in page
    assert 'name="person"' in client.get('/people/pick/?q=陈国&name="><script>').content.decode()
    assert "没有找到" in client.get("/people/pick/?q=邻镇").content.decode()


INDEXES = {
    county.id_number("19600803", 101): ("person_id_number", "sqlite_autoindex_people_person"),
    "8111": ("person_phone_tail",),
    "13800138111": ("person_phone_tail",),
    "国": ("people_search",),
    "国梁": ("people_search",),
    "陈国梁": ("people_search",),
    "c": ("person_initials", "person_pinyin"),
    "chenguo": ("person_initials", "person_pinyin"),
}


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(("text", "wanted"), INDEXES.items())
@pytest.mark.parametrize("area", ["", county.COUNTY, county.TOWN])
def test_an_index_answers(text: str, wanted: tuple[str, ...], area: str) -> None:
    """The plan names the index of the shape: never a walk over the areas or the whole table."""
    actor = county.actor_of(county.account("CENTER_STAFF", area))
    with CaptureQueriesContext(connection) as captured:
        search_people(text, actor)
    if is_postgres() and area:
        # With statistics its planner weighs the area against the letters; on a handful of rows either will do.
        # Rows whose inner numbers are known already are fetched by whatever index holds them.
        wanted = (*wanted, "person_area", "person_filters", "Index Cond: (id = ANY")
    for query in captured.captured_queries:
        plan = explained(query["sql"])
        assert any(index in plan for index in wanted), plan
        assert "SCAN people_person" not in plan
        assert "Seq Scan on people_person" not in plan


@pytest.mark.postgres
@pytest.mark.usefixtures("people")
def test_one_index_by_area_holds_the_names() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT indexdef FROM pg_indexes WHERE tablename = 'people_person' AND indexdef LIKE %s",
                       ["%(household_area, id)%"])  # fmt: skip
        assert [row[0].partition("(")[2] for row in cursor.fetchall()] == [
            "household_area, id) INCLUDE (name)"
        ]
