"""Checking a whole file at once: cells to typed values, every rule over whole columns (ledgers.md §2–4).

Nothing here reads or writes the database; what must be known from it (divisions, referenced rows) comes in
through ``Known``. The same function checks a form: a form is a file of one row.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

import polars as pl

from yizhou.core.id_numbers import normalise_expr as normalise_id
from yizhou.core.text import BLANKS, FULL_WIDTH, HALF_WIDTH
from yizhou.ledgers import cells, problems
from yizhou.ledgers.columns import Column, Layout, code_table
from yizhou.ledgers.problems import WARN, RowRule
from yizhou.ledgers.settling import LINK, missing_reference, settled, told_once

SLICE = 50_000
"""Rows read at a time, so that the texts of a whole city and their values never stand side by side."""

Resolver = Callable[[Column, pl.Series], dict[str, object]]
"""Known values of a referenced column among those asked for → what the row stores instead."""


def nothing_beside(rows: pl.DataFrame) -> pl.DataFrame:
    """Most rules ask for nothing but the row."""
    return rows


@dataclass(frozen=True)
class Known:
    """What the check must know from outside. ``areas`` maps division codes to levels; ``fingerprint`` turns the
    contents of rows into 16 bytes each, equal for equal contents; ``beside`` adds columns that only the rules see."""

    today: dt.date
    areas: dict[str, str]
    resolve: Resolver
    fingerprint: Callable[[list[str]], list[bytes]]
    beside: Callable[[pl.DataFrame], pl.DataFrame] = nothing_beside


@dataclass(frozen=True)
class Checked:
    """The outcome. ``accepted`` holds typed values by field plus ``row_no``, ``row_digest`` and ``link:`` columns;
    ``repeated`` counts rows that say again what an accepted row of the file says."""

    rows: int
    accepted: pl.DataFrame
    problems: pl.DataFrame
    repeated: int

    @property
    def rejected(self) -> int:
        """Rows with at least one error."""
        return self.rows - self.accepted.height - self.repeated

    @property
    def warnings(self) -> int:
        """How many doubts were noted."""
        return self.problems.filter(pl.col("level") == WARN).height


def check(
    layout: Layout,
    sheet: pl.DataFrame,
    rules: Sequence[RowRule],
    known: Known,
    spoilt: pl.DataFrame | None = None,
) -> Checked:
    """Check the rows of ``sheet``: ``row_no`` and one text column per header; columns not in the layout are ignored.

    ``spoilt`` are problems that reading the file has found already.
    """
    parts, found = [], [problems.empty()]
    for start in range(0, max(sheet.height, 1), SLICE):
        # A sheet that came in many pieces would be put together anew by every expression.
        text = normalised(layout, sheet.slice(start, SLICE)).rechunk()
        typed = text.select("row_no", *[_typed(column, text) for column in layout.columns])
        found += [*_unreadable(layout, text, typed), *_converted(layout, text, typed)]
        contents = typed.select(_canonical(layout)).to_series().to_list()
        digests = pl.Series("row_digest", known.fingerprint(contents), dtype=pl.Binary)
        parts.append(typed.with_columns(digests))
    rows = _with_links(layout, pl.concat(parts), known)
    found += _cell_problems(layout, rows, known)
    judged = known.beside(rows)
    found += [problems.found(judged, rule) for rule in (*_column_rules(layout, known), *rules)]
    problems_found = told_once(pl.concat(found), problems.empty() if spoilt is None else spoilt)
    firsts, problems_found, repeated = settled(layout, rows, problems_found)
    return Checked(rows.height, firsts, problems_found, repeated)


def normalised(layout: Layout, sheet: pl.DataFrame) -> pl.DataFrame:
    """Text by field: ends trimmed, full width to half, empty to null; absent optional columns are null."""
    picked = []
    for column in layout.columns:
        if column.header not in sheet.columns:
            picked.append(pl.lit(None, dtype=pl.String).alias(column.field))
            continue
        cell = pl.col(column.header).str.strip_chars(BLANKS)
        # Full-width signs are rare: looking costs far less than rewriting every cell.
        if sheet[column.header].str.contains(r"[\uFF01-\uFF5E]").any():
            cell = cell.str.replace_many(FULL_WIDTH, HALF_WIDTH)
        picked.append(pl.when(cell != "").then(cell).alias(column.field))
    return sheet.select("row_no", *picked)


def _typed(column: Column, rows: pl.DataFrame) -> pl.Expr:
    text = pl.col(column.field)
    if column.kind == "date" and rows[column.field].str.contains(cells.ISO_DATE).all():
        return cells.as_iso_date(text).alias(column.field)
    readers: dict[str, Callable[[pl.Expr], pl.Expr]] = {
        "int": cells.as_int,
        "decimal": cells.as_decimal,
        "money_yuan": cells.as_fen,
        "date": cells.as_date,
        "datetime": cells.as_datetime,
        "bool": cells.as_bool,
        "area": cells.as_area,
        "id_number": cells.as_id_number,
        "phone": cells.as_phone,
    }
    if column.kind == "code":
        return cells.as_code(text, code_table(column.argument).readings()).alias(column.field)
    if column.kind == "ref":
        return _reference_text(column, text).alias(column.field)
    if column.multi:
        return _code_list(column, text).alias(column.field)
    if column.digits:
        return pl.when(text.str.contains(rf"^\d{{{column.digits}}}$")).then(text).alias(column.field)
    if column.month:
        return pl.when(text.str.contains(r"^\d{4}-(0[1-9]|1[0-2])$")).then(text).alias(column.field)
    reader = readers.get(column.kind)
    return (reader(text) if reader else text).alias(column.field)


def _reference_text(column: Column, text: pl.Expr) -> pl.Expr:
    """References to identity and division numbers are brought to the form in which those are stored."""
    if column.argument.endswith("id_number"):
        return pl.coalesce([cells.as_id_number(text), normalise_id(text)])
    return pl.coalesce([cells.as_area(text), text]) if column.argument == "areas.area_code" else text


def _code_list(column: Column, text: pl.Expr) -> pl.Expr:
    """Several codes or names in one cell → codes joined by ``;`` without repeats; null when one is unknown."""
    readings = code_table(column.multi).readings()
    each = pl.element()
    read = _listed(text).list.eval(
        each.replace_strict(list(readings), list(readings.values()), default=None, return_dtype=pl.String)
    )
    good = ~read.list.eval(pl.element().is_null()).list.any()
    return pl.when(text.is_null()).then(None).when(good).then(read.list.unique().list.sort().list.join(";"))


def _listed(text: pl.Expr) -> pl.Expr:
    """The words of a cell that holds several."""
    each = pl.element().str.strip_chars()
    return text.str.replace_all("[；、,，]", ";").str.split(";").list.eval(each.filter(each != ""))


def _unknown(column: Column) -> pl.Expr:
    """Of the words of a cell those that are in no code table."""
    known = list(code_table(column.multi).readings())
    words = pl.element()
    return _listed(pl.col(column.field)).list.eval(words.filter(~words.is_in(known))).list.join("、")


def _with_links(layout: Layout, typed: pl.DataFrame, known: Known) -> pl.DataFrame:
    """Add a ``link:`` column for each reference to another ledger."""
    for column in layout.columns:
        if column.kind != "ref":
            continue
        values = typed[column.field].drop_nulls().unique()
        found = known.resolve(column, values) if len(values) else {}
        linked = pl.col(column.field).replace_strict(list(found), list(found.values()), default=None)
        typed = typed.with_columns((linked if found else pl.lit(None)).alias(LINK + column.field))
    return typed


RULE_OF_KIND = {"code": "CODE", "area": "AREA", "id_number": "ID_FORMAT", "phone": "PHONE"}
NOUNS = {
    "int": "整数",
    "decimal": "数字",
    "money_yuan": "金额",
    "date": "日期",
    "datetime": "日期时间",
    "bool": "“是”或“否”",
    "area": "区划代码",
    "id_number": "身份证号（位数或校验码不对）",
    "phone": " 11 位手机号",
}


def _unreadable(layout: Layout, text: pl.DataFrame, typed: pl.DataFrame) -> Iterable[pl.DataFrame]:
    """Cells that hold something which cannot be read as the column's type."""
    for column in layout.columns:
        if column.kind == "ref" or (
            column.kind == "text" and not (column.digits or column.multi or column.month)
        ):
            continue
        bad = typed[column.field].is_null() & text[column.field].is_not_null()
        if not bad.any():
            continue
        rows = text.filter(bad)
        rule = RowRule(_rule_code(column), column.header, problems.EVERY, _misread(column), _remedy(column))
        yield problems.found(rows, rule)


