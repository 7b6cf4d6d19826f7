"""What the pages of ledgers and imports show."""

from __future__ import annotations

import tempfile
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import IO, Any

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404
from django.urls import reverse
from django.utils import timezone

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.menu import GROUPS
from yizhou.core.refusal import Blocker, Forbidden
from yizhou.ledgers.batch_files import noted
from yizhou.ledgers.blank import write_blank
from yizhou.ledgers.counting import counts
from yizhou.ledgers.editing import may_export, may_import
from yizhou.ledgers.exporting import Choice, cells_of, rows_of
from yizhou.ledgers.ledger import LEDGERS, Ledger, in_order
from yizhou.ledgers.models import BatchStatus, ImportBatch
from yizhou.ledgers.plugs import AFTER_IMPORT
from yizhou.ledgers.problems import ERROR
from yizhou.ledgers.reading import STAFF
from yizhou.ledgers.waiting import waiting_rows
from yizhou.ledgers.writing import export_rows

VIEW_ALL, APPROVE = "ledgers.view_batches", "ledgers.approve_import"
MOST_COUNTED = 10_000
LIMIT = 20_000
"""Rows exported while somebody waits; more is a matter for the command line."""
RECENT = 12
RUNNING = (BatchStatus.UPLOADED, BatchStatus.CHECKING, BatchStatus.CONFIRMED, BatchStatus.LOADING)
STATES = {
    BatchStatus.CHECKED: "warn",
    BatchStatus.AWAITING: "warn",
    BatchStatus.DONE: "ok",
    BatchStatus.FAILED: "late",
    BatchStatus.CANCELLED: "",
}


def batches(actor: Actor) -> QuerySet[ImportBatch]:
    """Imports the actor may see: one's own, those that wait for a second person, and for overseers all of their areas."""
    found = ImportBatch.objects.visible_to(actor)
    if actor.may(VIEW_ALL):
        return found
    mine = Q(account_id=actor.account_id)
    return found.filter(mine | Q(status=BatchStatus.AWAITING) if actor.may(APPROVE) else mine)


