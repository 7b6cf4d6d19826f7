"""Every number opens into its rows, everywhere and in every part."""

import pytest

from tests.indicators.makers import CITY, COUNTY, FIRST, LAST, divisions
from tests.indicators.people_of_the_house import signed_in
from tests.support.client import PoliceClient
from yizhou.indicators.facts import facts
from yizhou.indicators.measures import Known, Measure
from yizhou.indicators.queries import answer_of, by_child, measure
from yizhou.indicators.registry import INDICATORS
from yizhou.indicators.scope import Scope

pytestmark = pytest.mark.django_db
YEAR = "from=2025-01-01&to=2025-12-31"


def test_every_indicator_has_its_page_of_rows(client: PoliceClient) -> None:
    divisions()
    signed_in(client)
    for code in INDICATORS:
        for part in ("numerator", "denominator") if facts()[code].kind == "rate" else ("",):
            path = f"/indicators/{code}/rows/?{YEAR}&area={COUNTY}&part={part}"
            assert client.get(path).status_code == 200, path


def test_the_parts_of_a_number_have_the_value_that_they_have_alone() -> None:
    divisions()
    whole = Scope(CITY, FIRST, LAST)
    for code in INDICATORS:
        for division, figure in by_child(code, whole):
            assert figure == measure(code, whole.at(division.area_code)), code


def test_the_rows_behind_a_number_are_asked_for_by_area() -> None:
    """A figure that forgot its area would show its rows to all counties."""
    for code in INDICATORS:
        answer = answer_of(code, Scope(COUNTY, FIRST, LAST))
        if isinstance(answer, Known) or answer is None:
            continue
        parts = [answer] if isinstance(answer, Measure) else [answer.numerator, answer.denominator]
        for part in parts:
            assert "339901" in str(part.found.query), code
