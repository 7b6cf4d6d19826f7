"""What must hold between rows: each is silent when it holds and names the first row where it does not."""

import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from tests.cases.makers import at, one_case, staff
from yizhou.cases.actions import resume_case, suspend_case
from yizhou.cases.models import Case, CasePause
from yizhou.config.invariants import clock_pause, file_whole, notice_out
from yizhou.core import clock
from yizhou.files.models import StoredFile
from yizhou.files.storage import place_of
from yizhou.notices.actions import Recipient, notify
from yizhou.notices.models import Message, Status
from yizhou.orgs.actions import seed_calendar


@pytest.fixture(autouse=True)
def friday(db: None) -> Iterator[None]:
    """A work day of a year whose calendar is known."""
    seed_calendar([2025])
    with clock.at(at("2025-04-25 09:30")):
        yield


def counted(case: Case, status: str) -> int:
    Case.objects.everywhere("test").filter(pk=case.pk).update(status=status)
    return clock_pause()[0]


def test_a_pause_is_open_exactly_while_the_clock_stands() -> None:
    case = suspend_case(one_case(item="RET-12"), reason="SITE_CHECK", note="入户", actor=staff())
    assert clock_pause() == (0, "")
    assert counted(case, "IN_PROGRESS") == 1, "an open pause beside a running clock"
    assert counted(case, "SUSPENDED") == 0
    CasePause.objects.update(end_on=dt.date(2025, 4, 24))
    assert clock_pause() == (1, f"办件 {case.case_no}"), "a standing clock without an open pause"
    CasePause.objects.update(end_on=None)
    with clock.at(at("2025-04-28 09:00")):
        resume_case(case, actor=staff())
        assert clock_pause() == (0, "")


@pytest.mark.parametrize(("status", "count"), [(Status.WAITING, 1), (Status.SENDING, 1), (Status.FAILED, 0)])
def test_what_was_given_up_is_not_waiting_to_go_out(status: Status, count: int) -> None:
    values = {"name": "周海峰", "item": "优待证", "no": "2025-000001", "due": "2025-05-20"}
    notify("case.accepted", "event:1", Recipient("14012345678"), values)
    Message.objects.everywhere("test").update(status=status)
    assert notice_out() == (0, "")
    with clock.at(at("2025-04-27 09:30")):
        assert notice_out()[0] == count


def test_a_file_that_is_gone_is_named(settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path
    stored = StoredFile.objects.create(
        title="退役证", suffix=".pdf", size=1, checksum=bytes(32), person_id=1, stored_at=clock.now()
    )
    assert not place_of(stored.uid, ".pdf").exists()
    assert file_whole() == (1, f"附件 {stored.uid}（2025-04-25 上传）")
