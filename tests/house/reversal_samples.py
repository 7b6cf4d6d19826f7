"""Contexts of taking a whole batch back."""

from tests.house.frame_samples import Context, frame, line

BATCH: Context = {
    **frame("批次冲回"),
    "title": "冲回导入：一人一档",
    "note": "芦汀街道 2021.xlsx · 顾建平 · 2021-11-22 09:41",
    "back_url": "/x/",
    "created": 12,
    "updated": 1204,
    "blockers": (),
    "earlier": line("2021-11-22 10:02 顾建平", "文件的列错了位", "已取消"),
    "is_open": False,
    "refused": (),
}
OTHER: Context = {
    **BATCH,
    "earlier": None,
    "blockers": [{"message": "这种台账没有留下逐栏的原内容", "remedy": "到该台账逐行更正"}],
}
CHECKED: Context = {
    **frame("批次冲回"),
    "title": "冲回导入：芦汀街道 2021.xlsx",
    "note": "顾建平 · 2021-11-22 09:41",
    "tag": "待确认",
    "state": "warn",
    "is_done": False,
    "job": None,
    "about": [],
    "counts": [
        {"label": "这一批改动", "value": 1204, "note": "份档案", "url": ""},
        {"label": "将冲回", "value": 1190, "note": "其中 2 份须复核", "url": "/x/"},
        {"label": "不动", "value": 14, "note": "原因见下", "url": ""},
        {"label": "这一批新建", "value": 12, "note": "不删除，须逐份办", "url": "/x/"},
    ],
    "left": [line("后来又改过", "", "14 份")],
    "examples": [line("第 2 行 陈国良", "姓名：陈国良 → 陈国梁", "")],
    "guarded": 2,
    "opened": 12,
    "opened_url": "/x/",
    "error": "",
    "confirm_url": "/x/",
    "approve_url": "",
    "refuse_url": "/x/",
    "cancel_url": "/x/",
    "blockers": (),
    "waits": False,
    "list_url": "/x/",
    "batch_url": "/x/",
    "reason": "",
    "decision_note": "",
    "refused": [{"message": "没有写明为什么冲回", "remedy": "例：文件的列错了位"}],
}
RUNNING: Context = {
    **CHECKED,
    "job": {
        "url": "/x/",
        "finished": False,
        "percent": 40,
        "label": "写入数据库",
        "detail": "",
        "next_url": "/x/",
    },
    "confirm_url": "",
    "refused": (),
}
TO_DECIDE: Context = {
    **CHECKED,
    "confirm_url": "",
    "cancel_url": "",
    "approve_url": "/x/",
    "about": [{"label": "原因", "value": "文件的列错了位"}],
    "refused": (),
}
DONE: Context = {**TO_DECIDE, "approve_url": "", "is_done": True, "examples": []}
FAILED: Context = {**DONE, "is_done": False, "error": "档案正在被别人改动，没有冲回任何一份"}
LIST: Context = {
    **frame("批次冲回"),
    "title": "批次冲回",
    "rows": [
        [
            {"text": "芦汀街道 2021.xlsx", "url": "/x/", "note": "文件的列错了位"},
            {"text": "顾建平", "note": "2021-11-22 09:41"},
            "",
            "1,190",
            "14",
            {"tags": [{"text": "待复核", "state": "warn"}]},
        ]
    ],
}
ROWS: Context = {
    **frame("批次冲回"),
    "title": "这一批新建的档案",
    "note": "芦汀街道 2021.xlsx",
    "hint": "新建的档案不随冲回删除",
    "back_url": "/x/",
    "headers": ["姓名", "区划"],
    "rows": [[{"text": "陈国梁", "url": "/x/"}, "望澜区芦汀街道芦汀社区"]],
    "next_url": "/x/",
}
PAGES: list[tuple[str, str, Context]] = [
    ("reversing/batch.html", "people", BATCH),
    ("reversing/batch.html", "another ledger", OTHER),
    ("reversing/reversal.html", "to confirm", CHECKED),
    ("reversing/reversal.html", "at work", RUNNING),
    ("reversing/reversal.html", "to decide", TO_DECIDE),
    ("reversing/reversal.html", "waits", {**DONE, "is_done": False, "waits": True}),
    ("reversing/reversal.html", "done", DONE),
    ("reversing/reversal.html", "failed", FAILED),
    ("reversing/list.html", "rows", LIST),
    ("reversing/list.html", "empty", {**LIST, "rows": []}),
    ("reversing/rows.html", "opened", ROWS),
    ("reversing/rows.html", "empty", {**ROWS, "rows": [], "hint": "", "next_url": ""}),
]
