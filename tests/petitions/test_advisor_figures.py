"""Figures about lawyers and mentors, counted by hand."""

import datetime as dt

import pytest

from tests.indicators.makers import AFTER, BEFORE, COUNTY, FIRST, LAST, OTHER, TOWN, value
from tests.petitions.makers import advisor

pytestmark = pytest.mark.django_db
KINDS = {"startup_mentors": "STARTUP", "legal_advisors": "LEGAL"}


@pytest.mark.parametrize("code", KINDS)
def test_advisors_in_office(code: str) -> None:
    kind = KINDS[code]
    advisor(kind=kind)
    advisor(kind=kind, term_from=FIRST, area=OTHER)  # the same person
    advisor("乙", kind=kind, term_from=LAST, term_to=AFTER, area=TOWN)
    advisor("丙", kind=kind, term_to=LAST - dt.timedelta(days=1))
    advisor("丁", kind=kind, term_from=AFTER, term_to=AFTER)
    advisor("戊", kind="EMPLOYMENT")
    assert [value(code, area) for area in ("", COUNTY, OTHER)] == [2, 2, 1]
    assert [value(other) for other in KINDS if other != code] == [0]


def test_mentor_team_first_batch() -> None:
    advisor(batch_no=1, term_to=BEFORE)  # no longer in office
    advisor(batch_no=1, kind="EMPLOYMENT", area=OTHER)
    advisor("乙", batch_no=1, kind="EMPLOYMENT", term_from=LAST)
    advisor("丙", batch_no=2)
    advisor("丁")
    advisor("戊", batch_no=1, kind="LEGAL")
    advisor("己", batch_no=1, term_from=AFTER, term_to=AFTER)
    codes = [value("mentor_team_first_batch", area) for area in ("", COUNTY, OTHER)]
    assert codes == [2, 2, 1]
