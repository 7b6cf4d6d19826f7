"""Contexts of filing, of a case with its legs and verbs, and of a partner department's inbox."""

from tests.house.frame_samples import ERRORS, FILTERS, NO_FILTERS, PAGE, Context, clock, frame, line, tag


def leg(code: str, name: str, department: str, limit: str, waits: str = "", why: str = "") -> Context:
    """One item of a bundle, to be ticked."""
    return {
        "code": code,
        "name": name,
        "department": department,
        "limit": limit,
        "waits": waits,
        "checked": not why,
        "applies": not why,
        "why": why,
    }


FIELDS: list[Context] = [
    {"label": "姓名", "name": "name", "value": "周海峰", "prefilled": True},
    {"label": "身份证号", "name": "id_number", "value": "330482********0517", "prefilled": True},
    {"label": "退役时间", "name": "discharged_on", "kind": "date", "value": "2021-09-01", "prefilled": True},
    {"label": "退役证编号", "name": "certificate", "value": "义退字 2021 0048213", "required": True},
    {"label": "报到日期", "name": "reported_on", "kind": "date", "value": "2021-09-12", "required": True},
    {
        "label": "手机",
        "name": "phone",
        "kind": "tel",
        "value": "1381234567",
        "required": True,
        "error": "手机号应为 11 位，现为 10 位",
    },
    {
        "label": "落户地址",
        "name": "address",
        "value": "新仓镇三叉河村 12 组 8 号",
        "required": True,
        "help": "写到门牌号",
    },
    {
        "label": "就业意向",
        "name": "wish",
        "kind": "select",
        "value": "job",
        "options": [["job", "求职，倾向机电、驾驶"], ["own", "创业"]],
    },
    {"label": "贷款金额", "name": "amount", "kind": "number", "value": None, "unit": "万元"},
    {
        "label": "送达方式",
        "name": "delivery",
        "kind": "radio",
        "value": "window",
        "options": [["window", "窗口领"], ["post", "邮寄"]],
    },
    {
        "label": "需要的帮助",
        "name": "needs",
        "kind": "checkbox",
        "value": ["a"],
        "options": [["a", "搬家"], ["b", "看病"]],
    },
    {"label": "本人同意调用已有材料", "name": "agree", "kind": "checkbox", "value": True},
    {"label": "备注", "name": "note", "kind": "textarea", "value": "", "wide": True},
]
FILING: Context = {
    **frame("事项办理"),
    "title": "受理 · 返乡一件事",
    "note": "周海峰 · 自主就业退役士兵 · 新仓镇 · 一次填表，13 项可选，已按其情况勾选 11 项",
    "action_url": "/x/",
    "draft_url": "/x/",
    "errors": ERRORS,
    "sections": [{"title": "一张表", "note": "虚线为档案已有，核对即可；只需补 4 项", "fields": FIELDS}],
    "legs": [
        leg("RET-01", "退役报到登记", "退役军人局", "当场"),
        leg("RET-02", "恢复户口登记", "公安", "3 个工作日", "报到"),
        leg("RET-03", "居民身份证申领", "公安", "10 个工作日", "落户"),
        leg("RET-04", "兵役登记信息变更", "人武部", "3 个工作日"),
        leg("RET-05", "组织关系转接", "组织", "5 个工作日", why="非党员，不适用"),
        leg("RET-06", "养老保险关系接续", "人社", "10 个工作日"),
        leg("RET-07", "医保接续与参保", "医保", "5 个工作日"),
        leg("RET-08", "自主就业一次性补助", "退役军人局 · 财政", "20 个工作日"),
    ],
    "estimate_url": "/x/",
    "estimate": {
        "due": "10 月 27 日",
        "lines": ["30 个工作日，最长一项：优待证", "按 2021 年工作日历，含 10-09 调休上班"],
        "tree": [
            {"text": "退役报到登记", "on": "今天", "depth": 0},
            {"text": "落户 → 身份证", "on": "9-29", "depth": 1},
            {"text": "兵役 · 养老 · 补助 · 档案 并行", "on": "", "depth": 1},
        ],
        "confirmed": False,
    },
    "materials_note": "6 份，4 份免交",
    "materials": [
        {"name": "居民身份证", "tag": "已有", "state": "ok", "note": "2021-03-02 核验", "input": ""},
        {
            "name": "落户介绍信",
            "tag": "",
            "state": "",
            "note": "1 份用于 2 个事项",
            "input": "paper_1",
            "value": "DEFERRED",
            "options": [["PROVIDED", "已收"], ["DEFERRED", "容缺"], ["MISSING", "缺"]],
        },
    ],
    "reasons": [
        {"name": "一次性补助", "tag": "符合", "state": "ok", "note": "自主就业 ✓ 退役满 0–1 年 ✓ 未领取 ✓"}
    ],
    "saved_at": "09:41",
    "submit": "受理并分发 7 项",
    "may_accept": True,
}
CASE_ROWS = [
    {
        "url": "/x/",
        "item": "返乡一件事",
        "note": "CASE-2021-0008114 · 13 项联办",
        "number": "CASE-2021-0008114-03",
        "bundle": "返乡一件事",
        "person": "周海峰",
        "person_note": "退役士兵 · 新仓镇",
        "step": "落户 / 医保 并联",
        "status": "办理中",
        "state": "info",
        "parties": [tag("公安 ✓", "ok"), tag("医保 1天", "warn")],
        "clock": c,
        "filed_on": "2021-09-12",
        "referred": "09-12 10:20",
        "action": "签收",
    }
    for c in (clock("超期 1 天", "late", 100, "9 月 29 日前"), clock("剩 7 个工作日", "ok", 22), None)
]
VERBS: list[Context] = [
    {
        "name": "decide",
        "label": "作出决定",
        "url": "/x/",
        "first": True,
        "hint": "决定后通知本人，不能撤回",
        "confirm": "确定作出决定吗？",
        "blockers": [],
        "fields": [
            {
                "label": "结果",
                "name": "outcome",
                "kind": "radio",
                "value": "",
                "required": True,
                "options": [["yes", "同意"], ["no", "不予"]],
            },
            {"label": "意见", "name": "note", "kind": "textarea", "value": "", "error": "不予的要写明理由"},
        ],
    },
    {
        "name": "suspend",
        "label": "中止计时",
        "url": "/x/",
        "blockers": [],
        "fields": [{"label": "理由", "name": "note", "kind": "textarea"}],
    },
    {
        "name": "complete",
        "label": "办结",
        "url": "/x/",
        "fields": [],
        "blockers": [{"message": "还有 2 个子项没有办完", "remedy": "等公安、医保办结，或催办"}],
    },
]
CASE: Context = {
    **frame("事项办理"),
    "case": {
        "number": "CASE-2021-0008114",
        "item": "返乡一件事",
        "status": "办理中",
        "state": "info",
        "person": "周海峰",
        "person_url": "/x/",
        "person_note": "自主就业退役士兵 · 新仓镇",
        "clock": clock("剩 6 个工作日", "ok", 64, "承诺 10 月 27 日前办结"),
        "note": "窗口受理 · 事项版本 2021-01-01",
        "bundle": "",
        "bundle_url": "",
    },
    "stages": [
        {"label": "收件", "state": "done", "note": "09-12"},
        {"label": "受理", "state": "done", "note": "09-12"},
        {"label": "办理", "state": "current"},
        {"label": "决定", "state": "todo"},
        {"label": "送达", "state": "todo"},
    ],
    "legs_note": "11 项，已办结 7 项",
    "legs": [
        {
            "name": "恢复户口登记",
            "department": "公安",
            "status": "办结",
            "state": "ok",
            "waits": "",
            "clock": None,
            "result": "已落户",
            "url": "/x/",
        },
        {
            "name": "居民身份证申领",
            "department": "公安",
            "status": "办理中",
            "state": "info",
            "waits": "",
            "clock": clock("剩 2 个工作日", "ok", 80),
            "result": "",
            "url": "",
        },
        {
            "name": "医保接续与参保",
            "department": "医保",
            "status": "等待",
            "state": "",
            "waits": "落户",
            "clock": None,
            "result": "",
            "url": "",
        },
    ],
    "verbs": VERBS,
    "form_pairs": [
        {"label": "报到日期", "value": "2021-09-12"},
        {"label": "落户地址", "value": "新仓镇三叉河村 12 组 8 号"},
    ],
    "materials": [line("退役证", "1 份用于 9 个事项", "已核", "ok")],
    "helpers": [line("财政", "核拨资金 → 已核拨", "已答复", "ok")],
    "reveal": None,
    "events": [
        {"at": "09-14 15:02", "text": "办结 恢复户口登记", "who": "公安 陆建国", "note": "已落户新仓镇"},
        {"at": "09-12 10:20", "text": "受理并分发 11 项", "who": "顾建平", "note": ""},
    ],
    "rating": {"level": "非常满意", "state": "ok", "comment": "跑一次就办好了", "at": "10-25"},
}