def _rule_code(column: Column) -> str:
    return "CODE" if column.multi else RULE_OF_KIND.get(column.kind, "TYPE")


def _misread(column: Column) -> pl.Expr:
    if column.kind == "id_number":
        return pl.lit("不是有效的身份证号：位数或校验码不对")
    text = _unknown(column) if column.multi else pl.col(column.field)
    shown = pl.lit("“") + text.str.slice(0, 30)
    if column.kind == "code" or column.multi:
        return shown + pl.lit(f"”不在代码表“{code_table(column.argument or column.multi).title}”中")
    if column.digits:
        return shown + pl.lit(f"”不是 {column.digits} 位数字")
    if column.month:
        return shown + pl.lit("”不是月份")
    return shown + pl.lit(f"”不是{NOUNS[column.kind]}")


def _remedy(column: Column) -> str:
    if column.kind == "code" or column.multi:
        names = list(code_table(column.argument or column.multi).names.values())
        listed = "、".join(names[:8]) + ("……见模板“代码”表" if len(names) > 8 else "")
        return f"改为：{listed}"
    if column.digits:
        return f"填 {column.digits} 位数字；Excel 中先把该列设为“文本”再填"
    if column.month:
        return "填月份，例如 2024-03"
    return problems.REMEDIES.get(column.kind, "核对后重填")


