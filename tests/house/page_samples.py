"""Contexts of the portal, people and import pages. Keys: template, then what the sample shows."""

from tests.house.frame_samples import (
    CSRF,
    ERRORS,
    FILTERS,
    NO_FILTERS,
    PAGE,
    Context,
    clock,
    frame,
    line,
    tag,
)

ACCOUNTS = [
    {"role": role, "name": name, "username": user, "password": "Yizhou-2024", "scope": scope}
    for role, name, user, scope in (
        ("服务中心人员", "顾建平", "center", "东湖县"),
        ("镇街站", "沈玉兰", "town", "东湖县 · 林埭镇"),
        ("协同部门", "陆建国", "police", "东湖县公安局 转来的子项"),
        ("分管领导", "周明", "leader", "东湖县"),
    )
]
KPIS = [
    {
        "label": "我的待办",
        "value": 23,
        "unit": "件",
        "notes": [tag("2 件今日到期", "down"), tag("1 件已超期")],
        "url": "/x/",
    },
    {"label": "按时办结率（本年）", "value": "99.86", "unit": "%", "notes": "承诺时限内 8,101 / 8,112"},
    {
        "label": "满意度（本年）",
        "value": "98.4",
        "unit": "%",
        "notes": "7,940 次评价 · 差评 12 件，已回访 12",
    },
    {"label": "主动发现（政策找人）", "value": None, "unit": "人", "notes": "还没有跑过全量比对"},
]
WORK_ROWS = [
    {
        "title": title,
        "note": note,
        "url": "/x/",
        "person": person,
        "person_note": person_note,
        "step": step,
        "parties": parties,
        "clock": c,
        "action": action,
    }
    for title, note, person, person_note, step, parties, c, action in (
        (
            "返乡一件事",
            "CASE-2021-0008114 · 13 项联办",
            "周海峰",
            "退役士兵 · 新仓镇",
            "落户 / 医保 并联",
            [tag("公安 ✓", "ok"), tag("医保 1天", "warn"), tag("组织 ✓", "ok")],
            clock("超期 1 天", "late", 100),
            "办理",
        ),
        (
            "创业担保贷款贴息",
            "CASE-2021-0008102",
            "沈建国",
            "自主就业 · 当湖街道",
            "初审",
            [tag("人社"), tag("财政")],
            clock("今日到期", "warn", 92),
            "办理",
        ),
        (
            "困难帮扶援助",
            "CASE-2021-0008097 · 代办",
            "陆阿大",
            "带病回乡 · 林埭镇",
            "入户核查",
            [],
            clock("补正中，计时暂停", "paused", 48),
            "查看",
        ),
        (
            "优待证申领",
            "CASE-2021-0008120 · 网上",
            "俞佳伟",
            "退役士兵 · 乍浦镇",
            "审核",
            [],
            clock("剩 7 个工作日", "ok", 22),
            "办理",
        ),
        (
            "残疾等级调整",
            "CASE-2021-0008088",
            "马立新",
            "伤残军人 · 七级因公",
            "医疗鉴定",
            [tag("卫健 指定医院", "info")],
            clock("剩 19 个工作日", "ok", 30),
            "查看",
        ),
    )
]
SIDE = [
    {
        "title": "窗口叫号",
        "note": "9 个窗口 · 等候 6 人",
        "link": None,
        "rows": [
            line("A018", "预约 09:30 · 返乡报到", text="3 分钟"),
            line("B007", "医保接续", text="7 分钟"),
        ],
    },
    {
        "title": "督办提醒",
        "note": "",
        "link": {"label": "全部", "url": "/x/"},
        "rows": [line("四季度走访覆盖率", "本中心 84.3%，目标 90%", "12-15", "warn")],
    },
]
WORKBENCH: Context = {
    **frame("工作台"),
    "greeting": "上午好，建平",
    "today": "11 月 22 日 星期一 · 今日 3 号窗口已接待 11 人，平均 8 分钟",
    "actions": [
        {"label": "叫下一号 A018", "url": "/x/", "kind": ""},
        {"label": "受理事项", "url": "/x/", "kind": "primary"},
    ],
    "kpis": KPIS,
    "work": {"title": "待我办理", "note": "按剩余时限排序", "total": 23, "url": "/x/", "rows": WORK_ROWS},
    "side": SIDE,
}
SEARCH: Context = {
    **frame(""),
    "q": "zhf",
    "total": 3,
    "hint": "按拼音首字母查找",
    "groups": [
        {
            "title": "人",
            "total_text": "2 人",
            "more_url": "/x/",
            "rows": [
                {
                    "title": "周海峰",
                    "url": "/x/",
                    "note": "男 · 24 · 330482********0517 · 新仓镇三叉河村",
                    "tags": [tag("自主就业退役士兵")],
                    "text": "",
                }
            ],
        },
        {
            "title": "事项",
            "total_text": "1 件",
            "more_url": "",
            "rows": [
                {
                    "title": "返乡一件事",
                    "url": "/x/",
                    "note": "CASE-2021-0008114 · 周海峰",
                    "tags": [tag("办理中", "info")],
                    "text": "剩 6 个工作日",
                }
            ],
        },
    ],
}
PEOPLE_ROWS = [
    {
        "uid": number,
        "url": "/x/",
        "name": name,
        "note": note,
        "id_number": number,
        "category": category,
        "area": area,
        "contact": contact,
        "contact_state": state,
        "archived": archived,
        "completeness": percent,
        "extra": extra,
    }
    for name, note, number, category, area, contact, state, archived, percent, extra in (
        ("陆阿大", "男 · 72", "330482********1211", "带病回乡", "林埭镇 徐家埭村", "重点", "late", "2021-03-02", 81,
         [tag("213 天", "late")]),
        ("吴根宝", "男 · 66", "330482********0518", "残疾军人", "林埭镇 群丰村", "关注", "warn", "", 96, [tag("98 天", "warn")]),
        ("沈巧英", "女 · 70", "330482********2024", "烈士遗属", "林埭镇 祥中村", "一般", "", "2020-07-01", 100, ["61 天"]),
        ("朱卫国", "男 · 64", "330482********3315", "农村籍老年退役士兵", "林埭镇 清溪村", "", "", "", 92, [""]),
    )
]  # fmt: skip
HEADERS = [
    {"label": label, "sort_url": sort_url, "sorted": order}
    for label, sort_url, order in (
        ("姓名", "?s=1", ""),
        ("身份证号", "", ""),
        ("人员类别", "", ""),
        ("所属区域", "", ""),
        ("联系类别", "", ""),
        ("建档", "", ""),
        ("完整度", "", ""),
        ("最近联系", "", ""),
    )
]
PEOPLE: Context = {
    **frame("一人一档"),
    **FILTERS,
    "title": "一人一档",
    "note": "东湖县 · 在册 5,000 人，今日更新 14",
    "actions": [
        {"label": "导入台账", "url": "/x/", "kind": ""},
        {"label": "导出", "url": "/x/", "kind": ""},
        {"label": "新建档案", "url": "/x/", "kind": "primary"},
    ],
    "page": PAGE,
    "count_url": "/x/",
    "export_url": "/x/",
    "free_rows": 100,
    "headers": HEADERS,
    "rows": PEOPLE_ROWS,
    "chosen": False,
    "columns_url": "/people/columns/",
    "menus": [{"label": "常用筛选", "url": "/x/", "page": "/x/"}],
    "bulk": {
        "verbs": [{"label": "指派联系人", "url": "/x/"}],
        "wishes": [["sex", "1"]],
        "ticked": False,
        "tick_url": "/x/",
    },
}
PEOPLE_CHOSEN: Context = {
    **PEOPLE,
    "chosen": True,
    "headers": HEADERS[:3],
    "rows": [
        {"uid": "u", "url": "/x/", "name": "陈国梁", "note": "男 · 65", "cells": ["339902********1013", ""]}
    ],
    "bulk": None,
}
COLUMNS: Context = {
    **frame("一人一档"),
    "title": "选择显示的列",
    "note": "姓名总在最前",
    "back_url": "/x/",
    "columns": {
        "url": "/people/",
        "wishes": [["sex", "1"]],
        "usual_url": "/people/",
        "sections": [{"title": "本人", "choices": [{"code": "sex", "label": "性别", "on": True}]}],
    },
}
PEOPLE_EMPTY: Context = {
    **PEOPLE,
    **NO_FILTERS,
    "rows": [],
    "count_url": "",
    "export_url": "",
    "page": {**PAGE, "start": 0, "end": 0, "total": 0, "more_than": False, "next_url": ""},
}
RATING: Context = {
    "csrf_token": "token",
    "csrf_input": CSRF,
    "once": "1f0c",
    "errors": [],
    "action_url": "/x/",
    "case": {
        "number": "CASE-2021-0008114",
        "item": "返乡一件事",
        "completed_on": "2021-10-25",
        "handled_by": "新仓镇退役军人服务站",
    },
    "name": "周海峰",
    "levels": [[5, "非常满意"], [4, "满意"], [3, "基本满意"], [2, "不满意"], [1, "非常不满意"]],
    "aspects": [["speed", "办得快"], ["manner", "态度好"], ["clear", "说得清楚"]],
    "value": 5,
    "comment": "",
    "done": False,
}
LOGIN: Context = {
    "csrf_token": "token",
    "csrf_input": CSRF,
    "username": "center",
    "error": "用户名或密码不对，还可以试 3 次",
    "locked": "",
    "next": "/",
    "demo_accounts": ACCOUNTS,
}
FAULT: Context = {
    "status": 409,
    "title": "现在还不能办结",
    "reason": "这件事还有没办完的子项。",
    "remedy": "",
    "request_id": "01JD3F7Q2M",
    "blockers": [{"message": "公安 · 居民身份证申领 还在办理", "remedy": "等公安办结，或点“催办”"}],
    "back_url": "/x/",
}
REVEAL: Context = {
    "csrf_input": CSRF,
    "once": "1f0c",
    "errors": [],
    "url": "/x/",
    "label": "身份证号",
    "name": "陈国梁",
    "reasons": [["case", "办理事项"], ["contact", "联系本人"], ["check", "核对信息"]],
    "reason": "",
    "note": "",
    "value": None,
    "call_url": "",
}

