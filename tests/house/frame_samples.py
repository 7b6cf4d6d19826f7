"""A frame and small pieces of page contexts: invented people of an invented county."""

from typing import Any

from markupsafe import Markup

Context = dict[str, Any]

CSRF = Markup('<input type="hidden" name="csrfmiddlewaretoken" value="token">')


def entry(label: str, url: str = "/x/", badge: object = None, *, hot: bool = False) -> Context:
    """One entry of the menu."""
    return {"label": label, "url": url, "active": False, "badge": badge, "hot": hot}


def tag(text: str, state: str = "") -> Context:
    """A word and its state."""
    return {"text": text, "state": state}


def clock(label: str, state: str, percent: int, note: str = "") -> Context:
    """A clock as clock.html takes it."""
    return {"label": label, "state": state, "percent": percent, "note": note}


def line(title: str, note: str = "", tag_text: str = "", state: str = "", text: str = "") -> Context:
    """One row of a quiet list."""
    return {"title": title, "url": "/x/", "note": note, "text": text, "tag": tag_text, "state": state}


def menu(active: str) -> list[Context]:
    """The whole menu with one entry lit."""
    groups = [
        (
            "axis",
            "",
            [
                entry("工作台", "/", 7, hot=True),
                entry("一人一档", badge="5,000"),
                entry("事项办理", badge=23),
            ],
        ),
        ("party", "党建引领", [entry("党员与组织关系"), entry("学习宣传")]),
        ("smart", "智慧服务", [entry("服务大厅"), entry("8181 热线", badge=3), entry("网上办事")]),
        ("growth", "同心培育", [entry("接收安置"), entry("就业创业"), entry("教育培训")]),
        (
            "care",
            "全域关爱",
            [entry("联系走访", badge=41), entry("优抚待遇"), entry("帮扶援助"), entry("权益维护")],
        ),
        ("glory", "金色共辉", [entry("荣誉档案"), entry("英烈纪念"), entry("志愿服务")]),
        ("axis", "治理", [entry("服务站"), entry("指标与报告"), entry("导入台账")]),
    ]
    return [
        {"ring": ring, "title": title, "entries": [{**e, "active": e["label"] == active} for e in entries]}
        for ring, title, entries in groups
    ]


def frame(active: str) -> Context:
    """What shell.html takes."""
    return {
        "menu": menu(active),
        "scope_label": "东湖县 · 县退役军人服务中心",
        "who": {
            "name": "顾建平",
            "post": "3 号窗口",
            "posts": [
                {"id": 1, "label": "3 号窗口", "active": True},
                {"id": 2, "label": "林埭镇服务站", "active": False},
            ],
        },
        "demo": "演示系统：人员和数据都是虚构的",
        "flashes": [],
        "csrf_token": "token",
        "csrf_input": CSRF,
        "once": "1f0c",
        "errors": [],
        "actions": [],
    }


PAGE: Context = {
    "start": 1,
    "end": 50,
    "total": 10000,
    "more_than": True,
    "previous_url": "",
    "next_url": "?after=50",
}
NO_FILTERS: Context = {"filters": [], "clear_url": ""}
FILTERS: Context = {
    "filters": [
        {"label": "区域", "value": "林埭镇", "clear_url": "?a", "options": []},
        {"label": "年龄", "value": "60 以上", "clear_url": "?b", "options": []},
        {
            "label": "人员类别",
            "value": "",
            "clear_url": "",
            "options": [
                {"label": "自主就业退役士兵", "url": "?c", "count": 2310, "active": False},
                {"label": "烈属", "url": "?d", "count": None, "active": False},
            ],
        },
        {"label": "联系类别", "value": "", "clear_url": "", "options": []},
        {"label": "档案完整度", "value": "", "clear_url": "", "options": []},
    ],
    "clear_url": "?",
}
PERIOD: Context = {
    "period": {
        "from": "2021-01-01",
        "to": "2021-12-31",
        "presets": [
            {"label": "本年", "url": "?y", "active": True},
            {"label": "上年", "url": "?l", "active": False},
            {"label": "本季", "url": "?q", "active": False},
        ],
    },
    "areas": [["330482000000", "东湖县"], ["330482102000", "林埭镇"]],
    "area": "330482000000",
}
ERRORS = [{"name": "phone", "label": "手机", "message": "应为 11 位，现为 10 位"}]
