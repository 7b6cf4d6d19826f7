"""What a drafter adds to a report is printed with it, and aims name next year's shortfalls."""

import json
from pathlib import Path
from typing import Any

import docx
import pytest

from tests.indicators.makers import CITY, TOWN, at, call, divisions, reception, station
from tests.indicators.people_of_the_house import signed_in
from tests.support.client import PoliceClient
from yizhou.core.actor import Actor
from yizhou.core.refusal import Forbidden, Refused
from yizhou.events.models import Event
from yizhou.indicators.actions import draft_report, freeze_period
from yizhou.indicators.models import Drafting, Snapshot
from yizhou.indicators.queries import UnknownArea
from yizhou.indicators.report.build import Wish, annual
from yizhou.indicators.report.frozen import restored
from yizhou.indicators.report.periodic import NO_PROBLEM, NO_PROBLEM_NOR_SHORT, periodic
from yizhou.indicators.report.write import write_report
from yizhou.indicators.rules import Draft
from yizhou.orgs.queries import console_actor

pytestmark = pytest.mark.django_db
YEAR = Wish(2025, CITY)
BUREAU = Actor(
    1,
    "起草人",
    areas=("3399",),
    permissions=frozenset({"indicators.draft_report", "indicators.freeze_period", "indicators.write_report"}),
)
DRAFT = Draft(
    red_head=True,
    recipient="省退役军人事务厅",
    signer="周明",
    targets={"station_five_room_complete_rate": 90.0},
)


@pytest.fixture(autouse=True)
def world() -> None:
    divisions()
    station()
    reception("2025-06-10 10:00:00")


def test_what_was_written_is_printed_in_every_file(tmp_path: Path) -> None:
    draft_report(YEAR, DRAFT, actor=BUREAU)
    for suffix in ("docx", "pdf", "html", "json"):
        write_report(YEAR, tmp_path / f"r.{suffix}", BUREAU)
    said = [paragraph.text for paragraph in docx.Document(str(tmp_path / "r.docx")).paragraphs]
    assert said[0] == "示范市退役军人事务局文件"
    assert "省退役军人事务厅：" in said
    assert "省退役军人事务厅：" in (tmp_path / "r.html").read_text(encoding="utf-8")
    assert json.loads((tmp_path / "r.json").read_bytes())["heading"]["signer"] == "周明"
    assert (tmp_path / "r.pdf").read_bytes().startswith(b"%PDF")


def test_aims_stand_in_the_outlook() -> None:
    call("2025-03-01 10:00:00", due_on="2025-03-02", closed_at=at("2025-03-01 11:00:00"))
    outlook = {s.id: s.text for s in annual(YEAR, console_actor()).sentences}["A5-2"]
    assert outlook == "巩固站点创建和窗口建设。"
    draft_report(YEAR, Draft(targets={"hotline_on_time_rate": 99.5}), actor=BUREAU)
    outlook = {s.id: s.text for s in annual(YEAR, console_actor()).sentences}["A5-2"]
    assert outlook == "巩固站点创建和窗口建设，热线按时办结率由100%达到99.5%。"


def problems(**further: Any) -> dict[str, str]:
    wish = Wish(2026, CITY, kind="quarterly", part=1, **further)
    return {s.id: s.text for s in periodic(wish, console_actor()).sentences if s.id.startswith("P-")}


def test_a_quarter_names_rates_under_the_aims_of_the_year_before() -> None:
    assert problems() == {"P-0": NO_PROBLEM.replace(" ", "")}
    draft_report(YEAR, DRAFT, actor=BUREAU)
    assert problems()["P-station_five_room_complete_rate"].endswith("本级0.0%，低于目标90%。")
    draft_report(YEAR, Draft(targets={"liaison_coverage_rate": 0.0}), actor=BUREAU)
    assert problems() == {"P-0": NO_PROBLEM_NOR_SHORT.replace(" ", "")}


def test_writing_again_replaces_and_is_on_record() -> None:
    draft_report(YEAR, DRAFT, actor=BUREAU)
    draft_report(YEAR, Draft(recipient="省厅"), actor=BUREAU)
    assert [d.recipient for d in Drafting.objects.everywhere("test")] == ["省厅"]
    told = Event.objects.everywhere("test").filter(kind="report.drafted").order_by("id")
    assert [event.data["targets"] for event in told] == [dict(DRAFT.targets), {}]


@pytest.mark.parametrize(
    ("draft", "words"),
    [
        (Draft(red_head=True), "上行文须标注签发人"),
        (Draft(recipient="厅" * 61), "主送最多 60 字"),
        (Draft(targets={"liaison_coverage_rate": 101}), "目标 101 不在 0 至 100 之间"),
        (Draft(targets={"agent_cases": -1}), "目标 -1 不在 0 至"),
    ],
)
def test_what_is_refused_leaves_nothing(draft: Draft, words: str) -> None:
    with pytest.raises(Refused, match=words):
        draft_report(YEAR, draft, actor=BUREAU)
    with pytest.raises(Forbidden):
        draft_report(YEAR, DRAFT, actor=Actor(1, "无权", areas=("3399",)))
    with pytest.raises(UnknownArea):
        draft_report(Wish(2025, ""), DRAFT, actor=BUREAU)
    assert not Drafting.objects.everywhere("test").exists()
    assert not Event.objects.everywhere("test").filter(kind="report.drafted").exists()


def test_a_frozen_report_keeps_its_heading() -> None:
    draft_report(YEAR, DRAFT, actor=BUREAU)
    frozen = freeze_period(YEAR, "", actor=BUREAU)
    draft_report(YEAR, Draft(recipient="别处"), actor=BUREAU)
    assert restored(Snapshot.objects.everywhere("test").get(pk=frozen.pk)).heading == DRAFT


def test_the_form(client: PoliceClient) -> None:
    signed_in(client, "BUREAU_STAFF", CITY)
    path = "/reports/annual/2025/draft/"
    assert "起草信息" in client.get(f"/reports/annual/2025/?area={CITY}").content.decode()
    html = client.get(f"{path}?area={CITY}").content.decode()
    assert 'name="target_liaison_coverage_rate"' in html
    sent = {"area": CITY, "recipient": "省退役军人事务厅：", "target_liaison_coverage_rate": "九成"}
    refused = client.post(path, sent)
    assert refused.status_code == 422
    assert "目标不是数：九成" in refused.content.decode()
    assert 'value="九成"' in refused.content.decode()
    done = client.post(path, sent | {"target_liaison_coverage_rate": "95"})
    assert done.status_code == 302
    assert "<p>省退役军人事务厅：</p>" in client.get(done["Location"]).content.decode()
    assert 'value="95.0"' in client.get(f"{path}?area={CITY}").content.decode()
    assert 'name="target_' not in client.get(f"/reports/monthly/2025/9/draft/?area={CITY}").content.decode()
    assert client.get("/reports/annual/2999/draft/").status_code == 404


def test_who_may_not_draft_is_refused(client: PoliceClient) -> None:
    signed_in(client, "TOWN_STATION", TOWN)
    assert client.post("/reports/annual/2025/draft/", {"recipient": "省厅"}).status_code == 403
    assert "起草信息" not in client.get("/reports/annual/2025/").content.decode()
