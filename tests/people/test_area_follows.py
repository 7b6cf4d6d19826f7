"""Whoever moves takes the papers along: the copies of the area stand where the person stands."""

import datetime as dt
from importlib import import_module

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection

from tests.ledgers.by_hand import staff
from tests.support import county
from yizhou.config.invariants import area_follows
from yizhou.files.actions import Keeping, store_file
from yizhou.files.models import StoredFile
from yizhou.ledgers.actions import void_row
from yizhou.ledgers.models import VoidedRow
from yizhou.people.models import Person
from yizhou.resettlement.models import ResettlementPerson
from yizhou.training.models import Talent

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]


def test_the_papers_of_somebody_who_moved_are_the_new_station_s() -> None:
    person = county.person()
    old = county.actor_of(county.account("TOWN_STATION", county.TOWN))
    new = county.actor_of(county.account("TOWN_STATION", county.OTHER_TOWN))
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n" + bytes(100))
    store_file(Keeping(paper, "退役证", person.pk, person.household_area), actor=old)
    assert area_follows() == (0, "")
    everybody = Person.objects.everywhere("a ledger moves many at once")
    everybody.filter(pk=person.pk).update(household_area=county.OTHER_VILLAGE)
    assert StoredFile.objects.visible_to(old).count() == 0
    assert StoredFile.objects.visible_to(new).count() == 1
    assert area_follows() == (0, "")


def test_a_paper_left_behind_is_seen_and_the_migration_takes_it_along() -> None:
    person = county.person()
    old = county.actor_of(county.account("TOWN_STATION", county.TOWN))
    paper = SimpleUploadedFile("a.pdf", b"%PDF-1.7\n" + bytes(100))
    stored = store_file(Keeping(paper, "退役证", person.pk, person.household_area), actor=old)
    StoredFile.objects.everywhere("test").update(area=county.OTHER_VILLAGE)
    assert area_follows() == (1, f"附件 {stored.pk}")
    with connection.cursor() as cursor:
        cursor.execute(import_module("yizhou.people.migrations.0006_files_follow_person").CATCH_UP)
    assert area_follows() == (0, "")


def test_what_was_voided_of_somebody_who_moved_is_the_new_station_s_and_what_lay_elsewhere_stays() -> None:
    person = county.person()
    talent = Talent.objects.create(
        person=person, kind="TECH", batch_year=2024, started_on=dt.date(2024, 3, 1)
    )
    arrival = ResettlementPerson.objects.create(
        person=person,
        batch_year=2023,
        identity="CONSCRIPT",
        placement_mode="SELF_EMPLOYED",
        area=county.VILLAGE,
        reported_on=dt.date(2023, 9, 1),
    )
    void_row("talents", talent.uid, "重复登记", actor=staff())
    void_row("resettlement_people", arrival.uid, "重复登记", actor=staff())
    Person.objects.everywhere("test").filter(pk=person.pk).update(household_area=county.OTHER_VILLAGE)
    kept = VoidedRow.objects.everywhere("test").values_list("ledger", "area")
    assert dict(kept) == {"talents": county.OTHER_VILLAGE, "resettlement_people": county.VILLAGE}
    assert area_follows() == (0, "")
    VoidedRow.objects.everywhere("test").filter(ledger="talents").update(area=county.VILLAGE)
    assert area_follows()[0] == 1
