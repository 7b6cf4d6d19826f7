"""The blank template of a ledger, from its declaration: headers, drop-downs, notes, an example (contracts.md §3)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from yizhou.ledgers.columns import Column, code_table
from yizhou.ledgers.ledger import Ledger
from yizhou.ledgers.writing import TemplateColumn, write_templates

EXAMPLES = {
    "text": "示例",
    "int": "1",
    "decimal": "12.5",
    "money_yuan": "1234.50",
    "date": "2024-03-05",
    "datetime": "2024-03-05 09:30",
    "bool": "是",
    "area": "339902001001",
    "id_number": "339902198001010037",
    "phone": "13800000000",
}
EXAMPLES_BY_FIELD = {"name": "张示例", "unit_code": "12345", "month": "2024-03"}


def write_blank(bound: Ledger, path: Path) -> None:
    """Write the template of a ledger to ``path`` (.xlsx)."""
    write_blank_workbook([bound], path)


def write_blank_workbook(ledgers: Sequence[Ledger], path: Path) -> None:
    """Write one workbook with a sheet for each of these ledgers, named by its title."""
    columns = [column for bound in ledgers for column in bound.layout.columns]
    tables = {table: code_table(table) for column in columns if (table := _table(column))}
    codes = {name: list(table.names.items()) for name, table in tables.items()}
    write_templates(path, {bound.title: list(_described(bound.layout.columns)) for bound in ledgers}, codes)


def _described(columns: tuple[Column, ...]) -> Iterator[TemplateColumn]:
    for column in columns:
        yield TemplateColumn(
            column.header,
            column.type if not column.multi else f"text:{column.multi}",
            column.required,
            column.rule,
            column.note,
            example_of(column),
            # Several codes in one cell cannot be picked from a list.
            column.argument if column.kind == "code" else "",
        )


def _table(column: Column) -> str:
    return column.argument if column.kind == "code" else column.multi


def example_of(column: Column) -> str:
    """What a filled cell of the column looks like."""
    if table := _table(column):
        return next(iter(code_table(table).names.values()))
    if column.kind == "ref":
        return EXAMPLES["id_number"] if column.argument.endswith("id_number") else "A001"
    if column.digits:
        return "12345678901234567890"[: column.digits]
    if column.month:
        return EXAMPLES_BY_FIELD["month"]
    return EXAMPLES_BY_FIELD.get(column.field, EXAMPLES[column.kind])
