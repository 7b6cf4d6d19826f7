"""Rows added, corrected, voided and restored by hand: every ledger, then the refusals on one."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.urls import reverse

from tests.indicators.makers import FAR_TOWN, FAR_VILLAGE, TOWN, VILLAGE
from tests.ledgers.by_hand import by_field, file_in, only, staff, state
from tests.ledgers.filled import Cells, needed_for, rows_for
from yizhou.core import crypto
from yizhou.core.keys import keyring
from yizhou.core.refusal import Conflict, Forbidden, Refused
from yizhou.events.models import Event, Outcome
from yizhou.ledgers import one_row
from yizhou.ledgers.actions import Correction, add_row, correct_row, restore_row, void_row
from yizhou.ledgers.columns import Column, code_table
from yizhou.ledgers.importing import Report
from yizhou.ledgers.ledger import LEDGERS, SPECIAL, Ledger, in_order
from yizhou.ledgers.models import VoidedRow
from yizhou.ledgers.rendering import cell

pytestmark = pytest.mark.django_db
BY_HAND = [bound.name for bound in in_order() if bound.by_hand]
TakeIn = Callable[[list[Cells]], Report]


@pytest.fixture
def sheet(name: str, tmp_path: Path) -> list[Cells]:
    """Rows that fit the ledger, with what they refer to stored already."""
    made: dict[str, list[Cells]] = {}
    for bound in needed_for(LEDGERS[name]):
        made[bound.name] = rows_for(bound, made)
        if bound.name != name:
            assert file_in(bound, made[bound.name], tmp_path).rejected == 0
    return made[name]


@pytest.fixture
def take_in(name: str, tmp_path: Path) -> TakeIn:
    """Import rows into the ledger under test."""
    return lambda rows: file_in(LEDGERS[name], rows, tmp_path)


def changeable(bound: Ledger, values: dict[str, Any]) -> tuple[Column, str]:
    """A column that is no key and nobody's number, and another value for it than it has."""
    for column in bound.layout.columns:
        if column.key or column.mask_name or column.rule or column.argument == "item":
            continue
        if column.kind == "text" and not column.multi:
            return column, "改过的内容"
        if column.kind == "code":
            names = code_table(column.argument).names
            return column, next(name for code, name in names.items() if code != values[column.field])
        if column.kind == "bool":
            return column, "否" if values[column.field] else "是"
    raise LookupError(bound.name)


@pytest.mark.parametrize("name", BY_HAND)
def test_what_is_added_by_hand_is_what_the_file_would_have_brought(
    sheet: list[Cells], take_in: TakeIn, name: str
) -> None:
    bound, actor = LEDGERS[name], staff()
    for row in sheet:
        add_row(name, by_field(bound, row), actor=actor)
    added = Event.objects.everywhere("test").filter(kind=f"{bound.code_noun}.added")
    assert added.count() == len(sheet)
    assert (take_in(sheet).unchanged, take_in(sheet).warnings) == (len(sheet), 0)


@pytest.mark.parametrize("name", BY_HAND)
def test_a_correction_changes_the_row_and_tells_old_and_new(
    sheet: list[Cells], take_in: TakeIn, name: str
) -> None:
    bound, actor = LEDGERS[name], staff()
    take_in(sheet)
    row = only(bound)
    before = one_row.values_of(bound, row.pk)
    column, text = changeable(bound, before)
    wanted = Correction({column.field: text}, "对照原件", state(bound, row.pk))
    assert correct_row(name, row.uid, wanted, actor=actor) == reverse("ledgers:row", args=[name, row.uid])
    event = Event.objects.everywhere("test").filter(kind=f"{bound.code_noun}.corrected").get()
    assert (event.about_id, event.reason, event.data["fields"]) == (row.pk, "对照原件", [column.field])
    assert event.data["changes"][column.field][1] == text
    assert one_row.values_of(bound, row.pk)[column.field] != before[column.field]
    report = take_in(sheet)
    assert (report.updated, report.unchanged) == (1, len(sheet) - 1)


@pytest.mark.parametrize("name", BY_HAND)
def test_a_voided_row_counts_no_more_comes_not_back_by_file_and_can_be_restored(
    sheet: list[Cells], take_in: TakeIn, name: str
) -> None:
    bound, actor, count = LEDGERS[name], staff(), len(sheet)
    take_in(sheet)
    row = only(bound, -1)
    void_row(name, row.uid, "重复登记", actor=actor)
    assert not bound.model._base_manager.filter(pk=row.pk).exists()
    again = take_in(sheet)
    assert (again.created, again.unchanged, again.warnings) == (0, count, 1)
    assert again.sample[0]["rule"] == "VOIDED"
    kept = VoidedRow.objects.everywhere("test").get()
    assert restore_row(kept, actor=actor) == reverse("ledgers:row", args=[name, row.uid])
    assert only(bound, -1).uid == row.uid
    assert (take_in(sheet).unchanged, take_in(sheet).warnings) == (count, 0)
    with pytest.raises(Conflict):
        restore_row(kept, actor=actor)
    kinds = [f"{bound.code_noun}.{verb}" for verb in ("voided", "restored")]
    told = Event.objects.everywhere("test").filter(kind__in=kinds).order_by("id")
    assert [event.kind for event in told] == kinds
    assert told[0].about_id == row.pk


