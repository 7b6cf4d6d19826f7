"""Files of an import batch in the imports folder: what was uploaded, its errors file, how far the worker is."""

from __future__ import annotations

import json
from pathlib import Path

from django.conf import settings

from yizhou.core.rows import Row
from yizhou.ledgers.models import BatchStatus, ImportBatch

ENDED = (BatchStatus.DONE, BatchStatus.CANCELLED)


def file_of(batch: ImportBatch) -> Path:
    """The uploaded file."""
    return Path(settings.IMPORTS_DIR) / batch.path


def drop_file(batch: ImportBatch) -> None:
    """Remove the uploaded file, unless other sheets of the same workbook are still to be read from it."""
    others = ImportBatch.objects.everywhere("the worker serves everybody").exclude(pk=batch.pk)
    if batch.workbook and others.filter(workbook=batch.workbook).exclude(status__in=ENDED).exists():
        return
    file_of(batch).unlink(missing_ok=True)


def errors_name(batch: ImportBatch) -> str:
    """Name of the batch's errors file in the imports folder."""
    return f"{batch.uid.hex}-errors.xlsx"


def progress_file(batch: Row) -> Path:
    """Where the running process says how far it is: a file, because its transaction hides what it writes."""
    return Path(settings.IMPORTS_DIR) / f"{batch.uid.hex}.progress"


def note(batch: Row, words: str, done: float) -> None:
    """Say how far it is, replacing the file in one step."""
    target = progress_file(batch)
    draft = target.with_suffix(".new")
    draft.write_text(json.dumps({"step": words, "percent": round(done * 100)}), encoding="utf-8")
    draft.replace(target)


def noted(batch: Row) -> tuple[str, int | None]:
    """What the running process last said; nothing yet is ``("", None)``."""
    try:
        said = json.loads(progress_file(batch).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return "", None
    return str(said["step"]), int(said["percent"])
