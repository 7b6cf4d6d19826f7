"""Visits, receptions and calls on a person's life axis, inside the reader's scope."""

import pytest

from tests.indicators.makers import FAR_VILLAGE, OTHER, at, call, divisions, person, reception, visit
from yizhou.core.actor import Actor
from yizhou.hall.panels import reception_entries
from yizhou.hotline.panels import call_entries
from yizhou.visits.panels import visit_entries

pytestmark = pytest.mark.django_db
EAST, WEST = Actor(1, "东县", areas=("339901",)), Actor(2, "西县", areas=("339902",))


def test_visits_stand_newest_first_and_only_in_their_county() -> None:
    divisions()
    somebody, other = person(), person(household_area=FAR_VILLAGE)
    visit(somebody, "2025-01-01 09:00:00", content="", occasion="SPRING")
    late = visit(somebody, "2025-12-31 23:59:59", completed=False)
    visit(other, "2025-06-01 09:00:00")
    first, second = visit_entries(somebody, EAST)
    assert (first.on.isoformat(), first.title, first.tag) == ("2025-12-31", "慰问", "未完成")
    assert first.url == f"/ledgers/visits/{late.uid}/"
    assert (second.text.split(" · ")[-1], second.tag) == ("春节", "")
    assert visit_entries(somebody, WEST) == []


def test_receptions_and_calls_find_the_person_by_the_index_of_the_number() -> None:
    divisions()
    somebody = person()
    mine = {"id_number_index": somebody.id_number_index}
    reception("2025-05-01 09:00:00", **mine)
    reception("2025-05-02 09:00:00")
    reception("2025-05-03 09:00:00", **mine, area=OTHER)
    call("2025-05-01 09:00:00", **mine)
    call("2025-05-02 09:00:00", **mine, nuisance=True)
    call("2025-05-03 09:00:00", **mine, closed_at=at("2025-05-04 09:00:00"))
    assert [e.on.isoformat() for e in reception_entries(somebody, EAST)] == ["2025-05-01"]
    calls = call_entries(somebody, EAST)
    assert [(e.on.isoformat(), e.tag, e.now) for e in calls] == [
        ("2025-05-03", "", False),
        ("2025-05-01", "办理中", True),
    ]
    assert call_entries(somebody, Actor(3, "全部", areas=("",)))[0].url.startswith("/ledgers/hotline_calls/")
