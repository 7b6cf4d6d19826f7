"""Contexts of one's own pages."""

import datetime as dt
from typing import Any

from tests.house.frame_samples import CSRF, Context, frame

OWN: Context = {"csrf_input": CSRF, "name": "周海峰", "place": "示范县新仓镇新仓村"}
BLOCKERS = [{"message": "身份证号或口令不对，或尚未激活", "remedy": "核对后再输"}]
LINE = {
    "title": "自主就业一次性补助",
    "who": "退役军人局",
    "status": "办理中",
    "state": "info",
    "until": "剩余 4 个工作日 · 9 月 29 日前",
    "result": "",
}
STAGES = [{"label": "申请", "state": "done", "note": ""}, {"label": "受理", "state": "current", "note": ""}]
MATTER: dict[str, Any] = {
    "title": "自主就业一次性补助",
    "number": "BJ20260302-0001",
    "is_done": False,
    "stages": STAGES,
    "lines": [LINE],
    "note": "",
}
BUNDLE = {**MATTER, "title": "返乡一件事", "stages": [], "note": "2 项已办好 1 项", "lines": [LINE, LINE]}
ENTITLED: dict[str, Any] = {
    "name": "免费职业技能培训",
    "tag": "可申请",
    "state": "ok",
    "note": "",
    "why": "为什么符合",
    "clauses": [],
    "action": None,
}
LOOK = {
    "at": dt.datetime(2026, 3, 2, 9, 15, tzinfo=dt.UTC),
    "label": "查看敏感字段原文",
    "what": "手机号",
    "actor": "费伟明",
    "reason": "电话核实",
}
ACCESS: Context = {
    **frame("我的服务"),
    "title": "我的服务",
    "note": "周海峰",
    "back_url": "/x/",
    "action_url": "/x/",
    "close_url": "/x/",
    "state": [{"label": "状态", "value": "已开通"}],
    "can_close": True,
    "days": 7,
    "refused": [],
    "slip": None,
}
SLIP = {
    "name": "周海峰",
    "code": "ABCD-2345",
    "until": "2026-03-09",
    "address": "http://127.0.0.1:8000/my/activate/",
    "qr": "data:image/svg+xml,x",
}
PAGES = [
    ("citizen/login.html", "first", {"csrf_input": CSRF, "number": "", "refused": []}),
    ("citizen/login.html", "refused", {"csrf_input": CSRF, "number": "3399", "refused": BLOCKERS}),
    ("citizen/activate.html", "refused", {"csrf_input": CSRF, "number": "", "code": "", "refused": BLOCKERS}),
    (
        "citizen/home.html",
        "under way",
        {**OWN, "matters": [MATTER, BUNDLE], "count": 2, "entitled": [ENTITLED]},
    ),
    ("citizen/home.html", "nothing", {**OWN, "matters": [], "count": 1, "entitled": []}),
    ("citizen/cases.html", "some", {**OWN, "matters": [MATTER]}),
    ("citizen/cases.html", "none", {**OWN, "matters": []}),
    (
        "citizen/file.html",
        "sections",
        {**OWN, "sections": [{"title": "本人", "rows": [{"label": "姓名", "value": "周海峰"}]}]},
    ),
    ("citizen/readers.html", "some", {**OWN, "rows": [LOOK], "readers": 1, "limit": 1}),
    ("citizen/readers.html", "none", {**OWN, "rows": [], "readers": 0, "limit": 200}),
    ("citizen/access.html", "open", ACCESS),
    ("citizen/access.html", "slip", {**ACCESS, "can_close": False, "slip": SLIP}),
]
