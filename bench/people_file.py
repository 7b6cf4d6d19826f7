"""A people ledger of any size, drawn with a fixed seed after the recipe of the performance targets.

340,000 rows: 18-digit numbers with a valid check character, surnames after a 1/(rank+3) law, villages of a
fictional city, categories and dates as a county has them, and 3.5 % dirty rows of seven kinds.
"""

from __future__ import annotations

import csv
import datetime as dt
import random
from pathlib import Path

SURNAMES = "王李张刘陈杨黄赵周吴徐孙朱马胡郭林何高梁郑罗宋谢唐韩曹许邓萧冯曾程蔡彭潘袁于董余苏叶吕魏蒋田杜丁沈姜范江傅钟卢汪戴崔任陆廖姚方金邱夏谭韦贾邹石熊孟秦阎薛侯雷白龙段郝孔邵史毛常万顾赖武康贺严尹钱"
GIVEN = "国梁建华卫东明志强军伟海峰永红春生金根阿宝水林福荣德祥云飞文斌少平学良新宇晓光玉兰秀英桂芳美珍巧凤雪梅丽娟爱萍佳敏静雅婷洪波立忠诚义勇刚毅坚定远航振兴邦安泰和顺利民富裕康宁长青松柏庆丰年大有成功业"
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
CATEGORIES = (
    ["V11"] * 46 + ["A04"] * 16 + ["F01"] * 12 + ["V12"] * 6 + ["D01"] * 4 + ["A02"] * 4 + ["A01"] * 3
)
CATEGORIES += ["V16"] * 3 + ["S01", "S02", "S03", "V01", "V02", "A06"]
HEADERS = [
    "身份证号",
    "姓名",
    "性别",
    "出生日期",
    "民族",
    "户籍地区划",
    "户籍地址",
    "常住地区划",
    "常住地址",
    "户号",
    "户口类型",
    "联系电话",
    "紧急联系电话",
    "政治面貌",
    "入党时间",
    "婚姻状况",
    "学历",
    "健康状况",
    "人员类别",
    "其他人员类别",
    "入伍时间",
    "退役时间",
    "部队代号",
    "军兵种",
    "退役军衔",
    "安置方式",
    "伤残性质",
    "伤残等级",
    "伤残证号",
    "军人(烈士)姓名",
    "与军人关系",
    "是否参战",
    "开户账号",
    "就业状况",
    "月收入",
    "困难类型",
    "是否孤老",
    "养老保险",
    "医疗保险",
    "联系类别",
    "采集日期",
    "建档日期",
    "档案要件齐全",
    "电子档案建成日期",
]


def villages(towns: int = 12, count: int = 614) -> list[str]:
    """Village codes of one fictional county-level city."""
    return [f"339901{1 + i % towns:03d}{200 + i // towns:03d}" for i in range(count)]


def area_rows() -> list[list[str]]:
    """Rows of the ledger ``areas`` for those villages."""
    rows = [["339900000000", "测试市", "市", ""], ["339901000000", "测试县", "县", "339900000000"]]
    towns = sorted({code[:9] for code in villages()})
    rows += [[f"{town}000", f"第{i}镇", "乡镇街道", "339901000000"] for i, town in enumerate(towns, 1)]
    rows += [[code, f"第{i}村", "村社区", f"{code[:9]}000"] for i, code in enumerate(villages(), 1)]
    return rows


def check_character(first: str) -> str:
    """GB 11643, written out once more on purpose: the file must not be made by the code under test."""
    return "10X98765432"[sum(int(a) * b for a, b in zip(first, WEIGHTS, strict=True)) % 11]


def write_people(path: Path, count: int = 340_000, *, seed: int = 7, dirty: float = 0.035) -> Path:
    """Write the csv; returns its path."""
    draw = random.Random(seed)
    weights = [1 / (rank + 3) for rank in range(len(SURNAMES))]
    surnames = draw.choices(SURNAMES, weights, k=count)
    places, taken = villages(), set[str]()
    with path.open("w", encoding="utf-8", newline="") as out:
        writer = csv.writer(out)
        writer.writerow(HEADERS)
        previous = ""
        for index in range(count):
            row = _row(draw, surnames[index], places, taken)
            if draw.random() < dirty:
                _spoil(draw, row, previous)
            previous = row[0]
            writer.writerow(row)
    return path


