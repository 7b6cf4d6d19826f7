"""Figures about petitions, counted by hand."""

import pytest

from tests.indicators.makers import AFTER, BEFORE, COUNTY, FIRST, LAST, OTHER, rate, value
from tests.petitions.makers import petition, step

pytestmark = pytest.mark.django_db
SIX = ("1", "2", "3", "4", "5", "6")


def test_people_who_came_with_a_petition() -> None:
    assert value("petition_reception_times") == 0
    petition(registered_on=FIRST, persons=5)
    petition(registered_on=LAST, persons=2, outcome="WITHDRAWN")
    petition(area=OTHER, closed_on=None, outcome="")
    petition(registered_on=BEFORE, persons=9)
    petition(registered_on=AFTER, persons=9)
    petition(channel="LETTER", persons=9)
    assert [value("petition_reception_times", area) for area in ("", COUNTY, OTHER)] == [8, 7, 1]


def test_petitions_that_went_all_six_steps() -> None:
    petition(*SIX, closed_on=FIRST, registered_on=BEFORE)
    petition(*SIX, closed_on=LAST, channel="LETTER", done_on=LAST)
    step(petition(*SIX[:5], done_on=BEFORE), "6", not_applicable=True, note="无超规诉求")
    petition(*SIX[:5])
    step(petition(*SIX[:5]), "6", done_on=AFTER)
    petition(area=OTHER, outcome="EXPLAINED")
    petition(*SIX, outcome="WITHDRAWN")
    petition(*SIX, closed_on=BEFORE)
    petition(*SIX, closed_on=AFTER)
    petition(*SIX, closed_on=None, outcome="")
    assert rate("petition_step_complete_rate") == (3, 6, 50.0)
    assert rate("petition_step_complete_rate", COUNTY) == (3, 5, 60.0)
    assert rate("petition_step_complete_rate", OTHER) == (0, 1, 0.0)
    assert rate("petition_step_complete_rate", "339903000000") == (0, 0, None)