def _converted(layout: Layout, text: pl.DataFrame, typed: pl.DataFrame) -> Iterable[pl.DataFrame]:
    """15-digit numbers that were brought to 18 digits."""
    for column in layout.columns:
        if column.kind == "id_number":
            short = text[column.field].str.contains(r"^\d{15}$").fill_null(value=False)
            note = "15 位身份证号已换算为 18 位"
            rule = RowRule("ID_15", column.header, problems.EVERY, note, "核对证件，改填 18 位号码", WARN)
            yield problems.found(typed.filter(short & typed[column.field].is_not_null()), rule)


def _cell_problems(layout: Layout, typed: pl.DataFrame, known: Known) -> Iterable[pl.DataFrame]:
    """References and divisions that do not exist."""
    own = {f"{layout.name}.{column.field}" for column in layout.keys}
    for column in layout.columns:
        if column.kind == "ref" and column.argument not in own:
            missing = pl.col(column.field).is_not_null() & pl.col(LINK + column.field).is_null()
            yield problems.found(typed, missing_reference(column, missing))
        if column.kind == "area" and not (layout.name == "areas" and column.key):
            yield from _unknown_areas(column, typed, known)


def _unknown_areas(column: Column, typed: pl.DataFrame, known: Known) -> Iterable[pl.DataFrame]:
    area = pl.col(column.field)
    absent = area.is_not_null() & ~area.is_in(list(known.areas))
    remedy = problems.REMEDIES["area"]
    yield problems.found(
        typed, RowRule("AREA", column.header, absent, _quoted(column) + pl.lit("不在行政区划台账中"), remedy)
    )
    if column.area_level:
        wanted = [code for code, level in known.areas.items() if level == column.area_level]
        name = code_table("area_level").names[column.area_level]
        wrong = area.is_in(list(known.areas)) & ~area.is_in(wanted)
        message = _quoted(column) + pl.lit(f"不是{name}一级的区划")
        yield problems.found(
            typed, RowRule("AREA", column.header, wrong, message, f"改填{name}一级的 12 位代码")
        )


def _quoted(column: Column) -> pl.Expr:
    return pl.lit("“") + _shown(column) + pl.lit("”")


def _shown(column: Column) -> pl.Expr:
    value = pl.col(column.field)
    return value.dt.strftime("%Y-%m-%d %H:%M") if column.kind == "datetime" else value.cast(pl.String)


def _column_rules(layout: Layout, known: Known) -> Iterable[RowRule]:
    """Rules that the facts state for single columns."""
    for column in layout.columns:
        value = pl.col(column.field)
        if column.required:
            yield RowRule(
                "REQUIRED", column.header, value.is_null(), f"“{column.header}”必填而为空", "补填本列"
            )
        if column.not_future:
            late = value.cast(pl.Date) > known.today
            yield RowRule(
                "FUTURE", column.header, late, _quoted(column) + pl.lit("晚于今天"), "改为今天或以前的日期"
            )
        if column.not_before:
            yield _order(layout, column)
        yield from _range(column, value)
        if column.required_when:
            yield _required_when(layout, column)


def _order(layout: Layout, column: Column) -> RowRule:
    other = layout.by_header(column.not_before)
    mine, theirs = pl.col(column.field), pl.col(other.field)
    if not (column.kind == "datetime" and other.kind == "datetime"):
        mine, theirs = mine.cast(pl.Date), theirs.cast(pl.Date)
    message = _quoted(column) + pl.lit(f"早于“{other.header}”") + _shown(other)
    return RowRule("ORDER", column.header, mine < theirs, message, f"核对“{column.header}”与“{other.header}”")


def _range(column: Column, value: pl.Expr) -> Iterable[RowRule]:
    limits = []
    if column.min is not None:
        limits.append(
            (value < _stored(column, column.min), f"小于 {column.min}", f"填不小于 {column.min} 的数")
        )
    if column.above is not None:
        limits.append(
            (value <= _stored(column, column.above), f"不大于 {column.above}", f"填大于 {column.above} 的数")
        )
    if column.range:
        low, high = column.range
        outside = (value < _stored(column, low)) | (value > _stored(column, high))
        limits.append((outside, f"不在 {low}–{high} 之内", f"填 {low}–{high} 之间的数"))
    for bad, words, remedy in limits:
        yield RowRule("RANGE", column.header, bad, f"“{column.header}”{words}", remedy)


def _stored(column: Column, limit: int) -> int:
    return limit * 100 if column.kind == "money_yuan" else limit


def _required_when(layout: Layout, column: Column) -> RowRule:
    condition = column.required_when
    other = pl.col(layout.by_header(condition["header"]).field)
    holds = other.is_not_null() if condition.get("present") else other.is_in(list(condition["values"]))
    message = (
        f"“{condition['header']}”已填而“{column.header}”为空"
        if condition.get("present")
        else (f"按“{condition['header']}”的取值，“{column.header}”必填")
    )
    return RowRule("REQUIRED", column.header, holds & pl.col(column.field).is_null(), message, "补填本列")


def _canonical(layout: Layout) -> pl.Expr:
    """The row's content as one text, from which its fingerprint is made."""
    parts = [pl.col(column.field).cast(pl.String).fill_null("") for column in layout.columns]
    return pl.concat_str(parts, separator="\x1f").alias("canonical")
