"""Contexts of the pages of balances."""

from typing import Any

from tests.house.frame_samples import PAGE, Context, frame, line

HEADERS: list[Any] = [
    "人员类别",
    *({"label": name, "num": True} for name in ("期初", "＋新增", "－去世", "期末")),
]


def cell(count: int, url: str = "/x/") -> Context:
    """A number that opens."""
    return {"text": f"{count:,}", "url": url if count else "", "num": True}


CHOOSER: Context = {
    "terms": [["2021", "2021 年度"], ["2021-Q4", "2021 年第四季度"]],
    "period": "2021",
    "areas": [["", "全部区划"], ["339902000000", "东湖县"]],
    "area": "339902000000",
}
CHECKS = [
    line("每一行：期初 + 增 − 减 = 期末", "", "通过", "ok"),
    line("没有无依据的减少", "2 人", "不通过", "late"),
]
LIST: Context = {
    **frame("平衡表"),
    **CHOOSER,
    "title": "平衡表",
    "note": "期初 + 增 − 减 = 期末",
    "rows": [line("服务对象增减平衡表", "由信息采集台账逐条核对", "未核定", "warn")],
}
TABLES: list[Any] = [
    {
        "title": "按人员类别",
        "headers": HEADERS,
        "rows": [
            ["转业军官", cell(284), cell(12), cell(3), cell(293)],
            ["合计", cell(4599), cell(182), cell(0), cell(4703)],
        ],
    },
    {"title": "按下级区划", "headers": ["区划", *HEADERS[1:]], "rows": []},
]
SHEET: Context = {
    **frame("平衡表"),
    **CHOOSER,
    "title": "服务对象增减平衡表",
    "note": "东湖县 · 2021 年度 · 单位：人",
    "opening": "期初为 2020 年度第 1 版核定表的期末名册",
    "actions": [{"label": "核定", "url": "/x/", "kind": "primary"}],
    "export_url": "/x/",
    "tables": TABLES,
    "explained": [{"label": "补录", "value": "起算日在期初以前"}],
    "checks": CHECKS,
    "versions": [line("第 1 版", "沈若谷 · 2022-01-05 09:00")],
}
NAMES: Context = {
    **frame("平衡表"),
    "title": "转业军官 · －去世",
    "note": "服务对象增减平衡表 · 东湖县 · 2021 年度",
    "actions": [{"label": "返回平衡表", "url": "/x/", "kind": ""}],
    "caption": "3 人",
    "headers": ["姓名", "依据"],
    "rows": [[{"text": "陈国梁", "url": "/x/"}, "去世日期 2021-05-01"], ["另有 2 条", "现归属别的区划"]],
    "page": PAGE,
}
CONFIRM: Context = {
    **frame("平衡表"),
    "title": "核定服务对象增减平衡表",
    "note": "东湖县 · 2021 年度",
    "about": [{"label": "版次", "value": "第 2 版"}],
    "checks": CHECKS,
    "confirm_url": "/x/",
    "back_url": "/x/",
    "reason": "",
    "must_reason": True,
    "refused": [{"message": "核对不通过：没有无依据的减少（2 人）", "remedy": "更正台账后再核定"}],
}
CONFIRMED: Context = {
    **frame("平衡表"),
    "title": "服务对象增减平衡表（第 1 版核定）",
    "note": "东湖县 · 2021 年度 · 单位：人",
    "actions": [],
    "opening": "沈若谷 2022-01-05 09:00 核定，不再改变",
    "tables": TABLES,
    "checks": CHECKS,
}
PAGES: list[tuple[str, str, Context]] = [
    ("balances/list.html", "tables", LIST),
    ("balances/list.html", "none", {**LIST, "rows": []}),
    ("balances/_chooser.html", "alone", CHOOSER),
    ("balances/_tables.html", "alone", {"opening": "", "tables": TABLES, "checks": CHECKS}),
    ("balances/sheet.html", "sheet", SHEET),
    ("balances/sheet.html", "unconfirmed", {**SHEET, "versions": [], "export_url": ""}),
    ("balances/names.html", "names", NAMES),
    ("balances/confirm.html", "refused", CONFIRM),
    ("balances/confirmed.html", "confirmed", CONFIRMED),
]
