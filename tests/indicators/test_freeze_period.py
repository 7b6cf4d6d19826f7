"""A frozen period never changes; what changed since is told row by row with who, when and why."""

import dataclasses
import json
from typing import Any

import pytest
import time_machine
from django.db import DatabaseError, transaction
from django.db.models import F

from tests.indicators.makers import CITY, COUNTY, TOWN, divisions, person, reception, visit
from tests.indicators.people_of_the_house import signed_in
from tests.support.client import PoliceClient
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, Forbidden, Refused
from yizhou.events.models import Event
from yizhou.events.recording import Concern, record
from yizhou.hall.models import HallReception
from yizhou.indicators import actions
from yizhou.indicators.actions import freeze_period
from yizhou.indicators.changes import changes_since
from yizhou.indicators.facts import facts
from yizhou.indicators.fingerprints import behind
from yizhou.indicators.models import Snapshot, SnapshotPart, SnapshotRows
from yizhou.indicators.queries import UnknownArea, compute
from yizhou.indicators.report.build import Report, Wish, annual
from yizhou.indicators.report.checks import Check, Finding, findings
from yizhou.indicators.report.frozen import restored, restored_findings, stored
from yizhou.indicators.report.onscreen import as_json
from yizhou.indicators.report.periodic import periodic
from yizhou.indicators.snapshots import behind_of, scope_of
from yizhou.ledgers import actions as ledger_actions
from yizhou.ledgers.ledger import SPECIAL
from yizhou.orgs.models import Division
from yizhou.orgs.queries import console_actor
from yizhou.people.models import Person
from yizhou.petitions.models import Petition

pytestmark = pytest.mark.django_db
YEAR = Wish(2025, CITY)
BUREAU = Actor(
    1,
    "定稿人",
    areas=("3399",),
    permissions=frozenset(
        {"indicators.freeze_period", "ledgers.void_row", "ledgers.browse_ledger", "indicators.open_rows"}
    ),
)


@pytest.fixture(autouse=True)
def world() -> None:
    divisions()
    person()
    for month in (3, 6, 9):
        reception(f"2025-{month:02d}-10 10:00:00", persons=30)
        reception(f"2024-{month:02d}-10 10:00:00", persons=20)


def freeze(reason: str = "", wish: Wish = YEAR) -> Snapshot:
    return freeze_period(wish, reason, actor=BUREAU)


def test_a_frozen_report_reads_back_as_it_stood() -> None:
    live = annual(YEAR, console_actor())
    wanted = as_json(live, findings(live))
    snapshot = Snapshot.objects.everywhere("test").get(pk=freeze().pk)
    report = restored(snapshot)
    got = as_json(report, restored_findings(snapshot))
    assert got["snapshot"] == "统计快照 2025 第 1 版"
    for key in wanted.keys() - {"drawn_at", "snapshot"}:
        assert json.loads(json.dumps(got[key])) == json.loads(json.dumps(wanted[key])), key


def test_it_never_changes() -> None:
    snapshot = freeze()
    before = as_json(restored(snapshot), restored_findings(snapshot))
    reception("2025-12-01 10:00:00", persons=500)
    again = Snapshot.objects.everywhere("test").get(pk=snapshot.pk)
    assert as_json(restored(again), restored_findings(again)) == before
    for model in (Snapshot, SnapshotRows, SnapshotPart):
        rows = model.objects.everywhere("test")  # type: ignore[attr-defined]  # all three are scoped
        for write in (
            lambda rows=rows: rows.update(id=F("id")),
            lambda rows=rows: rows._raw_delete("default"),
        ):
            with pytest.raises(DatabaseError, match="append-only"), transaction.atomic():
                write()


def test_freezing_again_makes_a_version_and_wants_a_reason() -> None:
    first = freeze()
    reception("2025-12-01 10:00:00", persons=5)
    with pytest.raises(Refused, match="再固化要写明原因"):
        freeze()
    second = freeze("补录 12 月来访")
    assert (first.version, second.version) == (1, 2)
    values = [
        s.values["hall_visit_times"]["value"] for s in Snapshot.objects.everywhere("test").order_by("version")
    ]
    assert values == [90, 95]
    told = Event.objects.everywhere("test").filter(kind="period.frozen").order_by("id")
    assert [(event.area, event.reason, event.data) for event in told] == [
        (CITY, "", {"period": "2025", "version": 1}),
        (CITY, "补录 12 月来访", {"period": "2025", "version": 2}),
    ]


