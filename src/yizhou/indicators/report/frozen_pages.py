"""Pages of frozen reports: the list, one of them, what changed since, the form that freezes."""

from __future__ import annotations

import io
import tempfile
import uuid
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from django.http import Http404
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused
from yizhou.indicators.changes import NO_EVENT, PARTS, WAYS, Changed, ChangedPart, changes_since
from yizhou.indicators.models import Snapshot
from yizhou.indicators.opening import OPEN_ROWS, link_for
from yizhou.indicators.periods import Term
from yizhou.indicators.report.build import Wish, place_of
from yizhou.indicators.report.frozen import restored, restored_findings
from yizhou.indicators.report.onscreen import check_rows, document_of, table_cards
from yizhou.indicators.report.pages import FILES, NoSuchTerm, file_button, own_area, report_url, require
from yizhou.indicators.report.write import write_made
from yizhou.indicators.rules import MAX_REASON
from yizhou.indicators.snapshots import frozen_of, newest_seen, scope_of
from yizhou.indicators.wording import on_page
from yizhou.orgs.queries import division_names


def snapshot_or_404(uid: uuid.UUID, actor: Actor) -> Snapshot:
    """One snapshot. Absent and out of scope are the same ``Http404``."""
    found = Snapshot.objects.visible_to(actor).filter(uid=uid).first()
    if found is None:
        raise Http404
    return found


def snapshots_page(actor: Actor) -> dict[str, Any]:
    """The list of what was frozen."""
    found = frozen_of(actor)
    places = division_names([snapshot.area for snapshot in found if snapshot.area])
    return {
        "title": "统计快照",
        "note": "固化的报告不再改变；再固化另起版次，旧版保留",
        "rows": [
            {
                "title": f"{Term.of(s.period).label} · {places.get(s.area, s.area) or '全部区划'} · 第 {s.version} 版",
                "url": s.get_absolute_url(),
                "note": "；".join(filter(None, [f"{s.actor} · {clock.minute_of(s.frozen_at)}", s.reason])),
                "tag": f"口径 {s.definitions}",
                "state": "",
                "text": "",
            }
            for s in found
        ],
    }


def snapshot_page(snapshot: Snapshot, actor: Actor) -> dict[str, Any]:
    """The frozen report: the context of ``report/frozen.html``."""
    report = restored(snapshot)
    actions: list[dict[str, Any]] = [
        {
            "label": "之后的变化",
            "url": reverse("indicators:snapshot_changes", args=[snapshot.uid]),
            "kind": "",
        },
        {"label": "实时报告", "url": report_url(report.term, area=report.scope.area), "kind": ""},
    ]
    if actor.may("indicators.write_report"):
        for suffix, label, kind in FILES:
            url = reverse("indicators:snapshot_file", args=[snapshot.uid, suffix])
            actions.append(file_button(label, kind, url))
    return {
        "title": f"{report.term.label}报告（第 {snapshot.version} 版快照）",
        "note": "；".join(
            filter(
                None,
                [f"{snapshot.actor} {clock.minute_of(snapshot.frozen_at)} 固化，不再改变", snapshot.reason],
            )
        ),
        "actions": actions,
        "document": document_of(report),
        "tables": [card for card in table_cards(report) if card["rows"]],
        "checks": check_rows(restored_findings(snapshot)),
    }


def snapshot_file(snapshot: Snapshot, suffix: str, actor: Actor) -> tuple[io.BytesIO, str]:
    """The frozen report as a file. Raises ``UnknownSuffix``."""
    report = restored(snapshot)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"report.{suffix}"
        write_made(report, restored_findings(snapshot), path, actor)
        return io.BytesIO(path.read_bytes()), f"{report.title}（第{snapshot.version}版）.{suffix}"


def changes_page(snapshot: Snapshot, actor: Actor) -> dict[str, Any]:
    """What changed since: the context of ``report/changes.html``."""
    scope = scope_of(snapshot)
    found = changes_since(snapshot, scope, actor, rows=actor.may(OPEN_ROWS))
    return {
        "title": f"{Term.of(snapshot.period).label}快照之后的变化",
        "note": f"第 {snapshot.version} 版，{clock.minute_of(snapshot.frozen_at)} 固化 · {len(found)} 项指标有变",
        "actions": [{"label": "返回快照", "url": snapshot.get_absolute_url(), "kind": ""}],
        "indicators": [_indicator(changed, link_for, scope) for changed in found],
    }


def _indicator(changed: Changed, link: Any, scope: Any) -> dict[str, Any]:
    fact = changed.fact
    before, now = (
        "—" if figure.value is None else f"{on_page(fact, figure.value)}{fact.unit}"
        for figure in (changed.before, changed.now)
    )
    return {
        "name": fact.name,
        "code": fact.code,
        "told": f"{before} → {now}" if before != now else f"{now}，数未变",
        "url": link(reverse("indicators:detail", args=[fact.code]), scope)(),
        "parts": [{"title": _counts(part), "rows": _lines(part)} for part in changed.parts],
    }


def _counts(part: ChangedPart) -> str:
    told = "，".join(f"{WAYS[way]} {count:,} 条" for way, count in part.counts.items() if count)
    return f"{PARTS[part.part]}：{told}"


def _lines(part: ChangedPart) -> list[dict[str, str]]:
    """Lines of a card."""
    return [
        {
            "title": row.title,
            "url": row.url,
            "note": "；".join(
                filter(None, [f"{row.cause.label} · {row.cause.actor} · {row.cause.at}", row.cause.reason])
            )
            if row.cause
            else NO_EVENT,
            "tag": WAYS[row.way],
            "state": {"added": "ok", "gone": "late", "changed": "warn"}[row.way],
            "text": "",
        }
        for row in part.rows
    ]


def freeze_wish(query: Mapping[str, str], actor: Actor) -> Wish:
    """The period of an address or a form, else the last full year. Raises ``NoSuchTerm``."""
    try:
        term = Term.of(query.get("period") or str(clock.today().year - 1))
    except ValueError as error:
        raise NoSuchTerm from error
    require(term)
    return Wish(term.year, own_area(actor, query), kind=term.kind, part=term.part)


def require_period(sent: Mapping[str, str]) -> None:
    """Raises ``Refused`` for a form that does not say which period."""
    if not sent.get("period"):
        raise Refused([Blocker("PERIOD", "没有写明统计期", "从报告页面打开“固化”")])


def freeze_page(wish: Wish, actor: Actor, reason: str = "", despite: str = "") -> dict[str, Any]:
    """The form that freezes. Raises ``UnknownArea``."""
    area = place_of(wish, actor).scope.area
    before = newest_seen(actor, area, wish.term.code)
    place = division_names([area]).get(area, area) or "全部区划"
    return {
        "title": f"固化 {wish.term.label}报告",
        "note": place,
        "about": [
            {"label": "统计期", "value": f"{wish.term.period[0]} 至 {wish.term.period[1]}"},
            {"label": "区划", "value": place},
            {"label": "版次", "value": f"第 {before.version + 1 if before else 1} 版"},
            {
                "label": "已有快照",
                "value": f"{before.actor} {clock.minute_of(before.frozen_at)} 固化" if before else "没有",
            },
        ],
        "freeze_url": reverse("indicators:freeze"),
        "period": wish.term.code,
        "area": area,
        "reason": reason,
        "despite": despite,
        "must_reason": before is not None,
        "most": MAX_REASON,
        "refused": (),
    }
