"""The list of archives: where they are, what is missing from them, who has them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from django.db.models import Count, Q
from django.urls import reverse

from yizhou.archives.catalogue import lacking
from yizhou.archives.models import Archive, ArchiveItem, ArchiveQuerySet, Outing, Place, Stage, place_by
from yizhou.archives.queries.page import PLACE_STATES
from yizhou.cases.queries.lists import Wanted, chip, sliced
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.scope import is_code
from yizhou.orgs.queries import child_names, division_names, full_division_name
from yizhou.people.categories import category_name

LISTED = ("area", "pieces", "place", "due", "scans")
PIECES = (("missing", "缺要件"), ("whole", "要件齐全"))
DUE = (("overdue", "逾期未还"), ("asked", "借阅转递待审批"), ("mine", "待我签收、归还"))
SCANS = (("damaged", "有扫描页校验不符"), ("unverified", "还没有校验过"))


def list_page(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Context of ``archives/list.html``."""
    wanted = Wanted.of(query, LISTED)
    rows = narrowed(Archive.objects.visible_to(actor), wanted, actor).select_related("person")
    part = sliced(rows, wanted)
    return {
        "title": "电子档案",
        "note": "人事档案的存放、要件、扫描与借阅转递",
        "filters": [
            _area_chip(wanted, actor),
            chip(wanted, "pieces", "要件", PIECES),
            chip(wanted, "place", "状态", Place.choices),
            chip(wanted, "due", "借阅转递", DUE),
            chip(wanted, "scans", "扫描页", SCANS),
        ],
        "clear_url": reverse("archives:list"),
        "page": part.page,
        "rows": _rows(part.rows, actor),
    }


def narrowed(rows: ArchiveQuerySet, wanted: Wanted, actor: Actor) -> ArchiveQuerySet:
    """The archives asked for."""
    asked = wanted.filters
    if is_code(area := asked.get("area", "")):
        rows = rows.in_area(area)
    if asked.get("pieces") in ("missing", "whole"):
        rows = rows.incomplete() if asked["pieces"] == "missing" else rows.complete()
    if asked.get("place") in Place.values:
        rows = rows.placed(Place(asked["place"]))
    if asked.get("scans") in ("damaged", "unverified"):
        rows = rows.filter(Q(damaged__gt=0) if asked["scans"] == "damaged" else Q(verified_at__isnull=True))
    if asked.get("due") in dict(DUE):
        outings, today = Outing.objects.visible_to(actor), clock.today()
        chosen = {
            "overdue": outings.overdue(today),
            "asked": outings.filter(stage=Stage.ASKED),
            "mine": outings.to_receive(actor.account_id, today),
        }[asked["due"]]
        rows = rows.filter(pk__in=chosen.values("archive"))
    return rows


def _area_chip(wanted: Wanted, actor: Actor) -> dict[str, Any]:
    found = chip(wanted, "area", "区域", [one for code in actor.areas for one in child_names(code)])
    area = wanted.filters.get("area", "")
    if is_code(area):
        found["value"] = division_names([area]).get(area, area)
    return found


def _rows(archives: Sequence[Archive], actor: Actor) -> list[dict[str, Any]]:
    """A page of them: catalogues and loans are asked for together."""
    pks = [archive.pk for archive in archives]
    scans = Count("pages", filter=Q(pages__replaced_at__isnull=True))
    items = ArchiveItem.objects.visible_to(actor).standing().filter(archive__in=pks).annotate(scans=scans)
    held: dict[int, list[ArchiveItem]] = {pk: [] for pk in pks}
    for item in items:
        held[item.archive_id].append(item)
    outings = Outing.objects.visible_to(actor).standing().filter(archive__in=pks)
    away = {one.archive_id: one for one in outings}
    return [_row(archive, held[archive.pk], away.get(archive.pk)) for archive in archives]


def _row(archive: Archive, items: Sequence[ArchiveItem], outing: Outing | None) -> dict[str, Any]:
    person, place = archive.person, place_by(outing)
    missing = lacking(person.category_mask, {item.kind for item in items})
    until = outing.until if outing and outing.stage == Stage.OUT else None
    ends = f"应还 {outing.until}" if outing and outing.until else ""
    late = "逾期，" if until and until < clock.today() else ""
    return {
        "url": archive.get_absolute_url(),
        "name": person.name,
        "note": category_name(person.category),
        "area": full_division_name(person.household_area),
        "shelf": archive.shelf,
        "pieces": f"{len(items)} 种 {sum(item.sheets for item in items)} 页",
        "scans": f"已扫描 {sum(getattr(item, 'scans', 0) for item in items)} 页",
        "missing": "、".join(kind.name for kind in missing),
        "place": place.label,
        "state": PLACE_STATES[place],
        "outing": outing.taker if outing else "",
        "outing_note": late + ends,
    }