def test_what_is_refused_leaves_nothing() -> None:
    with time_machine.travel("2025-12-31 12:00:00+08:00"), pytest.raises(Refused, match="还没有结束"):
        freeze()
    with pytest.raises(Forbidden):
        freeze_period(YEAR, "", actor=Actor(1, "无权", areas=("3399",)))
    with pytest.raises(UnknownArea):
        freeze_period(Wish(2025, ""), "", actor=BUREAU)
    assert not Snapshot.objects.everywhere("test").exists()
    assert not Event.objects.everywhere("test").filter(kind="period.frozen").exists()


@pytest.fixture
def faulty(monkeypatch: pytest.MonkeyPatch) -> None:
    """A check that this small world does not pass: everybody who came to the hall is on file."""
    fails = Check("V99", "must", "x", statements=("hall_visit_times <= netted_veterans",))
    monkeypatch.setattr("yizhou.indicators.report.checks.checks", lambda: (fails,))


@pytest.mark.usefixtures("faulty")
def test_a_report_whose_checks_fail_is_frozen_for_a_reason_only() -> None:
    with pytest.raises(
        Refused, match="核对 V99 不成立：接待退役军人来访人次 90 ≤ 纳入“一张网”的退役军人数 1"
    ):
        freeze()
    assert not Snapshot.objects.everywhere("test").exists()
    snapshot = freeze_period(YEAR, "", despite="来访含家属", actor=BUREAU)
    again = Snapshot.objects.everywhere("test").get(pk=snapshot.pk)
    assert restored(again).notes == ("核对不成立，仍固化的理由：来访含家属",)
    told = Event.objects.everywhere("test").get(kind="period.frozen")
    assert told.data == {"period": "2025", "version": 1, "despite": "来访含家属"}


def test_a_reason_for_failed_checks_is_kept_only_where_they_fail() -> None:
    assert freeze_period(YEAR, "", despite="多余", actor=BUREAU).document["despite"] == ""


@pytest.mark.usefixtures("faulty")
def test_the_form_names_what_does_not_hold(client: PoliceClient) -> None:
    signed_in(client, "BUREAU_LEADER", CITY)
    refused = client.post("/reports/freeze/", {"period": "2025", "area": CITY, "reason": "定稿"})
    assert refused.status_code == 422
    html = refused.content.decode()
    assert "核对 V99 不成立：接待退役军人来访人次 90 ≤ 纳入“一张网”的退役军人数 1" in html
    assert "确需固化的，写明理由" in html
    sent = client.post("/reports/freeze/", {"period": "2025", "area": CITY, "despite": "来访含家属"})
    assert "仍固化的理由：来访含家属" in client.get(sent["Location"]).content.decode()


def test_a_reason_that_has_no_room_is_refused_not_cut() -> None:
    with pytest.raises(Refused, match="原因最多 300 字，现有 301 字"):
        freeze("因" * 301)
    assert not Snapshot.objects.everywhere("test").exists()
    assert freeze("因" * 300).reason == "因" * 300


