"""扫描、替换、查阅、校验: the pages, whose bytes lie with the stored files."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.db import IntegrityError, transaction
from django.db.models import Max

from yizhou.archives.actions.keeping import note_on
from yizhou.archives.models import Archive, ArchiveItem, ArchivePage
from yizhou.archives.rules import PURPOSES
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused, refuse
from yizhou.events.actions import action
from yizhou.files.actions import Keeping, Written, bytes_kept, stored_rows
from yizhou.files.models import StoredFile
from yizhou.files.queries import is_whole
from yizhou.files.storage import place_of

ABOUT = "archive_pages"
"""What the stored files of pages are about: nobody opens them but through ``look_at_page``."""
MOST_AT_ONCE = 40

Uploads = Sequence[UploadedFile[Any]]


def keeping_of(item: ArchiveItem, upload: UploadedFile[Any]) -> Keeping:
    """How the bytes of a page are kept: with the person, behind the archives' own door."""
    person = item.archive.person
    return Keeping(upload, item.title, person.pk, person.household_area, ABOUT, item.uid)


def add_pages(item: ArchiveItem, uploads: Uploads, *, actor: Actor) -> ArchiveItem:
    """扫描: pages in the order in which they were chosen, behind those that are there."""
    keepings = [keeping_of(item, upload) for upload in uploads[:MOST_AT_ONCE]]
    if not actor.may("archives.add_pages"):
        return _add_pages(item, keepings, [], actor=actor)
    with bytes_kept(keepings, actor) as written:
        return _add_pages(item, keepings, written, actor=actor)


@action("archives.add_pages")
def _add_pages(
    item: ArchiveItem, keepings: Sequence[Keeping], written: Sequence[Written | None], *, actor: Actor
) -> ArchiveItem:
    found = []
    if not keepings:
        found.append(Blocker("NO_FILE", "没有选文件", "选扫描好的页，可以一次选多张"))
    if item.removed_at:
        found.append(Blocker("REMOVED", "这件材料已撤出目录", "重新入目后再扫描"))
    refuse(found)
    stored = stored_rows(keepings, written, actor)
    put_pages(item, stored)
    note_on(item.archive, actor, "archive.pages_added", item, title=item.title, pages=len(stored))
    return item


def put_pages(item: ArchiveItem, stored: Sequence[StoredFile]) -> None:
    """Rows of pages behind the last; of two writers on one position the second gets ``Conflict``."""
    pages = ArchivePage.objects.everywhere("the item at hand").filter(item=item)
    last = pages.aggregate(last=Max("position"))["last"] or 0
    rows = [ArchivePage(item=item, position=n, file=file) for n, file in enumerate(stored, last + 1)]
    try:
        with transaction.atomic():
            ArchivePage.objects.bulk_create(rows)
    except IntegrityError:
        raise Conflict("这件材料刚由别人加了页") from None


def replace_page(page: ArchivePage, upload: UploadedFile[Any], reason: str, *, actor: Actor) -> ArchiveItem:
    """替换: a better scan in the place of this one, which is kept."""
    keeping = keeping_of(page.item, upload)
    if not actor.may("archives.replace_page"):
        return _replace_page(page, keeping, None, reason, actor=actor)
    with bytes_kept([keeping], actor) as [written]:
        return _replace_page(page, keeping, written, reason, actor=actor)


@action("archives.replace_page")
def _replace_page(
    page: ArchivePage, keeping: Keeping, written: Written | None, reason: str, *, actor: Actor
) -> ArchiveItem:
    if not reason.strip():
        raise Refused([Blocker("REASON", "没有写替换原因", "例：原扫描不清")])
    [stored] = stored_rows([keeping], [written], actor)
    standing = ArchivePage.objects.visible_to(actor).filter(pk=page.pk, replaced_at__isnull=True)
    if standing.update(replaced_at=clock.now(), replaced_for=reason.strip()[:200]) != 1:
        raise Conflict("这一页已被替换")
    ArchivePage.objects.create(item=page.item, position=page.position, file=stored)
    note_on(
        page.item.archive,
        actor,
        "archive.page_replaced",
        page,
        reason.strip(),
        title=page.item.title,
        page=page.position,
    )
    return page.item


@action("archives.look_at_page")
def look_at_page(page: ArchivePage, purpose: str, note: str, *, actor: Actor) -> Path:
    """查阅: where the bytes are; who looked, at what and what for stands under 谁看过. Refused without a purpose."""
    if purpose not in PURPOSES:
        raise Refused([Blocker("PURPOSE", "没有选查阅用途", "选一种用途；本人可以查到谁看过")])
    if not is_whole(page.file):
        raise Refused([Blocker("DAMAGED", "这一页已损坏或丢失", "请系统管理员从备份恢复，或重新扫描替换")])
    told = "：".join(filter(None, (PURPOSES[purpose], note.strip())))
    title = f"{page.item.title} 第 {page.position} 页"
    note_on(page.item.archive, actor, "archive.page_looked_at", page, told, title=title)
    return place_of(page.file.uid, page.file.suffix)


def verify_archive(archive: Archive, *, actor: Actor) -> Archive:
    """校验: whether every stored page still is what was stored. The bytes are read before the transaction."""
    damaged: list[str] = []
    count = 0
    if actor.may("archives.verify_archive"):
        pages = ArchivePage.objects.visible_to(actor).filter(item__archive=archive)
        for page in pages.select_related("file", "item").order_by("item", "position"):
            count += 1
            if not is_whole(page.file):
                damaged.append(f"{page.item.title} 第 {page.position} 页")
    return _verify_archive(archive, count, damaged, actor=actor)


@action("archives.verify_archive")
def _verify_archive(archive: Archive, pages: int, damaged: Sequence[str], *, actor: Actor) -> Archive:
    changes = {"verified_at": clock.now(), "damaged": len(damaged)}
    Archive.objects.visible_to(actor).filter(pk=archive.pk).update(**changes)
    told = f"{len(damaged)} 页不符：{'、'.join(damaged[:5])}" if damaged else "全部相符"
    note_on(archive, actor, "archive.verified", archive, told, pages=pages, damaged=len(damaged))
    return archive
