"""Contexts of the indicator pages and the annual report."""

from typing import Any

from tests.house.frame_samples import (
    PAGE,
    PERIOD,
    Context,
    frame,
    line,
)

FIGURE: Context = {
    "indicator": {
        "code": "liaison_coverage_rate",
        "name": "网格化联系覆盖率",
        "url": "/x/",
        "value": "84.3",
        "unit": "%",
        "reason": "",
        "change": "较 2020 年 +6.1 个百分点",
        "state": "up",
        "ring": "care",
        "pairs": [
            {"label": "口径", "value": "期内至少有 1 次有效联系（面访或电话）的在册对象 ÷ 期末在册对象"},
            {"label": "分子", "value": "286,727 人", "url": "/x/"},
            {"label": "分母", "value": "340,127 人", "url": "/x/"},
            {"label": "来源", "value": "走访记录、在册档案"},
        ],
    },
    "areas_title": "按镇街道",
    "area_bars": [
        {"label": "当湖街道", "percent": 95.9, "text": "95.9%", "url": "/x/"},
        {"label": "独山港经济开发区（独山港镇）", "percent": 79.3, "text": "79.3%"},
        {"label": "林埭镇", "percent": 71.2, "text": "71.2%", "late": True},
        {"label": "曹桥街道", "percent": None, "text": "—"},
    ],
    "sample": {
        "title": "未联系对象",
        "note": "53,400 人",
        "link": {"label": "全部", "url": "/x/"},
        "rows": [
            line("陆阿大", "林埭镇 · 重点关爱", "213 天", "late"),
            line("吴根宝", "独山港镇", "98 天", "warn"),
        ],
    },
}
UNMEASURED: Context = {
    "indicator": {**FIGURE["indicator"], "value": None, "reason": "台账未启用", "change": ""},
    "areas_title": "",
    "area_bars": [],
    "sample": None,
}
INDICATOR: Context = {
    **frame("指标与报告"),
    **PERIOD,
    **FIGURE,
    "title": "网格化联系覆盖率",
    "note": "2021 年 · 东湖县",
    "period_title": "按季度",
    "later_url": "",
    "period_bars": [{"label": "一季度", "percent": 61, "text": "61.0%"}],
    "parts": [
        {"label": "分子", "url": "/x/", "active": True, "count": "286,727"},
        {"label": "分母", "url": "/x/", "active": False, "count": None},
    ],
    "headers": ["姓名", "区域", "最近联系", {"label": "次数", "num": True}],
    "rows": [
        [{"text": "吴根宝", "url": "/x/"}, "群丰 01", "2021-11-02", 3],
        [{"text": "沈巧英", "url": "/x/"}, "祥中 04", "2021-10-22", 0],
    ],
    "page": PAGE,
    "rows_title": "分子明细",
    "rows_note": "286,727 人",
}
INDICATORS: Context = {
    **frame("指标与报告"),
    **PERIOD,
    "title": "指标",
    "note": "每个数字都能点开到明细",
    "groups": [
        {
            "title": "全域关爱",
            "ring": "care",
            "rows": [
                {
                    "code": "liaison_coverage_rate",
                    "name": "网格化联系覆盖率",
                    "url": "/x/",
                    "value": "84.3",
                    "unit": "%",
                    "change": "较上年 +6.1 个百分点",
                    "state": "up",
                    "note": "",
                },
                {
                    "code": "aid_cases",
                    "name": "困难帮扶",
                    "url": "/x/",
                    "value": None,
                    "unit": "笔",
                    "change": "",
                    "state": "",
                    "note": "台账未启用",
                },
            ],
        }
    ],
}


INDICATOR_LATER: Context = {
    **{name: told for name, told in INDICATOR.items() if name not in FIGURE and "period_" not in name},
    "indicator": {"name": "网格化联系覆盖率", "code": "liaison_coverage_rate"},
    "later_url": "/x/",
    "whole_url": "/x/",
}


def number(value: str | None, *, active: bool = False, reason: str = "") -> Context:
    """A number of the report."""
    return {"value": value, "code": "x_times", "url": "/x/", "active": active, "reason": reason}


