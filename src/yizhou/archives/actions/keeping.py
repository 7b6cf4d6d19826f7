"""建卷、上架、入目、更正、撤出、核定要件: the paper and its catalogue."""

from __future__ import annotations

import datetime as dt
from dataclasses import asdict, dataclass
from typing import Any

from django.db import IntegrityError, models, transaction
from django.db.models import Max

from yizhou.archives.catalogue import kinds, lacking
from yizhou.archives.models import Archive, ArchiveItem, ArchivePage
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.people.actions.receive_archive import receive_archive
from yizhou.people.models import Person

MOST_SHEETS = 2000


@dataclass(frozen=True)
class Arrival:
    """When the paper came, from whom, where it is put."""

    received_on: dt.date | None
    received_from: str
    shelf: str


@dataclass(frozen=True)
class Line:
    """One line of the catalogue as somebody wrote it."""

    kind: str
    title: str
    made_on: dt.date | None = None
    sheets: int = 1
    is_copy: bool = False
    remark: str = ""


def note_on(
    archive: Archive, actor: Actor, kind: str, about: models.Model, reason: str = "", **data: Any
) -> None:
    """One event about something of an archive, on its person and area."""
    concern = Concern(archive.person_id, archive.person.household_area)
    record(actor, kind, about, concern=concern, reason=reason, **data)


@action("archives.open_archive")
def open_archive(person: Person, arrival: Arrival, *, actor: Actor) -> Archive:
    """建卷: the paper is there. Raises ``Refused`` when something is not said, ``Conflict`` when there is one already."""
    refuse(_blockers_of_arrival(arrival))
    try:
        with transaction.atomic():
            archive = Archive.objects.create(
                person=person,
                shelf=arrival.shelf.strip(),
                received_on=arrival.received_on or clock.today(),
                received_from=arrival.received_from.strip(),
            )
    except IntegrityError:
        raise Conflict("这个人已经建过卷", "刷新页面查看") from None
    note_on(archive, actor, "archive.opened", archive, shelf=archive.shelf, source=archive.received_from)
    return archive


def _blockers_of_arrival(arrival: Arrival) -> list[Blocker]:
    found = []
    if arrival.received_on is None or arrival.received_on > clock.today():
        found.append(Blocker("RECEIVED_ON", "没有写收到日期，或晚于今天", "写档案实际收到的日期"))
    if not arrival.received_from.strip():
        found.append(Blocker("FROM", "没有写移交单位", "只写 5 位部队代号或移交机构名称"))
    return found + _blockers_of_shelf(arrival.shelf)


def _blockers_of_shelf(shelf: str) -> list[Blocker]:
    if shelf.strip():
        return []
    return [Blocker("SHELF", "没有写存放位置", "例：一号库房 3 柜 12 盒")]


@action("archives.shelve_archive")
def shelve_archive(archive: Archive, shelf: str, *, actor: Actor) -> Archive:
    """The paper lies elsewhere now."""
    refuse(_blockers_of_shelf(shelf))
    was, archive.shelf = archive.shelf, shelf.strip()[:60]
    Archive.objects.visible_to(actor).filter(pk=archive.pk).update(shelf=archive.shelf)
    note_on(archive, actor, "archive.shelved", archive, was=was, now=archive.shelf)
    return archive


def blockers_to_write(line: Line) -> list[Blocker]:
    """What is wrong with a line of the catalogue."""
    found = []
    if line.kind not in kinds():
        found.append(Blocker("KIND", "没有选材料种类", "选一种"))
    if not line.title.strip():
        found.append(Blocker("TITLE", "没有写材料名称", "照材料上的标题写"))
    if not 0 < line.sheets <= MOST_SHEETS:
        found.append(Blocker("SHEETS", f"页数应为 1 至 {MOST_SHEETS}", "数清页数再写"))
    if line.made_on and line.made_on > clock.today():
        found.append(Blocker("MADE_ON", "形成日期晚于今天", "照材料上的落款日期写"))
    return found


@action("archives.add_item")
def add_item(archive: Archive, line: Line, *, actor: Actor) -> ArchiveItem:
    """入目: one more line, behind the last."""
    refuse(blockers_to_write(line))
    item = added_line(archive, line)
    note_on(archive, actor, "archive.item_added", item, title=item.title, piece=item.kind)
    return item


def added_line(archive: Archive, line: Line, **more: Any) -> ArchiveItem:
    """The row of a new line; of two writers on one position the second gets ``Conflict``."""
    items = ArchiveItem.objects.everywhere("the archive at hand").filter(archive=archive)
    last = items.aggregate(last=Max("position"))["last"] or 0
    written = {**asdict(line), "title": line.title.strip()[:80], "remark": line.remark.strip()[:200]}
    try:
        with transaction.atomic():
            return ArchiveItem.objects.create(archive=archive, position=last + 1, **written, **more)
    except IntegrityError:
        raise Conflict("这份目录刚由别人加了一件") from None


@action("archives.correct_item")
def correct_item(item: ArchiveItem, line: Line, reason: str, *, actor: Actor) -> ArchiveItem:
    """Change a line, with a reason; old and new stand in the log."""
    refuse([*_blockers_of_reason(reason), *blockers_to_write(line)])
    written = {**asdict(line), "title": line.title.strip()[:80], "remark": line.remark.strip()[:200]}
    changes = {
        name: [_told(getattr(item, name)), _told(value)]
        for name, value in written.items()
        if getattr(item, name) != value
    }
    if not changes:
        refuse([Blocker("UNCHANGED", "内容没有变化，不必保存", "改好再保存")])
    _standing(item, actor).update(**written)
    note_on(
        item.archive, actor, "archive.item_corrected", item, reason.strip(), title=item.title, changed=changes
    )
    return item


@action("archives.remove_item")
def remove_item(item: ArchiveItem, reason: str, *, actor: Actor) -> Archive:
    """撤出: a line without pages goes, with a reason; its number is not given again."""
    found = _blockers_of_reason(reason)
    pages = ArchivePage.objects.visible_to(actor).filter(item=item, replaced_at__isnull=True)
    if pages.exists():
        found.append(Blocker("HAS_PAGES", "这件材料已有扫描页，不能撤出目录", "扫描有误的，逐页替换"))
    refuse(found)
    if _standing(item, actor).update(removed_at=clock.now()) != 1:
        raise Conflict
    note_on(item.archive, actor, "archive.item_removed", item, reason.strip(), title=item.title)
    return item.archive


def _standing(item: ArchiveItem, actor: Actor) -> models.QuerySet[ArchiveItem]:
    return ArchiveItem.objects.visible_to(actor).standing().filter(pk=item.pk)


def _told(value: Any) -> str:
    return "" if value is None else str(value)


def _blockers_of_reason(reason: str) -> list[Blocker]:
    return [] if reason.strip() else [Blocker("REASON", "没有写原因", "写明为什么")]


@action("archives.judge_archive")
def judge_archive(archive: Archive, *, actor: Actor) -> Archive:
    """核定要件: what the catalogue says today is written to the person's file, by the file's own action.

    依据: 退役军人保障法第16条. Whether it is complete is counted here, never typed in.
    """
    person = archive.person
    items = ArchiveItem.objects.visible_to(actor).standing().filter(archive=archive)
    missing = lacking(person.category_mask, items.values_list("kind", flat=True))
    names = [kind.name for kind in missing]
    told = f"缺 {'、'.join(names)}" if names else "要件齐全"
    receive_archive(person, on=archive.received_on, is_complete=not names, note=told[:200], actor=actor)
    note_on(archive, actor, "archive.judged", archive, told, missing=[kind.code for kind in missing])
    return archive
