"""Contexts of the pages of archives: the list, one archive, one material, the catalogue to print, the tab."""

import datetime as dt
from typing import Any

from tests.house.frame_samples import CSRF, Context, frame, line

PAGER: Context = {"start": 1, "end": 1, "total": 1, "more_than": False, "previous_url": "", "next_url": ""}
ITEM: Context = {
    "position": 1,
    "kind": "退出现役登记表",
    "title": "退伍登记表",
    "made_on": dt.date(1983, 12, 15),
    "sheets": 4,
    "form": "原件",
    "remark": "末页缺印",
    "scans": 4,
    "url": "/x/",
}
FACTS = [
    {"label": "状态", "value": "在库"},
    {"label": "存放位置", "value": "一号库房 3 柜 12 盒"},
]


def outing(stage: str, **verbs: str) -> Context:
    """A request for the paper."""
    return {
        "uid": stage,
        "way": "转递",
        "is_loan": stage == "close",
        "taker": "安置科",
        "purpose": "核对服役年限",
        "asked": "许静，2026-03-02 09:30",
        "decided": "",
        "note": "",
        "ends": "应还 2026-03-20",
        "handed": "交出 许静，2026-03-03 10:00" if stage == "close" else "",
        "signed": "签收 林晓，2026-03-03 15:20" if stage == "close" else "",
        "closed": "",
        "stage": "待审批",
        "state": "info",
        "verbs": verbs,
    }


ARCHIVE: Context = {
    **frame("电子档案"),
    "csrf_input": CSRF,
    "title": "电子档案：陈国梁",
    "note": "望澜区芦汀街道芦汀社区 · 自主就业退役士兵",
    "archive": {"shelf": "一号库房 3 柜 12 盒"},
    "actions": [{"label": "打印卷内目录", "url": "/x/", "kind": ""}],
    "facts": FACTS,
    "items": [ITEM, {**ITEM, "position": 2, "scans": 0, "remark": ""}],
    "missing": [line("档案移交清单", "退役军人保障法第16条", "缺件", "late")],
    "outings": [
        outing("decide", decide="/x/", withdraw="/x/"),
        outing("hand", hand_over="/x/"),
        outing("close", sign="/x/", close="/x/"),
    ],
    "offers": [{"key": "1.2", "name": "退役证件", "kind": "DISCHARGE", "case": {"case_no": "2026-000012"}}],
    "kinds": [["DISCHARGE", "退出现役登记表"]],
    "ways": [["LOAN", "借阅"], ["TRANSFER", "转递"]],
    "may": dict.fromkeys(("shelve", "judge", "verify", "add_item", "ask"), True),
    "urls": dict.fromkeys(("shelve", "judge", "verify", "add_item", "ask", "file_papers"), "/x/"),
}
READ_ONLY: Context = {
    **ARCHIVE,
    "items": [],
    "missing": [],
    "outings": [],
    "offers": [],
    "may": dict.fromkeys(("shelve", "judge", "verify", "add_item", "ask"), False),
}
PAGE: Context = {
    "position": 1,
    "uid": "a1",
    "kind": "PNG",
    "size": "120 KB",
    "checksum": "0123456789abcdef",
    "stored_at": dt.datetime(2026, 3, 2, 1, 30, tzinfo=dt.UTC),
    "actor": "许静",
    "stands": True,
    "replaced": "",
    "look_url": "/x/",
    "replace_url": "/x/",
}
OLD: dict[str, Any] = {"uid": "a2", "stands": False, "replaced": "2026-03-02 替换：不清", "replace_url": ""}
MATERIAL: Context = {
    **frame("电子档案"),
    "csrf_input": CSRF,
    "title": "退伍登记表",
    "note": "陈国梁 · 退出现役登记表 · 第 1 件",
    "item": {
        "removed_at": None,
        "kind": "DISCHARGE",
        "title": "退伍登记表",
        "made_on": dt.date(1983, 12, 15),
        "sheets": 4,
        "is_copy": False,
        "remark": "",
    },
    "back_url": "/x/",
    "rows": [PAGE, {**PAGE, **OLD}],
    "purposes": [["score", "量化评分、安置核档"]],
    "kinds": [["DISCHARGE", "退出现役登记表"]],
    "add_url": "/x/",
    "correct_url": "/x/",
    "remove_url": "/x/",
}
LISTED: Context = {
    "url": "/x/",
    "name": "陈国梁",
    "note": "自主就业退役士兵",
    "area": "望澜区芦汀街道",
    "shelf": "一号库房 3 柜 12 盒",
    "pieces": "3 种 12 页",
    "scans": "已扫描 4 页",
    "missing": "档案移交清单",
    "place": "借出",
    "state": "warn",
    "outing": "安置科",
    "outing_note": "逾期，应还 2026-03-01",
}
LIST: Context = {
    **frame("电子档案"),
    "title": "电子档案",
    "note": "人事档案的存放、要件、扫描与借阅转递",
    "filters": [{"label": "要件", "value": "缺要件", "clear_url": "/x/", "options": []}],
    "clear_url": "/x/",
    "page": PAGER,
    "rows": [LISTED],
}
PANEL: Context = {
    "csrf_input": CSRF,
    "once": "",
    "archive": {"shelf": "3 柜"},
    "facts": FACTS,
    "items": [ITEM],
    "missing": ["档案移交清单"],
    "url": "/x/",
    "open_url": "",
    "today": dt.date(2026, 3, 2),
}
PRINTED: Context = {
    **frame("电子档案"),
    "title": "卷内目录",
    "back_url": "/x/",
    "name": "陈国梁",
    "shelf": "3 柜",
    "place": "望澜区芦汀街道",
    "rows": [ITEM],
    "sheets": 4,
    "printed_on": dt.date(2026, 3, 2),
}
PAGES: list[tuple[str, str, Context]] = [
    ("archives/archive.html", "everything", ARCHIVE),
    ("archives/archive.html", "to a reader", READ_ONLY),
    ("archives/item.html", "pages", MATERIAL),
    (
        "archives/item.html",
        "removed",
        {
            **MATERIAL,
            "item": {"removed_at": dt.datetime(2026, 3, 2, tzinfo=dt.UTC)},
            "rows": [],
            "add_url": "",
            "correct_url": "",
        },
    ),
    ("archives/list.html", "rows", LIST),
    ("archives/list.html", "empty", {**LIST, "rows": []}),
    ("archives/_panel.html", "archive", PANEL),
    ("archives/_panel.html", "none", {**PANEL, "archive": None, "open_url": "/x/"}),
    ("archives/catalogue.html", "printed", PRINTED),
]
