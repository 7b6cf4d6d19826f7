"""Searching outside the web: asked for on the page, or by the worker every night."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Sequence

from django.utils import timezone
from django_tasks import task

from yizhou.core import clock
from yizhou.core.actor import Actor, worker_actor
from yizhou.core.refusal import Refused
from yizhou.merging.actions.find import begin_search, search_around, search_duplicates
from yizhou.merging.models import FindingRun, RunStatus
from yizhou.orgs.permissions import granted_to

logger = logging.getLogger("yizhou")
NIGHT = range(1, 5)
"""Hours in which nobody waits for the machine."""
MOST_AROUND = 1_000
"""Fresh files beyond which a search through all is the shorter one."""
LONGEST = dt.timedelta(hours=2)
UNDER_WAY = (RunStatus.WAITING, RunStatus.RUNNING)


@task()
def run_search(run_id: int) -> None:
    """The queued job; begun again it does no harm."""
    run = FindingRun.objects.filter(pk=run_id, status__in=UNDER_WAY).first()
    if run is not None:
        carry_out(run)


@task()
def run_around(ids: list[int]) -> None:
    """The queued job after an import or a form: these files against all others, all against all where none is named."""
    actor = worker_actor(granted_to("SYSTEM"))
    if ids:
        search_around(ids, actor=actor)
        return
    _give_up_abandoned()
    try:
        run = begin_search(actor=actor)
    except Refused:
        return  # The one that waits will see these files too.
    carry_out(run)


def search_soon(ids: Sequence[int]) -> None:
    """Queue the search around files that were just written; a large import asks for everybody instead."""
    if ids:
        run_around.enqueue(list(ids) if len(ids) <= MOST_AROUND else [])


def ask(actor: Actor) -> FindingRun:
    """Ask for a search and queue it. Raises ``Refused`` while one is under way."""
    _give_up_abandoned()
    run = begin_search(actor=actor)
    run_search.enqueue(run.pk)
    return run


def carry_out(run: FindingRun) -> None:
    """Search, noting how far it is; the run gets an end whatever happens."""

    def note(step: str, done: float) -> None:
        mine.update(status=RunStatus.RUNNING, step=step, progress=int(done * 100))

    mine = FindingRun.objects.filter(pk=run.pk)
    try:
        counted = search_duplicates(note, actor=worker_actor(granted_to("SYSTEM")))
    except Exception:
        logger.exception("search for duplicates %s failed", run.pk)
        mine.update(status=RunStatus.FAILED, ended_at=clock.now())
        raise
    mine.update(status=RunStatus.DONE, progress=100, step="", ended_at=clock.now(), **counted)


def search_nightly() -> bool:
    """Once a night, when nothing was searched since the evening; True when a search was queued."""
    now = clock.now()
    if timezone.localtime(now).hour not in NIGHT:
        return False
    since = now - dt.timedelta(hours=12)
    if FindingRun.objects.filter(asked_at__gte=since).exists():
        return False
    try:
        ask(worker_actor(granted_to("SYSTEM")))
    except Refused:
        return False
    return True


def _give_up_abandoned() -> None:
    old = FindingRun.objects.filter(status__in=UNDER_WAY, asked_at__lt=clock.now() - LONGEST)
    old.update(status=RunStatus.FAILED, ended_at=clock.now())
