"""Joining two files: what moves, what leaves its table, what the kept file says, what is refused."""

from collections.abc import Mapping

import pytest

from tests.merging import twins
from tests.support import county
from tests.support.client import PoliceClient
from yizhou.core import crypto
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.core.refusal import Conflict, Forbidden, Refused
from yizhou.files.models import StoredFile
from yizhou.ledgers.models import VoidedRow
from yizhou.merging import joining
from yizhou.merging.actions import merge_people, undo_merge
from yizhou.merging.models import Merge
from yizhou.people.models import FamilyMember, Person
from yizhou.people.queries import search_people
from yizhou.people.queries.axis import axis_entries
from yizhou.people.queries.change_ledger import history
from yizhou.visits.models import ContactAssignment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]


def staff(role: str = "BUREAU_STAFF", area: str = county.COUNTY) -> Actor:
    return county.actor_of(county.account(role, area))


def fresh(person: Person) -> Person:
    return Person.objects.everywhere("tests").get(pk=person.pk)


def test_everything_of_the_lost_file_belongs_to_the_kept_one() -> None:
    kept, lost = twins.both(户籍地区划=county.OTHER_VILLAGE)
    twins.hang_on(kept, lost)
    merge = merge_people(kept, lost, "两份都是本人", actor=staff())
    assert str(lost.uid) not in twins.people()
    members = FamilyMember.objects.everywhere("tests").filter(person=kept)
    assert sorted(members.values_list("name", flat=True)) == ["陈小明", "陈小红"]
    assert members.get(name="陈小红").row_digest is None
    assert members.get(name="陈小红").opened() == {"phone": "13800138222"}
    assert ContactAssignment.objects.everywhere("tests").get().person_id == kept.pk
    for table in (StoredFile, VoidedRow):
        row = table.objects.everywhere("tests").get()
        assert (row.person_id, row.area) == (kept.pk, county.VILLAGE)
    assert (merge.moved, merge.aside) == (4, 1)
    assert len(search_people("陈国梁", staff())) == 1


def test_the_log_tells_both_and_the_kept_file_shows_both_lives() -> None:
    kept, lost = twins.both()
    actor = staff()
    merge_people(kept, lost, "两份都是本人", actor=actor)
    (into,), (away,) = twins.events("person.merged"), twins.events("person.merged_away")
    assert (into.person_id, away.person_id) == (kept.pk, lost.pk)
    assert into.reason == "两份都是本人"
    told = {(event.kind, event.person_id) for event in history(kept, actor)}
    assert {
        ("person.imported", kept.pk),
        ("person.imported", lost.pk),
        ("person.merged_away", lost.pk),
    } <= told
    assert "并入同一人的另一份档案" in {entry.title for entry in axis_entries(kept, actor)}


@pytest.mark.parametrize("side", [joining.KEPT, joining.LOST])
def test_chosen_values_stay(side: str) -> None:
    kept, lost = twins.both(联系电话="13900139000", 户籍地区划=county.OTHER_VILLAGE, 民族="回族")
    number = lost.opened()["id_number"] if side == joining.LOST else kept.opened()["id_number"]
    chosen = dict.fromkeys(("id_number", "phone", "ethnic", "household_area"), side)
    merge_people(kept, lost, "核对过", actor=staff(), chosen=chosen)
    now = fresh(kept)
    taken = side == joining.LOST
    assert now.opened()["id_number"] == number
    assert bytes(now.id_number_index) == crypto.blind_index(keyring(), number)
    assert now.opened()["phone"] == ("13900139000" if taken else "13800138000")
    assert now.phone_tail == crypto.tail_index(keyring(), now.opened()["phone"][-4:])
    assert now.household_area == (county.OTHER_VILLAGE if taken else county.VILLAGE)
    assert (now.ethnic == lost.ethnic) is taken


