"""What follows a request: a few rows are written and handed out at once, more are shown in the register."""

from __future__ import annotations

from django.http import FileResponse, HttpResponseBase
from django.shortcuts import redirect

from yizhou.core.actor import Actor
from yizhou.exports.actions import take_export
from yizhou.exports.actions.write import write_export
from yizhou.exports.models import Export, ExportStatus


def handed_out(export: Export, actor: Actor) -> HttpResponseBase:
    """The file where nobody has to agree to it, else the page of the request."""
    written = write_export(export.pk) if export.status == ExportStatus.QUEUED else None
    if written is None or written.status != ExportStatus.READY:
        return redirect(export)
    take_export(written, actor=actor)
    return FileResponse(written.file.open("rb"), as_attachment=True, filename=written.file_name)
