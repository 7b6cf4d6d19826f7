"""Files on their way out: register, second person, watermark, expiry, and who may fetch what (trust.md G25)."""

import csv
import datetime as dt
import io
import uuid
from typing import Any

import fastexcel
import pytest
from django.conf import settings
from django.test import Client

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.core import crypto
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, Refused
from yizhou.events.models import Event, Outcome
from yizhou.exports import actions
from yizhou.exports.actions import write as jobs
from yizhou.exports.models import Export, ExportStatus
from yizhou.orgs.models import Account, Appointment
from yizhou.people.models import Person
from yizhou.portal.tasks import WORKLISTS

PURPOSE = "八一慰问上门核对"
MANY = 101
pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]


@pytest.fixture(autouse=True)
def crowd(db: None) -> None:
    """One more than may go out without a second person."""
    county.divisions()
    rows = [county.row(f"人{n:03d}", serial=101 + 2 * n, 联系电话="13800138111") for n in range(MANY)]
    assert county.take_in(*rows).created == MANY


def staff(role: str, area: str = county.COUNTY) -> Actor:
    return county.actor_of(county.account(role, area))


def asked(actor: Actor, query: dict[str, str] | None = None, **how: str) -> Export:
    return actions.ask_export(
        "people", query or {}, how.get("purpose", PURPOSE), how.get("form", "xlsx"), actor=actor
    )


def stored(export: Export) -> Export:
    return Export.objects.everywhere("test").get(pk=export.pk)


def events() -> list[str]:
    found = (
        Event.objects.everywhere("test")
        .filter(kind__startswith="export.", outcome=Outcome.DONE)
        .order_by("id")
    )
    return list(found.values_list("kind", flat=True))


def written(actor: Actor, **how: str) -> Export:
    export = actions.approve_export(asked(actor, **how), "", actor=staff("BUREAU_LEADER"))
    jobs.write_export(export.pk)
    return stored(export)


def test_a_few_rows_go_out_at_once_with_watermark_and_fingerprint(client: PoliceClient) -> None:
    Person.objects.everywhere("test").order_by("id")[0].delete()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    answer = client.post("/people/export/", {"purpose": PURPOSE, "form": "xlsx"})
    content = b"".join(answer.streaming_content)
    [export] = Export.objects.everywhere("test")
    assert (export.rows, export.written_rows, export.downloads, export.status) == (100, 100, 1, "READY")
    assert crypto.sm3(content).hex() == export.digest
    workbook = fastexcel.read_excel(content)
    about = workbook.load_sheet(1, dtypes="string").to_polars()
    assert about["内容"].to_list()[:2] == [export.number, "测试CENTER_STAFF"]
    assert workbook.load_sheet(0, dtypes="string").to_polars().height == 100
    assert events() == ["export.asked", "export.written", "export.taken"]
    assert b"13800138111" not in content


def test_one_row_more_waits_for_a_second_person_and_is_written_in_the_background(
    client: PoliceClient,
) -> None:
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    answer = client.post("/people/export/", {"purpose": PURPOSE, "form": "csv"})
    [export] = Export.objects.everywhere("test")
    assert answer.headers["Location"] == export.get_absolute_url()
    assert (export.status, export.words) == ("WAITING", "本人管辖范围内的全部档案")
    assert client.post(f"/exports/{export.uid}/take/").status_code == 422
    leader = PoliceClient()
    county.sign_in(leader, "BUREAU_LEADER", county.COUNTY)
    assert "审批导出 101 行" in leader.get("/").content.decode()
    assert PURPOSE in leader.get(export.get_absolute_url()).content.decode()
    leader.post(f"/exports/{export.uid}/approve/", {"note": "同意"})
    assert stored(export).status == "QUEUED"
    jobs.run_export.func(export.pk)
    ready = stored(export)
    assert (ready.status, ready.written_rows, ready.decider) == ("READY", MANY, "测试BUREAU_LEADER")
    assert "导出一人一档名单：可下载" in client.get("/").content.decode()
    assert leader.post(f"/exports/{export.uid}/take/").status_code == 403
    content = b"".join(client.post(f"/exports/{export.uid}/take/").streaming_content)
    rows = list(csv.reader(io.StringIO(content.decode("utf-8-sig"))))
    assert len(rows) == MANY + 2
    assert export.number in rows[-1][0]
    assert "测试CENTER_STAFF" in rows[-1][0]
    assert stored(export).downloads == 1
    assert events() == ["export.asked", "export.approved", "export.written", "export.taken"]


def test_nobody_approves_his_own_request() -> None:
    clerk = staff("BUREAU_STAFF")
    export = asked(clerk)
    with pytest.raises(Refused, match="不能审批自己"):
        actions.approve_export(export, "", actor=clerk)
    assert stored(export).status == "WAITING"
    assert events() == ["export.asked"]
    assert WORKLISTS["exports_to_approve"].count(clerk) == 0
    assert WORKLISTS["exports_to_approve"].count(staff("BUREAU_STAFF")) == 1
    assert WORKLISTS["exports_to_approve"].count(staff("BUREAU_STAFF", "339901000000")) == 0


