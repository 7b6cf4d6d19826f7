"""Contexts of the pages of saved filters and of bulk changes."""

from tests.house.frame_samples import CSRF, Context, frame

REFUSED = [{"message": "没有写明原因", "remedy": "写 4 到 200 字"}]
OWN: Context = {
    "uid": "s1",
    "name": "芦汀街道重点对象",
    "url": "/x/",
    "words": "区域：芦汀街道；联系类别：重点",
    "is_shared": True,
    "lacks": False,
    "by": "沈玉兰",
    "edit_url": "/x/",
    "remove_url": "/x/",
}
SAVED: Context = {
    **frame("常用筛选"),
    "csrf_input": CSRF,
    "title": "常用筛选",
    "note": "",
    "list_url": "/x/",
    "rows": [
        OWN,
        {**OWN, "uid": "s2", "is_shared": False, "lacks": True},
        {**OWN, "uid": "s3", "edit_url": "", "remove_url": ""},
    ],
    "refused": [],
}
MENU: Context = {
    "links": [
        {"label": "重点", "url": "/x/", "note": "", "is_here": True},
        {"label": "七十以上", "url": "/x/", "note": "沈玉兰", "is_here": False},
    ],
    "save_url": "/x/",
    "page_url": "/x/",
}
SAVE: Context = {
    **frame("常用筛选"),
    "csrf_input": CSRF,
    "title": "保存为常用筛选",
    "note": "联系类别：重点",
    "action_url": "/x/",
    "back_url": "/x/",
    "name": "重点",
    "is_shared": False,
    "refused": REFUSED,
}
CHOICE: Context = {
    **frame("一人一档"),
    "csrf_input": CSRF,
    "title": "成批设置联系类别",
    "note": "全部 · 12 人",
    "back_url": "/x/",
    "batches_url": "/x/",
    "filters": [["sex", "1"]],
    "classes": [["KEY", "重点"], ["FOCUS", "关注"]],
    "code": "",
    "class_name": "",
    "action_url": "/x/",
    "preview": [],
    "examples": [],
    "taken": 0,
    "asks_rules_later": False,
    "too_long": 0,
    "reason": "",
    "refused": [],
}
PREVIEW: Context = {
    **CHOICE,
    "code": "KEY",
    "class_name": "重点",
    "preview": [{"title": "一般 → 重点", "text": "3 人"}, {"title": "不改：已不在册", "text": "1 人"}],
    "examples": [[{"text": "陈国梁", "url": "/x/"}, "示范县芦汀街道", "一般", "重点"]],
    "taken": 3,
    "asks_rules_later": True,
    "refused": REFUSED,
}
BATCH: Context = {
    **frame("一人一档"),
    "csrf_input": CSRF,
    "title": "成批设置联系类别：重点",
    "note": "全部 · 沈玉兰",
    "tag": {"text": "已办理", "state": "ok"},
    "error": "",
    "running": False,
    "percent": 100,
    "self_url": "/x/",
    "about": [{"label": "原因", "value": "年度走访后重新分类"}],
    "rows": [
        [
            {"text": "陈国梁", "url": "/x/"},
            "一般 → 重点",
            {"text": "", "tags": [{"text": "已改", "state": "ok"}]},
            "",
        ]
    ],
    "shown": 500,
    "total": 1,
    "undo_url": "/x/",
    "list_url": "/x/",
    "batches_url": "/x/",
}
PAGES: list[tuple[str, str, Context]] = [
    ("lists/saved.html", "own and shared", SAVED),
    ("lists/saved.html", "none", {**SAVED, "rows": [], "refused": REFUSED}),
    ("lists/_menu.html", "links", MENU),
    ("lists/_menu.html", "none", {**MENU, "links": []}),
    ("lists/save.html", "refused", SAVE),
    ("lists/set_class.html", "choice", CHOICE),
    ("lists/set_class.html", "preview", PREVIEW),
    ("lists/set_class.html", "too many", {**PREVIEW, "taken": 0, "too_long": 20_000}),
    ("lists/batch.html", "done", BATCH),
    ("lists/batch.html", "under way", {**BATCH, "running": True, "percent": 40, "rows": [], "undo_url": ""}),
    ("lists/batch.html", "failed", {**BATCH, "error": "系统出错，已停下"}),
    (
        "lists/batches.html",
        "one",
        {**frame("一人一档"), "title": "记录", "note": "", "list_url": "/x/", "rows": [["改为重点"]]},
    ),
]
