"""The story of a soldier who came home: one form, many departments, a clock that stops when it must, an end."""

import re
import sqlite3
import uuid
from contextlib import closing
from pathlib import Path

from playwright.sync_api import Page, expect

from tests.e2e.conftest import County
from tests.e2e.story import import_people, open_person, soldier
from tests.e2e.tour import Desk

NAME = "钟离归来"
FILLED = {
    "discharge_certificate_no": "退字第20260001号",
    "household_letter_no": "介字第0312号",
    "party_letter_no": "团介第0099号",
    "party_letter_on": "2026-01-05",
    "party_to_org": "芦汀社区团支部",
    "pension_certificate_no": "YL-2026-0007",
    "job_intent": "驾驶",
    "archive_from_unit": "31234",
}
CHOSEN = {"card_reason": "恢复户口后申领", "card_kind": "退役军人优待证", "plaque_kind": "VETERAN"}
REPORTING, HOUSEHOLD, ID_CARD, MILITIA = (
    "退役报到登记",
    "恢复户口登记(落户)",
    "居民身份证申领",
    "兵役登记信息变更与预备役登记",
)
HANDLERS = {
    "wl-organisation": ["党(团)组织关系转接"],
    "wl-human-resources": ["基本养老保险关系转移接续", "就业失业登记与求职意向登记"],
    "wl-medical-insurance": ["基本医疗保险关系接续与参保登记"],
    "wl-bureau": ["自主就业一次性经济补助申领", "人事档案接收与保管"],
    "lt-town": ["退役军人优待证申领", "退役军人家庭光荣牌悬挂"],
}


def legs(page: Page) -> dict[str, str]:
    """Status of every leg on the page of a bundle."""
    rows = page.get_by_role("table", name="联办进度").locator("tbody tr")
    return {row.locator("a").inner_text(): row.locator("td").nth(2).inner_text() for row in rows.all()}


def do(page: Page, verb: str, *boxes: str, **texts: str) -> None:
    """Do a verb on the open page of a case: tick the boxes, fill in the texts, press its button, answer yes."""
    button = page.locator(f"button[value={verb}]")
    item = page.locator(".verbs details", has=button)
    if item.get_attribute("open") is None:
        item.locator("summary").click()
    for box in boxes:
        item.locator(box).first.check()
    for name, text in texts.items():
        field = item.locator(f"[name={name}]")
        field.select_option(text) if field.evaluate("f => f.tagName") == "SELECT" else field.fill(text)
    asks = item.locator("form").get_attribute("data-confirm")
    button.click()
    if asks:
        page.click("#confirm [value=yes]")
    expect(page.locator("main p.notice.ok")).to_have_count(1)


APPROVE = "input[value=approve]"
HAND_OVER = "input[name=hand_over]"


def test_a_returning_soldier_files_once_and_every_department_does_its_part(
    desk: Desk, county: County, tmp_path: Path
) -> None:
    import_people(desk("wl-centre"), [soldier(NAME, 831)], tmp_path)
    window = desk("wl-window")
    file_twelve_of_thirteen(window)
    bundle = window.url
    accept(window)
    assert set(legs(window).values()) == {"待签收", "等待前置"}
    addresses = {a.inner_text(): a.get_attribute("href") or "" for a in window.locator("table a").all()}

    bureau, police = desk("wl-bureau"), desk("wl-police")
    assert in_the_inbox(police) == [], "what waits has not been handed over yet"
    finish(bureau, addresses[REPORTING])
    window.goto(bundle)
    started = {name for name, status in legs(window).items() if status == "待签收"}
    assert {HOUSEHOLD, MILITIA} < started
    assert legs(window)[REPORTING] == "已办结"
    assert legs(window)[ID_CARD] == "等待前置", "it waits for the household, not for the reporting"
    only_its_own(police, bundle, addresses)
    stop_the_clock_twice(police, window, addresses[HOUSEHOLD], bundle)
    finish(police, addresses[HOUSEHOLD], signed=True)
    window.goto(bundle)
    assert legs(window)[ID_CARD] == "待签收"
    finish(police, addresses[ID_CARD], certificate="330000202601010001")

    forces = desk("wl-armed-forces")
    forces.goto(addresses[MILITIA])
    do(forces, "sign")
    do(forces, "decide", "input[value=refuse]", HAND_OVER, note="体检不合格，依据《预备役人员法》")
    for account, names in HANDLERS.items():
        handler = desk(account) if account != "wl-bureau" else bureau
        for name in names:
            finish(handler, addresses[name], certificate="CARD" if name == "退役军人优待证申领" else "")

    window.goto(bundle)
    everything_is_done(window)
    case_no = window.locator(".case-hero .faint").inner_text().split(" ")[0]
    effects_stand_on_the_axis(window)
    five_levels_of_praise(desk, county, case_no)


