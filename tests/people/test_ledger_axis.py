"""Rows of ledgers on the life axis: one statement, nothing of a closed ledger."""

import datetime as dt

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cases.makers import actor
from tests.indicators import makers
from yizhou.aid.models import AidCase
from yizhou.jobs.models import JobSeeker
from yizhou.ledgers.ledger import LEDGERS
from yizhou.people.queries.ledger_axis import entries_of_ledgers
from yizhou.resettlement.models import ResettlementPerson

pytestmark = pytest.mark.django_db


def test_rows_of_all_ledgers_stand_on_the_axis_newest_first_in_one_query() -> None:
    who, other = makers.person(), makers.person()
    AidCase.objects.create(aid_no="A1", person=who, kind="TEMP", applied_on=dt.date(2024, 5, 1))
    AidCase.objects.create(aid_no="A2", person=other, kind="TEMP", applied_on=dt.date(2024, 5, 1))
    seeker = JobSeeker.objects.create(
        person=who, registered_on=dt.date(2025, 3, 1), status="OPEN", intent="电工"
    )
    ResettlementPerson.objects.create(
        person=who,
        batch_year=2023,
        identity="CONSCRIPT",
        placement_mode="SELF_EMPLOYED",
        area=makers.FAR_TOWN,
        reported_on=dt.date(2023, 9, 1),
    )
    reader = actor("BUREAU_STAFF")
    list(entries_of_ledgers(who, reader))
    with CaptureQueriesContext(
        connection,
    ) as asked:
        found = list(entries_of_ledgers(who, reader))
    assert len(asked) == 1
    assert [(entry.on.isoformat(), entry.title, entry.ring) for entry in found] == [
        ("2025-03-01", "求职信息", "growth"),
        ("2024-05-01", "困难帮扶资金", "care"),
        ("2023-09-01", "移交安置", "axis"),
    ]
    assert (found[0].text, found[0].url) == ("电工", f"/ledgers/job_seekers/{seeker.uid}/")


def test_a_ledger_that_is_closed_to_the_post_is_not_told() -> None:
    who = makers.person()
    AidCase.objects.create(aid_no="A1", person=who, kind="TEMP", applied_on=dt.date(2024, 5, 1))
    assert LEDGERS["aid_cases"].browse_permission == "ledgers.browse_special"
    assert list(entries_of_ledgers(who, actor("LIAISON"))) == []
    assert len(list(entries_of_ledgers(who, actor("TOWN_STATION")))) == 1
