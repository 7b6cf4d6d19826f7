"""Contexts of the pages about changes of files: what waits for a second person, the past, taking a change back."""

import datetime as dt

from tests.house.frame_samples import Context, frame, line

AT = dt.datetime(2021, 11, 20, 9, 12, tzinfo=dt.UTC)
ROWS = [
    {"label": "姓名", "old": "陈国梁", "new": "陈国良", "second_person": "身份"},
    {"label": "学历", "old": "初中", "new": "", "second_person": ""},
]
BLOCKERS = [{"code": "SAME_PERSON", "message": "提交人不能复核自己的更正", "remedy": "请另一人复核"}]
PROPOSALS: Context = {
    **frame("更正复核"),
    "tabs": [
        {"label": "待复核", "url": "/x/", "active": True, "count": None},
        {"label": "已复核", "url": "/x/", "active": False, "count": None},
    ],
    "rows": [
        [
            {"text": "陈国梁", "url": "/x/"},
            "望澜区芦汀街道芦汀社区",
            "身份",
            {"text": "沈玉兰", "note": "2021-11-20 09:12"},
            "",
            {"tags": [{"text": "待复核", "state": "warn"}]},
        ]
    ],
    "next_url": "/x/",
}
PROPOSAL: Context = {
    **frame("更正复核"),
    "title": "复核更正：陈国梁",
    "proposal": {
        "guarded": "身份",
        "actor": "沈玉兰",
        "asked_at": AT,
        "reason": "本人出示新的户口簿",
        "get_status_display": lambda: "待复核",
        "decided_by": "",
        "note": "",
    },
    "state": "warn",
    "person_url": "/x/",
    "area": "望澜区芦汀街道芦汀社区",
    "rows": ROWS,
    "blockers": (),
    "may_decide": True,
    "may_withdraw": False,
    "may_reveal": True,
    "urls": dict.fromkeys(("approve_change", "refuse_change", "withdraw_change", "reveal_change"), "/x/"),
    "reasons": [["verify", "核对身份"]],
    "note": "",
    "refused": (),
}
OWN: Context = {
    "blockers": BLOCKERS,
    "may_decide": False,
    "may_withdraw": True,
    "may_reveal": False,
    "refused": BLOCKERS,
}
PAST: Context = {
    **frame("一人一档"),
    "title": "陈国梁 2021-03-01 的档案",
    "back_url": "/x/",
    "person": {"name": "陈国梁"},
    "day": dt.date(2021, 3, 1),
    "today": dt.date(2021, 11, 23),
    "begun": AT,
    "exists": True,
    "sections": [
        {
            "title": "本人",
            "rows": [
                {"label": "学历", "value": "初中", "tag": "后来改过", "state": "warn", "note": "现为 高中"},
                {"label": "民族", "value": "汉族", "tag": "", "state": "", "note": ""},
            ],
        }
    ],
    "later": [line("2021-11-20 09:12 更正", "学历：初中 → 高中", "", "")],
    "hidden_later": 3,
}
REVERSE: Context = {
    **frame("一人一档"),
    "title": "冲回变更：陈国梁",
    "back_url": "/x/",
    "change": {"changed_at": AT, "actor": "沈玉兰", "get_source_display": lambda: "更正"},
    "rows": ROWS,
    "matters": ["身份"],
    "blockers": (),
    "reason": "",
    "refused": (),
}
PAGES: list[tuple[str, str, Context]] = [
    ("people/proposals.html", "waiting", PROPOSALS),
    ("people/proposals.html", "none", {**PROPOSALS, "rows": [], "next_url": ""}),
    ("people/proposal.html", "to decide", PROPOSAL),
    ("people/proposal.html", "one's own", {**PROPOSAL, **OWN}),
    ("people/past.html", "then", PAST),
    ("people/past.html", "none yet", {**PAST, "exists": False, "sections": [], "later": []}),
    ("people/reverse.html", "ask", REVERSE),
    ("people/reverse.html", "too late", {**REVERSE, "blockers": BLOCKERS}),
]
