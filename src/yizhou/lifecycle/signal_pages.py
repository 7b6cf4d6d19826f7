"""What the pages of signals show: the list of hints, noting one, comparing a list, and what became of a list."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404
from django.urls import reverse

from yizhou.cases.queries.lists import Wanted, chip, sliced
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker
from yizhou.core.scope import is_code
from yizhou.ledgers.reading import STAFF
from yizhou.lifecycle.actions.signal import LONGEST, NOTE, SHORTEST
from yizhou.lifecycle.listed import HEADERS
from yizhou.lifecycle.models import LifeEvent, LifeSignal, SignalKind, SignalList
from yizhou.orgs.queries import child_names, division_names, full_division_name
from yizhou.people.models import Person

LISTED = ("area", "kind", "state")
STATES = (("standing", "有效"), ("withdrawn", "已撤回"))
RECENT = 20
SHOWN = 200


def signals_page(query: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    """Context of ``lifecycle/signals.html``: one page of hints, the newest first."""
    wanted = Wanted.of(query, LISTED)
    signals, asked = LifeSignal.objects.visible_to(actor), wanted.filters
    if is_code(area := asked.get("area", "")):
        signals = signals.in_area(area)
    if asked.get("kind") in SignalKind.values:
        signals = signals.filter(kind=asked["kind"])
    if asked.get("state") in dict(STATES):
        signals = signals.filter(withdrawn_at__isnull=asked["state"] == "standing")
    part = sliced(signals.select_related("person"), wanted)
    area_chip = chip(wanted, "area", "区域", [one for code in actor.areas for one in child_names(code)])
    if is_code(area):
        area_chip["value"] = division_names([area]).get(area, area)
    return {
        "title": "近况线索",
        "note": "只作核查的线索；两种以上合起来、或殡葬名单一条，请村社站上门核实，待遇照发",
        "filters": [
            area_chip,
            chip(wanted, "kind", "来源", SignalKind.choices),
            chip(wanted, "state", "状态", STATES),
        ],
        "clear_url": reverse("lifecycle:signals"),
        "compare_url": reverse("lifecycle:compare") if actor.may("lifecycle.take_in_list") else "",
        "page": part.page,
        "rows": [signal_row(signal, actor) for signal in part.rows],
    }


def signal_row(signal: LifeSignal, actor: Actor) -> dict[str, Any]:
    """One hint with what this reader may do with it."""
    is_standing = signal.withdrawn_at is None
    withdrawn = f"{signal.withdrawn_by}：{signal.withdrawn_why}"
    return {
        "uid": signal.uid,
        "name": signal.person.name,
        "url": signal.person.get_absolute_url(),
        "area": full_division_name(signal.person.household_area),
        "kind": signal.get_kind_display(),
        "noted_on": signal.noted_on,
        "words": signal.words,
        "actor": signal.actor,
        "state": "有效" if is_standing else "已撤回",
        "tag": "info" if is_standing else "paused",
        "withdrawn": "" if is_standing else withdrawn,
        "withdraw_url": reverse("lifecycle:withdraw", args=[signal.uid])
        if is_standing and actor.may(NOTE)
        else "",
        "longest": LONGEST,
    }


def hints_about(event: LifeEvent, actor: Actor) -> list[dict[str, Any]]:
    """The hints about the person of an event, for its page."""
    signals = LifeSignal.objects.visible_to(actor).filter(person=event.person_id).select_related("person")
    return [signal_row(signal, actor) for signal in signals.order_by("-noted_on", "-id")[:RECENT]]


def note_page(person: Person, sent: Mapping[str, str], refused: Sequence[Blocker] = ()) -> dict[str, Any]:
    """Context of ``lifecycle/note.html``."""
    return {
        "title": f"登记近况线索：{person.name}",
        "note": "只登记听到、看到的情况；系统不会因此停发待遇",
        "back_url": person.get_absolute_url(),
        "action_url": reverse("lifecycle:note", args=[person.uid]),
        "kinds": SignalKind.choices,
        "kind": sent.get("kind", ""),
        "noted_on": sent.get("noted_on", clock.today().isoformat()),
        "words": sent.get("words", ""),
        "limits": {"minlength": SHORTEST, "maxlength": LONGEST},
        "refused": list(refused),
    }


def compare_page(actor: Actor, sent: Mapping[str, str], refused: Sequence[Blocker] = ()) -> dict[str, Any]:
    """Context of ``lifecycle/compare.html``: what to choose, and the lists compared before."""
    lists = SignalList.objects.visible_to(actor).order_by("-id")[:RECENT]
    return {
        "title": "比对线索名单",
        "note": "按身份证号和姓名与本辖区的档案比对；不在档的人不留存",
        "back_url": reverse("lifecycle:signals"),
        "action_url": reverse("lifecycle:compare"),
        "kinds": SignalKind.choices,
        "kind": sent.get("kind", SignalKind.FUNERAL),
        "name": sent.get("title", ""),
        "noted_on": sent.get("noted_on", clock.today().isoformat()),
        "headers": "、".join(HEADERS),
        "megabytes": STAFF.file_bytes >> 20,
        "recent": [_line(one) for one in lists],
        "refused": list(refused),
    }


def _line(listed: SignalList) -> dict[str, Any]:
    return {
        "title": listed.title,
        "url": listed.get_absolute_url(),
        "note": f"{listed.get_kind_display()} · {listed.noted_on} · {listed.actor}",
        "tag": f"新增 {listed.matched} 条",
        "state": "info" if listed.matched else "paused",
    }


def list_or_404(uid: uuid.UUID, actor: Actor) -> SignalList:
    """A list in sight; absent and out of sight are the same 404."""
    found = SignalList.objects.visible_to(actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def compared_page(listed: SignalList, actor: Actor) -> dict[str, Any]:
    """Context of ``lifecycle/compared.html``: what became of a list."""
    signals = LifeSignal.objects.visible_to(actor).filter(listed=listed).select_related("person")
    return {
        "title": listed.title,
        "note": f"{listed.get_kind_display()} · {listed.noted_on} · {listed.actor} {clock.minute_of(listed.noted_at)}",
        "back_url": reverse("lifecycle:compare"),
        "facts": [
            {"label": "名单", "value": f"{listed.rows:,} 行"},
            {"label": "新增线索", "value": f"{listed.matched:,} 条"},
            {"label": "已有线索", "value": f"{listed.known:,} 条"},
            {"label": "不在档或不在辖区", "value": f"{listed.absent:,} 人，没有留存"},
            {"label": "没有采用", "value": f"{len(listed.faults):,} 行"},
        ],
        "rows": [signal_row(signal, actor) for signal in signals.order_by("id")[:SHOWN]],
        "shown": SHOWN,
        "matched": listed.matched,
        "faults": listed.faults,
    }
