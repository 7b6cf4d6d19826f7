"""Contexts of the dashboards."""

from tests.house.frame_samples import PERIOD, Context, frame, line


def point(text: str, value: float | None = None, url: str = "/x/") -> Context:
    """A cell behind a chart."""
    return {"text": text, "value": value, "url": url}


def column(name: str, *points: Context, drawn: bool = True) -> Context:
    """A column of a chart's table."""
    return {"name": name, "drawn": drawn, "points": list(points)}


TREND: Context = {
    "title": "按时与满意",
    "kind": "line",
    "unit": "%",
    "heading": "月份",
    "labels": [{"text": "2021-01", "url": ""}, {"text": "2021-02（至 9 日）", "url": "/x/"}],
    "series": [
        column("热线按时办结率", point("99.2%", 99.2), point("—")),
        column("满意度", point("98.0%", 98), point("少于 5", None, "")),
    ],
}
ON_TIME: Context = {
    **TREND,
    "title": "办件按时情况",
    "kind": "bar",
    "heading": "承办单位",
    "series": [column("办结", point("24", 24), point("3", 3), drawn=False), TREND["series"][0]],
}
KPI: Context = {
    "label": "接待退役军人来访人次",
    "value": "8,112",
    "unit": "人次",
    "notes": [{"text": "同比增长3.2%", "state": "up"}],
    "url": "/x/",
}
BAR: Context = {
    "label": "重点对象（每 3 个月）",
    "percent": 67.9,
    "text": "67.9%",
    "url": "/x/",
    "note": "97 / 143",
}
PLACES: Context = {
    "title": "网格化联系服务覆盖率",
    "choices": [{"label": "网格化联系服务覆盖率", "url": "/x/", "active": True, "count": None}],
    "shapes_url": "/x/",
    "source": "县自然资源局 2024 年",
    "missing": 1,
    "approval": "",
    "figure": {
        **TREND,
        "title": "各区划覆盖率",
        "kind": "map",
        "heading": "区划",
        "labels": [
            {"text": "林埭镇", "url": "/x/", "area": "339901001000", "shade": 1},
            {"text": "独山港镇", "url": "", "area": "339901002000", "shade": 0},
        ],
        "series": [column("覆盖率（%）", point("71.2%", 71.2), point("—", None, ""))],
    },
}
DASHBOARD: Context = {
    **frame("决策看板"),
    **PERIOD,
    "title": "决策看板",
    "note": "东湖县 · 2021 年",
    "actions": [],
    "headline": [KPI, {**KPI, "value": None, "notes": "分母为 0", "url": ""}],
    "places": PLACES,
    "trends": [TREND],
    "panels": [{"title": "满意度", "rows": [BAR, {**BAR, "percent": None, "text": "12 件"}]}],
    "cadences": [BAR],
    "on_time": ON_TIME,
    "alerts": [line("超期未办结的办件", "", "红灯 4", "late")],
}
SCREEN: Context = {
    **PERIOD,
    "title": "退役军人服务保障",
    "note": DASHBOARD["note"],
    "moment": "2021-03-02 09:30",
    "since": "09:28",
    "refresh_url": "/x/",
    "headline": DASHBOARD["headline"],
    "places": PLACES,
    "trends": [TREND],
    "on_time": ON_TIME,
}

PAGES: list[tuple[str, str, Context]] = [
    ("dashboards/dashboard.html", "all", DASHBOARD),
    ("dashboards/screen.html", "all", SCREEN),
    ("dashboards/screen.html", "village", {**SCREEN, "places": None, "on_time": None, "demo": "演示数据"}),
    ("dashboards/_places.html", "map", {"places": PLACES}),
    ("dashboards/_places.html", "tiles", {"places": {**PLACES, "shapes_url": ""}}),
    ("dashboards/dashboard.html", "village", {**DASHBOARD, "places": None, "on_time": None, "alerts": []}),
]
