"""Contexts of the four steps of an import."""

from tests.house.frame_samples import (
    CSRF,
    Context,
    frame,
    line,
)

UPLOAD: Context = {
    **frame("导入台账"),
    "action_url": "/x/",
    "ledgers": [["people", "人员台账"], ["hotline_calls", "8181 热线来电"]],
    "ledger": "people",
    "template_url": "/x/",
    "megabytes": 200,
    "errors": [{"name": "file", "label": "文件", "message": "这个文件有密码，请在 Excel 里去掉密码后再传"}],
    "recent": [
        line("人员台账", "顾建平 · 11-20 09:12", "新增 214", "ok"),
        line("走访记录", "11-18 16:40", "拒收 3", "late"),
    ],
}
COUNTS: Context = {"created": 214, "updated": 1032, "unchanged": 3741, "rejected": 13, "warnings": 6}
PREVIEW: Context = {
    **frame("导入台账"),
    **COUNTS,
    "confirm_url": "/x/",
    "cancel_url": "/x/",
    "errors_url": "/x/",
    "ledger_label": "人员台账",
    "file_name": "林埭镇退役军人 2021.xlsx",
    "rows": 5000,
    "mine": True,
    "by": "顾建平",
    "problems": [
        {
            "row": 18,
            "column": "身份证号",
            "rule": "身份证号被 Excel 改写",
            "reason": "330482196008030000 的后几位变成了 0",
            "remedy": "把这一列设成“文本”，重新填写完整号码",
            "level": "error",
        },
        {
            "row": 204,
            "column": "退役日期",
            "rule": "退役日期不早于入伍日期",
            "reason": "退役日期 1979-11-01 早于入伍日期 1983-12-01",
            "remedy": "核对两个日期是否填反",
            "level": "error",
        },
        {
            "row": 377,
            "column": "手机",
            "rule": "手机号为 11 位",
            "reason": "1381234567 只有 10 位",
            "remedy": "核对后补齐；没有手机可以留空",
            "level": "warning",
        },
    ],
    "can_wait": 2,
    "guarded": 2,
    "awaits": False,
    "approve_url": "/x/",
    "refuse_url": "/x/",
    "changes": [line("陈国梁", "手机、现住址", text="2 处"), line("吴根宝", "联络员", text="1 处")],
}
JOB: Context = {
    "url": "/x/",
    "finished": False,
    "percent": 62,
    "label": "已写入 773 / 1,246 行",
    "detail": "大约还要 4 秒",
    "next_url": "",
}
PROGRESS: Context = {
    **frame("导入台账"),
    "ledger_label": "人员台账",
    "file_name": "林埭镇退役军人 2021.xlsx",
    "stores": True,
    "job": JOB,
}
DONE: Context = {
    **frame("导入台账"),
    **COUNTS,
    "ledger_label": "人员台账",
    "file_name": "林埭镇退役军人 2021.xlsx",
    "seconds": 2.4,
    "waiting": 2,
    "waiting_url": "/x/",
    "errors_url": "/x/",
    "list_url": "/x/",
    "again_url": "/x/",
    "further": [{"label": "冲回这一批", "url": "/x/"}],
    "by": "顾建平",
    "at": "11-22 09:41",
}
FAILED: Context = {
    **frame("导入台账"),
    "ledger_label": "人员台账",
    "file_name": "林埭镇退役军人 2021.xlsx",
    "is_failed": True,
    "error": "文件已损坏或不完整。请用 Excel 打开检查，另存后再导入。",
    "retry_url": "/x/",
    "cancel_url": "/x/",
    "again_url": "/x/",
    "by": "顾建平",
    "at": "11-22 09:41",
}
LIST: Context = {
    **frame("台账导入导出"),
    "groups": [
        {
            "title": "一轴",
            "rows": [
                {
                    "title": "人员台账",
                    "name": "people",
                    "url": "/x/",
                    "count": "10,000+",
                    "columns": 47,
                    "template_url": "/x/",
                    "export_url": "/x/",
                    "import_url": url,
                }
                for url in ("/x/", "")
            ],
        }
    ],
    "total": 2,
    "waiting": 3,
    "recent": [line("人员台账", "顾建平 · 11-20 09:12", "完成", "ok")],
}
SHEET: Context = {
    "title": "服役经历台账",
    "url": "/x/",
    "state": "待确认",
    "tag": "warn",
    "error": "",
    "rows": 5000,
    "told": "新增 214，拒收 13",
}
WORKBOOK: Context = {
    **frame("整本采集表"),
    "csrf_input": CSRF,
    "title": "整本导入：海安社区.xlsx",
    "note": "顾建平 · 2 张表",
    "rows": [
        SHEET,
        {**SHEET, "title": "住房情况台账", "state": "失败", "tag": "late", "error": "表里有合并单元格"},
    ],
    "totals": COUNTS,
    "problems": [
        {
            "sheet": "服役经历台账",
            "row": 3,
            "column": "入伍时间",
            "reason": "不是日期",
            "remedy": "写成 1979-11-01",
            "level": level,
        }
        for level in ("error", "warning")
    ],
    "job": None,
    "guarded": 1,
    "writable": 1200,
    "can_wait": 2,
    "confirm_url": "/x/",
    "cancel_url": "/x/",
    "errors_url": "/x/",
    "refused": [],
}
PAGES: list[tuple[str, str, Context]] = [
    ("imports/workbook.html", "to confirm", WORKBOOK),
    (
        "imports/workbook.html",
        "running",
        {**WORKBOOK, "job": JOB, "guarded": 0, "can_wait": 0, "problems": [], "confirm_url": ""},
    ),
    (
        "imports/workbook.html",
        "someone else's",
        {
            **WORKBOOK,
            "confirm_url": "",
            "cancel_url": "",
            "errors_url": "",
            "refused": [{"message": "没有可写入的行", "remedy": "改好再传"}],
        },
    ),
    ("imports/upload.html", "refused", UPLOAD),
    ("imports/preview.html", "problems", PREVIEW),
    (
        "imports/preview.html",
        "nothing",
        {
            **PREVIEW,
            "created": 0,
            "updated": 0,
            "problems": [],
            "changes": [],
            "guarded": 0,
            "errors_url": "",
        },
    ),
    ("imports/preview.html", "someone else's", {**PREVIEW, "mine": False}),
    ("imports/preview.html", "for the second person", {**PREVIEW, "mine": False, "awaits": True}),
    ("imports/preview.html", "waits for somebody", {**PREVIEW, "awaits": True}),
    ("imports/preview.html", "only what waits", {**PREVIEW, "created": 0, "updated": 0, "can_wait": 2}),
    ("imports/_job.html", "running", {"job": JOB}),
    ("imports/failed.html", "failed", FAILED),
    (
        "imports/failed.html",
        "cancelled",
        {**FAILED, "is_failed": False, "error": "", "retry_url": "", "cancel_url": ""},
    ),
    ("imports/ledgers.html", "some", LIST),
    ("imports/progress.html", "running", PROGRESS),
    ("imports/progress.html", "checking", {**PROGRESS, "stores": False}),
    (
        "imports/progress.html",
        "finished",
        {**PROGRESS, "job": {**JOB, "finished": True, "percent": 100, "next_url": "/x/"}},
    ),
    ("imports/done.html", "rejected", DONE),
    ("imports/done.html", "clean", {**DONE, "rejected": 0, "errors_url": ""}),
]