def only_its_own(page: Page, bundle: str, addresses: dict[str, str]) -> None:
    """A department has its leg in the inbox and can open that one, but no other and not the whole."""
    assert in_the_inbox(page) == [HOUSEHOLD]
    answers = {name: status_of(page, addresses[name]) for name in (HOUSEHOLD, MILITIA, REPORTING)}
    assert answers == {HOUSEHOLD: 200, MILITIA: 404, REPORTING: 404}
    assert status_of(page, bundle) == 404


def everything_is_done(page: Page) -> None:
    """The page of the bundle says so, and counts on-time both ways."""
    assert set(legs(page).values()) == {"已办结"}
    expect(page.locator("h1")).to_have_text("返乡一件事 已办结")
    expect(page.locator("main")).to_contain_text("12 项，已办结 12 项；按时 12/12，不计暂停 12/12")


def file_twelve_of_thirteen(page: Page) -> None:
    """From the person's page to the form; one item is not wanted; what is forgotten is said, nothing is lost."""
    open_person(page, NAME)
    page.get_by_role("link", name="发起事项").click()
    page.select_option("#id_subject", "return_home")
    page.get_by_role("button", name="下一步").click()
    boxes = page.locator("input[name=legs]")
    expect(boxes).to_have_count(13)
    expect(page.locator("input[name=legs]:checked")).to_have_count(13)
    expect(page.locator("#estimate .tree li")).to_have_count(13)
    page.uncheck("input[value=RET-12]")
    expect(page.locator("#estimate .tree li")).to_have_count(12)
    expect(page.locator("#id_placement_mode")).to_have_value("SELF_EMPLOYMENT")
    for name, text in FILLED.items():
        page.fill(f"#id_{name}", text)
    for name, text in CHOSEN.items():
        page.select_option(f"#id_{name}", text)
    page.fill("#id_job_intent", "")
    page.get_by_role("button", name="只收件，暂不受理").click()
    expect(page.locator(".summary-of-errors")).to_contain_text("有 1 处需要改")
    expect(page.locator(".summary-of-errors a")).to_have_attribute("href", "#id_job_intent")
    expect(page.locator("#id_household_letter_no")).to_have_value(FILLED["household_letter_no"])
    page.fill("#id_job_intent", FILLED["job_intent"])
    page.get_by_role("button", name="只收件，暂不受理").click()
    page.wait_for_url(re.compile("/cases/bundles/[0-9a-f-]{36}/$"))


def accept(page: Page) -> None:
    """Twelve legs stand there, none accepted; then each goes to its department."""
    assert len(legs(page)) == 12
    assert set(legs(page).values()) == {"待受理"}
    do(page, "accept_bundle")
    waiting = {name for name, status in legs(page).items() if status == "等待前置"}
    assert len(waiting) == 7
    assert REPORTING not in waiting


