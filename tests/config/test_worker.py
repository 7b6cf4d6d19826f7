"""The background worker: one a data directory, jobs taken up again after a kill, failing chores logged and repeated."""

from typing import Any

import pytest
from django.utils import timezone
from django_tasks_db.models import DBTaskResult, get_date_max

from yizhou.config import worker
from yizhou.config.worker import ATTEMPTS, AlreadyRunning, Chore


def job(*worker_ids: str) -> DBTaskResult:
    """A job that was under way when its last worker was killed."""
    return DBTaskResult.objects.create(
        status="RUNNING",
        args_kwargs={"args": [1], "kwargs": {}},
        task_path="yizhou.ledgers.jobs.run_import",
        worker_ids=list(worker_ids),
        backend_name="default",
        run_after=get_date_max(),
        started_at=timezone.now(),
    )


def status(row: DBTaskResult) -> str:
    found: str = DBTaskResult.objects.get(pk=row.pk).status
    return found


def test_a_job_of_a_killed_worker_begins_again_until_it_has_failed_thrice(db: None) -> None:
    mine = worker.worker_id()
    once, often, others = job(mine), job(*[mine] * ATTEMPTS), job("somebody else")
    worker.take_up_again()
    assert (status(once), status(often), status(others)) == ("READY", "FAILED", "RUNNING")


def test_two_workers_of_one_directory_do_not_work_at_once() -> None:
    with worker.only_one(), pytest.raises(AlreadyRunning), worker.only_one():
        raise AssertionError("both are at work")
    with worker.only_one():
        """The first has ended: the next may begin."""


def test_a_failing_chore_is_logged_and_stays_due(db: None, caplog: pytest.LogCaptureFixture) -> None:
    def fail() -> None:
        raise RuntimeError("broken chore")

    chore = Chore("sample", 5, fail)
    worker._do(chore)
    assert "sample failed" in caplog.text
    assert chore.due > 0


def test_nothing_new_writes_no_seal(db: None, monkeypatch: pytest.MonkeyPatch) -> None:
    def sealed() -> int:
        raise AssertionError("sealed though nothing is new")

    monkeypatch.setattr(worker, "seal_all", sealed)
    worker.seal()


def test_the_worker_does_everything_that_must_be_done() -> None:
    names: list[Any] = [chore.name for chore in worker.chores()]
    assert {"jobs", "messages", "sealing", "lapsing", "cleaning"} <= set(names)
