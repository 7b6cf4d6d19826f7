"""Contexts of moves between the areas of the city."""

import datetime as dt

from tests.house.frame_samples import Context, frame, line
from tests.house.life_samples import PAGER

LIST: Context = {
    **frame("市内迁移"),
    "title": "市内迁移",
    "note": "迁入地申请，迁出地确认",
    "actions": [{"label": "申请迁入", "url": "/x/", "kind": "primary"}],
    "filters": [],
    "clear_url": "/x/",
    "page": PAGER,
    "rows": [
        {
            "number": "QY20260302-8C01F2AA",
            "url": "/x/",
            "name": "陈国梁",
            "id_number": "3399***********1017",
            "way": "迁出",
            "from_area": "望澜区芦汀街道芦汀社区",
            "to_area": "望澜区云墩镇云墩村",
            "moved_on": "2026-02-20",
            "state": "待迁出地确认",
            "tag": "warn",
            "due": "应于 2026-03-16 前答复",
        }
    ],
}
ASK: Context = {
    **frame("市内迁移"),
    "title": "申请迁入",
    "note": "由档案所在站确认后转来",
    "fields": [
        {"label": "姓名", "name": "name", "value": "陈国梁", "required": True},
        {
            "label": "迁入的户籍地",
            "name": "to_area",
            "kind": "select",
            "options": [["339902002001", "云墩村"]],
        },
        {"label": "常住地一并改到新址", "name": "is_residence", "kind": "checkbox", "value": "1"},
    ],
    "list_url": "/x/",
    "refused": [{"message": "没有找到，或已在本辖区建档", "remedy": "对照证件核对身份证号和姓名"}],
}
MOVE: Context = {
    **frame("市内迁移"),
    "title": "市内迁移：陈国梁",
    "note": "QY20260302-8C01F2AA · 3399***********1017",
    "tag": "待迁出地确认",
    "due": "应于 2026-03-16 前答复",
    "is_late": False,
    "about": [{"label": "迁出地", "value": "望澜区芦汀街道芦汀社区"}],
    "actions": [{"label": "交接单", "url": "/x/", "kind": ""}],
    "answer_url": "/x/",
    "refuse_url": "/x/",
    "blockers": (),
    "withdraw_url": "",
    "seam": None,
    "typed": "",
    "refused": (),
}
GONE: Context = {
    **MOVE,
    "due": "应于 2026-03-16 前答复，已逾期",
    "is_late": True,
    "blockers": [{"message": "档案已标明去世", "remedy": "记录有误的，先更正档案"}],
    "typed": "户籍未迁出",
}
MINE: Context = {**MOVE, "answer_url": "", "withdraw_url": "/x/"}
DONE: Context = {**MINE, "withdraw_url": "", "due": ""}
SEAMS: Context = {
    **frame("市内迁移"),
    "title": "接缝检查",
    "note": "去年以来的市内迁移",
    "list_url": "/x/",
    "most": 2000,
    "rows": [
        {
            "name": "陈国梁",
            "number": "QY20260302-8C01F2AA",
            "url": "/x/",
            "from_area": "望澜区芦汀街道芦汀社区",
            "to_area": "望澜区云墩镇云墩村",
            "benefit": "残疾抚恤金",
            "counts": "断档 1 个月",
            "months": "断档 2026-01",
            "words": "迁出地末次 2025-12（应发至 2025-12）→ 迁入地首次 2026-02（应自 2026-01 起发）",
        }
    ],
}
SHEET: Context = {
    **frame("市内迁移"),
    "title": "交接单 QY20260302-8C01F2AA",
    "note": "陈国梁 · 3399***********1017",
    "back_url": "/x/",
    "about": [{"label": "迁出地", "value": "望澜区芦汀街道芦汀社区"}],
    "cases": [line("优待证申领", "办理中", "")],
    "keeping": [line("一对一联系人", "高玉梅", "")],
    "benefits": [line("残疾抚恤", "末次已发 2026-02", "")],
    "printed_by": "顾建平",
    "printed_at": dt.datetime(2021, 11, 20, 9, 12, tzinfo=dt.UTC),
}
BARE: Context = {**SHEET, "cases": [], "benefits": []}
COMERS: Context = {
    **frame("外地迁入"),
    "title": "外地迁入",
    "note": "",
    "list_url": "/x/",
    "filters": [],
    "clear_url": "/x/",
    "page": PAGER,
    "rows": [
        {
            "name": "陈国梁",
            "url": "/x/",
            "area": "望澜区芦汀街道芦汀社区",
            "former_office": "邻省某县退役军人事务局",
            "letter_no": "转函〔2026〕7 号",
            "moved_on": "2025-11-20",
            "actor": "许静",
            "state": "有效",
            "tag": "ok",
        }
    ],
}
LETTER: Context = {
    **frame("外地迁入"),
    "title": "登记外地迁入：陈国梁",
    "note": "照转移函填写",
    "back_url": "/x/",
    "fields": [{"label": "转移函编号", "name": "letter_no", "value": "", "required": True}],
    "months": [{"label": "残疾抚恤金", "name": "paid_DISABILITY", "value": "2025-12"}],
    "refused": [{"message": "没有写转移函编号，或写得太长", "remedy": "照转移函填写"}],
}
COMER: Context = {
    **frame("外地迁入"),
    "title": "外地迁入：陈国梁",
    "note": "有效",
    "person_url": "/x/",
    "list_url": "/x/",
    "about": [{"label": "转移函编号", "value": "转函〔2026〕7 号"}],
    "seam": [line("残疾抚恤金", "迁出地末次 2025-12 → 本地首次 2026-01", "已接上", "ok")],
    "withdraw_url": "/x/",
    "typed": "",
    "refused": (),
}
PAGES: list[tuple[str, str, Context]] = [
    ("moves/list.html", "rows", LIST),
    ("moves/list.html", "empty", {**LIST, "rows": [], "actions": []}),
    ("moves/ask.html", "refused", ASK),
    ("moves/move.html", "to answer", MOVE),
    ("moves/move.html", "gone", GONE),
    ("moves/move.html", "one's own", MINE),
    ("moves/move.html", "answered", {**DONE, "seam": [line("残疾抚恤", "迁出地末次 2025-12", "已接上")]}),
    ("moves/move.html", "no benefits", {**DONE, "seam": []}),
    ("moves/incoming_list.html", "rows", COMERS),
    ("moves/incoming_list.html", "empty", {**COMERS, "rows": []}),
    ("moves/incoming_form.html", "refused", LETTER),
    ("moves/incoming_form.html", "benefits closed", {**LETTER, "months": [], "refused": []}),
    ("moves/incoming.html", "joined", COMER),
    ("moves/incoming.html", "no benefits", {**COMER, "seam": [], "withdraw_url": ""}),
    ("moves/incoming.html", "benefits closed", {**COMER, "seam": None}),
    ("moves/seams.html", "torn", SEAMS),
    ("moves/seams.html", "nothing", {**SEAMS, "rows": [], "most": 0}),
    ("moves/sheet.html", "everything", SHEET),
    ("moves/sheet.html", "nothing", BARE),
    ("moves/sheet.html", "benefits closed", {**BARE, "benefits": None}),
]