def test_nothing_is_counted_for_a_period_that_cannot_be_frozen(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(actions, "made", lambda *_: pytest.fail("counted before it was refused"))
    with time_machine.travel("2025-12-31 12:00:00+08:00"), pytest.raises(Refused, match="还没有结束"):
        freeze()


def test_what_comes_between_the_sentences_and_the_values_refuses_the_freeze(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def stored_after(report: Report, found: list[Finding], despite: str) -> dict[str, Any]:
        reception("2025-12-01 10:00:00", persons=5)
        return stored(report, found, despite)

    monkeypatch.setattr(actions, "stored", stored_after)
    with pytest.raises(Conflict, match="固化期间有记录变动"):
        freeze()
    assert not Snapshot.objects.everywhere("test").exists()


def test_a_snapshot_outlives_an_indicator() -> None:
    snapshot = freeze()
    snapshot.values["left_the_facts"] = snapshot.values["hall_visit_times"]
    assert restored(snapshot).title
    assert changes_since(snapshot, scope_of(snapshot), BUREAU) == []


def test_divisions_that_came_since_do_not_count() -> None:
    snapshot = freeze()
    Division.objects.create(area_code="338800000000", name="邻市", level="CITY", parent_code="")
    reception("2025-11-01 10:00:00", area="338800000000")
    assert changes_since(snapshot, scope_of(snapshot), BUREAU) == []


def test_all_values_and_the_rows_behind_them_are_kept() -> None:
    snapshot = freeze()
    scope = scope_of(snapshot)
    assert list(snapshot.values) == list(facts())
    for code, figure in compute(None, scope).items():
        held = snapshot.values[code]
        assert (held["value"], held["numerator"], held["denominator"]) == (
            figure.value,
            figure.numerator,
            figure.denominator,
        )
    assert behind_of(snapshot) == behind(scope)
    assert len(behind(scope).parts["hall_visit_times", "value"][1]) == 3


def test_the_year_after_is_compared_with_what_was_frozen() -> None:
    freeze(wish=Wish(2024, CITY))
    reception("2024-12-01 10:00:00", persons=600)
    report = annual(YEAR, console_actor())
    text = {sentence.id: sentence.text for sentence in report.sentences}["A3.1-2"]
    assert text.startswith("全年大厅来访90人次（比上年增长50.0%）")
    assert report.notes == ("上年数取自统计快照“2024 第 1 版”",)


def test_another_definition_is_not_compared(monkeypatch: pytest.MonkeyPatch) -> None:
    freeze(wish=Wish(2024, CITY))
    monkeypatch.setattr(
        "yizhou.indicators.snapshots.version_of", lambda text: "new" if "hall_visit_times" in text else "old"
    )
    report = annual(YEAR, console_actor())
    text = {sentence.id: sentence.text for sentence in report.sentences}["A3.1-2"]
    assert text.startswith("全年大厅来访90人次；")
    assert "接待退役军人来访人次" in report.notes[1]


def test_quarters_are_frozen_too() -> None:
    wish = Wish(2025, CITY, kind="quarterly", part=3)
    snapshot = freeze(wish=wish)
    assert snapshot.period == "2025-Q3"
    assert restored(snapshot).sentences == periodic(wish, console_actor()).sentences


def test_what_changed_since_is_told_with_who_when_and_why() -> None:
    kept, gone, _ = HallReception.objects.everywhere("test").filter(received_at__year=2025).order_by("id")
    snapshot = freeze()
    scope = scope_of(snapshot)
    assert changes_since(snapshot, scope, BUREAU) == []
    ledger_actions.void_row("hall_receptions", gone.uid, "重复登记", actor=BUREAU)
    HallReception.objects.everywhere("test").filter(pk=kept.pk).update(persons=40, row_digest=None)
    reception("2025-11-01 10:00:00", persons=7)
    changed = {changed.fact.code: changed for changed in changes_since(snapshot, scope, BUREAU)}
    hall = changed["hall_visit_times"]
    assert (hall.before.value, hall.now.value) == (90, 77)
    assert hall.parts[0].counts == {"added": 1, "gone": 1, "changed": 1}
    rows = {row.way: row for row in hall.parts[0].rows}
    cause = rows["gone"].cause
    assert cause is not None
    assert (cause.label, cause.actor, cause.reason) == ("作废", "定稿人", "重复登记")
    assert rows["changed"].url.endswith(f"{kept.uid}/")
    assert set(changed) == {"hall_visit_times"}


def test_rows_that_moved_because_of_another_record_name_it() -> None:
    who = person()
    who.seal({"id_number": "330483197001011235"})
    Person.objects.everywhere("test").filter(pk=who.pk).update(secret=who.secret)
    snapshot = freeze()
    visit(who, "2025-05-01 09:00:00")
    record(BUREAU, "person.corrected", who, concern=Concern(who.pk, who.household_area), reason="补录走访")
    changed = {c.fact.code: c for c in changes_since(snapshot, scope_of(snapshot), BUREAU)}
    part = changed["visited_veterans"].parts[0]
    assert part.counts["added"] == 1
    cause = part.rows[0].cause
    assert cause is not None
    assert (cause.actor, cause.reason) == ("定稿人", "补录走访")


def test_causes_in_closed_ledgers_are_told_to_who_may_see_them_only() -> None:
    who = person()
    who.seal({"id_number": "330483197001011235"})
    Person.objects.everywhere("test").filter(pk=who.pk).update(secret=who.secret)
    snapshot = freeze()
    visit(who, "2025-05-01 09:00:00")
    petition = Petition.objects.create(petition_no="P1", registered_on="2025-05-01", persons=1, area=COUNTY)
    record(BUREAU, "petition.corrected", petition, concern=Concern(who.pk, COUNTY), reason="信访缘由")

    def reasons(actor: Actor) -> list[str]:
        found = changes_since(snapshot, scope_of(snapshot), actor)
        rows = [row for changed in found for part in changed.parts for row in part.rows]
        return [row.cause.reason for row in rows if row.cause]

    assert reasons(BUREAU) == []
    cleared = dataclasses.replace(BUREAU, permissions=BUREAU.permissions | {SPECIAL})
    assert "信访缘由" in reasons(cleared)


def test_looking_at_a_person_changed_nothing() -> None:
    who = person()
    who.seal({"id_number": "330483197001011235"})
    Person.objects.everywhere("test").filter(pk=who.pk).update(secret=who.secret)
    snapshot = freeze()
    visit(who, "2025-05-01 09:00:00")
    record(BUREAU, "person.revealed", who, concern=Concern(who.pk, who.household_area), reason="核对证件")
    changed = {c.fact.code: c for c in changes_since(snapshot, scope_of(snapshot), BUREAU)}
    assert [row.cause for row in changed["visited_veterans"].parts[0].rows] == [None]


def test_counts_alone_are_told_to_who_may_not_open_rows() -> None:
    snapshot = freeze()
    reception("2025-11-01 10:00:00", persons=7)
    found = changes_since(snapshot, scope_of(snapshot), BUREAU, rows=False)
    assert [part.rows for changed in found for part in changed.parts] == [[]]


def test_pages(client: PoliceClient) -> None:
    signed_in(client, "BUREAU_LEADER", CITY)
    form = client.get(f"/reports/freeze/?period=2025&area={CITY}").content.decode()
    assert "第 1 版" in form
    sent = client.post("/reports/freeze/", {"period": "2025", "area": CITY, "reason": "定稿"})
    assert sent.status_code == 302
    frozen = client.get(sent["Location"]).content.decode()
    assert "第 1 版快照" in frozen
    assert "全年大厅来访 " in frozen
    assert "固化之后，各指标及其记录都没有变" in client.get(f"{sent['Location']}changes/").content.decode()
    reception("2025-11-01 10:00:00", persons=7)
    changes = client.get(f"{sent['Location']}changes/").content.decode()
    assert "新进入 1 条" in changes
    assert "90人次 → 97人次" in changes
    assert sent["Location"] in client.get("/reports/snapshots/").content.decode()
    refused = client.post("/reports/freeze/", {"period": "2025", "area": CITY, "reason": ""})
    assert refused.status_code == 422
    assert "再固化要写明原因" in refused.content.decode()
    assert client.post("/reports/freeze/", {"area": CITY}).status_code == 422
    assert "第 2 版" in client.get("/reports/freeze/?period=2025&area=3399").content.decode()
    assert client.get("/reports/freeze/?period=2025&area=338800").status_code == 404
    for odd in ("2999", "x"):
        assert client.get(f"/reports/freeze/?period={odd}&area={CITY}").status_code == 404
    held = client.post(f"{sent['Location']}report.json")
    assert json.loads(b"".join(held.streaming_content))["snapshot"] == "统计快照 2025 第 1 版"


def test_snapshots_of_others_are_not_there(client: PoliceClient) -> None:
    snapshot = freeze()
    signed_in(client, "TOWN_STATION", TOWN)
    for path in ("", "changes/"):
        assert client.get(f"{snapshot.get_absolute_url()}{path}").status_code == 404
    assert client.post(f"{snapshot.get_absolute_url()}report.docx").status_code == 404
    assert str(snapshot.uid) not in client.get("/reports/snapshots/").content.decode()
    assert client.post("/reports/freeze/", {"period": "2025", "area": COUNTY}).status_code == 403
