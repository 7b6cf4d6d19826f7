"""Contexts of the pages of plans."""

import datetime as dt

from tests.house.frame_samples import CSRF, Context, frame

PAGER: Context = {"start": 1, "end": 1, "total": 1, "more_than": False, "previous_url": "", "next_url": ""}
MEASURE: Context = {
    "uid": "m1",
    "text": "联系村委修缮屋顶",
    "owner": "沈玉兰",
    "due_on": dt.date(2026, 3, 20),
    "state": "待落实",
    "tag": "info",
    "note": "",
    "settle_url": "/x/",
    "strike_url": "",
}
RUNNING: Context = {
    "uid": "p1",
    "goals": "解决住房漏雨",
    "days": "2026-03-02 至 2026-12-31",
    "from_on": dt.date(2026, 3, 2),
    "to_on": dt.date(2026, 12, 31),
    "drawn": "许静，2026-03-02 09:30",
    "status": "执行中",
    "state": "info",
    "measures": [MEASURE],
    "result": "",
    "evaluation": "",
    "evaluated": "",
    "add_url": "/x/",
    "start_url": "",
    "evaluate_url": "/x/",
}
DRAFT: Context = {
    **RUNNING,
    "uid": "p2",
    "status": "起草中",
    "measures": [],
    "start_url": "/x/",
    "evaluate_url": "",
}
OVER: Context = {
    **RUNNING,
    "uid": "p3",
    "status": "已评估",
    "measures": [{**MEASURE, "uid": "m3", "settle_url": "", "strike_url": "/x/"}],
    "result": "目标达到",
    "evaluation": "不再漏雨",
    "evaluated": "许静，2026-12-31",
    "add_url": "",
    "evaluate_url": "",
}
PLAN: Context = {
    **frame("服务方案"),
    "csrf_input": CSRF,
    "title": "服务方案：陈国梁",
    "note": "一人一策",
    "back_url": "/x/",
    "plans": [DRAFT, RUNNING, OVER],
    "draft_url": "/x/",
    "has_contact": False,
    "results": [["REACHED", "目标达到"]],
    "today": dt.date(2026, 3, 2),
}
LISTED: Context = {
    "url": "/x/",
    "name": "陈国梁",
    "area": "望澜区",
    "goals": "解决住房漏雨",
    "days": "2026-03-02 至 2026-12-31",
    "measures": "1 / 2",
    "status": "执行中",
    "state": "info",
    "result": "",
}
LIST: Context = {
    **frame("服务方案"),
    "title": "服务方案",
    "note": "",
    "filters": [],
    "clear_url": "/x/",
    "page": PAGER,
    "rows": [LISTED],
}
PAGES: list[tuple[str, str, Context]] = [
    ("visits/plan.html", "all stages", PLAN),
    ("visits/plan.html", "none", {**PLAN, "plans": [], "draft_url": "", "has_contact": True}),
    ("visits/plans.html", "rows", LIST),
    ("visits/plans.html", "empty", {**LIST, "rows": []}),
]