def test_a_request_is_decided_once() -> None:
    export = asked(staff("CENTER_STAFF"))
    leader = staff("BUREAU_LEADER")
    with pytest.raises(Refused, match="理由"):
        actions.decline_export(export, "", actor=leader)
    actions.decline_export(export, "范围过大，只导芦汀街道", actor=leader)
    with pytest.raises(Conflict):
        actions.approve_export(export, "", actor=leader)
    assert stored(export).status == "DECLINED"
    assert jobs.write_export(export.pk) is None
    assert events() == ["export.asked", "export.declined"]


@pytest.mark.parametrize(
    ("purpose", "form", "query", "words"),
    [
        ("", "xlsx", {}, "没有写明用途"),
        ("长" * 201, "xlsx", {}, "最多 200 字"),
        (PURPOSE, "pdf", {}, "没有这种文件格式"),
        (PURPOSE, "xlsx", {"category": "C9"}, "没有符合条件"),
    ],
)
def test_what_cannot_be_asked_for_leaves_no_trace_in_the_register(
    purpose: str, form: str, query: dict[str, str], words: str
) -> None:
    if query:
        query = {"complete": "full", "doubt": "yes", "category": "V11", "archive": "electronic"}
    with pytest.raises(Refused, match=words):
        asked(staff("CENTER_STAFF"), query, purpose=purpose, form=form)
    assert not Export.objects.everywhere("test").exists()
    assert events() == []


def test_the_same_request_waits_once_until_it_is_withdrawn() -> None:
    clerk = staff("CENTER_STAFF")
    export = asked(clerk)
    with pytest.raises(Refused, match="已经申请过"):
        asked(clerk)
    with pytest.raises(Refused, match="只能由本人"):
        actions.withdraw_export(export, actor=staff("CENTER_STAFF"))
    actions.withdraw_export(export, actor=clerk)
    with pytest.raises(Conflict):
        actions.withdraw_export(export, actor=clerk)
    assert asked(clerk).status == "WAITING"


def test_a_choice_is_kept_as_codes_and_told_in_words() -> None:
    query = {"category": "V11", "area": county.VILLAGE, "q": "13800138111", "sort": "name", "age": "nonsense"}
    export = asked(staff("CENTER_STAFF"), query)
    assert export.query == {"category": "V11", "area": county.VILLAGE}
    assert export.words.startswith("区域：")
    assert "13800138111" not in str(Event.objects.everywhere("test").order_by("-id")[0].data)


def test_who_has_lost_the_post_gets_no_file(clock: Any) -> None:
    clerk = staff("CENTER_STAFF")
    export = actions.approve_export(asked(clerk), "", actor=staff("BUREAU_LEADER"))
    Appointment.objects.filter(account_id=clerk.account_id).update(until=dt.date(2026, 3, 1))
    jobs.write_export(export.pk)
    assert stored(export).status == "FAILED"
    assert "已没有可以导出它的任职" in stored(export).error
    assert not export.file.exists()
    assert events()[-1] == "export.failed"


def test_a_job_that_breaks_is_told_to_whoever_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    clerk = staff("CENTER_STAFF")
    export = actions.approve_export(asked(clerk), "", actor=staff("BUREAU_LEADER"))
    monkeypatch.setattr(settings, "EXPORTS_DIR", "/nowhere/at/all")
    jobs.write_export(export.pk)
    assert stored(export).status == "FAILED"
    assert WORKLISTS["exports_answered"].count(clerk) == 1
    assert export.number in stored(export).error


def test_a_file_is_gone_when_its_time_is_over(clock: Any) -> None:
    clerk = staff("CENTER_STAFF")
    export = written(clerk)
    clock.shift(dt.timedelta(days=2))
    assert jobs.clean() == 0
    assert actions.take_export(stored(export), actor=clerk)
    clock.shift(dt.timedelta(days=1))
    with pytest.raises(Refused, match="已过下载期限"):
        actions.take_export(stored(export), actor=clerk)
    assert stored(export).downloads == 1
    assert jobs.clean() == 1
    assert (stored(export).status, export.file.exists()) == (ExportStatus.EXPIRED, False)


def test_many_small_files_of_one_day_want_a_second_person(client: PoliceClient, clock: Any) -> None:
    Person.objects.everywhere("test").order_by("id")[0].delete()
    clerk = staff("CENTER_STAFF")
    for form, query in (("xlsx", {}), ("csv", {}), ("xlsx", {"area": county.COUNTY})):
        export = asked(clerk, query, form=form)
        assert (export.rows, export.status, export.why) == (100, "QUEUED", "")
        jobs.write_export(export.pk)
    fourth = asked(clerk, {"area": county.COUNTY}, form="csv")
    assert fourth.status == "WAITING"
    assert fourth.why == "今天已免审批导出 300 行，连同这份超过每日 300 行"
    assert jobs.write_export(fourth.pk) is None
    assert asked(staff("CENTER_STAFF"), form="csv").status == "QUEUED", "everybody has a sum of one's own"
    leader = PoliceClient()
    county.sign_in(leader, "BUREAU_LEADER", county.COUNTY)
    assert fourth.why in leader.get(fourth.get_absolute_url()).content.decode()
    clock.move_to(dt.datetime(2026, 3, 2, 15, 59, tzinfo=dt.UTC))
    assert asked(clerk, {"area": county.TOWN}).status == "WAITING", "the day is that of Shanghai"
    clock.shift(dt.timedelta(minutes=2))
    assert asked(clerk, {"area": county.VILLAGE}).status == "QUEUED"


