"""Contexts of the pages about the quality of files: confirming one, and the score of an area."""

from tests.house.frame_samples import Context, frame, line


def number(text: str, url: str = "") -> Context:
    """A cell of numbers."""
    return {"text": text, "url": url, "num": True}


CONFIRM: Context = {
    **frame("一人一档"),
    "title": "核实档案：陈国梁",
    "note": "最近更新 2025-01-05，每 12 个月更新一次，应于 2026-01-05 前更新",
    "back_url": "/x/",
    "correct_url": "/x/",
    "sections": [
        {"title": "本人", "rows": [{"label": "姓名", "value": "陈国梁"}, {"label": "学历", "value": ""}]}
    ],
    "doubts": [line("开户账号：银行卡号校验位不对", "对照银行卡核对", "存疑", "warn")],
    "ways": [["met", "本人到站核实"], ["home", "上门走访核实"]],
    "way": "home",
    "said": "",
    "refused": [{"code": "WAY", "message": "没有选怎样核实的", "remedy": "选一种核实方式"}],
}
QUALITY: Context = {
    **frame("数据质量"),
    "title": "数据质量",
    "note": "望澜区 · 在册 2,568 人",
    "areas": [["339902000000", "望澜区"]],
    "area": "339902000000",
    "cards": [
        {"label": "得分", "value": "88.4", "unit": "分", "notes": "完整 40、准确 30、及时 30", "url": ""},
        {"label": "完整", "value": "97.1", "unit": "%", "notes": "缺要素 312 人", "url": "/x/"},
    ],
    "unjudged": 120,
    "headers": ["区划", {"label": "得分", "num": True}, {"label": "缺要素", "num": True}],
    "rows": [[{"text": "梅坞镇", "url": "/x/"}, number("81.0"), number("120", "/x/")]],
    "files": [line("陈国梁", "缺 3 项要素", "到期", "late")],
    "few_enough": 5000,
    "further": [
        (
            "疑似重复",
            {
                "note": "可能建了两份",
                "rows": [line("待裁决", "", "3 对", "")],
                "link": {"label": "去裁决", "url": "/x/"},
            },
        )
    ],
}
CARD: Context = {
    **frame("一人一档"),
    "title": "联系卡",
    "back_url": "/x/",
    "name": "陈国梁",
    "place": "望澜区芦汀街道芦汀社区",
    "contact": "沈玉兰",
    "signed_on": None,
    "station": {"name": "芦汀社区退役军人服务站", "phone": "0570-6123456", "address": "芦汀路 1 号"},
    "code": "data:image/svg+xml,%3Csvg/%3E",
    "printed_on": "2026-03-02",
}
PAGES: list[tuple[str, str, Context]] = [
    ("people/confirm.html", "refused", CONFIRM),
    ("people/quality.html", "area", QUALITY),
    ("people/quality.html", "city", {**QUALITY, "files": None, "unjudged": 0}),
    ("visits/card.html", "card", CARD),
    ("visits/card.html", "nobody", {**CARD, "contact": "", "station": None}),
    ("people/quality.html", "village", {**QUALITY, "rows": [], "files": [], "further": []}),
]
