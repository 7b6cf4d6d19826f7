"""What runs beside the web: jobs, sealing of the log, outgoing messages, cleaning up (trust.md D8, D9)."""

from __future__ import annotations

import datetime as dt
import fcntl
import hashlib
import logging
import signal
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from django.contrib.sessions.models import Session
from django.db import close_old_connections
from django.db.models import Max
from django_tasks_db.management.commands.db_worker import Worker as JobRunner
from django_tasks_db.models import DBTaskResult

from yizhou.cases.actions import lapse_cases
from yizhou.config.anchors import write_anchors
from yizhou.config.home import folder, home
from yizhou.core import clock
from yizhou.core.actor import worker_actor
from yizhou.dashboards.queries.ahead import make_one_ahead
from yizhou.dashboards.queries.kept import renew_one
from yizhou.events.models import Event, Seal
from yizhou.events.sealing import seal_all
from yizhou.exports.actions.write import clean as clean_exports
from yizhou.files.actions import clean as clean_files
from yizhou.ledgers.arriving import take_all_arrived
from yizhou.ledgers.jobs import clean as clean_imports
from yizhou.lifecycle.actions import scan_life_events
from yizhou.merging.jobs import search_nightly
from yizhou.notices.actions import send_due
from yizhou.orgs.permissions import granted_to
from yizhou.people.actions.judge import judge_some
from yizhou.reversing.actions.carry import clean as clean_reversals
from yizhou.watching.actions import notice_readings

logger = logging.getLogger("yizhou.worker")
ATTEMPTS = 3
"""How often a job is begun before it counts as failed."""


class AlreadyRunning(Exception):
    """Another worker of this data directory is at work."""


@dataclass
class Chore:
    """Something done again and again; ``every`` is in seconds."""

    name: str
    every: float
    run: Callable[[], object]
    due: float = field(default=0.0)


def chores() -> list[Chore]:
    """Everything the worker does, in the order of one round."""
    return [
        Chore("jobs", 0.5, run_job),
        Chore("messages", 3, send_due),
        Chore("arriving", 600, take_all_arrived),
        Chore("lapsing", 3600, lapse),
        Chore("lives", 3600, read_lives),
        Chore("watching", 3600, watch),
        Chore("sealing", 3, seal),
        Chore("figures", 1, renew_one),
        Chore("figures ahead", 60, make_one_ahead),
        Chore("judging", 2, judge_some),
        Chore("duplicates", 600, search_nightly),
        Chore("cleaning", 3600, clean),
    ]


def work(*, once: bool = False) -> None:
    """Do all chores until told to stop, or one round of them. Raises ``AlreadyRunning``."""
    stop = threading.Event()
    with only_one():
        if not once:
            for number in (signal.SIGTERM, signal.SIGINT):
                signal.signal(number, lambda *_: stop.set())
        take_up_again()
        plan = chores()
        while True:
            for chore in plan:
                if chore.due <= time.monotonic() and not stop.is_set():
                    _do(chore)
            if once or stop.wait(0.2):
                return


def _do(chore: Chore) -> None:
    """One failing chore must not stop the others; it is logged and tried again at its next turn."""
    try:
        close_old_connections()
        chore.run()
    except Exception:
        logger.exception("%s failed", chore.name)
    chore.due = time.monotonic() + chore.every


@contextmanager
def only_one() -> Iterator[None]:
    """Hold the lock that the kernel gives back whatever happens to this process."""
    with (folder("run") / "worker.lock").open("w") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise AlreadyRunning from None
        yield


def worker_id() -> str:
    """The same for every worker of this data directory: there is only one at a time."""
    return hashlib.sha256(f"{socket.gethostname()}:{home()}".encode()).hexdigest()[:32]


def run_job() -> None:
    """Run the jobs that are ready, one after the other."""
    while DBTaskResult.objects.ready().exists():
        JobRunner(
            queue_names=["default"],
            interval=0,
            batch=True,
            backend_name="default",
            startup_delay=False,
            max_tasks=1,
            worker_id=worker_id(),
            excluded_queue_names=[],
        ).run()


def lapse() -> None:
    """Accept and withdraw what the law attaches to silence."""
    lapse_cases(actor=worker_actor(granted_to("SYSTEM")))


def read_lives() -> None:
    """Open the tasks of what has happened in people's lives since the last time."""
    scan_life_events(actor=worker_actor(granted_to("SYSTEM")))


def watch() -> None:
    """Note what stands out in the looks of today, and of yesterday after its last hour."""
    for day in (clock.today() - dt.timedelta(days=1), clock.today()):
        notice_readings(day, actor=worker_actor(granted_to("SYSTEM")))


def take_up_again() -> None:
    """Jobs that were under way when this worker's forerunner was killed: begin again, or give up at last.

    Jobs are written so that beginning again does no harm.
    """
    for job in DBTaskResult.objects.running():
        if not job.worker_ids or job.worker_ids[-1] != worker_id():
            continue
        if len(job.worker_ids) >= ATTEMPTS:
            job.set_failed(RuntimeError(f"interrupted {len(job.worker_ids)} times"))
        else:
            DBTaskResult.objects.filter(pk=job.pk).update(status="READY", started_at=None)


def seal() -> None:
    """Seal what has been committed since the last time and write the head outside the database."""
    newest = Event.objects.everywhere("sealing").aggregate(last=Max("id"))["last"] or 0
    sealed = Seal.objects.aggregate(last=Max("last_id"))["last"] or 0
    if newest > sealed and seal_all():
        write_anchors()


def clean() -> None:
    """Forget sessions that have ended, uploads past their time and files that nothing speaks of."""
    Session.objects.filter(expire_date__lt=clock.now()).delete()
    clean_imports()
    clean_exports()
    clean_reversals()
    clean_files()
