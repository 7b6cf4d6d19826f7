"""One archive as its page, its tab and its printed catalogue show it."""

from __future__ import annotations

import uuid
from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Q
from django.http import Http404
from django.urls import reverse

from yizhou.archives.catalogue import kind_name, kinds, lacking
from yizhou.archives.models import UNDER_WAY, Archive, ArchiveItem, ArchivePage, Outing, Place, Stage, Way
from yizhou.archives.queries.papers import offers
from yizhou.archives.rules import PURPOSES, WAYS, may_sign
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.orgs.queries import full_division_name
from yizhou.people.categories import category_name
from yizhou.people.models import Person

PLACE_STATES = {Place.KEPT: "ok", Place.LENT: "warn", Place.SENT: "paused"}
STAGE_STATES = {Stage.ASKED: "info", Stage.APPROVED: "info", Stage.OUT: "warn", Stage.DONE: "ok"}
OUTINGS = 50


def found_or_404(rows: Any, uid: uuid.UUID, actor: Actor) -> Any:
    """The row if inside the actor's scope; absent and out of scope are the same 404 (trust.md D5)."""
    row = rows.visible_to(actor).filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def archive_of(person: Person, actor: Actor) -> Archive | None:
    """The person's archive, where there is one."""
    return Archive.objects.visible_to(actor).filter(person=person).first()


def items_of(archive: Archive, actor: Actor) -> list[ArchiveItem]:
    """The standing lines of the catalogue in order, each with the number of its scanned pages as ``scans``."""
    scans = Count("pages", filter=Q(pages__replaced_at__isnull=True))
    rows = ArchiveItem.objects.visible_to(actor).standing().filter(archive=archive)
    return list(rows.annotate(scans=scans).order_by("position"))


def archive_page(archive: Archive, actor: Actor) -> dict[str, Any]:
    """Context of ``archives/archive.html``."""
    items, person = items_of(archive, actor), archive.person
    away = list(Outing.objects.visible_to(actor).filter(archive=archive).order_by("-pk")[:OUTINGS])
    missing = lacking(person.category_mask, {item.kind for item in items})
    return {
        "title": f"电子档案：{person.name}",
        "note": f"{full_division_name(person.household_area)} · {category_name(person.category)}",
        "archive": archive,
        "actions": _links(archive, actor),
        "facts": _facts(archive, items),
        "items": [item_row(item) for item in items],
        "missing": [
            {"title": kind.name, "note": kind.basis, "tag": "缺件", "state": "late"} for kind in missing
        ],
        "outings": [outing_row(one, actor) for one in away],
        "offers": offers(archive, actor) if actor.may("archives.file_papers") else [],
        "kinds": [(kind.code, kind.name) for kind in kinds().values()],
        "ways": Way.choices,
        "may": _may(archive, actor, away),
        "urls": {verb: reverse(f"archives:{verb}", args=[archive.uid]) for verb in VERBS},
    }


VERBS = ("shelve", "add_item", "judge", "verify", "file_papers", "ask")


def _may(archive: Archive, actor: Actor, away: Sequence[Outing]) -> dict[str, bool]:
    found = {verb: actor.may(f"archives.{verb}_archive") for verb in ("shelve", "judge", "verify")}
    found["add_item"] = actor.may("archives.add_item")
    is_free = archive.place == Place.KEPT and not any(one.stage in UNDER_WAY for one in away)
    found["ask"] = is_free and actor.may("archives.ask_outing")
    return found


def _links(archive: Archive, actor: Actor) -> list[dict[str, str]]:
    links = [
        {"label": "打印卷内目录", "url": reverse("archives:catalogue", args=[archive.uid]), "kind": ""},
    ]
    if actor.may("people.view_person"):
        tab = reverse("people:panel", args=[archive.person.uid, "archive"])
        links.append({"label": "返回档案页", "url": tab, "kind": ""})
    return links


def _facts(archive: Archive, items: Sequence[ArchiveItem]) -> list[dict[str, str]]:
    scans = sum(getattr(item, "scans", 0) for item in items)
    verified = clock.minute_of(archive.verified_at) if archive.verified_at else "还没有校验过"
    state, words = ("late", f"{archive.damaged} 页不符") if archive.damaged else ("ok", "全部相符")
    checked = {True: "齐全", False: "不齐", None: "没有核定"}
    return [
        {"label": "状态", "value": archive.place.label},
        {"label": "存放位置", "value": archive.shelf},
        {"label": "收到", "value": f"{archive.received_on}，{archive.received_from}"},
        {
            "label": "卷内",
            "value": f"{len(items)} 种，{sum(item.sheets for item in items)} 页，已扫描 {scans} 页",
        },
        {"label": "要件（核定）", "value": checked[archive.person.archive_complete]},
        {
            "label": "扫描页校验",
            "value": verified,
            "tag": words if archive.verified_at else "",
            "state": state,
        },
    ]


def item_row(item: ArchiveItem) -> dict[str, Any]:
    """One line of the catalogue."""
    return {
        "position": item.position,
        "kind": kind_name(item.kind),
        "title": item.title,
        "made_on": item.made_on or "",
        "sheets": item.sheets,
        "form": "复制件" if item.is_copy else "原件",
        "remark": item.remark,
        "scans": getattr(item, "scans", 0),
        "url": reverse("archives:item", args=[item.uid]),
    }