def _row(draw: random.Random, surname: str, places: list[str], taken: set[str]) -> list[str]:
    male = draw.random() < 0.93
    age = min(max(int(draw.gauss(52, 17)), 20), 95)
    born = dt.date(2025 - age, draw.randint(1, 12), draw.randint(1, 28))
    number = _number(draw, born, male, taken)
    name = surname + draw.choice(GIVEN) + ("" if draw.random() < 0.22 else draw.choice(GIVEN))
    place, category = draw.choice(places), draw.choice(CATEGORIES)
    veteran = category not in ("F01", "S01", "S02", "S03")
    enlisted = dt.date(born.year + draw.randint(18, 22), 12, 1) if veteran else None
    left = dt.date(enlisted.year + 2 + int(draw.expovariate(0.4)), 12, 1) if enlisted else None
    left = min(left, dt.date(2025, 12, 1)) if left else None
    if enlisted and left and left <= enlisted:
        enlisted, left = dt.date(2023, 9, 1), None
    disabled = category == "D01"
    party = draw.random() < 0.3
    joined = dt.date(born.year + 22, 7, 1) if party else None
    phone = f"1{draw.choice('3579')}{draw.randint(100_000_000, 999_999_999)}"
    return [
        number, name, "男" if male else "女", born.isoformat(), "汉族" if draw.random() < 0.97 else "回族", place,
        f"测试县第{place[7:9]}镇第{place[9:]}村{draw.randint(1, 300)}号", place, f"测试县{draw.randint(1, 20)}组", f"H{draw.randint(1, 200_000)}",
        draw.choice(["农村", "城镇"]), phone, "", "中共党员" if party else "群众", joined.isoformat() if joined else "",
        draw.choice(["已婚", "未婚", "丧偶"]), draw.choice(["初级中学", "普通高级中学", "专科教育", "大学本科"]),
        draw.choice(["健康或良好", "一般或较弱", "有慢性病"]), category, "D01" if disabled and category != "D01" else "",
        enlisted.isoformat() if enlisted else "", left.isoformat() if left else "", f"{draw.randint(10_000, 99_999)}" if veteran else "",
        "", draw.choice(["上等兵", "下士", "中士", "上士"]) if veteran else "", "自主就业" if veteran else "",
        "因公" if disabled else "", draw.choice(["七级", "八级", "九级"]) if disabled else "", f"军残{draw.randint(100000, 999999)}" if disabled else "",
        "" if veteran else surname + "某", "" if veteran else "父亲", "是" if category == "A02" else "否",
        "", draw.choice(["在岗", "无工作", "灵活就业", "务农"]), f"{draw.randint(0, 9000)}.{draw.randint(0, 99):02d}", "",
        "是" if draw.random() < 0.02 else "否", "城乡居民", "城乡居民", draw.choice(["重点", "关注", "一般", "一般"]),
        "2019-03-05", "2019-06-01" if draw.random() < 0.9 else "", "是", "2020-05-01" if draw.random() < 0.8 else "",
    ]  # fmt: skip


def _number(
    draw: random.Random, born: dt.date, male: bool, taken: set[str]
) -> str:  # a generator's inner step
    while True:
        sequence = draw.randrange(0, 1000) // 2 * 2 + male
        area = 339_901 if draw.random() < 0.9 else 339_000 + draw.randrange(100)
        first = f"{area}{born:%Y%m%d}{sequence % 1000:03d}"
        if first not in taken:
            taken.add(first)
            return first + check_character(first)


def _spoil(draw: random.Random, row: list[str], previous: str) -> None:
    """One of seven faults, in equal parts."""
    kind = draw.randrange(7)
    if kind == 0:
        row[0] = row[0][:17] + ("0" if row[0][17] != "0" else "1")
    elif kind == 1 and previous:
        row[0] = previous
    elif kind == 2:
        row[20], row[21] = "2019-01-01", "2018-01-01"
    elif kind == 3:
        row[1] = " "
    elif kind == 4:
        row[3] = f"{row[3][:4]}-02-30"
    elif kind == 5:
        row[11] = "1381234567"
    else:
        row[5] = "339901999999"
