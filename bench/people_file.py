"""A people ledger of any size, drawn with a fixed seed after the recipe of the performance targets.

340,000 rows: 18-digit numbers with a valid check character, surnames after a 1/(rank+3) law, villages of a
fictional city, categories and dates as a county has them, and 3.5 % dirty rows of seven kinds.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import polars as pl
from rustpy_xlsxwriter import write_worksheet

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


def write_people(path: Path, count: int = 340_000, *, seed: int = 7, dirty: float = 0.035) -> Path:
    """Write the csv; returns its path. The same seed and count give the same bytes."""
    cells = pl.all()
    people(count, seed=seed, dirty=dirty).with_columns(pl.when(cells != "").then(cells)).write_csv(path)
    return path


def write_workbook(path: Path, frame: pl.DataFrame) -> Path:
    """The same rows as one sheet of text with shared strings, as Excel writes them."""
    write_worksheet(frame.to_dicts(), str(path), sheet_name="人员")
    return path


def people(count: int, *, seed: int = 7, dirty: float = 0.035) -> pl.DataFrame:
    """The rows as text, a whole column at a time."""
    draw = Draw(random.Random(seed), count)
    frame = _with_number(_services(_basics(draw), draw), draw)
    return _spoilt(frame.select(_cells(draw)), draw, dirty)


Cell = pl.Expr | pl.Series


class Draw:
    """Columns of random values from one seeded source."""

    def __init__(self, source: random.Random, count: int) -> None:
        self.source, self.count = source, count

    def one_of(self, values: Sequence[str] | range, weights: Sequence[float] | None = None) -> pl.Series:
        """One value a row."""
        return pl.Series(self.source.choices(values, weights, k=self.count))

    def chance(self, share: float) -> pl.Series:
        """True in this share of the rows."""
        return pl.Series([self.source.random() < share for _ in range(self.count)])

    def normal(self, mean: float, spread: float) -> pl.Series:
        """Normally distributed whole numbers."""
        return pl.Series([int(self.source.gauss(mean, spread)) for _ in range(self.count)])

    def waiting(self, rate: float) -> pl.Series:
        """Exponentially distributed whole numbers."""
        return pl.Series([int(self.source.expovariate(rate)) for _ in range(self.count)])


def _basics(draw: Draw) -> pl.DataFrame:
    second = pl.when(draw.chance(0.22)).then(pl.lit("")).otherwise(draw.one_of(GIVEN))
    return pl.DataFrame(
        {
            "surname": draw.one_of(SURNAMES, [1 / (rank + 3) for rank in range(len(SURNAMES))]),
            "given": draw.one_of(GIVEN),
            "male": draw.chance(0.93),
            "year": 2025 - draw.normal(52, 17).clip(20, 95),
            "month": draw.one_of(range(1, 13)),
            "day": draw.one_of(range(1, 29)),
            "place": draw.one_of(villages()),
            "category": draw.one_of(CATEGORIES),
            "party": draw.chance(0.3),
        }
    ).with_columns(
        second.alias("second"),
        pl.date("year", "month", "day").alias("born"),
        (~pl.col("category").is_in(["F01", "S01", "S02", "S03"])).alias("veteran"),
        (pl.col("category") == "D01").alias("disabled"),
    )


def _services(frame: pl.DataFrame, draw: Draw) -> pl.DataFrame:
    """Years of enlistment and discharge; who would leave before he came is still serving."""
    came = pl.col("year") + draw.one_of(range(18, 23))
    left = pl.min_horizontal(pl.col("came") + 2 + draw.waiting(0.4), pl.lit(2025))
    serving = pl.col("left") <= pl.col("came")
    frame = frame.with_columns(came.alias("came")).with_columns(left.alias("left"))
    return frame.with_columns(
        pl.when("veteran").then(pl.when(serving).then(pl.lit("2023-09-01")).otherwise(_december("came"))).alias("enlisted"),
        pl.when(pl.col("veteran") & ~serving).then(_december("left")).alias("discharged"),
    )  # fmt: skip


def _december(column: str) -> pl.Expr:
    return pl.format("{}-12-01", pl.col(column))


def _with_number(frame: pl.DataFrame, draw: Draw) -> pl.DataFrame:
    """18-digit numbers, each once: where a draw repeats an earlier one the row draws again."""
    area = (
        pl.when(draw.chance(0.9))
        .then(pl.lit("339901"))
        .otherwise(_padded(draw.one_of(range(100)), "3390", 2))
    )
    frame = frame.with_columns(area.alias("issued"))
    serial = draw.one_of(range(0, 1000, 2))
    while True:
        odd = pl.lit(serial) + pl.col("male").cast(pl.Int64)
        digits = pl.col("issued") + pl.col("born").dt.strftime("%Y%m%d") + odd.cast(pl.String).str.zfill(3)
        numbered = frame.with_columns(digits.alias("first"))
        again = ~numbered["first"].is_first_distinct()
        if not again.any():
            break
        serial = frame.select(
            pl.when(again).then(draw.one_of(range(0, 1000, 2))).otherwise(serial)
        ).to_series()
    return numbered.with_columns((pl.col("first") + check_character("first")).alias("number"))


def check_character(first: str) -> pl.Expr:
    """GB 11643, written out once more on purpose: the file must not be made by the code under test."""
    digits = (
        pl.col(first).str.slice(place, 1).cast(pl.Int64) * weight for place, weight in enumerate(WEIGHTS)
    )
    return pl.lit("10X98765432").str.slice(pl.sum_horizontal(digits) % 11, 1)


def _padded(values: pl.Series, before: str, width: int) -> pl.Expr:
    return before + pl.lit(values).cast(pl.String).str.zfill(width)


def _either(column: str, yes: str, no: str = "") -> pl.Expr:
    return pl.when(column).then(pl.lit(yes)).otherwise(pl.lit(no))


def _where(column: str, values: pl.Series | str) -> pl.Expr:
    return pl.when(column).then(pl.lit(values).cast(pl.String)).otherwise(pl.lit(""))


def _cells(draw: Draw) -> list[pl.Expr]:
    """Every column of the ledger from what was drawn."""
    town, village = pl.col("place").str.slice(7, 2), pl.col("place").str.slice(9)
    income = pl.format("{}.{}", draw.one_of(range(9001)), _padded(draw.one_of(range(100)), "", 2))
    columns: dict[str, Cell] = {
        **_service(draw),
        "身份证号": pl.col("number"),
        "姓名": pl.col("surname") + pl.col("given") + pl.col("second"),
        "性别": _either("male", "男", "女"),
        "出生日期": pl.col("born").cast(pl.String),
        "民族": draw.one_of(["汉族", "回族"], [97, 3]),
        "户籍地区划": pl.col("place"),
        "户籍地址": pl.format("测试县第{}镇第{}村{}号", town, village, draw.one_of(range(1, 301))),
        "常住地区划": pl.col("place"),
        "常住地址": pl.format("测试县{}组", draw.one_of(range(1, 21))),
        "户号": pl.format("H{}", draw.one_of(range(1, 200_001))),
        "户口类型": draw.one_of(["农村", "城镇"]),
        "联系电话": pl.format("1{}{}", draw.one_of("3579"), draw.one_of(range(100_000_000, 1_000_000_000))),
        "政治面貌": _either("party", "中共党员", "群众"),
        "入党时间": pl.when("party").then(pl.format("{}-07-01", pl.col("year") + 22)).otherwise(pl.lit("")),
        "婚姻状况": draw.one_of(["已婚", "未婚", "丧偶"]),
        "学历": draw.one_of(["初级中学", "普通高级中学", "专科教育", "大学本科"]),
        "健康状况": draw.one_of(["健康或良好", "一般或较弱", "有慢性病"]),
        "人员类别": pl.col("category"),
        "就业状况": draw.one_of(["在岗", "无工作", "灵活就业", "务农"]),
        "月收入": income,
        "是否孤老": draw.one_of(["是", "否"], [2, 98]),
        "养老保险": pl.lit("城乡居民"),
        "医疗保险": pl.lit("城乡居民"),
        "联系类别": draw.one_of(["重点", "关注", "一般"], [1, 1, 2]),
        "采集日期": pl.lit("2019-03-05"),
        "建档日期": draw.one_of(["2019-06-01", ""], [9, 1]),
        "档案要件齐全": pl.lit("是"),
        "电子档案建成日期": draw.one_of(["2020-05-01", ""], [8, 2]),
    }  # fmt: skip
    return [_as_expr(columns.get(header, pl.lit(""))).alias(header) for header in HEADERS]


def _service(draw: Draw) -> dict[str, Cell]:
    """What a veteran's row says of the service, or a relative's of the soldier."""
    certificate = pl.format("军残{}", draw.one_of(range(100_000, 1_000_000)))
    return {
        "入伍时间": pl.col("enlisted").fill_null(""),
        "退役时间": pl.col("discharged").fill_null(""),
        "部队代号": _where("veteran", draw.one_of(range(10_000, 100_000))),
        "退役军衔": _where("veteran", draw.one_of(["上等兵", "下士", "中士", "上士"])),
        "安置方式": _where("veteran", "自主就业"),
        "伤残性质": _where("disabled", "因公"),
        "伤残等级": _where("disabled", draw.one_of(["七级", "八级", "九级"])),
        "伤残证号": pl.when("disabled").then(certificate).otherwise(pl.lit("")),
        "军人(烈士)姓名": pl.when("veteran").then(pl.lit("")).otherwise(pl.col("surname") + "某"),
        "与军人关系": _either("veteran", "", "父亲"),
        "是否参战": pl.when(pl.col("category") == "A02").then(pl.lit("是")).otherwise(pl.lit("否")),
    }


def _as_expr(cell: Cell) -> pl.Expr:
    return pl.lit(cell) if isinstance(cell, pl.Series) else cell


def _spoilt(frame: pl.DataFrame, draw: Draw, dirty: float) -> pl.DataFrame:
    """One of seven faults, in equal parts, in the dirty rows."""
    fault = pl.lit(draw.one_of(range(7))) if dirty else pl.lit(-1)
    fault = pl.when(draw.chance(dirty)).then(fault).otherwise(-1)
    number, last = pl.col("身份证号"), pl.col("身份证号").str.slice(17, 1)
    wrong = number.str.slice(0, 17) + pl.when(last == "0").then(pl.lit("1")).otherwise(pl.lit("0"))
    changed = {
        0: {"身份证号": wrong},
        1: {"身份证号": number.shift(1).fill_null(number)},
        2: {"入伍时间": pl.lit("2019-01-01"), "退役时间": pl.lit("2018-01-01")},
        3: {"姓名": pl.lit(" ")},
        4: {"出生日期": pl.col("出生日期").str.slice(0, 4) + "-02-30"},
        5: {"联系电话": pl.lit("1381234567")},
        6: {"户籍地区划": pl.lit("339901999999")},
    }
    frame = frame.with_columns(fault.alias("fault"))
    cells: dict[str, pl.Expr] = {}
    for kind, columns in changed.items():
        for header, value in columns.items():
            cells[header] = (
                pl.when(pl.col("fault") == kind).then(value).otherwise(cells.get(header, pl.col(header)))
            )
    return frame.with_columns(cell.alias(header) for header, cell in cells.items()).drop("fault")
