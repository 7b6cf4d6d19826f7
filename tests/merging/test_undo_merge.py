"""Taking a merge back: every byte of every table as before, later work kept."""

import pytest

from tests.merging import twins
from tests.support import county
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, Forbidden, Refused
from yizhou.ledgers import one_row
from yizhou.merging import joining
from yizhou.merging.actions import merge_people, undo_merge
from yizhou.people.actions import correct_person
from yizhou.people.actions.correct import state_of
from yizhou.people.models import FamilyMember, Person
from yizhou.people.queries import search_people
from yizhou.visits.models import ContactAssignment

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]


def staff(role: str = "BUREAU_STAFF", area: str = county.COUNTY) -> Actor:
    return county.actor_of(county.account(role, area))


def fresh(person: Person) -> Person:
    return Person.objects.everywhere("tests").get(pk=person.pk)


@pytest.mark.parametrize("side", [joining.KEPT, joining.LOST])
def test_every_byte_of_every_table_is_as_before(side: str) -> None:
    kept, lost = twins.both(户籍地区划=county.OTHER_VILLAGE, 联系电话="13900139000")
    twins.hang_on(kept, lost)
    actor = staff()
    before = twins.everything()
    fields = ("id_number", "phone", "household_area", "residence_area")
    merge = merge_people(kept, lost, "说明", actor=actor, chosen=dict.fromkeys(fields, side))
    assert twins.everything() != before
    undone = undo_merge(merge, "是两人", actor=actor)
    assert twins.everything() == before
    assert (undone.back, undone.gone, undone.is_restored) == (4, 0, True)
    assert len(search_people("陈国梁", actor)) == 2
    assert {event.person_id for event in twins.events("person.unmerged")} == {kept.pk, lost.pk}


def test_later_work_stays_with_the_kept_file() -> None:
    kept, lost = twins.both(联系电话="13900139000")
    twins.hang_on(kept, lost)
    actor = staff()
    number = kept.opened()["id_number"]
    merge = merge_people(kept, lost, "说明", actor=actor, chosen={"id_number": joining.LOST})
    later = twins.member(fresh(kept), "陈小刚", b"7" * 16)
    FamilyMember.objects.everywhere("tests").filter(name="陈小红").update(employer="县中学")
    ContactAssignment.objects.everywhere("tests").delete()
    now = fresh(kept)
    correct_person(now, {"rank": "中士"}, "证件", actor=actor, seen=state_of(now), accept_doubts=True)
    undone = undo_merge(merge, "是两人", actor=actor)
    assert (undone.back, undone.gone, undone.is_restored) == (3, 1, False)
    assert fresh(kept).rank == "中士"
    assert fresh(kept).opened()["id_number"] == number
    assert one_row.is_taken(joining.people_ledger(), {"id_number_index": lost.id_number_index})
    later.refresh_from_db()
    assert later.person_id == kept.pk
    changed = FamilyMember.objects.everywhere("tests").get(name="陈小红")
    assert (changed.person_id, changed.employer, changed.row_digest) == (lost.pk, "县中学", None)


def test_merges_are_undone_in_the_order_of_their_going() -> None:
    kept, lost = twins.both()
    third = county.person("陈国梁", "19600803", 121)
    twins.hang_on(kept, lost)
    actor = staff()
    before = twins.everything()
    first = merge_people(kept, lost, "说明", actor=actor)
    second = merge_people(third, kept, "说明", actor=actor)
    first.refresh_from_db()
    with pytest.raises(Refused, match="后来又并入"):
        undo_merge(first, "是两人", actor=actor)
    undo_merge(second, "是两人", actor=actor)
    first.refresh_from_db()
    undo_merge(first, "是两人", actor=actor)
    assert twins.everything() == before


def test_refusals_change_nothing() -> None:
    kept, lost = twins.both()
    actor, town = staff(), staff("TOWN_STATION", county.TOWN)
    merge = merge_people(kept, lost, "说明", actor=actor)
    before = twins.everything()
    for who, reason, error in ((town, "是两人", Forbidden), (actor, " ", Refused)):
        with pytest.raises(error):
            undo_merge(merge, reason, actor=who)
    assert twins.everything() == before
    assert not twins.events("person.unmerged")
    undo_merge(merge, "是两人", actor=actor)
    with pytest.raises(Conflict):
        undo_merge(merge, "是两人", actor=actor)
    assert len(twins.events("person.unmerged")) == 2
