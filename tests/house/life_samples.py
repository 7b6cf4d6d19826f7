"""Contexts of the pages of the events of lives."""

import datetime as dt

from tests.house.frame_samples import CSRF, Context, frame, line

PAGER: Context = {"start": 1, "end": 1, "total": 1, "more_than": False, "previous_url": "", "next_url": ""}
TASK: Context = {
    "uid": "t1",
    "title": "核对停发月份",
    "event": "去世",
    "happened_on": dt.date(2026, 1, 9),
    "url": "/x/",
    "name": "陈国梁",
    "area": "望澜区芦汀街道",
    "level": "镇街站",
    "due_on": dt.date(2026, 3, 20),
    "state": "待办",
    "tag": "info",
    "done": "",
    "basis": "手册第 11 章",
    "skip": [["没有多发", "没有多发"]],
    "settle_url": "/x/",
    "skip_url": "/x/",
    "file_url": "/x/",
}
DONE: Context = {
    **TASK,
    "uid": "t2",
    "state": "已办",
    "tag": "ok",
    "done": "许静，2026-03-02，已办",
    "settle_url": "",
    "skip_url": "",
    "file_url": "",
}
EVENT: Context = {
    **frame("生命周期事件"),
    "csrf_input": CSRF,
    "title": "去世：陈国梁",
    "note": "2026-01-09",
    "person_url": "/x/",
    "facts": [{"label": "依据的事实", "value": "去世日期"}],
    "is_revoked": False,
    "is_doubt": False,
    "tasks": [TASK, DONE],
    "seam": {
        "is_death": True,
        "lines": [line("残疾抚恤金：多发 1 个月", "2026-02", "1,200.00 元", "late")],
        "survivors": [],
    },
}
LIST: Context = {
    **frame("生命周期事件"),
    "title": "生命周期事件",
    "note": "",
    "filters": [],
    "clear_url": "/x/",
    "page": PAGER,
    "rows": [TASK, DONE],
    "areas": [{"name": "梅坞镇", "open": 3, "late": 1, "url": "/x/", "late_url": "/x/"}],
}
PAGES: list[tuple[str, str, Context]] = [
    ("lifecycle/event.html", "death", EVENT),
    ("lifecycle/event.html", "revoked", {**EVENT, "is_revoked": True, "tasks": [DONE], "seam": None}),
    ("lifecycle/event.html", "doubt", {**EVENT, "is_doubt": True, "seam": None}),
    (
        "lifecycle/event.html",
        "move",
        {**EVENT, "seam": {"is_death": False, "lines": [], "survivors": []}},
    ),
    ("lifecycle/list.html", "rows", LIST),
    ("lifecycle/list.html", "empty", {**LIST, "rows": [], "areas": []}),
    ("lifecycle/_panel.html", "rows", {"rows": [TASK]}),
]
