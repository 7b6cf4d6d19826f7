"""电子档案: the catalogue, its pages behind a door of their own, what is missing, and who has the paper."""

import datetime as dt
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.archives import actions
from yizhou.archives.actions.keeping import Arrival, Line
from yizhou.archives.catalogue import kinds, lacking
from yizhou.archives.models import Archive, ArchiveItem, ArchivePage, Outing, Place
from yizhou.archives.queries.papers import scanned_papers
from yizhou.archives.rules import Wish
from yizhou.archives.worklists import to_close, to_decide, to_receive
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, Forbidden, Refused
from yizhou.events.models import Event, Outcome
from yizhou.files.models import StoredFile
from yizhou.files.storage import place_of
from yizhou.people.categories import mask_of
from yizhou.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = dt.date(2026, 3, 2)
PNG = b"\x89PNG\r\n\x1a\n page"
NEEDED = ("CATALOGUE", "ENLISTMENT", "DISCHARGE", "SERVICE")
"""What the catalogue asks of a 自主就业退役士兵."""


@pytest.fixture(autouse=True)
def ground(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path
    county.divisions()


def staff(role: str = "CENTER_STAFF", area: str = county.COUNTY) -> Actor:
    return county.actor_of(county.account(role, area))


def opened(person: Person | None = None, actor: Actor | None = None) -> Archive:
    arrival = Arrival(dt.date(2024, 5, 6), "12345 部队", "一号库房 3 柜 12 盒")
    return actions.open_archive(person or county.person(), arrival, actor=actor or staff())


def upload(content: bytes = PNG, name: str = "scan.png") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def events(kind: str) -> list[Event]:
    return list(Event.objects.everywhere("tests").filter(kind=kind, outcome=Outcome.DONE))


def stored(model: Any, row: Any) -> Any:
    return model.objects.everywhere("tests").get(pk=row.pk)


def test_an_archive_is_opened_on_the_person_page_and_gets_its_catalogue(client: PoliceClient) -> None:
    person = county.person()
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    tab = client.get(f"/people/{person.uid}/archive/").content.decode()
    assert ("还没有建卷" in tab, "退出现役登记表" in tab) == (True, True)
    sent = {"received_on": "2024-05-06", "received_from": "12345 部队", "shelf": "3 柜 12 盒"}
    page = client.post(f"/archives/open/{person.uid}/", {**sent, "once": "a"})["Location"]
    archive = Archive.objects.everywhere("tests").get()
    assert page == archive.get_absolute_url()
    line = {"kind": "DISCHARGE", "title": "退伍登记表", "sheets": "4", "made_on": "1983-12-15", "once": "b"}
    item_url = client.post(f"{page}items/", {**line, "remark": "末页缺印"})["Location"]
    assert client.post(f"{item_url}pages/", {"file": [upload(), upload()], "once": "c"}).status_code == 302
    html = client.get(page).content.decode()
    for told in ("退伍登记表", "末页缺印", "2 页", "缺件", "入伍登记表"):
        assert told in html
    printed = client.get(f"{page}catalogue/").content.decode()
    assert ("卷内目录" in printed, "1983-12-15" in printed, "共 1 种 4 页" in printed) == (True, True, True)
    listed = client.get("/archives/?pieces=missing").content.decode()
    assert (person.name in listed, "档案移交清单" in listed) == (True, True)
    assert person.name not in client.get("/archives/?pieces=whole").content.decode()
    assert len(events("archive.opened")) == len(events("archive.item_added")) == 1
    assert events("archive.pages_added")[0].data == {"title": "退伍登记表", "pages": 2}


@pytest.mark.parametrize(
    ("arrival", "says"),
    [
        (Arrival(None, "12345 部队", "3 柜"), "收到日期"),
        (Arrival(dt.date(2026, 3, 3), "12345 部队", "3 柜"), "收到日期"),
        (Arrival(TODAY, " ", "3 柜"), "移交单位"),
        (Arrival(TODAY, "12345 部队", ""), "存放位置"),
    ],
)
def test_no_archive_without_saying_what_came(arrival: Arrival, says: str) -> None:
    with pytest.raises(Refused, match=says):
        actions.open_archive(county.person(), arrival, actor=staff())
    assert not Archive.objects.everywhere("tests").exists()
    assert events("archive.opened") == []


def test_a_person_has_one_archive() -> None:
    archive = opened()
    with pytest.raises(Conflict):
        opened(archive.person)
    assert Archive.objects.everywhere("tests").count() == 1


def test_what_is_required_follows_the_categories() -> None:
    soldier = {kind.code for kind in lacking(mask_of(["V11"]), [])}
    assert soldier == set(NEEDED)
    assert {kind.code for kind in lacking(mask_of(["V11", "D01"]), NEEDED)} == {"DISABILITY"}
    assert lacking(mask_of(["F01"]), []) == []
    assert all(kind.basis for kind in kinds().values())


def test_complete_is_counted_and_written_to_the_file_by_the_files_own_action() -> None:
    archive, actor = opened(), staff()
    actions.judge_archive(archive, actor=actor)
    assert stored(Person, archive.person).archive_complete is False
    for code in NEEDED:
        actions.add_item(archive, Line(code, kinds()[code].name), actor=actor)
    actions.judge_archive(archive, actor=actor)
    person = stored(Person, archive.person)
    assert (person.archive_complete, person.e_archive_on) == (True, dt.date(2024, 5, 6))
    assert [event.data for event in events("person.archive_received")] == [
        {"complete": False},
        {"complete": True},
    ]
    whole = Archive.objects.everywhere("tests")
    assert (list(whole.complete()), list(whole.incomplete())) == ([archive], [])


def test_a_line_is_corrected_with_a_reason_and_taken_out_without_pages() -> None:
    archive, actor = opened(), staff()
    item = actions.add_item(archive, Line("PARTY", "入党志愿书"), actor=actor)
    for reason, line in (("", Line("PARTY", "入团志愿书")), ("写错", Line("PARTY", "入党志愿书"))):
        with pytest.raises(Refused):
            actions.correct_item(item, line, reason, actor=actor)
    assert stored(ArchiveItem, item).title == "入党志愿书"
    actions.correct_item(item, Line("PARTY", "入团志愿书", sheets=3), "看错标题", actor=actor)
    [event] = events("archive.item_corrected")
    assert event.data["changed"] == {"title": ["入党志愿书", "入团志愿书"], "sheets": ["1", "3"]}
    actions.add_pages(item, [upload()], actor=actor)
    with pytest.raises(Refused, match="已有扫描页"):
        actions.remove_item(item, "重复", actor=actor)
    other = actions.add_item(archive, Line("PARTY", "空行"), actor=actor)
    actions.remove_item(other, "重复", actor=actor)
    standing = ArchiveItem.objects.everywhere("tests").standing()
    assert [one.title for one in standing] == ["入团志愿书"]


def test_pages_keep_what_they_replace_and_nothing_is_left_of_what_is_refused(tmp_path: Path) -> None:
    archive, actor = opened(), staff()
    item = actions.add_item(archive, Line("RANK", "命令"), actor=actor)
    with pytest.raises(Refused, match="只收"):
        actions.add_pages(item, [upload(), upload(b"MZ no scan")], actor=actor)
    assert not ArchivePage.objects.everywhere("tests").exists()
    assert list(tmp_path.glob("??/*")) == []
    actions.add_pages(item, [upload(), upload()], actor=actor)
    first = ArchivePage.objects.everywhere("tests").order_by("position")[0]
    with pytest.raises(Refused, match="原因"):
        actions.replace_page(first, upload(), " ", actor=actor)
    actions.replace_page(first, upload(PNG + b" better"), "原扫描不清", actor=actor)
    rows = ArchivePage.objects.everywhere("tests").order_by("position", "id")
    assert [(page.position, page.replaced_at is None) for page in rows] == [(1, False), (1, True), (2, True)]
    with pytest.raises(Conflict):
        actions.replace_page(first, upload(), "再换", actor=actor)
    assert len(events("archive.page_replaced")) == 1


def test_a_page_opens_with_a_purpose_alone_and_who_looked_is_known(client: PoliceClient) -> None:
    archive = opened()
    item = actions.add_item(archive, Line("RANK", "晋升命令"), actor=staff())
    actions.add_pages(item, [upload()], actor=staff())
    page = ArchivePage.objects.everywhere("tests").get()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    assert client.post(f"/files/{page.file.uid}/").status_code == 404
    assert (
        f"/files/{page.file.uid}/" not in client.get(f"/people/{archive.person.uid}/files/").content.decode()
    )
    assert client.post(f"/archives/pages/{page.uid}/look/", {"purpose": ""}).status_code == 422
    assert events("archive.page_looked_at") == []
    seen = client.post(f"/archives/pages/{page.uid}/look/", {"purpose": "score", "note": "复核军衔"})
    assert (seen.status_code, b"".join(seen.streaming_content)) == (200, PNG)
    readers = client.get(f"/people/{archive.person.uid}/readers/").content.decode()
    for told in ("查阅档案扫描页", "晋升命令 第 1 页", "量化评分、安置核档：复核军衔"):
        assert told in readers


def test_a_changed_page_is_found_and_does_not_open() -> None:
    archive, actor = opened(), staff()
    item = actions.add_item(archive, Line("RANK", "命令"), actor=actor)
    actions.add_pages(item, [upload()], actor=actor)
    actions.verify_archive(archive, actor=actor)
    assert stored(Archive, archive).damaged == 0
    page = ArchivePage.objects.everywhere("tests").get()
    place_of(page.file.uid, page.file.suffix).write_bytes(PNG + b"!")
    actions.verify_archive(archive, actor=actor)
    assert stored(Archive, archive).damaged == 1
    assert [event.data for event in events("archive.verified")] == [
        {"pages": 1, "damaged": 0},
        {"pages": 1, "damaged": 1},
    ]
    with pytest.raises(Refused, match="损坏"):
        actions.look_at_page(page, "score", "", actor=actor)
    assert events("archive.page_looked_at") == []


def loan(archive: Archive, actor: Actor, until: dt.date = dt.date(2026, 3, 20)) -> Outing:
    return actions.ask_outing(
        archive, Wish(is_loan=True, taker="安置科 许静", purpose="核对服役年限", until=until), actor=actor
    )


def test_a_loan_needs_a_second_person_and_comes_back(clock: Any) -> None:
    archive, asks, decides = opened(), staff(), staff("BUREAU_STAFF")
    outing = loan(archive, asks)
    with pytest.raises(Conflict):
        actions.hand_over_outing(outing, actor=asks)
    bureau = staff("BUREAU_STAFF")
    own = loan(opened(county.person(serial=103, 姓名="另一人")), bureau)
    with pytest.raises(Refused, match="不能审批自己"):
        actions.decide_outing(own, approve=True, actor=bureau)
    with pytest.raises(Forbidden):
        actions.decide_outing(outing, approve=True, actor=asks)
    assert (list(to_decide(decides)), stored(Outing, own).stage) == ([outing, own], "ASKED")
    assert list(to_decide(bureau)) == [outing]
    actions.decide_outing(outing, approve=True, actor=decides)
    actions.hand_over_outing(outing, actor=asks)
    assert stored(Archive, archive).place == "LENT"
    assert not to_close(asks).exists()
    clock.move_to(dt.datetime(2026, 3, 21, 9, tzinfo=dt.UTC))
    assert list(to_close(asks)) == [outing]
    with pytest.raises(Refused, match="归还"):
        actions.close_outing(outing, note="", actor=asks)
    actions.close_outing(outing, note="完好归还", actor=asks)
    assert (stored(Archive, archive).place, stored(Outing, outing).stage) == ("KEPT", "DONE")
    assert len(events("archive.outing_closed")) == 1


def test_what_is_sent_on_is_sealed_goes_safely_and_does_not_come_back() -> None:
    archive, asks, decides = opened(), staff(), staff("BUREAU_LEADER")
    wish = Wish(is_loan=False, taker="临海市退役军人事务局", purpose="户籍迁出", until=None)
    outing = actions.ask_outing(archive, wish, actor=asks)
    with pytest.raises(Refused, match="已有一张"):
        loan(archive, asks)
    actions.decide_outing(outing, approve=True, actor=decides)
    for seal, way in (("", "CONFIDENTIAL"), ("F-12", "本人自带")):
        with pytest.raises(Refused):
            actions.hand_over_outing(outing, seal_no=seal, way=way, actor=asks)
    assert stored(Archive, archive).place == "KEPT"
    actions.hand_over_outing(outing, seal_no="F-12", way="CONFIDENTIAL", actor=asks)
    assert list(to_close(asks)) == [outing]
    actions.close_outing(outing, note="回执 2026-8 号", actor=asks)
    assert stored(Archive, archive).place == "SENT"
    with pytest.raises(Refused, match="不在库"):
        loan(archive, asks)


@pytest.mark.parametrize(
    "until", [None, TODAY - dt.timedelta(days=1), TODAY + dt.timedelta(days=61)], ids=["none", "past", "long"]
)
def test_a_loan_has_an_end_in_sight(until: dt.date | None) -> None:
    archive = opened()
    with pytest.raises(Refused):
        actions.ask_outing(
            archive, Wish(is_loan=True, taker="许静", purpose="核档", until=until), actor=staff()
        )
    assert not Outing.objects.everywhere("tests").exists()
    assert events("archive.outing_asked") == []


def test_a_refusal_gives_its_reason_and_frees_the_archive() -> None:
    archive, asks, decides = opened(), staff(), staff("BUREAU_STAFF")
    outing = loan(archive, asks)
    with pytest.raises(Refused, match="写明理由"):
        actions.decide_outing(outing, approve=False, actor=decides)
    actions.decide_outing(outing, approve=False, note="可在线查阅", actor=decides)
    again = loan(archive, asks)
    actions.withdraw_outing(again, actor=asks)
    assert [one.stage for one in Outing.objects.everywhere("tests").order_by("id")] == [
        "REFUSED",
        "WITHDRAWN",
    ]


def handed(archive: Archive, asks: Actor, keeper: Actor, *, is_loan: bool = True) -> Outing:
    wish = Wish(is_loan, "安置科 许静", "核对服役年限", dt.date(2026, 3, 20) if is_loan else None)
    outing = actions.ask_outing(archive, wish, actor=asks)
    actions.decide_outing(outing, approve=True, actor=staff("BUREAU_LEADER"))
    return actions.hand_over_outing(outing, seal_no="F-12", way="COURIER", actor=keeper)


def test_who_receives_signs_for_it_and_nobody_else(clock: Any) -> None:
    archive, asks, keeper = opened(), staff("TOWN_STATION", county.TOWN), staff()
    outing = handed(archive, asks, keeper)
    assert (list(to_receive(asks)), to_receive(keeper).exists()) == ([outing], False)
    for other in (keeper, staff("BUREAU_STAFF")):
        with pytest.raises(Refused, match="不能代签"):
            actions.sign_outing(outing, actor=other)
    with pytest.raises(Forbidden):
        actions.sign_outing(outing, actor=staff("VILLAGE_STATION", county.VILLAGE))
    assert (stored(Outing, outing).signed_at, events("archive.signed_for")) == (None, [])
    actions.sign_outing(outing, actor=asks)
    kept = stored(Outing, outing)
    assert (kept.signed_by_id, kept.signed_by, kept.stage) == (asks.account_id, asks.name, "OUT")
    assert archive.place == "LENT"
    with pytest.raises(Refused, match="已经签收"):
        actions.sign_outing(kept, actor=asks)
    with pytest.raises(Conflict):
        actions.sign_outing(replace_signed(kept), actor=asks)
    assert [event.data["handed_by"] for event in events("archive.signed_for")] == [keeper.name]
    assert not to_receive(asks).exists()
    clock.move_to(dt.datetime(2026, 3, 21, 9, tzinfo=dt.UTC))
    assert (list(to_receive(asks)), list(to_close(keeper))) == ([outing], [outing])


def replace_signed(outing: Outing) -> Outing:
    """As somebody else still sees it who opened the page earlier."""
    outing.signed_at = None
    return outing


def test_a_signature_ends_a_transfer(client: PoliceClient) -> None:
    archive, keeper = opened(), staff()
    outing = handed(archive, keeper, keeper, is_loan=False)
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    sign = f"/archives/outings/{outing.uid}/sign/"
    assert sign in client.get(archive.get_absolute_url()).content.decode()
    assert archive.person.name in client.get("/archives/?due=mine").content.decode()
    assert client.post(sign, {"once": "a"})["Location"] == archive.get_absolute_url()
    kept = stored(Outing, outing)
    assert (kept.stage, kept.closing_note, archive.place) == ("DONE", "电子签收", "SENT")
    html = client.get(archive.get_absolute_url()).content.decode()
    assert (f"签收 {kept.signed_by}" in html, f"交出 {keeper.name}" in html) == (True, True)
    assert not to_close(keeper).exists()
    assert archive.person.name not in client.get("/archives/?due=mine").content.decode()


def test_the_place_of_the_paper_cannot_contradict_its_outings() -> None:
    archive, keeper = opened(), staff()
    outing = handed(archive, keeper, keeper, is_loan=False)
    actions.close_outing(outing, note="回执 8 号", actor=keeper)
    for way, stage in (("LOAN", "OUT"), ("LOAN", "ASKED"), ("TRANSFER", "DONE")):
        with pytest.raises(IntegrityError), transaction.atomic():
            Outing.objects.create(
                archive=archive,
                way=way,
                stage=stage,
                taker="许静",
                purpose="核档",
                until=TODAY,
                asked_by="许静",
                asked_at=outing.asked_at,
            )
    with pytest.raises(IntegrityError), transaction.atomic():
        Outing.objects.everywhere("tests").filter(pk=outing.pk).update(signed_by_id=keeper.account_id)
    archives = Archive.objects.everywhere("tests")
    assert [archives.placed(place).count() for place in Place] == [0, 0, 1]
    lent = opened(county.person(serial=103, 姓名="另一人"))
    assert (lent.place, list(archives.placed(Place.KEPT))) == ("KEPT", [lent])
    back = handed(lent, keeper, keeper)
    assert (lent.place, list(archives.placed(Place.LENT))) == ("LENT", [lent])
    actions.close_outing(back, note="完好归还", actor=keeper)
    assert (lent.place, list(archives.placed(Place.KEPT))) == ("KEPT", [lent])


def test_requests_are_decided_on_the_page(client: PoliceClient) -> None:
    archive = opened()
    outing = loan(archive, staff())
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    html = client.get(archive.get_absolute_url()).content.decode()
    decide = f"/archives/outings/{outing.uid}/decide/"
    assert ("待审批" in html, decide in html) == (True, True)
    assert client.post(decide, {"answer": "yes", "once": "a"})["Location"] == archive.get_absolute_url()
    assert stored(Outing, outing).stage == "APPROVED"
    assert archive.person.name in client.get("/archives/").content.decode()


def test_scanned_papers_are_not_asked_for_again() -> None:
    archive, actor = opened(), staff()
    item = actions.add_item(archive, Line("DISCHARGE", "退伍证"), actor=actor)
    names = ["退役证件", "居民身份证"]
    assert scanned_papers(archive.person_id, names) == {}
    actions.add_pages(item, [upload()], actor=actor)
    assert scanned_papers(archive.person_id, names) == {"退役证件": TODAY}


def test_pages_are_kept_behind_the_archives_own_door() -> None:
    archive, actor = opened(), staff()
    item = actions.add_item(archive, Line("RANK", "命令"), actor=actor)
    actions.add_pages(item, [upload()], actor=actor)
    [kept] = StoredFile.objects.everywhere("tests")
    assert (kept.about, kept.person_id, kept.area) == ("archive_pages", archive.person_id, county.VILLAGE)
    assert not StoredFile.objects.visible_to(actor).exists()