PARTS: list[Any] = [
    {"lead": "联动办理的服务大厅。"},
    {"text": "9 个服务窗口为退役报到、身份证办理等 "},
    number("13"),
    {"text": " 项事务提供一站式服务，全年接待来访 "},
    number("8,112", active=True),
    {"text": " 人次，网格化联系覆盖率达到 "},
    number("84.3%"),
    {"text": "，老兵口述视频 "},
    number(None, reason="台账未启用"),
    {"text": "。"},
]
REPORT: Context = {
    **frame("指标与报告"),
    "title": "2021 年度工作总结",
    "note": "全部 112 个数字均由业务记录实时计算，点击任意数字查看口径与明细",
    "actions": [
        {"label": "Word 公文", "url": "", "kind": "", "attrs": {"form": "files", "formaction": "/x/"}}
    ],
    "document": {
        "title": "退役军人服务保障工作 2021 年总结",
        "imprint": "县退役军人服务中心 · 数据截至 2021-12-31 24:00",
        "recipient": "市退役军人事务局",
        "key_figures": [
            {
                "label": "来访",
                "value": "8,112",
                "unit": "人次",
                "notes": [{"text": "较 2020 年 +6.1%", "state": "up"}],
                "url": "/x/",
            },
            {
                "label": "热线",
                "value": None,
                "unit": "件",
                "notes": [{"text": "台账未启用", "state": ""}],
                "url": "/x/",
            },
        ],
        "chapters": [
            {
                "title": "三、重点领域工作",
                "anchor": "c3",
                "level": 2,
                "paragraphs": [PARTS, PARTS],
                "nothing": "",
            },
            {
                "title": "（一）荣誉档案台账",
                "anchor": "c3-1",
                "level": 3,
                "paragraphs": [],
                "nothing": "本期无此项业务记录。",
            },
        ],
    },
    "checks_url": "/x/",
    "tables_url": "/x/",
    "others": [
        {"label": "全年", "url": "/x/", "active": True},
        {"label": "一季度", "url": "/x/", "active": False},
    ],
    "definition": FIGURE,
}
CHECKS: Context = {
    "checks": [
        line("V01 必须成立", "三处相符", "成立", "ok"),
        line("W2 须说明", "来访增加一半", "待说明", "warn"),
    ]
}
DRAWING: Context = {
    "title": "来访按月份和事由",
    "width": 104,
    "height": 166,
    "base": 144,
    "column": 30,
    "marks": [
        {
            "x": 11,
            "middle": 26,
            "y": 24,
            "height": 120,
            "short": "1月",
            "label": "2021年1月",
            "text": "70",
            "percent": 100.0,
        },
        {
            "x": 63,
            "middle": 78,
            "y": 144,
            "height": 0,
            "short": "2月",
            "label": "2021年2月",
            "text": "*",
            "percent": None,
        },
    ],
}
TABLES: list[Any] = [
    {
        "title": "来访按月份和事由",
        "section": "（一）联动办理的服务大厅",
        "anchor": "t1",
        "drawing": DRAWING | {"kind": "columns"},
        "headers": [{"label": "月份", "num": False}, {"label": "政策咨询", "num": True}],
        "rows": [["2021年1月", "12"], ["合计", "12"]],
        "note": "单位：人次。",
    },
    {
        "title": "授课按学校",
        "section": "（三）主题活动",
        "anchor": "t2",
        "drawing": DRAWING | {"kind": "bars"},
        "headers": [],
        "rows": [],
        "note": "台账未启用",
    },
]
TABLES_PAGE: Context = {
    **frame("指标与报告"),
    "title": "2021 年度报告统计表",
    "note": REPORT["document"]["imprint"],
    "actions": [{"label": "返回报告", "url": "/x/", "kind": ""}],
    "tables": TABLES,
    "empty": [line("授课按学校", "", "台账未启用")],
}
FILE: Context = {
    "title": REPORT["document"]["title"],
    "imprint": REPORT["document"]["imprint"],
    "recipient": "",
    "key_figures": REPORT["document"]["key_figures"],
    "chapters": REPORT["document"]["chapters"],
    **CHECKS,
    "tables": TABLES,
}

RING: Context = {
    **frame("工作台"),
    "title": "全域关爱",
    "note": "东湖县 · 2021 年",
    "ring": "care",
    "rings": [
        {"label": "一轴", "url": "/x/", "active": False, "count": None},
        {"label": "全域关爱", "url": "/x/", "active": True, "count": None},
    ],
    "figures": INDICATORS["groups"][0]["rows"],
    "ledgers": [line("走访联系台账", text="12,480 行"), {**line("信访台账", text="仅限授权岗位"), "url": ""}],
    "items": [line("困难退役军人帮扶援助", "关爱帮扶 · 承诺 10 个工作日", text="CARE-01")],
    "features": [
        {"title": "网格化普遍联系服务", "text": "FT039", "note": "尚未实现：盲点清单"},
        {"title": "全域关爱环", "text": "FT078", "note": ""},
    ],
    "tasks": [line("秋季大走访", "年度重点工作 · 应于 2021-10-31 完成", "已超期", "late")],
    "activities": [],
}
RING_OF_FEW: Context = {**RING, "figures": [], "tasks": None, "activities": None, "ledgers": []}

