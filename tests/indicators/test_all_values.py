"""Every code is answered: measured, configured, or null with the reason."""

import json

import pytest

from tests.indicators.makers import COUNTY, FIRST, LAST, divisions, person
from yizhou.core.actor import Actor
from yizhou.indicators import queries
from yizhou.indicators.facts import facts
from yizhou.indicators.queries import UnknownArea, all_values, scope_for, started
from yizhou.indicators.registry import INDICATORS
from yizhou.indicators.scope import Scope

pytestmark = pytest.mark.django_db
CONFIGURED = {"village_model_threshold": 100, "bundle_items": 13, "lifecycle_items": 67, "pilot_batch_no": 6}


def test_all_165_codes_are_answered_in_order() -> None:
    found = json.loads(json.dumps(all_values(FIRST, LAST)))
    assert list(found) == ["from", "to", "area", "values"]
    assert (found["from"], found["to"], found["area"]) == ("2025-01-01", "2025-12-31", None)
    assert list(found["values"]) == list(facts())
    assert len(found["values"]) == 165
    for code, entry in found["values"].items():
        wanted = {"value", "unit"} | ({"numerator", "denominator"} if facts()[code].kind == "rate" else set())
        assert set(entry) - {"reason"} == wanted, code
        assert ("reason" in entry) == (entry["value"] is None), code


def test_configured_numbers_do_not_depend_on_place_or_time() -> None:
    divisions()
    everywhere, here = all_values(FIRST, LAST)["values"], all_values(FIRST, LAST, COUNTY)["values"]
    for code, fact in facts().items():
        if fact.config:
            assert everywhere[code] == here[code]
    assert {code: everywhere[code]["value"] for code in CONFIGURED} == CONFIGURED


def test_what_is_not_built_says_which_ledger_it_waits_for(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(queries, "INDICATORS", {})
    entry = all_values(FIRST, LAST)["values"]["petition_reception_times"]
    assert entry["value"] is None
    assert entry["reason"].startswith("尚未实现的台账：信访")


def test_an_area_may_be_given_by_its_first_digits() -> None:
    divisions()
    person()
    for area in ("3399", "339901", "339901001", "339901001201", COUNTY):
        assert all_values(FIRST, LAST, area)["values"]["netted_veterans"]["value"] == 1


@pytest.mark.parametrize("area", ["339999", "339901001", "1"])
def test_an_unknown_area_is_refused(area: str) -> None:
    with pytest.raises(UnknownArea, match=area):
        all_values(FIRST, LAST, area)


def test_an_actor_gets_numbers_of_its_own_areas_only() -> None:
    divisions()
    clerk = Actor(1, "镇街站", areas=("339901001",))
    assert scope_for(clerk, "339901001201", FIRST, LAST).area == "339901001201"
    for outside in ("", COUNTY, "339902001000"):
        with pytest.raises(UnknownArea):
            scope_for(clerk, outside, FIRST, LAST)


def test_a_ledger_has_started_with_its_first_row_in_the_area() -> None:
    def has_started(code: str, area: str = "") -> bool:
        return bool(started([code], Scope(area, FIRST, LAST)))

    assert not has_started("netted_veterans")
    person()
    found = [has_started("netted_veterans", area) for area in ("", COUNTY, "339902000000")]
    assert found == [True, True, False]
    assert not has_started("petition_reception_times")
    assert has_started("bundle_items")


def test_every_indicator_of_the_registry_has_its_facts() -> None:
    assert set(INDICATORS) <= set(facts())
    assert {code for code, fact in facts().items() if fact.config} <= set(INDICATORS)