RECORD: Context = {
    "errors": [{"name": "phone", "label": "联系电话", "message": "不是 11 位手机号。填 11 位手机号"}],
    "sections": [
        {
            "title": "本人",
            "fields": [
                {"label": "姓名", "name": "name", "required": True, "value": "陈国梁"},
                {"label": "性别", "name": "sex", "kind": "select", "options": [("男", "男"), ("女", "女")]},
                {"label": "联系电话", "name": "phone", "kind": "tel", "error": "不是 11 位手机号"},
            ],
        }
    ],
    "doubts": [],
    "reason": "",
    "reason_error": "",
    "meanwhile": [],
    "seen": "",
}
DOUBTFUL: Context = {
    **RECORD,
    "seen": "0f3a",
    "doubts": [{"label": "入伍时间", "message": "入伍时 17 周岁", "remedy": "请核对"}],
}
PERSON_FORM: Context = {**frame("一人一档"), "person": None, "back_url": "/x/", "record": RECORD}

PAGES: list[tuple[str, str, Context]] = [
    ("portal/login.html", "demo", LOGIN),
    (
        "portal/login.html",
        "plain",
        {**LOGIN, "demo_accounts": [], "error": "", "locked": "试错太多，请 15 分钟后再来"},
    ),
    ("portal/workbench.html", "full", WORKBENCH),
    (
        "portal/workbench.html",
        "empty",
        {**WORKBENCH, "work": {**WORKBENCH["work"], "rows": [], "total": 0}, "side": []},
    ),
    ("portal/error.html", "refused", {**frame(""), **FAULT}),
    ("portal/error.html", "bare", {k: v for k, v in FAULT.items() if k not in ("blockers", "back_url")}),
    ("portal/search.html", "found", SEARCH),
    ("portal/search.html", "none", {**SEARCH, "groups": [], "hint": ""}),
    ("portal/my_rating.html", "ask", RATING),
    ("portal/my_rating.html", "done", {**RATING, "done": True, "aspects": []}),
    ("people/list.html", "rows", PEOPLE),
    ("people/list.html", "empty", PEOPLE_EMPTY),
    ("people/list.html", "chosen columns", PEOPLE_CHOSEN),
    ("people/list.html", "ticked", {**PEOPLE, "bulk": {**PEOPLE["bulk"], "ticked": True}}),
    ("people/columns.html", "sections", COLUMNS),
    ("people/_columns.html", "dialog", COLUMNS),
    ("people/form.html", "new", PERSON_FORM),
    (
        "people/form.html",
        "doubtful",
        {**PERSON_FORM, "person": {"name": "陈国梁"}, "record": DOUBTFUL},
    ),
    (
        "people/form.html",
        "changed meanwhile",
        {
            **PERSON_FORM,
            "person": {"name": "陈国梁"},
            "record": {**RECORD, "meanwhile": ["沈玉兰 09:12 更正：学历"]},
        },
    ),
    ("people/_reveal.html", "ask", REVEAL),
    ("people/_reveal.html", "wrong", {**REVEAL, "errors": [{**ERRORS[0], "name": "reason"}]}),
    (
        "people/_reveal.html",
        "shown",
        {**REVEAL, "value": "330482196008030319", "call_url": "tel:13812345678"},
    ),
]
