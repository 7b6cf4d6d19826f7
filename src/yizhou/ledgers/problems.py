"""What can be wrong with a row, in the words of the errors file: rule, level, reason, remedy (ledgers.md §4)."""

from __future__ import annotations

from dataclasses import dataclass

import polars as pl

ERROR = "ERROR"
WARN = "WARN"

EVERY = pl.lit(value=True)
"""Condition of a rule whose rows were picked beforehand."""

SCHEMA = {
    "row_no": pl.UInt32,
    "header": pl.String,
    "rule": pl.String,
    "level": pl.String,
    "message": pl.String,
    "remedy": pl.String,
}
"""Columns of a frame of problems; ``row_no`` counts as in the file, its header being row 1."""


@dataclass(frozen=True)
class RowRule:
    """A named rule over whole columns of typed values.

    ``bad`` is true where the rule is broken; ``header`` is the column blamed; ``message`` is an expression or
    words. WARN rows are stored, ERROR rows are not.
    """

    code: str
    header: str
    bad: pl.Expr
    message: str | pl.Expr
    remedy: str
    level: str = ERROR


REMEDIES = {
    "TEXT": "改为文字",
    "int": "填整数，例如 3；可带千分位逗号",
    "decimal": "填数字，例如 12.5",
    "money_yuan": "填金额，单位元，至多两位小数，例如 1234.50",
    "date": "填真实存在的日期，例如 2024-03-05 或 2024年3月5日",
    "datetime": "填日期和时间，例如 2024-03-05 09:30",
    "bool": "填“是”或“否”",
    "area": "填 12 位区划代码；6 位、9 位会自动补零；新区划请先导入行政区划台账",
    "id_number": "对照身份证逐位核对；Excel 中先把该列设为“文本”再填",
    "phone": "填 11 位手机号",
}


def empty() -> pl.DataFrame:
    """A frame without problems."""
    return pl.DataFrame(schema=SCHEMA)


def found(frame: pl.DataFrame, rule: RowRule) -> pl.DataFrame:
    """The rows of ``frame`` that break one rule, as a frame of problems."""
    message = pl.lit(rule.message) if isinstance(rule.message, str) else rule.message
    return frame.filter(rule.bad).select(
        pl.col("row_no").cast(pl.UInt32),
        pl.lit(rule.header).alias("header"),
        pl.lit(rule.code).alias("rule"),
        pl.lit(rule.level).alias("level"),
        message.cast(pl.String).alias("message"),
        pl.lit(rule.remedy).alias("remedy"),
    )
