"""What the shell's own pages show."""

from __future__ import annotations

import json
from typing import Any

from django.conf import settings
from django.utils import timezone

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.portal.figures import year_figures
from yizhou.portal.search import found
from yizhou.portal.tasks import WORKLISTS

SHOWN = 12
WEEKDAYS = "一二三四五六日"


def demo_accounts() -> list[dict[str, str]]:
    """Accounts of the demonstration, for its sign-in page; elsewhere there are none."""
    file = settings.DEMO_FILE
    accounts: list[dict[str, str]] = (
        json.loads(file.read_text(encoding="utf-8"))["accounts"] if file.exists() else []
    )
    return accounts


def workbench(actor: Actor) -> dict[str, Any]:
    """The actor's waiting work, most urgent first, with the figures of the day."""
    lists = [w for w in WORKLISTS.values() if actor.may(w.permission)]
    counts = {w.name: w.count(actor) for w in lists}
    tasks = sorted((t for w in lists for t in w.tasks(actor, SHOWN)), key=lambda t: t.due_key or "9999")[
        :SHOWN
    ]
    today = clock.today()
    return {
        "greeting": f"{_greeting()}，{actor.name}",
        "today": f"{today.month} 月 {today.day} 日 星期{WEEKDAYS[today.weekday()]} · {actor.area_label}",
        "actions": [],
        "kpis": year_figures(actor, today),
        "work": {
            "title": "待我办理",
            "note": "按剩余时限排序",
            "total": sum(counts.values()),
            "url": lists[0].url if lists else "/",
            "rows": tasks,
        },
        "side": [
            {
                "title": "各类待办",
                "note": "",
                "link": None,
                "rows": [{"title": w.title, "url": w.url, "text": f"{counts[w.name]} 件"} for w in lists],
            }
        ],
    }


def _greeting() -> str:
    hour = timezone.localtime().hour
    return "早上好" if hour < 9 else "上午好" if hour < 12 else "下午好" if hour < 18 else "晚上好"


def search_page(text: str, actor: Actor) -> dict[str, Any]:
    """Hits by heading; ``only`` is the address of the single exact hit, to go there at once."""
    text = text.strip()
    sections = found(text, actor) if text else []
    hits = [hit for _, group in sections for hit in group]
    return {
        "q": text,
        "total": len(hits),
        "hint": ""
        if hits or not text
        else "没有找到。可输入姓名、拼音首字母、身份证号、手机后四位或办件编号",
        "only": hits[0].url if len(hits) == 1 and hits[0].exact else "",
        "groups": [
            {
                "title": title,
                "total_text": f"{len(group)} 条",
                "more_url": "",
                "rows": [
                    {
                        "title": hit.title,
                        "url": hit.url,
                        "note": hit.note,
                        "text": "",
                        "tags": [{"text": hit.tag, "state": ""}] if hit.tag else [],
                    }
                    for hit in group
                ],
            }
            for title, group in sections
        ],
    }