def test_what_never_went_out_does_not_count_for_the_day(monkeypatch: pytest.MonkeyPatch) -> None:
    Person.objects.everywhere("test").order_by("id")[0].delete()
    clerk = staff("CENTER_STAFF")
    with monkeypatch.context() as broken:
        broken.setattr(settings, "EXPORTS_DIR", "/nowhere/at/all")
        for _ in range(4):
            export = asked(clerk)
            assert export.status == "QUEUED"
            jobs.write_export(export.pk)
            assert stored(export).status == "FAILED"
    assert asked(clerk).status == "QUEUED"


def test_files_and_drafts_that_no_row_speaks_of_are_swept_out() -> None:
    kept = written(staff("CENTER_STAFF"))
    folder, nobody = kept.file.parent, uuid.uuid4().hex
    left = [folder / f"{nobody}.xlsx", folder / f"{nobody}.draft.csv", kept.file.with_suffix(".draft.xlsx")]
    stranger = folder / "README.txt"
    for path in (*left, stranger):
        path.write_bytes(b"x")
    writing = asked(staff("TOWN_STATION", county.TOWN), {"area": county.VILLAGE})
    draft = writing.file.with_suffix(".draft.xlsx")
    draft.write_bytes(b"half of it")
    Export.objects.everywhere("test").filter(pk=writing.pk).update(status=ExportStatus.WRITING)
    jobs.clean()
    assert [path.exists() for path in left] == [False, False, False]
    assert kept.file.exists()
    assert draft.exists(), "somebody is writing it"
    assert stranger.exists(), "not a name of ours"
    stranger.unlink()


def test_what_was_being_written_when_its_process_was_killed_gets_an_end(clock: Any) -> None:
    Person.objects.everywhere("test").order_by("id")[0].delete()
    clerk = staff("CENTER_STAFF")
    export = asked(clerk)
    draft = export.file.with_suffix(".draft.xlsx")
    draft.parent.mkdir(exist_ok=True)
    draft.write_bytes(b"half of it")
    Export.objects.everywhere("test").filter(pk=export.pk).update(status=ExportStatus.WRITING)
    clock.shift(dt.timedelta(hours=3))
    jobs.clean()
    assert stored(export).status == "FAILED"
    assert "请重新申请" in stored(export).error
    assert not draft.exists()
    assert events()[-1] == "export.failed"
    assert asked(clerk).status == "QUEUED"


def test_the_register_is_for_auditors_in_scope_and_finds_a_file_by_its_fingerprint() -> None:
    export = written(staff("TOWN_STATION", county.TOWN))
    for role, area, sees in (
        ("AUDITOR", county.COUNTY, True),
        ("DISCIPLINE", county.COUNTY, True),
        ("AUDITOR", "339901000000", False),
        ("CENTER_STAFF", county.COUNTY, False),
    ):
        browser = PoliceClient()
        county.sign_in(browser, role, area)
        page = browser.get(f"/exports/?q={export.digest}").content.decode()
        assert (export.number in page) is sees, (role, area)
        assert browser.get(export.get_absolute_url()).status_code == (200 if sees else 404)


def test_the_watermark_names_the_taker_on_every_printed_page() -> None:
    import zipfile  # noqa: PLC0415  # this test alone looks inside

    export = written(staff("CENTER_STAFF"))
    with zipfile.ZipFile(export.file) as book:
        sheet = book.read("xl/worksheets/sheet1.xml").decode()
    foot = sheet[sheet.index("<headerFooter") :]
    assert foot.count(export.number) == 2
    assert "测试CENTER_STAFF" in foot


def test_a_post_of_its_own_masks_its_own_file(client: Client) -> None:
    first = Person.objects.everywhere("test").order_by("household_area", "id")[0]
    assert Account.objects.count() == 0
    plain = fastexcel.read_excel(written(staff("TOWN_STATION", county.TOWN)).file).load_sheet(
        0, dtypes="string"
    )
    closed = fastexcel.read_excel(written(staff("CENTER_STAFF")).file).load_sheet(0, dtypes="string")
    assert plain.to_polars()["政治面貌"][0] == "群众"
    assert closed.to_polars()["政治面貌"][0] == "仅限授权岗位"
    assert (
        plain.to_polars()["身份证号"][0]
        == f"{first.opened()['id_number'][:6]}********{first.opened()['id_number'][-4:]}"
    )
