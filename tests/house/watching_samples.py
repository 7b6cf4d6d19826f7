"""Contexts of unusual looks."""

from tests.house.frame_samples import Context, frame

LIST: Context = {
    **frame("异常查阅"),
    "title": "异常查阅",
    "tabs": [{"label": "待核实", "url": "/x/", "active": True, "count": None}],
    "rows": [
        [
            {"text": "2026-03-02", "url": "/x/"},
            "顾建平",
            "夜间或休息日查看",
            {"text": "4 次", "note": "对照 3"},
            {"tags": [{"text": "待核实", "state": "warn"}]},
            {"text": "", "note": ""},
        ]
    ],
    "next_url": "/x/",
}
OPEN: Context = {
    **frame("异常查阅"),
    "title": "顾建平：夜间或休息日查看",
    "note": "2026-03-02 · 4 次，对照 3",
    "tag": "待核实",
    "about": [],
    "rows": [["2026-03-02 21:04:11", {"text": "陈国梁", "url": "/x/"}, "查看敏感字段", "联系走访"]],
    "settle_url": "/x/",
    "own": False,
    "list_url": "/x/",
    "states": [("EXPLAINED", "已说明，属正常工作"), ("RAISED", "上报，继续调查")],
    "chosen": "",
    "typed": "",
    "refused": [{"message": "请写明核实情况", "remedy": "例：当日集中核对优抚年审名单"}],
}
SETTLED: Context = {
    **OPEN,
    "settle_url": "",
    "own": True,
    "refused": (),
    "about": [{"label": "核实人", "value": "周明", "note": "2026-03-03 09:10"}],
}
PAGES: list[tuple[str, str, Context]] = [
    ("watching/list.html", "rows", LIST),
    ("watching/list.html", "empty", {**LIST, "rows": [], "next_url": ""}),
    ("watching/reading.html", "open", OPEN),
    ("watching/reading.html", "settled", SETTLED),
]
