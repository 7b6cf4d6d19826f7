"""Figures about legal services, counted by hand."""

import datetime as dt

import pytest

from tests.indicators.makers import AFTER, BEFORE, COUNTY, FIRST, LAST, OTHER, rate, value
from tests.petitions.makers import MID, legal

pytestmark = pytest.mark.django_db
NOWHERE = "339903000000"


def test_people_counselled_or_aided() -> None:
    assert value("legal_service_times") == 0
    legal("CONSULT", served_on=FIRST, persons=3)
    legal("AID", served_on=LAST, persons=2, withdrawn=False)
    legal("CONSULT", area=OTHER)
    legal("CONSULT", served_on=BEFORE)
    legal("CONSULT", served_on=AFTER)
    legal("CONSULT", served_on=None)
    legal("DOCUMENT")
    legal("AID", withdrawn=True)
    assert [value("legal_service_times", area) for area in ("", COUNTY, OTHER)] == [6, 5, 1]


def test_documents_written() -> None:
    assert value("legal_documents") == 0
    legal("DOCUMENT", completed_on=FIRST, served_on=None)
    legal("DOCUMENT", completed_on=LAST, persons=7)
    legal("DOCUMENT", completed_on=MID, area=OTHER, withdrawn=False)
    legal("DOCUMENT", completed_on=BEFORE)
    legal("DOCUMENT", completed_on=AFTER)
    legal("DOCUMENT", completed_on=None)
    legal("DOCUMENT", completed_on=MID, withdrawn=True)
    legal("CONSULT", completed_on=MID)
    assert [value("legal_documents", area) for area in ("", COUNTY, OTHER)] == [3, 2, 1]


def test_replies_by_the_day_that_was_set() -> None:
    legal(reply_due_on=FIRST, replied_on=BEFORE)
    legal("DOCUMENT", reply_due_on=LAST, replied_on=LAST)
    legal(reply_due_on=MID, replied_on=MID + dt.timedelta(days=1))
    legal(reply_due_on=MID, replied_on=None, withdrawn=False)
    legal(reply_due_on=MID, replied_on=MID, area=OTHER)
    legal(reply_due_on=BEFORE, replied_on=BEFORE)
    legal(reply_due_on=AFTER, replied_on=MID)
    legal(reply_due_on=None, replied_on=MID)
    legal(reply_due_on=MID, replied_on=MID, withdrawn=True)
    assert rate("legal_reply_rate") == (3, 5, 60.0)
    assert rate("legal_reply_rate", COUNTY) == (2, 4, 50.0)
    assert rate("legal_reply_rate", NOWHERE) == (0, 0, None)


def test_satisfied_is_more_than_basically_satisfied() -> None:
    legal(rating="5", served_on=FIRST)
    legal("DOCUMENT", rating="4", served_on=LAST)
    legal(rating="3")
    legal(rating="1")
    legal(rating="2", area=OTHER, withdrawn=False)
    legal(rating="")
    legal(rating="5", served_on=BEFORE)
    legal(rating="5", served_on=AFTER)
    legal(rating="5", served_on=None)
    legal(rating="5", withdrawn=True)
    assert rate("legal_satisfaction_rate") == (2, 5, 40.0)
    assert rate("legal_satisfaction_rate", COUNTY) == (2, 4, 50.0)
    assert rate("legal_satisfaction_rate", OTHER) == (0, 1, 0.0)
    assert rate("legal_satisfaction_rate", NOWHERE) == (0, 0, None)
