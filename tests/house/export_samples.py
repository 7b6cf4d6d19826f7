"""Contexts of what is done with a whole list: the register of exports, one contact for many."""

from typing import Any

from tests.house.frame_samples import Context, frame, line

HEADERS: list[Any] = [
    "登记号",
    "名单",
    "用途",
    {"label": "行数", "num": True},
    "申请人",
    "审批人",
    "状态",
    "下载",
]
LIST: Context = {
    **frame("导出登记"),
    "title": "导出登记",
    "note": "本人申请的导出",
    "q": "",
    "status": "",
    "statuses": [["WAITING", "待审批"], ["READY", "可下载"]],
    "headers": HEADERS,
    "rows": [
        [
            {"text": "DC20260302-1F0C22AB", "url": "/x/", "note": "2026-03-02 09:30"},
            {"text": "一人一档名单", "note": "区域：芦汀街道"},
            "八一慰问上门核对",
            "1,204",
            {"text": "顾建平", "note": "芦汀街道"},
            "—",
            {"text": "", "tags": [{"text": "待审批", "state": "warn"}]},
            "0",
        ]
    ],
    "newer_url": "?",
    "older_url": "?&before=DC20260302-1F0C22AB",
}
WAITING: Context = {
    **frame("导出登记"),
    "title": "导出 DC20260302-1F0C22AB",
    "note": "一人一档名单 · 顾建平",
    "tag": "待审批",
    "state": "warn",
    "about": [{"label": "条件", "value": "区域：芦汀街道"}, {"label": "审批意见", "value": ""}],
    "file": [],
    "columns": ["姓名", "身份证号"],
    "error": "",
    "running": False,
    "waits": True,
    "why": "今天已免审批导出 250 行，连同这份超过每日 300 行",
    "self_url": "/x/",
    "list_url": "/x/",
    "take_url": "",
    "withdraw_url": "",
    "approve_url": "/x/",
    "decline_url": "/x/",
    "decision_note": "",
    "refused": [{"message": "不同意须写明理由", "remedy": "写明为什么不能导出"}],
}
MINE: Context = {**WAITING, "approve_url": "", "decline_url": "", "withdraw_url": "/x/", "refused": []}
READY: Context = {
    **MINE,
    "waits": False,
    "withdraw_url": "",
    "take_url": "/x/",
    "file": [{"label": "文件指纹 SM3", "value": "66c7f0f4" * 8}],
}
RUNNING: Context = {**READY, "take_url": "", "file": [], "running": True}
FAILED: Context = {**RUNNING, "running": False, "error": "系统出错，没有生成文件"}
ASSIGN: Context = {
    **frame("一人一档"),
    "title": "成批指派联系人",
    "note": "区域：芦汀街道 · 312 人",
    "back_url": "/x/",
    "filters": [["area", "339902001000"]],
    "posts": [["1f0c", "沈玉兰（芦汀街道站）"]],
    "staff": "",
    "post": "",
    "action_url": "/x/",
    "preview": [],
    "formers": [],
    "taken": 0,
    "reason": "",
    "refused": [],
}
PREVIEW: Context = {
    **ASSIGN,
    "staff": "1f0c",
    "post": "沈玉兰",
    "preview": [line("指派给此人", "", "300 人"), line("跳过：已不在册", "", "12 人")],
    "formers": [line("周海峰", "", "120 人")],
    "taken": 300,
    "refused": [{"message": "没有写明原因", "remedy": "写 4 到 200 字"}],
}
BATCH: Context = {
    **frame("一人一档"),
    "title": "成批指派联系人：沈玉兰",
    "note": "区域：芦汀街道 · 顾建平",
    "about": [{"label": "指派", "value": "300 人"}],
    "rows": [
        [{"text": "陈国梁", "url": "/x/"}, {"text": "", "tags": [{"text": "跳过", "state": ""}]}, "已不在册"]
    ],
    "shown": 500,
    "total": 612,
    "undo_url": "/x/",
    "list_url": "/x/",
}
PAGES: list[tuple[str, str, Context]] = [
    ("exports/list.html", "rows", LIST),
    ("exports/list.html", "empty", {**LIST, "rows": [], "newer_url": "", "older_url": ""}),
    ("exports/export.html", "to decide", WAITING),
    ("exports/export.html", "one's own", MINE),
    ("exports/export.html", "ready", READY),
    ("exports/export.html", "running", RUNNING),
    ("exports/export.html", "failed", FAILED),
    ("visits/assign.html", "choice", ASSIGN),
    ("visits/assign.html", "preview", PREVIEW),
    ("visits/batch.html", "done", BATCH),
    ("visits/batch.html", "undone", {**BATCH, "undo_url": "", "total": 1}),
]
