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
HINT: Context = {
    "uid": "s1",
    "name": "陈国梁",
    "url": "/x/",
    "area": "望澜区芦汀街道",
    "kind": "殡葬名单",
    "noted_on": dt.date(2026, 2, 20),
    "words": "",
    "actor": "许静",
    "state": "有效",
    "tag": "info",
    "withdrawn": "",
    "withdraw_url": "/x/",
    "longest": 200,
}
WITHDRAWN: Context = {
    **HINT,
    "uid": "s2",
    "words": "邻居说已去世",
    "state": "已撤回",
    "tag": "paused",
    "withdrawn": "许静：同名同姓，不是本人",
    "withdraw_url": "",
}
ALONE: Context = {"name": "", "seen": "", "posts": [], "url": ""}
EVENT: Context = {
    **frame("生命周期事件"),
    "csrf_input": CSRF,
    "title": "去世：陈国梁",
    "note": "2026-01-09",
    "person_url": "/x/",
    "facts": [{"label": "依据的事实", "value": "去世日期"}],
    "is_revoked": False,
    "is_doubt": False,
    "hints": [],
    "companion": {
        "name": "孟归鸿（芦汀街道站）",
        "seen": "p1",
        "posts": [["p1", "孟归鸿（芦汀街道站）"]],
        "url": "/x/",
    },
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
    "signals_url": "/x/",
    "page": PAGER,
    "rows": [TASK, DONE],
    "areas": [{"name": "梅坞镇", "open": 3, "late": 1, "url": "/x/", "late_url": "/x/"}],
}
SIGNALS: Context = {
    **frame("近况线索"),
    "csrf_input": CSRF,
    "title": "近况线索",
    "note": "",
    "filters": [],
    "clear_url": "/x/",
    "compare_url": "/x/",
    "page": PAGER,
    "rows": [HINT, WITHDRAWN],
}
NOTE: Context = {
    **frame("登记近况线索"),
    "csrf_input": CSRF,
    "title": "登记近况线索：陈国梁",
    "note": "",
    "back_url": "/x/",
    "action_url": "/x/",
    "kinds": [["TOLD", "群众或亲属反映"]],
    "kind": "",
    "noted_on": "2026-03-02",
    "words": "",
    "limits": {"minlength": 4, "maxlength": 200},
    "refused": [],
}
COMPARE: Context = {
    **NOTE,
    "title": "比对线索名单",
    "name": "",
    "headers": "身份证号、姓名",
    "megabytes": 50,
    "recent": [line("民政局 2 月火化名单", "殡葬名单", "新增 2 条", "info")],
}
COMPARED: Context = {
    **frame("名单"),
    "csrf_input": CSRF,
    "title": "民政局 2 月火化名单",
    "note": "",
    "back_url": "/x/",
    "facts": [{"label": "名单", "value": "3 行"}],
    "rows": [HINT],
    "shown": 200,
    "matched": 1,
    "faults": [{"row": 3, "header": "姓名", "message": "身份证号在档，姓名对不上", "remedy": "核实后再传"}],
}
PAGES: list[tuple[str, str, Context]] = [
    ("lifecycle/event.html", "death", EVENT),
    ("lifecycle/event.html", "revoked", {**EVENT, "is_revoked": True, "tasks": [DONE], "seam": None}),
    ("lifecycle/event.html", "doubt", {**EVENT, "is_doubt": True, "seam": None, "hints": [HINT, WITHDRAWN]}),
    ("lifecycle/event.html", "nobody named", {**EVENT, "is_doubt": True, "companion": ALONE}),
    (
        "lifecycle/event.html",
        "move",
        {**EVENT, "seam": {"is_death": False, "lines": [], "survivors": []}},
    ),
    ("lifecycle/signals.html", "some", SIGNALS),
    ("lifecycle/signals.html", "none", {**SIGNALS, "rows": [], "compare_url": ""}),
    ("lifecycle/note.html", "empty", NOTE),
    ("lifecycle/compare.html", "some before", COMPARE),
    ("lifecycle/compare.html", "the first", {**COMPARE, "recent": []}),
    ("lifecycle/compared.html", "faults", COMPARED),
    ("lifecycle/compared.html", "nobody", {**COMPARED, "rows": [], "matched": 0, "faults": []}),
    ("lifecycle/list.html", "rows", LIST),
    ("lifecycle/list.html", "empty", {**LIST, "rows": [], "areas": []}),
    ("lifecycle/_panel.html", "rows", {"rows": [TASK]}),
]
