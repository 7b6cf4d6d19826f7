"""The file of a form."""

from __future__ import annotations

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile, UploadedFile
from django.utils.datastructures import MultiValueDict


def upload_of(files: MultiValueDict[str, UploadedFile[Any]], name: str = "file") -> UploadedFile[Any]:
    """What was chosen; nothing chosen is an empty file, which is refused with words."""
    return files.get(name) or SimpleUploadedFile("empty", b"")
