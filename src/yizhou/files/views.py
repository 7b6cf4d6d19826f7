"""Opening a file: a POST, because it is logged."""

from __future__ import annotations

import uuid

from django.http import FileResponse
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_POST

from yizhou.events.web import ActingRequest, permitted
from yizhou.files import actions
from yizhou.files.models import StoredFile


@permitted("files.open_file")
@require_POST
def open_file(request: ActingRequest, uid: uuid.UUID) -> FileResponse:
    """The file as a download, under its title."""
    stored = get_object_or_404(StoredFile.objects.visible_to(request.actor), uid=uid)
    path = actions.open_file(stored, actor=request.actor)
    name = f"{stored.title}{stored.suffix}"
    return FileResponse(path.open("rb"), as_attachment=True, filename=name, content_type=stored.media_type)