def test_gaps_are_filled_and_categories_joined() -> None:
    kept, lost = twins.both(人员类别="A04", 户口类型="农村")
    merge_people(kept, lost, "核对过", actor=staff())
    now = fresh(kept)
    assert (now.category, now.other_categories) == ("V11", "A04")
    assert now.household_type == lost.household_type != ""
    assert now.category_mask & lost.category_mask


def test_what_is_hidden_from_the_post_cannot_be_chosen() -> None:
    kept, lost = twins.both(月收入="5000.00")
    Person.objects.everywhere("tests").filter(pk=kept.pk).update(monthly_income_fen=100)
    merge_people(kept, lost, "核对过", actor=staff("CENTER_STAFF"), chosen={"monthly_income": joining.LOST})
    assert fresh(kept).monthly_income_fen == 100


@pytest.mark.parametrize(
    ("role", "area", "note", "error"),
    [
        ("TOWN_STATION", county.TOWN, "说明", Forbidden),
        ("BUREAU_STAFF", county.COUNTY, " ", Refused),
        ("BUREAU_STAFF", "339901000000", "说明", Conflict),
    ],
)
def test_refusals_change_nothing(role: str, area: str, note: str, error: type[Refused]) -> None:
    kept, lost = twins.both()
    twins.hang_on(kept, lost)
    actor = staff(role, area)
    before = twins.everything()
    with pytest.raises(error):
        merge_people(kept, lost, note, actor=actor)
    assert twins.everything() == before
    assert not twins.events("person.merged")


def test_a_file_changed_meanwhile_is_a_conflict() -> None:
    kept, lost = twins.both()
    actor, seen = staff(), joining.state_of(kept, lost)
    Person.objects.everywhere("tests").filter(pk=lost.pk).update(rank="中士")
    before = twins.everything()
    with pytest.raises(Conflict):
        merge_people(kept, lost, "说明", actor=actor, seen=seen)
    assert twins.everything() == before


def test_values_that_break_a_rule_are_refused() -> None:
    kept, lost = twins.both()
    actor = staff()
    Person.objects.everywhere("tests").filter(pk=lost.pk).update(discharged_on="1970-01-01")
    before = twins.everything()
    with pytest.raises(Refused, match="退役"):
        merge_people(kept, lost, "说明", actor=actor, chosen={"discharged_on": joining.LOST})
    assert twins.everything() == before
    assert not twins.events("person.merged")


def test_the_old_address_leads_on(client: PoliceClient) -> None:
    kept, lost = twins.both()
    third = county.person("陈国梁", "19600803", 121)
    actor = staff()
    merge_people(kept, lost, "说明", actor=actor)
    merge_people(third, kept, "说明", actor=actor)
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert client.get(f"/people/{lost.uid}/")["Location"] == f"/people/{third.uid}/"
    assert client.get(f"/people/{lost.uid}/history/")["Location"] == f"/people/{third.uid}/history/"
    county.sign_in(client, "TOWN_STATION", county.OTHER_TOWN)
    assert client.get(f"/people/{lost.uid}/").status_code == 404


def _number(person: Person) -> Mapping[str, str]:
    return {"身份证号": person.opened()["id_number"]}


@pytest.mark.parametrize("side", [joining.KEPT, joining.LOST])
def test_the_number_given_up_is_not_filed_anew(side: str) -> None:
    kept, lost = twins.both()
    rows = [{**county.row(), **_number(person)} for person in (kept, lost)]
    given_up = rows[1] if side == joining.KEPT else rows[0]
    merge = merge_people(kept, lost, "说明", actor=staff(), chosen={"id_number": side})
    report = county.take_in({**given_up, "学历": "小学"}, sample=5)
    assert (report.created, report.rejected) == (0, 1)
    assert report.sample[0]["rule"] == "MERGED"
    undo_merge(merge, "是两人", actor=staff())
    assert county.take_in(given_up).rejected == 0
    assert Merge.objects.everywhere("tests").get().undone_by
