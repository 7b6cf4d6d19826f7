"""Raw cells into text: shared strings looked up, numbers and dates written out, faults noted."""

from dataclasses import dataclass
from decimal import Decimal, InvalidOperation

import polars as pl

from yizhou.ledgers.reading.limits import broken
from yizhou.ledgers.reading.rows import BOOL, DATE, ERROR, NUMBER, SHARED
from yizhou.ledgers.reading.sheet import Kind

CELL_SCHEMA: dict[str, type[pl.DataType]] = {
    "row": pl.UInt32,
    "col": pl.UInt16,
    "text": pl.String,
    "kind": pl.UInt8,
    "formula": pl.Boolean,
    "fault": pl.UInt8,
}
FAULT_ERROR, FAULT_NO_RESULT, FAULT_ROUNDED = 1, 2, 3
FAULTS = {
    FAULT_ERROR: ("单元格是错误值（{}）", "请改正公式或直接填写内容"),
    FAULT_NO_RESULT: ("公式没有计算结果", "请用 Excel 打开并保存一次，或把公式粘贴为数值"),
    FAULT_ROUNDED: (
        "按数字存放，超过 15 位，Excel 已把后面的位数改掉",
        "请把这一列设为文本格式，再重新填写完整号码",
    ),
}
_EXACT_DIGITS = Decimal(10) ** 15
_AS_WRITTEN = r"^-?(?:0|[1-9][0-9]{0,14}|(?:0|[1-9][0-9]{0,8})\.[0-9]{0,5}[1-9])$"
_DAY = 86_400
_EPOCH_SERIAL = 25_569  # 1970-01-01 counted from 1899-12-30
_LAST_SERIAL = 2_958_466  # 10000-01-01
_SHIFT_1904 = 1_462


@dataclass(frozen=True, slots=True)
class Resolver:
    """What raw cells need to become text."""

    strings: pl.Series
    date_styles: frozenset[int]
    from_1904: bool

    def resolve(self, raw: pl.DataFrame) -> pl.DataFrame:
        """Cells (CELL_SCHEMA), those without text or fault left out; order not kept."""
        parts = []
        for (kind,), cells in raw.partition_by("type", as_dict=True).items():
            if kind == SHARED:
                parts.append(self._shared(cells))
            elif kind == NUMBER:
                parts.extend(self._numbers(cells))
            elif kind == BOOL:
                text = pl.col("value").replace_strict(
                    {"1": "是", "0": "否", "true": "是", "false": "否"}, default=None
                )
                parts.append(_cells(cells.with_columns(value=text), Kind.BOOL))
            elif kind == ERROR:
                parts.append(_cells(cells, Kind.ERROR, FAULT_ERROR))
            elif kind == DATE:
                text = pl.col("value").str.replace("T", " ").str.replace(r"(?: 00:00:00)?(?:\.\d*)?Z?$", "")
                parts.append(_cells(cells.with_columns(value=text), Kind.DATE))
            else:
                parts.append(_cells(cells, Kind.TEXT))
        if not parts:
            return pl.DataFrame(schema=CELL_SCHEMA)
        found = pl.concat(parts)
        hollow = (found["text"] == "").fill_null(value=True)
        if not hollow.any():
            return found
        found = found.with_columns(text=pl.when(~hollow).then(pl.col("text")))
        return found.filter(~hollow | (found["fault"] > 0))

    def _shared(self, cells: pl.DataFrame) -> pl.DataFrame:
        index = cells["value"].cast(pl.UInt32, strict=False)
        wrong = index.is_null() & cells["value"].is_not_null()
        if wrong.any() or (index >= max(len(self.strings), 1)).any():
            raise broken("共享字符串")
        if not len(self.strings):
            raise broken("缺少共享字符串")
        return _cells(cells.with_columns(value=self.strings.gather(index)), Kind.TEXT)

    def _numbers(self, cells: pl.DataFrame) -> list[pl.DataFrame]:
        vacant = pl.col("value").is_null() | (pl.col("value") == "")
        without = cells.filter(vacant)
        cells = cells.filter(~vacant)
        is_date = pl.col("style").is_in(list(self.date_styles))
        dates, numbers = cells.filter(is_date), cells.filter(~is_date)
        parts = [_number_cells(numbers)]
        if without.height:
            hollow = without.filter("formula")
            parts.append(_cells(hollow, Kind.ERROR, FAULT_NO_RESULT))
        if dates.height:
            parts.extend(self._dates(dates))
        return parts

    def _dates(self, cells: pl.DataFrame) -> list[pl.DataFrame]:
        serial = cells["value"].cast(pl.Float64, strict=False)
        if serial.null_count():
            raise broken("日期单元格")
        seconds = (serial * _DAY).round(0)
        if self.from_1904:
            seconds += _SHIFT_1904 * _DAY
        else:  # Excel counts a 29 February 1900 that never was
            seconds += (seconds < 60 * _DAY).cast(pl.Float64) * _DAY * (seconds >= _DAY).cast(pl.Float64)
        cells = cells.with_columns(seconds=seconds)
        fits = (pl.col("seconds") >= 0) & (pl.col("seconds") < _LAST_SERIAL * _DAY)
        inside = cells.filter(fits)
        moment = pl.from_epoch((inside["seconds"] - _EPOCH_SERIAL * _DAY).cast(pl.Int64), time_unit="s")
        form = (
            pl.when(inside["seconds"] < _DAY)
            .then(moment.dt.to_string("%H:%M:%S"))
            .when(inside["seconds"] % _DAY == 0)
            .then(moment.dt.to_string("%Y-%m-%d"))
            .otherwise(moment.dt.to_string("%Y-%m-%d %H:%M:%S"))
        )
        return [
            _cells(inside.with_columns(value=form).select(cells.columns[:-1]), Kind.DATE),
            _number_cells(cells.filter(~fits).drop("seconds")),
        ]