SNAPSHOTS: Context = {
    **frame("指标与报告"),
    "title": "统计快照",
    "note": "固化的报告不再改变",
    "rows": [line("2021 年度 · 东湖县 · 第 1 版", "沈若谷 · 2022-01-05 09:00", "口径 4f615e82")],
}
FROZEN: Context = {
    **frame("指标与报告"),
    "title": "2021 年度报告（第 1 版快照）",
    "note": "沈若谷 2022-01-05 09:00 固化，不再改变",
    "actions": REPORT["actions"],
    "document": REPORT["document"],
    "tables": TABLES[:1],
    **CHECKS,
}
CHANGES: Context = {
    **frame("指标与报告"),
    "title": "2021 年度快照之后的变化",
    "note": "第 1 版 · 1 项指标有变",
    "actions": [{"label": "返回快照", "url": "/x/", "kind": ""}],
    "indicators": [
        {
            "name": "接待来访人次",
            "code": "hall_visit_times",
            "told": "90 → 77",
            "url": "/x/",
            "parts": [
                {
                    "title": "明细：不再计入 1 条",
                    "rows": [line("JD-0001", "作废 · 沈若谷；重复登记", "不再计入", "late")],
                }
            ],
        }
    ],
}
FREEZE: Context = {
    **frame("指标与报告"),
    "title": "固化 2021 年度报告",
    "note": "东湖县",
    "about": [{"label": "版次", "value": "第 2 版"}],
    "freeze_url": "/x/",
    "period": "2021",
    "area": "",
    "reason": "",
    "must_reason": True,
    "most": 300,
    "despite": "",
    "refused": [{"message": "统计期还没有结束", "remedy": "期末之后再固化"}],
}
DRAFT: Context = {
    **frame("指标与报告"),
    "title": "2021 年度报告起草信息",
    "note": "保存后印进报告和各种文件",
    "actions": [{"label": "返回报告", "url": "/x/", "kind": ""}],
    "draft_url": "/x/",
    "area": "",
    "values": {"red_head": True, "recipient": "市退役军人事务局", "signer": "周明"},
    "limits": {"recipient": 60, "signer": 20},
    "next_year": 2022,
    "aims": [{"label": "有效联系覆盖率", "name": "target_liaison_coverage_rate", "unit": "%", "value": "95"}],
    "refused": (),
}


PAGES: list[tuple[str, str, Context]] = [
    ("rings/ring.html", "ring", RING),
    ("rings/ring.html", "few", RING_OF_FEW),
    ("indicators/list.html", "groups", INDICATORS),
    ("indicators/detail.html", "rate", INDICATOR),
    ("indicators/detail.html", "still counted", INDICATOR_LATER),
    ("indicators/_figure.html", "beside", FIGURE),
    ("indicators/_figure.html", "unmeasured", UNMEASURED),
    ("report/annual.html", "open", REPORT),
    ("report/_checks.html", "checks", CHECKS),
    ("report/_drawing.html", "columns", {"drawing": DRAWING | {"kind": "columns"}}),
    ("report/_drawing.html", "bars", {"drawing": DRAWING | {"kind": "bars"}}),
    ("report/_document.html", "text", {"document": REPORT["document"]}),
    ("report/_table.html", "drawn", {"table": TABLES_PAGE["tables"][0]}),
    ("report/tables.html", "tables", TABLES_PAGE),
    ("report/snapshots.html", "snapshots", SNAPSHOTS),
    ("report/snapshots.html", "none", {**SNAPSHOTS, "rows": []}),
    ("report/frozen.html", "frozen", FROZEN),
    ("report/changes.html", "changes", CHANGES),
    ("report/changes.html", "none", {**CHANGES, "indicators": []}),
    ("report/draft.html", "draft", DRAFT),
    ("report/draft.html", "short", DRAFT | {"aims": [], "refused": FREEZE["refused"]}),
    ("report/freeze.html", "again", FREEZE),
    ("report/file.html", "file", FILE),
    ("report/annual.html", "closed", {**REPORT, "definition": None}),
]
