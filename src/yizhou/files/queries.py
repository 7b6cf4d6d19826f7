"""Which files there are, and whether they still are what was stored."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.files.models import StoredFile
from yizhou.files.storage import fingerprint, place_of

HEX = re.compile("[0-9a-f]{32}")
ASKED_AT_ONCE = 500


def files_of(person_id: int, actor: Actor) -> list[StoredFile]:
    """Files about a person within the actor's scope, newest first."""
    return list(StoredFile.objects.visible_to(actor).filter(person_id=person_id).order_by("-id"))


def files_about(about_uid: uuid.UUID, actor: Actor) -> list[StoredFile]:
    """Files about a row of a ledger within the actor's scope, newest first."""
    return list(StoredFile.objects.visible_to(actor).filter(about_uid=about_uid).order_by("-id"))


def line(stored: StoredFile, actor: Actor) -> dict[str, Any]:
    """A file as files.html lists it; the address is empty for those who may not open it."""
    return {
        "title": stored.title,
        "kind": stored.suffix.lstrip(".").upper(),
        "size": f"{max(stored.size // 1024, 1)} KB",
        "stored_at": stored.stored_at,
        "actor": stored.actor,
        "open_url": reverse("files:open", args=[stored.uid]) if actor.may("files.open_file") else "",
    }


def titles_kept(person_id: int, titles: Iterable[str], actor: Actor) -> set[str]:
    """Which of the titles are on file for a person."""
    rows = StoredFile.objects.visible_to(actor).filter(person_id=person_id, title__in=list(titles))
    return set(rows.values_list("title", flat=True))


def damaged() -> list[StoredFile]:
    """Files whose bytes are gone or changed, oldest first."""
    rows = StoredFile.objects.everywhere("checking every file").order_by("id").iterator(chunk_size=500)
    return [row for row in rows if not is_whole(row)]


def is_whole(stored: StoredFile) -> bool:
    """Whether a file's bytes are there and are what was stored."""
    path = place_of(stored.uid, stored.suffix)
    return path.is_file() and fingerprint(path) == bytes(stored.checksum)


def unknown(paths: Iterable[Path]) -> list[Path]:
    """Those of the files on disk that no row speaks of, drafts among them."""
    named = {path.stem: path for path in paths}
    hexes = [stem for stem in named if HEX.fullmatch(stem)]
    for start in range(0, len(hexes), ASKED_AT_ONCE):
        asked = hexes[start : start + ASKED_AT_ONCE]
        rows = StoredFile.objects.everywhere("which bytes belong to a row").filter(uid__in=asked)
        for uid in rows.values_list("uid", flat=True):
            del named[uid.hex]
    return list(named.values())
