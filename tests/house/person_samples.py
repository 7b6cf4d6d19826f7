"""Contexts of the person page: header, life axis, entitlements, every kind of panel."""

import datetime as dt

from markupsafe import Markup

from tests.house.frame_samples import (
    PAGE,
    Context,
    frame,
    line,
    tag,
)


def happened(ring: str, on: str, title: str, text: str, tag_text: str = "", state: str = "") -> Context:
    """One entry of the life axis."""
    return {
        "ring": ring,
        "on": on,
        "title": title,
        "url": "/x/" if tag_text else "",
        "text": text,
        "tag": tag_text,
        "state": state,
        "now": state == "info",
    }


def fact(label: str, value: str, reveal_url: str = "", **more: str) -> Context:
    """One fact of the person's header."""
    return {
        "label": label,
        "value": value,
        "reveal_url": reveal_url,
        "verb": "",
        "note": "",
        "tag": "",
        "state": "",
        "url": "",
        **more,
    }


STAGES = [
    {
        "title": "",
        "entries": [
            happened(
                "care",
                "11-18",
                "农村籍老年退役士兵生活补助",
                "待遇核定 · 县局优抚科 李敏，剩 6 个工作日",
                "办理中",
                "info",
            ),
            happened("care", "11-10", "入户走访", "腰椎术后恢复，行动不便；需要代办优待证年审 → 已转代办"),
            happened("smart", "10-22", "8181 来电", "咨询门诊优惠减免比例，满意", "直接答复", "ok"),
            happened(
                "glory", "08-01", "光荣牌更换", "2 个工作日，承诺 5 个工作日 · 评价：非常满意", "办结", "ok"
            ),
        ],
    },
    {"title": "就业创业", "entries": [happened("growth", "1996", "个体工商户登记", "国梁水产经营部")]},
    {
        "title": "退役返乡",
        "entries": [
            happened("axis", "1983.12", "退出现役，返乡报到", "东湖县钟埭公社"),
            happened("glory", "1982.07", "三等功", "抗洪抢险"),
            happened("axis", "1979.11", "参军入伍", "陆军某部"),
        ],
    },
]
CLAUSES = [
    {
        "label": "年满 60 周岁",
        "holds": True,
        "fact": "年龄",
        "value": "61",
        "source": "户籍，2021-03-02 核验",
        "basis": "民发〔2011〕110 号",
    },
    {
        "label": "未享受其他定期抚恤",
        "holds": False,
        "fact": "在享待遇",
        "value": "残疾抚恤金",
        "source": "发放名册",
        "basis": "",
    },
    {"label": "农村户籍", "holds": None, "fact": "户籍性质", "value": None, "source": "", "basis": ""},
]
ENTITLEMENTS = [
    {
        "name": "老年生活补助",
        "tag": "申领中",
        "state": "info",
        "note": "服役 4 年 1 个月 → 每月 4 × 标准",
        "why": "为什么符合",
        "clauses": CLAUSES[:1],
    },
    {
        "name": "门诊优惠减免",
        "tag": "符合未享",
        "state": "warn",
        "note": "免申即享，可直接发起",
        "why": "为什么符合",
        "clauses": CLAUSES[:1],
        "action": {"label": "发起", "url": "/x/"},
    },
    {"name": "短期疗养", "tag": "不符合", "state": "", "note": "", "why": "为什么不符合", "clauses": CLAUSES},
    {
        "name": "春节走访慰问",
        "tag": "在享",
        "state": "ok",
        "note": "2021-02-05 慰问金 500 元",
        "why": "",
        "clauses": [],
    },
]
AXIS = {
    "kind": "axis",
    "title": "生命轴",
    "note": "参军入伍 → 身后褒扬，全部 31 件",
    "stages": STAGES,
    "more_url": "/x/",
}
PERSON: Context = {
    **frame("一人一档"),
    "person": {
        "name": "陈国梁",
        "tags": [tag("三等功", "gold"), tag("农村籍退役士兵"), tag("重点关爱", "warn")],
        "photo_url": "",
    },
    "facts": [
        fact("身份证号", "330482********0319", "/x/"),
        fact("手机", "138****5207", "/x/", verb="拨打"),
        fact("年龄", "61 岁（1960-08-03）"),
        fact("所属网格", "钟埭街道 沈家弄村 03 网格"),
        fact("服役", "1979.11–1983.12 · 4 年 1 个月"),
        fact("优待证", "浙F 0048213", tag="有效", state="ok"),
        fact("联络员", "沈玉兰 · 上次走访 12 天前"),
        fact("档案完整度", "94%，缺 1 项：", note="立功证书影像", url="/x/"),
    ],
    "quick": [
        {"label": "发起事项", "url": "/x/", "kind": "primary"},
        {"label": "记录走访", "url": "/x/", "kind": ""},
        {"label": "代办登记", "url": "/x/", "kind": ""},
    ],
    "tabs": [
        {"label": label, "url": "/x/", "active": label == "生命轴", "count": count}
        for label, count in (
            ("生命轴", None),
            ("基本信息", None),
            ("服役经历", None),
            ("家庭", None),
            ("办理事项", 9),
            ("待遇发放", 28),
            ("走访", 16),
            ("荣誉", None),
            ("信息维护台账", None),
        )
    ],
    "panel": AXIS,
    "strategy": {"note": "符合 3 项，在享 1 项", "items": ENTITLEMENTS},
    "side": [
        {
            "title": "家庭与联系",
            "note": "",
            "link": None,
            "rows": [line("妻 · 沈阿珍", text="同住"), line("子 · 陈晓军", text="现役")],
        }
    ],
}
PAIRS = [
    {"label": "政治面貌", "value": "中共党员"},
    {"label": "文化程度", "value": None},
    {
        "label": "优待证",
        "value": "浙F 0048213",
        "url": "/x/",
        "tag": "有效",
        "state": "ok",
        "note": "2021-03 发",
    },
]
PANELS: list[tuple[str, Context]] = [
    ("axis", PERSON),
    (
        "definitions",
        {
            **PERSON,
            "panel": {
                "kind": "definitions",
                "title": "基本信息",
                "note": "",
                "sections": [{"title": "本人", "pairs": PAIRS}],
            },
        },
    ),
    (
        "table",
        {
            **PERSON,
            "strategy": None,
            "side": [],
            "panel": {
                "kind": "table",
                "title": "信息维护台账",
                "note": "",
                "headers": ["时间", "内容", {"label": "旧值", "num": True}],
                "rows": [
                    [
                        "11-20",
                        {"text": "手机", "url": "/x/", "tags": [tag("已核", "ok")], "note": "沈玉兰"},
                        None,
                    ]
                ],
                "page": PAGE,
                "empty": "没有变更",
            },
        },
    ),
    (
        "html",
        {
            **PERSON,
            "panel": {"kind": "html", "title": "家庭", "note": "", "html": Markup("<p>同住 3 人</p>")},
        },
    ),
]


