"""Which files are taken for one person's: each rule, what agrees by chance, what was decided."""

import datetime as dt
from typing import Any

import polars as pl
import pytest

from tests.support import county
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, Forbidden, Refused
from yizhou.events.models import Event
from yizhou.merging.actions import judge_pairs, merge_pairs, search_duplicates
from yizhou.merging.models import Merge, PairStatus, SecondStatus, SuspectPair
from yizhou.merging.rules import SCHEMA, find_pairs, with_pair_in_order, without_digit
from yizhou.orgs.queries import console_actor
from yizhou.people.models import Person

NUMBER = 33990219600803101
BASE = {
    "number": NUMBER,
    "name": "陈国梁",
    "pinyin": "chenguoliang",
    "born": 100,
    "village": "339902001001",
    "phone": 13800138000,
    "enlisted": 50,
}


def found(**other: object) -> tuple[str, str] | None:
    """What is found between a file and another that differs like this."""
    rows = [{"id": 1, **BASE}, {"id": 2, **BASE, **other}]
    pairs = find_pairs(pl.DataFrame(rows, schema=SCHEMA))
    return pairs.select("rules", "strength").row(0) if pairs.height else None


@pytest.mark.parametrize("place", range(17))
def test_every_one_digit_error_is_found(place: int) -> None:
    wrong = NUMBER + 10**place * (-1 if NUMBER // 10**place % 10 else 1)
    assert found(number=wrong, born=7, village="339902001002", phone=None) == ("DIGIT", "PROBABLE")


@pytest.mark.parametrize("place", range(16))
def test_every_swap_of_neighbours_is_found(place: int) -> None:
    digits, left = "12345678912345678", 15 - place
    swapped = digits[:left] + digits[left + 1] + digits[left] + digits[left + 2 :]
    rows = [{"id": 1, **BASE, "number": int(digits)}, {"id": 2, **BASE, "number": int(swapped), "born": 7}]
    pairs = find_pairs(pl.DataFrame(rows, schema=SCHEMA))
    assert pairs["rules"].to_list() == ["SWAP"]


def test_keys_are_what_they_say() -> None:
    keys = pl.DataFrame({"n": [1234]}).select(
        without_digit(pl.col("n"), 1).alias("out"),
        with_pair_in_order(pl.col("n"), 0).alias("order"),
        with_pair_in_order(pl.col("n") + 10, 0).alias("swap"),
    )
    assert keys.row(0) == (1204, 1234, 1244)
    assert pl.DataFrame({"n": [1243]}).select(with_pair_in_order(pl.col("n"), 0)).item() == 1234


@pytest.mark.parametrize(
    ("other", "expected"),
    [
        ({"number": 1}, ("NAMESAKE", "CERTAIN")),
        ({"number": None, "phone": 13900139000}, ("NAMESAKE", "PROBABLE")),
        ({"number": 1, "name": "陈果良"}, ("HOMOPHONE", "PROBABLE")),
        ({"number": 1, "village": "339902001002"}, ("MOVED", "PROBABLE")),
        ({"number": NUMBER + 1}, ("DIGIT;NAMESAKE", "CERTAIN")),
        (
            {"number": NUMBER + 1, "name": "陈建梁", "pinyin": "chenjianliang", "phone": None},
            ("DIGIT", "PROBABLE"),
        ),
        # A brother born the same day in the same house, with a name and a phone of his own.
        ({"number": NUMBER + 20, "name": "陈国栋", "pinyin": "chenguodong", "phone": None}, None),
        ({"number": 1, "village": "339902001002", "phone": 13900139000}, None),
        ({"number": 1, "born": 7}, None),
    ],
)
def test_what_else_must_agree(other: dict[str, object], expected: tuple[str, str] | None) -> None:
    assert found(**other) == expected


def test_a_number_that_stands_for_many_is_no_evidence() -> None:
    rows = [{**BASE, "id": n, "number": None, "village": str(n)} for n in range(1, 300)]
    assert not find_pairs(pl.DataFrame(rows, schema=SCHEMA)).height


def staff(role: str = "BUREAU_STAFF", area: str = county.COUNTY) -> Actor:
    return county.actor_of(county.account(role, area))


def search() -> dict[str, Any]:
    return search_duplicates(lambda step, done: None, actor=console_actor())


def queue(actor: Actor) -> list[SuspectPair]:
    return list(SuspectPair.objects.visible_to(actor).open().order_by("id"))


@pytest.fixture
def two(db: None, divisions: None, clock: object) -> tuple[Person, Person]:
    """One veteran filed twice, and a namesake who is somebody else."""
    first, second = county.person("陈国梁", "19600803", 101), county.person("陈国梁", "19600803", 111)
    county.person("陈国梁", "19610101", 131)
    return first, second


def test_a_search_fills_the_queue_once(two: tuple[Person, Person]) -> None:
    nobody = {"bare": 0, "second": SecondStatus.NOT_NEEDED, "second_found": 0}
    assert search() == {"people": 3, "found": 1, "opened": 1, **nobody}
    (pair,) = queue(staff())
    assert (pair.first_id, pair.second_id) == (two[0].pk, two[1].pk)
    assert (pair.rules, pair.strength) == ("DIGIT;NAMESAKE", "CERTAIN")
    assert search()["opened"] == 0
    assert two[0].opened()["id_number"] not in str(list(Event.objects.everywhere("tests").values()))


def test_only_who_sees_both_sides_sees_the_pair(two: tuple[Person, Person]) -> None:
    Person.objects.everywhere("tests").filter(pk=two[1].pk).update(household_area=county.OTHER_VILLAGE)
    search()
    town = staff("TOWN_STATION", county.TOWN)
    assert not queue(town)
    assert SuspectPair.objects.half_visible_to(town).count() == 1
    assert len(queue(staff())) == 1


def test_two_people_stay_two_until_their_files_change(two: tuple[Person, Person]) -> None:
    search()
    assert judge_pairs(queue(staff()), "两人都到站核对过", actor=staff("TOWN_STATION", county.TOWN)) == 1
    assert {event.person_id for event in Event.objects.everywhere("tests").filter(kind="pair.judged")} == {
        person.pk for person in two
    }
    assert search()["opened"] == 0
    Person.objects.everywhere("tests").filter(pk=two[1].pk).update(residence_area="")
    assert search()["opened"] == 0
    Person.objects.everywhere("tests").filter(pk=two[1].pk).update(enlisted_on=dt.date(1980, 11, 1))
    assert search()["opened"] == 1


def test_pairs_that_are_alike_no_more_leave_the_queue(two: tuple[Person, Person]) -> None:
    search()
    Person.objects.everywhere("tests").filter(pk=two[1].pk).update(
        pinyin_full="wangwu",
        birth_on=dt.date(1999, 1, 1),
        household_area=county.OTHER_VILLAGE,
        enlisted_on=None,
        name="王五",
    )
    search()
    assert not queue(staff())
    assert SuspectPair.objects.everywhere("tests").get().status == PairStatus.GONE


def test_sixty_pairs_are_settled_in_one_act(db: None, divisions: None, clock: object) -> None:
    names = [f"王{one}{two}" for one in "国建志文海春" for two in "东明军平华林福山红强"]
    rows = [
        county.row(name, f"1960{1 + n // 28:02d}{1 + n % 28:02d}", serial, 联系电话=f"138001{n:05d}")
        for n, name in enumerate(names)
        for serial in (101, 111)
    ]
    assert county.take_in(*rows).created == 120
    search()
    pairs = queue(staff())
    assert len(pairs) == 60
    assert merge_pairs(pairs, "逐对核对过户口簿", actor=staff()) == 60
    assert Person.objects.everywhere("tests").count() == 60
    assert Merge.objects.everywhere("tests").standing().count() == 60
    assert not queue(staff())


def test_refusals_of_judging_change_nothing(two: tuple[Person, Person]) -> None:
    search()
    pairs, actor = queue(staff()), staff()
    for chosen, note, who, error in (
        (pairs, " ", actor, Refused),
        ([], "说明", actor, Refused),
        (pairs, "说明", staff("VILLAGE_STATION", county.VILLAGE), Forbidden),
        (pairs, "说明", staff("TOWN_STATION", county.OTHER_TOWN), Conflict),
    ):
        with pytest.raises(error):
            judge_pairs(chosen, note, actor=who)
    assert queue(actor) == pairs
    assert not Event.objects.everywhere("tests").filter(kind="pair.judged")


def test_one_that_cannot_be_joined_stops_all(db: None, divisions: None, clock: object) -> None:
    rows = [
        county.row(name, born, serial)
        for name, born in (("王立春", "19600101"), ("李建军", "19600202"))
        for serial in (101, 111)
    ]
    county.take_in(*rows)
    search()
    pairs = queue(staff())
    assert len(pairs) == 2
    lost = Person.objects.everywhere("tests").filter(pk=pairs[1].second_id)
    lost.update(party_joined_on=dt.date(1961, 1, 1))
    with pytest.raises(Refused, match="李建军"):
        merge_pairs(pairs, "说明", actor=staff())
    assert Person.objects.everywhere("tests").count() == 4
    assert not Event.objects.everywhere("tests").filter(kind="person.merged")
