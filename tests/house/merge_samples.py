"""Contexts of the pages of duplicates."""

from typing import Any

from tests.house.frame_samples import Context, frame

REFUSED = [{"message": "没有写明依据", "remedy": "写明怎样核实的"}]
ROW: Context = {
    "uid": "3f0c",
    "url": "/x/",
    "files": [
        {"name": "陈国梁", "note": "339902********1013 · 1960-08-03 · 望澜区芦汀街道"},
        {"name": "陈国樑", "note": "339902********1018 · 1960-08-03 · 望澜区芦汀街道"},
    ],
    "why": "证件号只差一位",
    "strength": "疑似",
    "state": "info",
}
LIST: Context = {
    **frame("疑似重复"),
    "rows": [ROW],
    "counts": {"基本确定": 0, "疑似": 1},
    "half": 2,
    "chips": [
        {"label": "把握", "value": "", "clear_url": "/x/", "options": [{"label": "疑似", "url": "/x/"}]}
    ],
    "clear_url": "/x/",
    "asked": "陈",
    "filters": {"strength": "PROBABLE", "q": "陈"},
    "more_url": "/x/",
    "run": {"words": "2026-03-02 02:00 系统发起，查找中", "second": "", "under_way": True, "percent": 40},
    "may_find": True,
    "may_judge": True,
    "may_merge": True,
    "refused": [],
}
IDLE: Context = {"words": "还没有查找过", "second": "未安装第二意见", "under_way": False, "percent": 0}
SETTLE: Context = {
    **frame("疑似重复"),
    "rows": [ROW],
    "filters": {"q": "陈"},
    "back_url": "/x/",
    "verdict": "merge",
    "verdict_words": "合并",
    "note": "",
    "refused": REFUSED,
}
FIELDS: list[Any] = [
    {
        "label": "手机",
        "name": "phone",
        "kept": "138****8000",
        "lost": "",
        "side": "kept",
        "options": [["kept", "保留"], ["lost", "并入"]],
    },
    {
        "label": "月收入",
        "name": "monthly_income",
        "kept": "已隐藏",
        "lost": "",
        "side": "kept",
        "options": [],
    },
]
PAIR: Context = {
    **frame("疑似重复"),
    "title": "陈国梁：是不是同一人",
    "why": "证件号只差一位",
    "strength": "疑似 97%",
    "opinion": {"percent": 97, "for": "姓名同音、出生日期相同", "against": "手机不同"},
    "back_url": "/x/",
    "filters": {"q": "陈"},
    "files": [
        {
            "name": "陈国梁",
            "url": "/x/",
            "note": "V11 · 2024-03-01 采集",
            "hanging": [{"label": "附件", "value": "1 条"}],
        },
        {"name": "陈国樑", "url": "/x/", "note": "V11 · 2024-03-01 采集", "hanging": []},
    ],
    "keep": "3f0c",
    "swap_url": "/x/",
    "seen": "00",
    "differing": FIELDS,
    "alike": [{"label": "姓名", "value": "陈国梁"}],
    "merge_url": "/x/merge/",
    "judge_url": "/x/judge/",
    "may_judge": True,
    "may_merge": True,
    "note": "",
    "refused": REFUSED,
}
DONE: Context = {
    **frame("疑似重复"),
    "rows": [
        {
            "title": "陈国樑 → 陈国梁",
            "url": "/x/",
            "note": "同一人",
            "counts": "转入 4 条",
            "by": "2026-03-02 09:00 沈若谷",
            "undone": "",
            "restored": "",
            "undo_url": "/x/",
        },
        {
            "title": "李强 → 李强",
            "url": "/x/",
            "note": "同一人",
            "counts": "转入 1 条",
            "by": "2026-03-02 09:00 沈若谷",
            "undone": "2026-03-03 09:00 沈若谷：是两人",
            "restored": "保留的档案已恢复到合并之前",
            "undo_url": "",
        },
    ],
    "first_url": "/x/",
    "more_url": "/x/",
    "told": "已撤销：李强的档案恢复原样。",
    "refused": REFUSED,
}
PAGES: list[tuple[str, str, Context]] = [
    ("merging/list.html", "searching", LIST),
    (
        "merging/list.html",
        "nothing",
        {**LIST, "rows": [], "filters": {}, "half": 0, "more_url": "", "run": IDLE, "refused": REFUSED},
    ),
    (
        "merging/list.html",
        "reader",
        {**LIST, "may_find": False, "may_judge": False, "may_merge": False, "run": IDLE},
    ),
    ("merging/settle.html", "merge", SETTLE),
    ("merging/settle.html", "nothing", {**SETTLE, "rows": [], "verdict": "distinct", "refused": []}),
    ("merging/pair.html", "pair", PAIR),
    (
        "merging/pair.html",
        "reader",
        {
            **PAIR,
            "opinion": None,
            "differing": [],
            "alike": [],
            "may_judge": False,
            "may_merge": False,
            "refused": [],
        },
    ),
    ("merging/done.html", "merges", DONE),
    (
        "merging/done.html",
        "none",
        {**DONE, "rows": [], "first_url": "", "more_url": "", "told": "", "refused": []},
    ),
]
