"""Dictionaries and parameters of ``data/``, and numbers that follow from them.

A dictionary is a short list of names a site may change; a parameter is one integer with its unit and basis. A
reference says where a configured number comes from; its value is the parameter, or how many entries there are.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import PurePosixPath
from typing import Any, Literal

from yizhou.core.facts import FactError, build, fact_files, key, read_toml

Status = Literal["verified", "sample"]


@dataclass(frozen=True)
class Entry:
    """One entry of a dictionary; ``status`` sample means a placeholder the site must replace."""

    name: str
    status: Status
    code: str = ""
    group: str = ""
    field: str = ""
    project: str = ""


@dataclass(frozen=True)
class Dictionary:
    """A named list of entries, in groups where it has several lists."""

    name: str
    title: str
    entries: tuple[Entry, ...] = field(metadata=key("entry"))
    groups: dict[str, str] = field(default_factory=dict)

    def of(self, group: str = "") -> tuple[Entry, ...]:
        """The entries of one group, or all."""
        return tuple(entry for entry in self.entries if group in ("", entry.group))


@dataclass(frozen=True)
class Parameter:
    """One number a site may change."""

    name: str
    value: int
    unit: str
    label: str
    basis: str
    status: Status


@dataclass(frozen=True)
class Configured:
    """A configured number and the names behind it (none for a parameter)."""

    value: int
    names: tuple[str, ...] = ()


def dictionary(name: str) -> Dictionary:
    """A dictionary by name. Raises FactError where it is absent or malformed."""
    file = f"dictionaries/{name}.toml"
    found = build(Dictionary, read_toml(file), file=file)
    strays = [e.name for e in found.entries if e.group not in (found.groups or {"": ""})]
    if found.name != name or strays:
        raise FactError(
            file, f"名称或分组不对：{'、'.join(strays) or found.name}", remedy="检查 name 与 group"
        )
    return found


def parameters() -> dict[str, Parameter]:
    """Every parameter by name. Raises FactError."""
    file = "parameters.toml"
    rows = read_toml(file).get("parameter", [])
    built = [build(Parameter, row, file=file, at=f"parameter[{n}]") for n, row in enumerate(rows, 1)]
    by_name = {parameter.name: parameter for parameter in built}
    if len(by_name) != len(built):
        raise FactError(file, "有参数写了两次", key="parameter")
    return by_name


def parameter(name: str) -> int:
    """The value of a parameter. Raises FactError where the site has removed it."""
    found = parameters().get(name)
    if found is None:
        raise FactError("parameters.toml", f"没有参数“{name}”", remedy="补上这一行")
    return found.value


def configured(reference: str) -> Configured | None:
    """The number behind a reference; None for a parameter the site has removed.

    ``dict:NAME`` or ``dict:NAME/GROUP`` entries of a dictionary · ``param:NAME`` · ``codes:TABLE`` codes of a
    table · ``files:FOLDER`` fact files of a folder · ``rows:FILE#KEY`` rows of a list in a file.
    """
    kind, _, rest = reference.partition(":")
    if kind == "dict":
        name, _, group = rest.partition("/")
        return _counted(entry.name for entry in dictionary(name).of(group))
    if kind == "param":
        found = parameters().get(rest)
        return None if found is None else Configured(found.value)
    if kind == "codes":
        return _counted(row["name"] for row in read_toml(f"codes/{rest}.toml")["code"])
    if kind == "files":
        return _counted(PurePosixPath(file).stem for file in fact_files(rest))
    if kind == "rows":
        file, _, name = rest.partition("#")
        return _counted(str(row.get("name", row.get("item", ""))) for row in read_toml(file)[name])
    raise FactError(reference, "不认识的配置出处", remedy="写 dict:、param:、codes:、files: 或 rows:")


def _counted(names: Any) -> Configured:
    listed = tuple(names)
    return Configured(len(listed), listed)
