"""The columns of a ledger as facts: ``data/ledgers/<name>.toml`` and the code tables beside them."""

from __future__ import annotations

import dataclasses
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from yizhou.core.facts import FactError, build, fact_files, key, read_toml


@dataclass(frozen=True)
class Column:
    """One column (ledgers.md §2–4). ``type`` is text, int, decimal, money_yuan, date, datetime, bool, area,
    id_number, phone, ``code:TABLE`` or ``ref:LEDGER.FIELD``; the other keys are its rules. ``second_person``
    names the matter (身份, 类别, 待遇, 银行账户) in which a stored value is only changed by two people."""

    header: str
    field: str
    type: str
    required: bool = False
    key: bool = False
    rule: str = ""
    note: str = ""
    check: tuple[str, ...] = ()
    not_before: str = ""
    not_future: bool = False
    min: int | None = None
    above: int | None = None
    range: tuple[int, ...] = ()
    required_when: dict[str, Any] = dataclasses.field(default_factory=dict)
    area_level: str = ""
    area_owner: bool = False
    digits: int | None = None
    multi: str = ""
    month: bool = False
    ends: str = ""
    essential: str = ""
    mask: str = ""
    second_person: str = ""

    @property
    def kind(self) -> str:
        """The type without its argument."""
        return self.type.partition(":")[0]

    @property
    def mask_name(self) -> str:
        """How the value is masked: as its facts say, else as its type asks for; empty when it is not sensitive."""
        is_id = self.kind == "id_number" or (self.kind == "ref" and self.argument.endswith(".id_number"))
        return self.mask or ("id_number" if is_id else "phone" if self.kind == "phone" else "")

    @property
    def stored(self) -> str:
        """Name of the table's column: money is stored in whole fen and says so."""
        return (
            f"{self.field}_fen"
            if self.kind == "money_yuan" and not self.field.endswith("_fen")
            else self.field
        )

    @property
    def argument(self) -> str:
        """The code table, or the referenced ``ledger.field``."""
        return self.type.partition(":")[2]


@dataclass(frozen=True)
class Layout:
    """Columns of one ledger in template order."""

    name: str
    title: str
    order: int
    columns: tuple[Column, ...] = dataclasses.field(metadata=key("column"))
    warn: tuple[str, ...] = ()
    area_through: str = ""

    def __getitem__(self, field_name: str) -> Column:
        return next(column for column in self.columns if column.field == field_name)

    def by_header(self, header: str) -> Column:
        """The column of that header."""
        return next(column for column in self.columns if column.header == header)

    @property
    def headers(self) -> list[str]:
        """Headers in template order."""
        return [column.header for column in self.columns]

    @property
    def keys(self) -> list[Column]:
        """Columns of the natural key."""
        return [column for column in self.columns if column.key]


@lru_cache(maxsize=1)
def layouts() -> dict[str, Layout]:
    """All ledgers by name, in the order in which they are imported."""
    found = [build(Layout, read_toml(file), file=file) for file in fact_files("ledgers")]
    return {layout.name: layout for layout in sorted(found, key=lambda layout: layout.order)}


@dataclass(frozen=True)
class CodeTable:
    """A code table: names by code in display order, plus what people also write for them."""

    table: str
    title: str
    names: dict[str, str]
    entries: dict[str, dict[str, Any]]

    def readings(self) -> dict[str, str]:
        """Everything accepted in a cell → code: the code, its name, synonyms, and codes whose leading zeros Excel ate."""
        found: dict[str, str] = {}
        for code, name in self.names.items():
            bare = code.lstrip("0")
            for reading in (code, name, *self.entries[code].get("synonyms", ())):
                found[reading] = code
            if bare and bare != code and bare not in self.names:
                found[bare] = code
        return found

    def group(self, name: str) -> list[str]:
        """Codes that belong to a named group, for example VET."""
        return [code for code, entry in self.entries.items() if name in entry.get("groups", ())]


_EXTRA_TABLES: dict[str, CodeTable] = {}


def add_code_table(table: CodeTable) -> None:
    """Offer a code table that lives elsewhere in the facts (the service items)."""
    _EXTRA_TABLES[table.table] = table


@lru_cache(maxsize=256)
def _code_table(name: str) -> CodeTable:
    relative = f"codes/{name}.toml"
    facts = read_toml(relative)
    entries = {entry["code"]: entry for entry in facts["code"]}
    if len(entries) != len(facts["code"]):
        raise FactError(relative, "代码重复", remedy="每个代码只写一次")
    return CodeTable(name, facts.get("title", name), {c: e["name"] for c, e in entries.items()}, entries)


def code_table(name: str) -> CodeTable:
    """The code table of that name. Raises ``FactError`` when there is none."""
    return _EXTRA_TABLES.get(name) or _code_table(name)


def code_name(table: str, code: str) -> str:
    """Chinese name of a code; an unknown code is shown as it stands."""
    return code_table(table).names.get(code, code)