def outing_row(one: Outing, actor: Actor) -> dict[str, Any]:
    """A request for the paper with what this reader may do next."""
    overdue = one.stage == Stage.OUT and one.until is not None and one.until < clock.today()
    ends = f"应还 {one.until}" if one.until else WAYS.get(one.sent_by, "")
    return {
        "uid": one.uid,
        "way": Way(one.way).label,
        "is_loan": one.way == Way.LOAN,
        "taker": one.taker,
        "purpose": one.purpose,
        "asked": f"{one.asked_by}，{clock.minute_of(one.asked_at)}",
        "decided": f"{one.decided_by}，{clock.minute_of(one.decided_at)}" if one.decided_at else "",
        "note": one.note,
        "handed": f"交出 {one.handed_by}，{clock.minute_of(one.handed_at)}" if one.handed_at else "",
        "signed": f"签收 {one.signed_by}，{clock.minute_of(one.signed_at)}" if one.signed_at else "",
        "ends": "，".join(filter(None, (ends, f"封条 {one.seal_no}" if one.seal_no else ""))),
        "closed": f"{clock.minute_of(one.closed_at)} {one.closing_note}" if one.closed_at else "",
        "stage": "逾期未还" if overdue else Stage(one.stage).label,
        "state": "late" if overdue else STAGE_STATES.get(Stage(one.stage), "paused"),
        "verbs": _verbs(one, actor),
    }


def _verbs(one: Outing, actor: Actor) -> dict[str, str]:
    """Addresses of what may be done next, by verb."""
    wanted: list[tuple[str, bool]] = [
        ("decide", one.stage == Stage.ASKED and one.asked_by_id != actor.account_id),
        ("withdraw", one.stage in (Stage.ASKED, Stage.APPROVED)),
        ("hand_over", one.stage == Stage.APPROVED),
        ("sign", one.stage == Stage.OUT and not one.signed_at and may_sign(one, actor.account_id)),
        ("close", one.stage == Stage.OUT),
    ]
    return {
        verb: reverse(f"archives:{verb}", args=[one.uid])
        for verb, fits in wanted
        if fits and actor.may(f"archives.{verb}_outing")
    }


def item_page(item: ArchiveItem, actor: Actor) -> dict[str, Any]:
    """Context of ``archives/item.html``: one material and its scanned pages, those replaced among them."""
    pages = ArchivePage.objects.visible_to(actor).filter(item=item).select_related("file")
    rows = [_page_row(page, actor) for page in pages.order_by("position", "-pk")]
    may_add = actor.may("archives.add_pages") and item.removed_at is None
    return {
        "title": item.title,
        "note": f"{item.archive.person.name} · {kind_name(item.kind)} · 第 {item.position} 件",
        "item": item,
        "back_url": item.archive.get_absolute_url(),
        "rows": rows,
        "purposes": list(PURPOSES.items()),
        "kinds": [(kind.code, kind.name) for kind in kinds().values()],
        "add_url": reverse("archives:add_pages", args=[item.uid]) if may_add else "",
        "correct_url": _url("correct_item", item, actor),
        "remove_url": _url("remove_item", item, actor) if not any(row["stands"] for row in rows) else "",
    }


def _url(verb: str, item: ArchiveItem, actor: Actor) -> str:
    allowed = actor.may(f"archives.{verb}") and item.removed_at is None
    return reverse(f"archives:{verb}", args=[item.uid]) if allowed else ""


def _page_row(page: ArchivePage, actor: Actor) -> dict[str, Any]:
    stands = page.replaced_at is None
    return {
        "position": page.position,
        "uid": page.uid,
        "kind": page.file.suffix.lstrip(".").upper(),
        "size": f"{max(page.file.size // 1024, 1)} KB",
        "checksum": bytes(page.file.checksum).hex()[:16],
        "stored_at": page.file.stored_at,
        "actor": page.file.actor,
        "stands": stands,
        "replaced": f"{clock.minute_of(page.replaced_at)} 替换：{page.replaced_for}"
        if page.replaced_at
        else "",
        "look_url": reverse("archives:look", args=[page.uid]) if actor.may("archives.look_at_page") else "",
        "replace_url": reverse("archives:replace", args=[page.uid])
        if stands and actor.may("archives.replace_page")
        else "",
    }


def catalogue_page(archive: Archive, actor: Actor) -> dict[str, Any]:
    """Context of ``archives/catalogue.html``, the 卷内目录 to print."""
    items = items_of(archive, actor)
    return {
        "title": "卷内目录",
        "back_url": archive.get_absolute_url(),
        "name": archive.person.name,
        "shelf": archive.shelf,
        "place": full_division_name(archive.person.household_area),
        "rows": [item_row(item) for item in items],
        "sheets": sum(item.sheets for item in items),
        "printed_on": clock.today(),
    }


def panel(person: Person, actor: Actor) -> dict[str, Any]:
    """Context of the tab 电子档案."""
    archive = archive_of(person, actor)
    items = items_of(archive, actor) if archive else []
    return {
        "archive": archive,
        "facts": _facts(archive, items) if archive else [],
        "items": [item_row(item) for item in items],
        "missing": [kind.name for kind in lacking(person.category_mask, {item.kind for item in items})],
        "url": archive.get_absolute_url() if archive else "",
        "open_url": reverse("archives:open", args=[person.uid])
        if archive is None and actor.may("archives.open_archive")
        else "",
        "today": clock.today(),
    }