STARTING: Context = {
    **frame("事项办理"),
    "action_url": "/x/",
    "chosen": None,
    "subject": "return_home",
    "groups": [{"title": "一件事", "options": [["return_home", "返乡一件事（13 项联办）"]]}],
}
BAD_RATINGS: Context = {
    "title": "差评回访与整改",
    "note": "差评 1 个工作日内回访",
    "rows": [
        {
            "number": "2021-000114-P",
            "item": "教育培训报名",
            "level": "不满意",
            "comment": "等太久",
            "rated_on": "2021-10-25",
            "due": "2021-10-26",
            "status": "待回访",
            "state": "warn",
            "notes": ["电话核实"],
            "verbs": VERBS[:1],
        }
    ],
}


PAGES: list[tuple[str, str, Context]] = [
    (
        "cases/list.html",
        "rows",
        {
            **frame("事项办理"),
            **FILTERS,
            "title": "事项办理",
            "note": "在办 23 件",
            "page": PAGE,
            "rows": CASE_ROWS,
        },
    ),
    (
        "cases/list.html",
        "empty",
        {
            **frame("事项办理"),
            **NO_FILTERS,
            "title": "事项办理",
            "note": "",
            "page": {**PAGE, "total": None},
            "rows": [],
        },
    ),
    ("cases/file.html", "bundle", FILING),
    (
        "cases/file.html",
        "single",
        {
            **FILING,
            "legs": [],
            "estimate": None,
            "materials": [],
            "reasons": [],
            "draft_url": "",
            "saved_at": "",
            "errors": [],
        },
    ),
    ("cases/detail.html", "bundle", CASE),
    (
        "cases/detail.html",
        "single",
        {**CASE, "legs": [], "rating": None, "materials": [], "helpers": [], "reveal": None},
    ),
    (
        "cases/detail.html",
        "leg",
        {
            **CASE,
            "legs": [],
            "reveal": {"url": "/x/", "reasons": [["handling", "办理事项"]]},
            "case": {**CASE["case"], "bundle": "返乡一件事", "bundle_url": "/x/"},
        },
    ),
    ("cases/new.html", "chosen", {**STARTING, "chosen": {"uid": "1", "title": "周海峰", "note": "新仓镇"}}),
    ("cases/new.html", "empty", STARTING),
    ("cases/_panel.html", "rows", {"rows": CASE_ROWS, "file_url": "/x/"}),
    ("cases/ratings.html", "rows", {**frame("好差评"), **FILTERS, **BAD_RATINGS, "page": PAGE}),
    (
        "cases/inbox.html",
        "rows",
        {
            **frame("事项办理"),
            **FILTERS,
            "title": "县公安局 · 待办",
            "note": "只显示转给本部门的子项",
            "page": PAGE,
            "rows": CASE_ROWS,
        },
    ),
]