def _number_cells(cells: pl.DataFrame) -> pl.DataFrame:
    odd = ~cells["value"].str.contains(_AS_WRITTEN)
    if not odd.any():
        return _cells(cells, Kind.NUMBER)
    written = [number_text(value) for value in cells["value"].filter(odd)]
    texts = cells["value"].scatter(odd.arg_true(), pl.Series([text for text, _ in written], dtype=pl.String))
    faults = pl.zeros(cells.height, dtype=pl.UInt8, eager=True)
    rounded = pl.Series([FAULT_ROUNDED if lost else 0 for _, lost in written], dtype=pl.UInt8)
    result = _cells(cells.with_columns(value=texts), Kind.NUMBER)
    return result.with_columns(fault=faults.scatter(odd.arg_true(), rounded))


def number_text(value: str) -> tuple[str, bool]:
    """A number as Excel shows it, 15 digits and no exponent; whether digits before the point were lost."""
    try:
        number = Decimal(value.strip())
    except InvalidOperation as error:
        raise broken(f"数值 {value[:20]}") from error
    if not number.is_finite() or abs(number.adjusted()) > 320:
        raise broken(f"数值 {value[:20]}")
    if abs(number) >= _EXACT_DIGITS:
        return format(number.quantize(Decimal(1)) if number.adjusted() < 27 else number, "f"), True
    shown = format(Decimal(f"{float(number):.15g}"), "f")
    if "." in shown:
        shown = shown.rstrip("0").rstrip(".")
    return ("0" if shown in ("-0", "") else shown), False


def _cells(cells: pl.DataFrame, kind: Kind, fault: int = 0) -> pl.DataFrame:
    return cells.select(
        "row",
        "col",
        pl.col("value").alias("text"),
        pl.lit(int(kind), dtype=pl.UInt8).alias("kind"),
        "formula",
        pl.lit(fault, dtype=pl.UInt8).alias("fault"),
    )