def nothing_written(before: int) -> None:
    """Rows and events are as they were; refusals aside."""
    done = Event.objects.everywhere("test").filter(outcome=Outcome.DONE)
    assert done.count() == before


@pytest.mark.parametrize("name", ["hall_receptions"])
class TestRefusals:
    """What cannot be done, and that nothing is left behind."""

    @pytest.fixture(autouse=True)
    def stored(self, sheet: list[Cells], take_in: TakeIn) -> None:
        take_in(sheet)
        self.bound = LEDGERS["hall_receptions"]
        self.row, self.sheet = only(self.bound), sheet
        self.seen = state(self.bound, self.row.pk)
        self.before = Event.objects.everywhere("test").filter(outcome=Outcome.DONE).count()

    def codes(self, caught: pytest.ExceptionInfo[Refused]) -> list[str]:
        nothing_written(self.before)
        return [blocker.code for blocker in caught.value.blockers]

    def test_adding_what_breaks_a_rule_names_column_reason_and_remedy(self, name: str) -> None:
        cells = by_field(self.bound, self.sheet[0]) | {"reception_no": "新", "persons": "0", "place": "某处"}
        with pytest.raises(Refused) as caught:
            add_row(name, cells, actor=staff())
        assert self.codes(caught) == ["CODE", "RANGE"]
        words = [b.message for b in caught.value.blockers]
        assert words[0].startswith("接待场所：“某处”不在代码表")
        assert words[1].startswith("到场人数：")

    def test_adding_a_key_that_is_taken(self, name: str) -> None:
        with pytest.raises(Refused) as caught:
            add_row(name, by_field(self.bound, self.sheet[0]), actor=staff())
        assert self.codes(caught) == ["DUP_KEY"]

    def test_adding_outside_ones_area(self, name: str) -> None:
        cells = by_field(self.bound, self.sheet[0]) | {"reception_no": "新", "area": VILLAGE}
        with pytest.raises(Refused) as caught:
            add_row(name, cells, actor=staff(FAR_TOWN[:9]))
        assert self.codes(caught) == ["SCOPE"]

    def test_correcting_without_a_reason(self, name: str) -> None:
        with pytest.raises(Refused) as caught:
            correct_row(name, self.row.uid, Correction({"persons": "9"}, " ", self.seen), actor=staff())
        assert self.codes(caught) == ["REASON"]

    def test_correcting_what_somebody_else_changed_meanwhile(self, name: str) -> None:
        first = Correction({"persons": "9"}, "核对", self.seen)
        correct_row(name, self.row.uid, first, actor=staff())
        with pytest.raises(Conflict):
            correct_row(name, self.row.uid, Correction({"persons": "8"}, "核对", self.seen), actor=staff())
        assert one_row.values_of(self.bound, self.row.pk)["persons"] == 9

    def test_correcting_nothing(self, name: str) -> None:
        with pytest.raises(Refused) as caught:
            correct_row(name, self.row.uid, Correction({}, "核对", self.seen), actor=staff())
        assert self.codes(caught) == ["UNCHANGED"]

    def test_correcting_onto_anothers_key(self, name: str) -> None:
        taken = {"reception_no": self.sheet[1]["接待编号"]}
        with pytest.raises(Refused) as caught:
            correct_row(name, self.row.uid, Correction(taken, "核对", self.seen), actor=staff())
        assert self.codes(caught) == ["DUP_KEY"]

    def test_correcting_a_row_out_of_ones_area(self, name: str) -> None:
        outside = TOWN if self.row.area == FAR_VILLAGE else FAR_TOWN
        wanted = Correction({"persons": "9"}, "核对", self.seen)
        with pytest.raises(LookupError):
            correct_row(name, self.row.uid, wanted, actor=staff(outside[:9]))
        nothing_written(self.before)

    def test_moving_a_row_out_of_ones_area(self, name: str) -> None:
        inside, outside = (FAR_TOWN, VILLAGE) if self.row.area == FAR_VILLAGE else (TOWN, FAR_VILLAGE)
        wanted = Correction({"area": outside}, "核对", self.seen)
        with pytest.raises(Refused) as caught:
            correct_row(name, self.row.uid, wanted, actor=staff(inside[:9]))
        assert self.codes(caught) == ["SCOPE"]

    def test_voiding_without_a_reason(self, name: str) -> None:
        with pytest.raises(Refused) as caught:
            void_row(name, self.row.uid, "", actor=staff())
        assert self.codes(caught) == ["REASON"]

    def test_voiding_what_others_refer_to(self, name: str) -> None:
        window = LEDGERS["service_windows"].model._base_manager.get(pk=only(self.bound, -1).window_id)
        with pytest.raises(Refused) as caught:
            void_row("service_windows", window.uid, "撤窗", actor=staff())
        assert self.codes(caught) == ["REFERRED"]
        assert not VoidedRow.objects.everywhere("test").exists()

    @pytest.mark.parametrize("field", ["name", "area_code"])
    def test_a_division_in_which_something_lies_keeps_its_code(self, name: str, field: str) -> None:
        areas = LEDGERS["areas"]
        division = areas.model._base_manager.get(area_code=self.row.area)
        seen = state(areas, division.pk)
        with pytest.raises(Refused) as caught:
            void_row("areas", division.uid, "撤并", actor=staff())
        assert self.codes(caught) == ["REFERRED"]
        assert "来访接待台账·接待地区划" in caught.value.blockers[0].message
        if field == "name":
            correct_row("areas", division.uid, Correction({"name": "新名"}, "更名", seen), actor=staff())
            return
        wanted = Correction({"area_code": f"{self.row.area[:-1]}9"}, "换码", seen)
        with pytest.raises(Refused) as caught:
            correct_row("areas", division.uid, wanted, actor=staff())
        assert self.codes(caught) == ["REFERRED"]

    def test_restoring_onto_a_key_that_was_given_anew(self, name: str) -> None:
        void_row(name, self.row.uid, "登记有误", actor=staff())
        anew = by_field(self.bound, self.sheet[0]) | {"persons": "7"}
        add_row(name, anew, actor=staff())
        kept = VoidedRow.objects.everywhere("test").get()
        with pytest.raises(Refused):
            restore_row(kept, actor=staff())
        kept.refresh_from_db(from_queryset=VoidedRow.objects.everywhere("test"))
        assert kept.restored_at is None

    def test_another_post_may_not(self, name: str) -> None:
        for role in ("AUDITOR", "FINANCE", "GRID"):
            with pytest.raises(Forbidden):
                void_row(name, self.row.uid, "重复", actor=staff(role=role))
        nothing_written(self.before)

    def test_people_and_cases_are_written_on_their_own_pages(self, name: str) -> None:
        with pytest.raises(Refused) as caught:
            add_row("people", {}, actor=staff())
        assert self.codes(caught) == ["OWN_PAGE"]


