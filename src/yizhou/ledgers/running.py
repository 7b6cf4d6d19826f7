"""One batch from its file to its end, in whatever process: the actor it runs for, progress, errors file."""

from __future__ import annotations

import logging
from pathlib import Path

from django.conf import settings

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Refused
from yizhou.events.models import Event
from yizhou.ledgers import loaders
from yizhou.ledgers.arriving import take_arrived
from yizhou.ledgers.batch_files import drop_file, errors_name, file_of, note, progress_file
from yizhou.ledgers.importing import Report, Request, import_file
from yizhou.ledgers.ledger import LEDGERS
from yizhou.ledgers.loaders import Step
from yizhou.ledgers.models import ImportBatch
from yizhou.ledgers.reading import STAFF, UnreadableFile
from yizhou.ledgers.waiting import referring_to
from yizhou.orgs.queries import holder_of

SAMPLE = 50
logger = logging.getLogger("yizhou")


def run(batch: ImportBatch, step: Step) -> None:
    """Check or store the file of a batch and note the outcome; never raises for what a file may hold."""
    actor = actor_of(batch)
    if actor is None:
        loaders.fail(batch, step, "上传人已没有可以导入它的任职，不能继续。请由现任人员重新上传")
        return
    try:
        report = _import(batch, step, actor)
    except UnreadableFile as problem:
        loaders.fail(batch, step, f"{problem.message}{problem.remedy}")
    except Refused as refusal:
        blocker = refusal.blockers[0]
        loaders.fail(batch, step, f"{blocker.message}。{blocker.remedy}")
    except MemoryError:
        loaders.fail(batch, step, "文件太大，处理时内存不足，没有写入任何一行。请分成几份再导入")
    except Exception:
        logger.exception("import batch %s failed", batch.uid)
        loaders.fail(batch, step, f"系统出错，没有写入任何一行。请把批次号 {batch.uid} 告诉管理员，再点重试")
        raise
    else:
        loaders.finish(batch, step, report, errors_name(batch))
        if step.stores:
            drop_file(batch)
            take_arrived(referring_to(batch.ledger))
    finally:
        progress_file(batch).unlink(missing_ok=True)


def _import(batch: ImportBatch, step: Step, actor: Actor) -> Report:
    request = Request(
        batch.ledger,
        file_of(batch),
        dry_run=not step.stores,
        errors=Path(settings.IMPORTS_DIR) / errors_name(batch),
        file_name=batch.file_name,
        sample=SAMPLE,
        limits=STAFF,
        isolated=True,
        batch=batch.uid,
        hold=batch.holds,
        second_person=True,
        approved_by=batch.approved_by,
        sheet=batch.sheet,
    )
    if step.stores and (earlier := stored_before(batch)) is not None:
        return earlier
    return import_file(request, actor=actor, progress=lambda words, done: note(batch, words, done))


def actor_of(batch: ImportBatch) -> Actor | None:
    """The uploader in the post in which the file was uploaded, as far as that post is still held."""
    may = LEDGERS[batch.ledger].import_permission
    return holder_of(batch.account_id, batch.areas, may, clock.today()) if batch.account_id else None


def stored_before(batch: ImportBatch) -> Report | None:
    """What an earlier run had already stored when it was killed before it could say so."""
    events = Event.objects.everywhere("the worker serves everybody").filter(
        kind="ledger.imported", at__gte=batch.submitted_at, data__batch=batch.uid.hex
    )
    data = events.values_list("data", flat=True).first()
    if data is None:
        return None
    counts = {"created": data["created"], "updated": data["updated"], "rejected": data["rejected"]}
    waiting = data.get("waiting", 0)
    return Report(
        ledger=batch.ledger,
        rows=batch.rows,
        unchanged=batch.rows - sum(counts.values()) - waiting,
        warnings=batch.warnings,
        errors_file=None,
        seconds=batch.seconds,
        sample=tuple(batch.sample),
        can_wait=batch.can_wait,
        waiting=waiting,
        guarded=batch.guarded,
        changes=tuple(batch.changes),
        **counts,
    )
