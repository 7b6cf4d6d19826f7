"""Samples of the pages of a ledger's rows."""

from tests.house.frame_samples import Context, frame, line
from tests.house.page_samples import DOUBTFUL, RECORD

ROW_FORM: Context = {
    **frame("台账导入导出"),
    "ledger": "来访接待台账",
    "is_new": True,
    "back_url": "/x/",
    "record": RECORD,
}
ROW: Context = {
    **frame("台账导入导出"),
    "title": "JD-001",
    "note": "来访接待台账",
    "actions": [{"label": "更正", "url": "/x/", "kind": "primary"}],
    "pairs": [{"label": "接待编号", "value": "JD-001", "note": ""}],
    "papers": [],
    "attach_url": "/x/",
    "history": [line("来访接待台账：更正", "顾建平 · 11-20 09:12")],
    "void_url": "/x/",
    "refused": [],
    "reason": "",
}
BROWSE: Context = {
    **frame("台账导入导出"),
    "title": "来访接待台账",
    "note": "hall_receptions",
    "actions": [{"label": "登记一条", "url": "/x/", "kind": "primary"}],
    "period": {"from": "2025-01-01", "to": "2025-12-31", "presets": []},
    "areas": [["", "全部区划"]],
    "area": "",
    "chosen": {"place": "HALL"},
    "filters": [{"label": "接待场所", "value": "大厅", "clear_url": "/x/", "options": []}],
    "clear_url": "/x/",
    "headers": ["接待编号"],
    "rows": [[{"text": "JD-001", "url": "/x/"}]],
    "page": {"start": 1, "end": 1, "total": 1, "more_than": False, "previous_url": "", "next_url": ""},
}
VOIDED: Context = {
    **frame("台账导入导出"),
    "title": "来访接待台账：作废记录",
    "back_url": "/x/",
    "shown": 200,
    "may_restore": True,
    "refused": [],
    "rows": [
        {
            "title": "JD-001",
            "pairs": [{"label": "接待编号", "value": "JD-001"}],
            "reason": "重复登记",
            "actor": "顾建平",
            "at": "2025-04-25 09:30",
            "restore_url": url,
        }
        for url in ("/x/", "")
    ],
}

WAITING: Context = {
    **frame("台账导入导出"),
    "total": 1,
    "shown": 200,
    "refused": [],
    "rows": [
        {
            "ledger": "走访联系台账",
            "title": "3399**********1118 · 2025-03-05",
            "reason": "服务对象身份证号：所填证件号在“退役军人和优抚对象信息采集台账”里没有，或它所在的行被拒。先在那里登记或导入，或更正本列",
            "actor": "顾建平",
            "since": "2025-04-25 09:30",
            "discard_url": "/x/",
        }
    ],
}
REFUSED = [{"message": "还有 2 条记录引用它", "remedy": "先作废那些"}]
PAGES: list[tuple[str, str, Context]] = [
    ("ledgers/form.html", "new", ROW_FORM),
    ("ledgers/form.html", "doubtful", {**ROW_FORM, "is_new": False, "record": DOUBTFUL}),
    ("ledgers/row.html", "full", ROW),
    (
        "ledgers/row.html",
        "refused",
        {**ROW, "history": [], "refused": REFUSED},
    ),
    ("ledgers/voided.html", "rows", VOIDED),
    ("ledgers/browse.html", "rows", BROWSE),
    (
        "ledgers/_pick.html",
        "found",
        {
            "name": "id_number",
            "q": "陈",
            "choices": [{"value": "uid:1", "title": "陈国梁", "note": "3399**"}],
        },
    ),
    ("ledgers/_pick.html", "none", {"name": "id_number", "q": "陈", "choices": []}),
    ("ledgers/waiting.html", "rows", WAITING),
    ("ledgers/waiting.html", "none", {**WAITING, "total": 0, "rows": []}),
    ("ledgers/voided.html", "none", {**VOIDED, "may_restore": False, "rows": []}),
    ("ledgers/voided.html", "refused", {**VOIDED, "refused": REFUSED}),
    ("ledgers/waiting.html", "refused", {**WAITING, "refused": REFUSED}),
]
