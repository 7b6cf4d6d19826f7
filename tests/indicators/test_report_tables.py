"""Tables behind the chapters: every declared one can be made, totals are the indicator's, small cells are hidden."""

from pathlib import Path

import pytest

from tests.indicators.makers import (
    CITY,
    COUNTY,
    FAR_VILLAGE,
    FIRST,
    LAST,
    OTHER,
    at,
    call,
    divisions,
    person,
    reception,
    station,
    visit,
    window,
)
from tests.jobs.makers import park
from tests.resettlement.makers import taken_over
from yizhou.core.facts import FactError
from yizhou.indicators.measures import Measure, Rate
from yizhou.indicators.queries import answer_of, measure
from yizhou.indicators.report.charts import drawing
from yizhou.indicators.report.facts import form
from yizhou.indicators.report.table_facts import Grid, grids
from yizhou.indicators.report.tables import Part, Table, flags_table, grid_table, parts_in, table, tables_of
from yizhou.indicators.scope import Scope
from yizhou.people.models import Person

pytestmark = pytest.mark.django_db
YEAR = Scope(CITY, FIRST, LAST)


@pytest.fixture(autouse=True)
def world() -> None:
    divisions()


def test_every_table_belongs_to_a_section() -> None:
    sections = {section.id for name in ("city", "county") for section in form(name).sections}  # type: ignore[arg-type]  # the two names
    assert {grid.section for grid in grids()} <= sections


@pytest.mark.parametrize("grid", grids(), ids=lambda grid: f"{grid.section}-{grid.title}")
def test_every_table_can_be_made(grid: Grid) -> None:
    """Also where its ledger is not in use: every column it names is there."""
    assert table(grid, YEAR).title == grid.title
    parts = parts_in(grid, {code: answer_of(code, YEAR) for code in grid.codes})
    if parts and not grid.fields:
        made = flags_table(grid, parts[0].measures[-1], YEAR) if grid.flags else grid_table(grid, parts, YEAR)
        assert made.rows[-1][0] == "合计"
        assert all(len(row) == len(made.headers) for row in made.rows)


def test_totals_are_those_of_the_indicator() -> None:
    hall = window()
    for n in range(1, 8):
        reception(
            f"2025-0{n}-01 10:00:00", persons=n, area=(COUNTY, OTHER)[n % 2], window=hall, category="POLICY"
        )
    made = next(t for t in tables_of("A3.1", YEAR) if t.title == "来访按月份和事由")
    assert made.rows[0][0] == "2025年1月"
    assert made.rows[-1] == ("合计", *made.rows[-1][1:])
    assert made.rows[-1][-1] == str(measure("hall_visit_times", YEAR).value) == "28"


def test_divisions_below_and_what_hangs_on_the_division_itself() -> None:
    call("2025-03-01 10:00:00", due_on="2025-03-02", closed_at=None)
    call("2025-03-01 10:00:00", due_on="2025-03-02", area=CITY)
    grid = Grid("A3.1", "x", ("hotline_accepted", "hotline_on_time_rate"))
    rows = table(grid, YEAR).rows
    assert [(row[0], row[1]) for row in rows] == [
        ("东县", "1"),
        ("西县", "0"),
        ("本级直属", "1"),
        ("合计", "2"),
    ]
    assert rows[0][2].endswith("（0/1）")


def test_different_persons_are_counted_anew_in_totals() -> None:
    who = person()
    for occasion, day in (("SPRING", "2025-02-01 09:00:00"), ("ARMY_DAY", "2025-08-01 09:00:00")):
        visit(who, day, occasion=occasion)
    grid = Grid("A1.3", "x", ("visited_veterans",), rows="occasion")
    assert table(grid, YEAR).rows == (("春节", "1"), ("八一", "1"), ("合计", "1"))


def test_small_cells_are_hidden_with_a_second_one() -> None:
    for n in range(12):
        visit(
            person(category="V02" if n < 9 else "V03", household_area=FAR_VILLAGE),
            "2025-02-01 09:00:00",
            occasion="SPRING",
        )
    grid = Grid("A1.3", "x", ("visited_veterans",), rows="person__category", guarded=True)
    made = table(grid, YEAR)
    assert [row[1] for row in made.rows] == ["*", "*", "12"]
    assert "小于 5" in made.note


def test_facilities_are_counted_each() -> None:
    station(has_office=True, has_hall=True)
    station(has_office=True)
    made = next(t for t in tables_of("A2.1", YEAR))
    assert made.headers[:2] == ("区划", "总数")
    assert made.rows[-1][1:3] == ("2", "2")


def test_lists_show_the_rows() -> None:
    station(level="COUNTY", area=COUNTY, name="东县中心", party_branch_on="2024-01-01")
    made = tables_of("B3.1", Scope(COUNTY, FIRST, LAST))[0]
    assert made.rows == (("东县中心", "2024-01-01"),)