def batch_or_404(uid: uuid.UUID, actor: Actor) -> ImportBatch:
    """A batch in sight; absent and out of sight are the same 404."""
    found = batches(actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def readable(name: str, actor: Actor) -> Ledger:
    """A bound ledger for its pages. Raises ``Http404``, and ``Forbidden`` when it is closed to the actor's post."""
    bound = ledger_or_404(name)
    if not actor.may(bound.browse_permission):
        raise Forbidden(bound.browse_permission)
    return bound


def ledger_or_404(name: str) -> Ledger:
    """A bound ledger. Raises ``Http404``."""
    found = LEDGERS.get(name)
    if found is None:
        raise Http404
    return found


def importable(actor: Actor) -> list[tuple[str, str]]:
    """Ledgers the actor may import, in the order in which they are imported."""
    return [(bound.name, bound.title) for bound in in_order() if may_import(bound, actor)]


def held(ledgers: Iterable[Ledger], actor: Actor) -> dict[str, str]:
    """How many rows of each ledger the actor sees, as they are shown: 5,000 or 10,000+."""
    found = counts({bound.name: rows_of(bound, actor, Choice()) for bound in ledgers}, MOST_COUNTED + 1)
    return {name: f"{min(n, MOST_COUNTED):,}{'+' if n > MOST_COUNTED else ''}" for name, n in found.items()}


def ledgers_page(actor: Actor) -> dict[str, Any]:
    """All ledgers with how many rows the actor can see and what can be done with each."""
    may_import = dict(importable(actor))
    grouped: dict[str, list[dict[str, Any]]] = {ring: [] for ring in GROUPS}
    counted = held(in_order(), actor)
    for bound in in_order():
        grouped[bound.ring].append(
            {
                "title": bound.title,
                "name": bound.name,
                "url": reverse("ledgers:browse", args=[bound.name])
                if actor.may(bound.browse_permission)
                else "",
                "count": counted[bound.name],
                "columns": len(bound.layout.columns),
                "template_url": reverse("ledgers:template", args=[bound.name]),
                "export_url": reverse("ledgers:export", args=[bound.name])
                if may_export(bound, actor)
                else "",
                "import_url": f"{reverse('ledgers:upload')}?ledger={bound.name}"
                if bound.name in may_import
                else "",
            }
        )
    groups = [{"title": GROUPS[ring] or "一轴", "rows": rows} for ring, rows in grouped.items() if rows]
    return {
        "groups": groups,
        "total": len(counted),
        "recent": recent(actor),
        "waiting": waiting_rows(actor).count(),
    }


def recent(actor: Actor) -> list[dict[str, str]]:
    """The newest imports in sight, as lines of a card."""
    return [
        {
            "title": batch.file_name,
            "url": batch.get_absolute_url(),
            "note": f"{title_of(batch)} · {batch.actor} · {timezone.localtime(batch.submitted_at):%m-%d %H:%M}",
            "tag": batch.get_status_display(),
            "state": STATES.get(BatchStatus(batch.status), "info"),
            "text": "",
        }
        for batch in batches(actor).order_by("-id")[:RECENT]
    ]


def title_of(batch: ImportBatch) -> str:
    """Chinese name of the batch's ledger."""
    bound = LEDGERS.get(batch.ledger)
    return bound.title if bound else batch.ledger


def upload_page(actor: Actor, chosen: str, blockers: tuple[Blocker, ...] = ()) -> dict[str, Any]:
    """Step 1: which ledger, which file."""
    choices = importable(actor)
    ledger = chosen if chosen in dict(choices) else ""
    template = reverse("ledgers:template", args=[ledger]) if ledger else reverse("ledgers:list")
    return {
        "action_url": reverse("ledgers:upload"),
        "ledgers": choices,
        "ledger": ledger,
        "template_url": template,
        "megabytes": STAFF.file_bytes >> 20,
        "errors": [
            {
                "name": "ledger" if b.code == "LEDGER" else "file",
                "label": "文件",
                "message": f"{b.message}。{b.remedy}",
            }
            for b in blockers
        ],
        "recent": recent(actor),
    }


def batch_page(batch: ImportBatch, actor: Actor) -> tuple[str, dict[str, Any]]:
    """Template and context of a batch by where it stands."""
    base = {"ledger_label": title_of(batch), "file_name": batch.file_name}
    if batch.status in RUNNING:
        return "imports/progress.html", {**base, "job": job(batch), "stores": batch.status in RUNNING[2:]}
    if batch.status in (BatchStatus.CHECKED, BatchStatus.AWAITING):
        return "imports/preview.html", {**base, **_preview(batch, actor)}
    if batch.status == BatchStatus.DONE:
        return "imports/done.html", {**base, **_done(batch, actor)}
    return "imports/failed.html", {**base, **_failed(batch, actor)}


def job(batch: ImportBatch) -> dict[str, Any]:
    """A running batch as progress.html wants it."""
    words, percent = noted(batch)
    waits = batch.status in (BatchStatus.UPLOADED, BatchStatus.CONFIRMED)
    return {
        "url": reverse("ledgers:job", args=[batch.uid]),
        "finished": batch.status not in RUNNING,
        "percent": None if waits else percent,
        "label": "排队等候后台处理" if waits else words or "正在准备",
        "detail": "",
        "next_url": batch.get_absolute_url(),
    }


def _counts(batch: ImportBatch) -> dict[str, Any]:
    names = ("rows", "created", "updated", "unchanged", "rejected", "warnings")
    return {name: getattr(batch, name) for name in names}


def _errors_url(batch: ImportBatch, actor: Actor) -> str:
    """Only the one who brought the rows gets them back in full."""
    mine = bool(batch.errors_path) and batch.account_id == actor.account_id
    return reverse("ledgers:errors", args=[batch.uid]) if mine else ""


def _preview(batch: ImportBatch, actor: Actor) -> dict[str, Any]:
    problems = [
        {
            "row": problem["row_no"],
            "column": problem["header"],
            "rule": problem["rule"],
            "reason": problem["message"],
            "remedy": problem["remedy"],
            "level": "error" if problem["level"] == ERROR else "warning",
        }
        for problem in batch.sample
    ]
    return {
        **_counts(batch),
        "confirm_url": reverse("ledgers:confirm", args=[batch.uid]),
        "cancel_url": reverse("ledgers:cancel", args=[batch.uid]),
        "errors_url": _errors_url(batch, actor),
        "problems": problems,
        "mine": batch.account_id == actor.account_id,
        "by": batch.actor,
        "can_wait": batch.can_wait,
        "guarded": batch.guarded,
        "changes": batch.changes,
        "awaits": batch.status == BatchStatus.AWAITING,
        "approve_url": reverse("ledgers:approve", args=[batch.uid]) if actor.may(APPROVE) else "",
        "refuse_url": reverse("ledgers:refuse", args=[batch.uid]),
    }


def _done(batch: ImportBatch, actor: Actor) -> dict[str, Any]:
    return {
        **_counts(batch),
        "seconds": batch.seconds,
        "waiting": batch.waiting,
        "waiting_url": reverse("ledgers:waiting"),
        "errors_url": _errors_url(batch, actor),
        "list_url": reverse("ledgers:browse", args=[batch.ledger]),
        "again_url": f"{reverse('ledgers:upload')}?ledger={batch.ledger}",
        "further": [link for offer in AFTER_IMPORT.values() if (link := offer(batch, actor))],
        "by": batch.actor,
        "at": _moment(batch),
    }


def _failed(batch: ImportBatch, actor: Actor) -> dict[str, Any]:
    is_failed, mine = batch.status == BatchStatus.FAILED, batch.account_id == actor.account_id
    return {
        "is_failed": is_failed,
        "error": batch.error,
        "retry_url": reverse("ledgers:retry", args=[batch.uid]) if is_failed and mine else "",
        "cancel_url": reverse("ledgers:cancel", args=[batch.uid]) if is_failed and mine else "",
        "again_url": f"{reverse('ledgers:upload')}?ledger={batch.ledger}",
        "by": batch.actor,
        "at": _moment(batch),
    }


def _moment(batch: ImportBatch) -> str:
    return clock.minute_of(batch.processed_at or batch.submitted_at)


def errors_file(batch: ImportBatch, actor: Actor) -> Path:
    """The batch's errors file, for the uploader alone. Raises ``Http404``."""
    path = Path(settings.IMPORTS_DIR) / (batch.errors_path or "-")
    if not _errors_url(batch, actor) or not path.exists():
        raise Http404
    return path


def template_file(bound: Ledger) -> IO[bytes]:
    """The blank template, open for reading and already gone from its folder."""
    with tempfile.TemporaryDirectory(dir=settings.EXPORTS_DIR) as folder:
        path = Path(folder) / "blank.xlsx"
        write_blank(bound, path)
        return path.open("rb")


def export_file(bound: Ledger, actor: Actor, area: str) -> IO[bytes]:
    """The ledger's rows, masked, open for reading and already gone from its folder."""
    with tempfile.TemporaryDirectory(dir=settings.EXPORTS_DIR) as folder:
        path = Path(folder) / "export.xlsx"
        rows = rows_of(bound, actor, Choice(area))[:LIMIT]
        export_rows(path, bound.layout.headers, cells_of(bound, rows, plain=False))
        return path.open("rb")