MASKED = {"label": "联系电话", "value": "138****5207", "reveal_url": "/x/"}
CHANGE: Context = {
    "at": dt.datetime(2021, 11, 20, 9, 12, tzinfo=dt.UTC),
    "label": "更正档案",
    "actor": "沈玉兰",
    "reason": "本人出示新的户口簿",
    "source": "",
    "changes": ["学历：初中 → 高中", "联系电话：138****8000 → 139****9000"],
    "approved_by": "顾建平",
    "taken_back": False,
    "undo_url": "/x/",
}
PAPER: Context = {
    "title": "档案查阅告知单",
    "name": "周国梁",
    "id_number": "339901********8239",
    "area": "东一村",
    "back_url": "/x/",
    "printed_by": "许望舒",
    "printed_at": dt.datetime(2021, 11, 20, 9, 12, tzinfo=dt.UTC),
}
PAST: Context = {"past_url": "/x/", "today": dt.date(2021, 11, 23)}
CHOICE = {
    "uid": "7c9e6679-7425-40de-944b-e07fc1f90ae7",
    "title": "陈国梁",
    "note": "男 · 61 · 330482********0319",
}
LOOK: Context = {
    "at": dt.datetime(2021, 11, 20, 9, 12, tzinfo=dt.UTC),
    "label": "查看敏感字段",
    "what": "联系电话",
    "actor": "沈玉兰",
    "reason": "联系走访",
}
SCAN: Context = {
    "title": "退役证",
    "kind": "PDF",
    "size": "312 KB",
    "stored_at": dt.datetime(2026, 3, 2, 9, 30, tzinfo=dt.UTC),
    "actor": "何静姝",
    "open_url": "/files/1/",
}
FRAGMENTS: list[tuple[str, str, Context]] = [
    (
        "people/_basic.html",
        "some",
        {"sections": [{"title": "本人", "rows": [MASKED, {**MASKED, "value": "", "reveal_url": ""}]}]},
    ),
    (
        "people/_history.html",
        "some",
        {
            "rows": [
                CHANGE,
                {**CHANGE, "undo_url": "", "taken_back": True, "source": "批次 1f0c22aa 第 18 行"},
            ],
            "limit": 2,
            **PAST,
        },
    ),
    (
        "people/_records.html",
        "some",
        {
            "groups": [
                {
                    "title": "全域关爱",
                    "rows": [
                        {"title": "走访联系台账", "count": 3, "url": "/x/", "add_url": "/x/"},
                        {"title": "困难帮扶资金台账", "count": 0, "url": "", "add_url": ""},
                    ],
                }
            ]
        },
    ),
    ("people/_history.html", "none", {"rows": [], "limit": 200, **PAST}),
    (
        "people/_readers.html",
        "some",
        {"rows": [LOOK, {**LOOK, "what": ""}], "readers": 2, "limit": 2, "print_url": "/x/"},
    ),
    ("people/_readers.html", "none", {"rows": [], "readers": 0, "limit": 200, "print_url": "/x/"}),
    (
        "people/readers.html",
        "looked at",
        {**PAPER, "rows": [LOOK, {**LOOK, "what": ""}], "readers": 2, "limit": 2},
    ),
    ("people/readers.html", "never", {**PAPER, "rows": [], "readers": 0, "limit": 2000}),
    (
        "people/_files.html",
        "some",
        {"rows": [SCAN, {**SCAN, "open_url": ""}], "attach_url": "/people/1/attach/", "csrf_input": ""},
    ),
    ("people/_files.html", "none", {"rows": [], "attach_url": "", "csrf_input": ""}),
    ("people/_pick.html", "some", {"name": "person", "q": "陈国", "choices": [CHOICE]}),
    ("people/_pick.html", "none", {"name": "person", "q": "", "choices": []}),
]
PAGES: list[tuple[str, str, Context]] = [
    *(("people/person.html", kind, context) for kind, context in PANELS),
    *FRAGMENTS,
]