def declared(overlay: Path, monkeypatch: pytest.MonkeyPatch, *lines: str) -> tuple[Grid, ...]:
    """A site's own tables instead of ours."""
    (overlay / "report").mkdir()
    (overlay / "report" / "tables.toml").write_text("\n".join(["[[table]]", *lines]), encoding="utf-8")
    monkeypatch.setenv("YIZHOU_DATA", str(overlay))
    return grids.__wrapped__()


CAUSES = ('section = "B2.5"', 'title = "x"', 'codes = ["low_income_families"]', 'rows = "cause"')


def test_a_guarded_table_never_groups_by_free_text(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(FactError, match="“困难原因”不是代码列"):
        declared(tmp_path, monkeypatch, *CAUSES, "guarded = true")


def test_an_open_table_may(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert [grid.rows for grid in declared(tmp_path, monkeypatch, *CAUSES)] == ["cause"]


def test_rows_of_a_closed_ledger_are_not_listed() -> None:
    grid = Grid("A4.1", "x", ledger="petitions", next_year="registered_on", fields=("category",))
    with pytest.raises(FactError, match="仅限授权岗位查看，报告不列"):
        table(grid, YEAR)


@pytest.mark.parametrize("late", [27, 3], ids=["few did", "few did not"])
def test_a_rate_is_hidden_for_its_numerator_and_for_the_rest(late: int) -> None:
    """Both numbers are printed: 3/30 names three, and so does 27/30."""
    for n in range(30):
        closed = None if n < late else at("2025-03-01 11:00:00")
        call("2025-03-01 10:00:00", due_on="2025-03-02", category="CONSULT", closed_at=closed)
        call("2025-03-01 10:00:00", due_on="2025-03-02", category="POLICY", closed_at=closed)
    grid = Grid("A3.1", "x", ("hotline_on_time_rate",), rows="category", guarded=True)
    rows = dict(table(grid, YEAR).rows)
    assert [text for label, text in rows.items() if label != "合计"] == ["*", "*"]
    assert rows["合计"].endswith(f"（{60 - 2 * late}/60）")


def test_where_soldiers_went_is_told_by_the_nature_of_the_place_and_guarded() -> None:
    for nature, count in (("GOV", 9), ("SOE_CITY", 6), ("OTHER", 3)):
        for _ in range(count):
            taken_over(placement_mode="ASSIGN_JOB", letter_on="2025-05-01", unit_nature=nature, area=COUNTY)
    made = next(t for t in tables_of("A4.2", YEAR) if "单位性质" in t.title)
    assert made.headers == ("单位性质", "期内完成安置的安排工作人数")
    assert made.rows == (("机关", "9"), ("市属及以上国有企业", "*"), ("其他", "*"), ("合计", "18"))


FEW = {"one_to_one_contact_rate", "one_person_one_plan_rate", "assign_public_sector_rate", "assign_soe_rate"}


def test_tables_about_key_persons_are_guarded() -> None:
    assert [grid.title for grid in grids() if FEW & set(grid.codes) and not grid.guarded] == []


def test_cells_keep_their_decimals() -> None:
    park(area=COUNTY, floor_area=0.5)
    rows = table(Grid("B2.4", "x", ("park_floor_area",)), YEAR).rows
    assert [row[1] for row in rows] == ["0.00005", "0", "0.00005"]


def test_an_average_is_no_percentage() -> None:
    money, heads = (
        Measure(Person.objects.everywhere("test"), divisor=10_000),
        Measure(Person.objects.everywhere("test")),
    )
    part = Part("人均", "万元", Rate(money, heads, average=True))
    assert part.text([450_000, 13]) == "3.46"
    assert part.text([0, 0]) == "—"


def test_months_are_drawn_as_columns_from_what_the_table_prints() -> None:
    for month, persons in ((1, 10), (2, 40)):
        reception(f"2025-0{month}-01 10:00:00", persons=persons, category="POLICY")
    made = next(t for t in tables_of("A3.1", YEAR) if t.title == "来访按月份和事由")
    drawn = drawing(made)
    assert drawn is not None
    assert [(m["short"], m["text"], m["height"], m["percent"]) for m in drawn["marks"]] == [
        ("1月", "10", 30.0, 25.0),
        ("2月", "40", 120.0, 100.0),
    ]


def test_hidden_cells_are_gaps_and_nothing_makes_no_drawing() -> None:
    rows = (("春节", "*"), ("八一", "12"), ("合计", "*"))
    drawn = drawing(Table("A", "x", ("节点", "人数"), rows, chart="bars"))
    assert drawn is not None
    assert [(m["label"], m["percent"]) for m in drawn["marks"]] == [("春节", None), ("八一", 100.0)]
    rate = (("东县", "84.3%（843/1000）"), ("合计", "84.3%（843/1000）"))
    drawn = drawing(Table("A", "x", ("区划", "率"), rate, chart="bars"))
    assert drawn is not None
    assert drawn["marks"][0]["text"] == "84.3%"
    assert drawing(Table("A", "x", ("节点", "人数"), rows)) is None
    assert drawing(Table("A", "x", note="台账未启用", chart="bars")) is None
    assert drawing(Table("A", "x", ("节点", "人数"), (("春节", "0"), ("合计", "0")), chart="bars")) is None