def in_the_inbox(page: Page) -> list[str]:
    """The legs of our soldier in the department's inbox."""
    page.goto("/cases/inbox/")
    rows = page.locator("#results tbody tr")
    assert {row.locator("a").first.inner_text() for row in rows.all()} <= {HOUSEHOLD, ID_CARD}
    return rows.filter(has_text=NAME).locator("td:first-child a").all_inner_texts()


def status_of(page: Page, address: str) -> int:
    """What the server answers."""
    answer = page.goto(address)
    assert answer is not None
    return answer.status


def stop_the_clock_twice(police: Page, window: Page, leg: str, bundle: str) -> None:
    """Suspended, gone on, a paper asked for, brought: each time the page says that the clock stands still."""
    police.goto(leg)
    do(police, "sign")
    expect(police.locator(".big-clock")).to_contain_text("个工作日")
    do(police, "suspend", reason="SITE_CHECK", note="核对住址")
    expect(police.locator(".big-clock")).to_contain_text("暂停")
    window.goto(bundle)
    assert legs(window)[HOUSEHOLD] == "已挂起"
    do(police, "resume")
    expect(police.locator(".big-clock")).not_to_contain_text("暂停")
    do(police, "request_supplement", "input[name=materials]", note="户口簿复印件不清")
    expect(police.locator(".big-clock")).to_contain_text("暂停")
    window.goto(leg)
    do(window, "supplement")
    police.goto(leg)
    expect(police.locator(".big-clock")).not_to_contain_text("暂停")


def finish(page: Page, leg: str, certificate: str = "", *, signed: bool = False) -> None:
    """The department's part from signing to handing over."""
    page.goto(leg)
    if not signed:
        do(page, "sign")
    do(page, "decide", APPROVE, *([] if certificate else [HAND_OVER]))
    if certificate:
        do(page, "issue", certificate_no=certificate)
        do(page, "deliver")
    expect(page.locator("h1")).to_contain_text("已办结")


def effects_stand_on_the_axis(page: Page) -> None:
    """What the bundle brought about is on the person's page."""
    page.locator(".case-hero a").first.click()
    axis = page.locator(".axis")
    for title in ("核发退役军人优待证", "悬挂光荣牌", "接收人事档案"):
        expect(axis.get_by_text(title, exact=True)).to_have_count(1)
    bundle = axis.locator("li", has=page.get_by_role("link", name="返乡一件事"))
    expect(bundle).to_contain_text("已办结")
    expect(bundle).to_contain_text("办结 12 / 12 项")
    expect(page.locator("h1")).to_contain_text("优待证")


def five_levels_of_praise(desk: Desk, county: County, case_no: str) -> None:
    """The applicant, signed in nowhere, rates five of the matters, one with each level; the bad ones are seen to."""
    applicant, keys = desk(""), invitations(county, case_no)
    assert len(keys) == 12
    for level, key in zip((5, 4, 3, 2, 1), keys, strict=False):
        applicant.goto(f"/cases/rate/{uuid.UUID(key)}/")
        expect(applicant.locator("input[name=level]")).to_have_count(5)
        expect(applicant.locator("input[name=level]:checked")).to_have_count(0)
        applicant.check(f"input[name=level][value='{level}']")
        applicant.get_by_role("button", name="提交评价").click()
        expect(applicant.locator("main p.notice.ok")).to_contain_text("您的评价已经收到")
    bureau = desk("wl-bureau")
    bureau.goto("/cases/ratings/?state=call")
    expect(bureau.locator("#results tbody tr").filter(has_text=case_no)).to_have_count(2)


def invitations(county: County, case_no: str) -> list[str]:
    """Keys of the invitations to rate, as the applicant's messages carry them."""
    with closing(sqlite3.connect(f"file:{county.home}/yizhou.sqlite3?mode=ro", uri=True)) as base:
        asked = "SELECT uid FROM cases_rating WHERE rating_no LIKE ? ORDER BY rating_no"
        return [uid for (uid,) in base.execute(asked, (f"{case_no}-%",))]