@pytest.mark.parametrize("name", ["petitions"])
def test_who_may_not_read_a_ledger_writes_nothing_into_it(
    sheet: list[Cells], take_in: TakeIn, name: str
) -> None:
    bound, clerk = LEDGERS[name], staff(role="CENTER_STAFF")
    take_in(sheet[:2])
    row = only(bound)
    void_row(name, only(bound, 1).uid, "重复登记", actor=staff())
    kept = VoidedRow.objects.everywhere("test").get()
    before = Event.objects.everywhere("test").filter(outcome=Outcome.DONE).count()
    wanted = Correction({"title": "改过"}, "核对", state(bound, row.pk))
    attempts = [
        lambda: add_row(name, by_field(bound, sheet[2]), actor=clerk),
        lambda: correct_row(name, row.uid, wanted, actor=clerk),
        lambda: void_row(name, row.uid, "重复登记", actor=clerk),
        lambda: restore_row(kept, actor=clerk),
    ]
    for attempt in attempts:
        with pytest.raises(Forbidden) as caught:
            attempt()
        assert caught.value.permission == SPECIAL
    nothing_written(before)


@pytest.mark.parametrize("name", ["visits"])
def test_a_post_whose_number_visits_name_is_kept(sheet: list[Cells], take_in: TakeIn, name: str) -> None:
    take_in(sheet)
    number = sheet[0]["走访人身份证号"]
    posts = LEDGERS["staff_posts"]
    key = crypto.blind_index(keyring(), number)
    post = posts.model._base_manager.get(id_number_index=key)
    with pytest.raises(Refused) as caught:
        void_row("staff_posts", post.uid, "离岗", actor=staff())
    assert "走访联系台账·走访人身份证号" in caught.value.blockers[0].message
    twin = one_row.values_of(posts, post.pk) | {"started_on": "2020-01-01"}
    cells = {c.field: cell(c, twin[c.field]) for c in posts.layout.columns}
    add_row("staff_posts", cells, actor=staff())
    void_row("staff_posts", post.uid, "重复登记", actor=staff())


@pytest.mark.parametrize("name", ["visits"])
def test_masked_values_stay_when_left_empty_and_never_stand_in_the_log(
    sheet: list[Cells], take_in: TakeIn, name: str
) -> None:
    bound = LEDGERS[name]
    take_in(sheet)
    row = only(bound)
    before = one_row.values_of(bound, row.pk)
    other = next(r["走访人身份证号"] for r in sheet if r["走访人身份证号"] != before["staff_id_number"])
    cells = {"id_number": "", "staff_id_number": other, "place": "村委会"}
    wanted = Correction(cells, "更换走访人", state(bound, row.pk))
    correct_row(name, row.uid, wanted, actor=staff())
    after = one_row.values_of(bound, row.pk)
    assert (after["id_number"], after["staff_id_number"]) == (before["id_number"], other)
    event = Event.objects.everywhere("test").get(kind="visit.corrected")
    assert event.data["fields"] == ["staff_id_number", "place"]
    assert list(event.data["changes"]) == ["place"]
    assert event.person_id == row.person_id
