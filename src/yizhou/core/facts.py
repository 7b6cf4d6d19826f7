"""Facts: the TOML files of ``data/`` that people who do not program may read and change.

A site keeps its own facts beside ours: the directory named by the environment variable ``YIZHOU_DATA``
lies over ``data/``. A file there replaces ours of the same relative path; a new file is added. Whatever
is wrong in a file is told as a :class:`FactError`, in Chinese, with file, key, reason and remedy, and
stops the start-up: a service that runs on half-read facts gives wrong answers to real people.
"""

from __future__ import annotations

import dataclasses
import os
import tomllib
import types
import typing
from collections.abc import Hashable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, Literal, TypeVar

T = TypeVar("T")
Table = dict[str, Any]

_SOURCE_TREE = Path(__file__).resolve().parents[3] / "data"
_PACKAGED = Path(__file__).resolve().parents[1] / "_data"


class FactError(Exception):
    """A fact that cannot be used. ``str()`` is a complete Chinese sentence for whoever keeps the file."""

    def __init__(self, file: str, reason: str, *, key: str = "", remedy: str = "") -> None:
        self.file, self.key, self.reason, self.remedy = file, key, reason, remedy
        place = f"{file} 的 {key}" if key else file
        super().__init__(f"事实文件 {place}：{reason}。{remedy + '。' if remedy else ''}")


def facts_dir() -> Path:
    """The facts that ship with the software: the copy inside the package, else ``data/`` of a clone."""
    return _PACKAGED if _PACKAGED.is_dir() else _SOURCE_TREE


def overlay_dir() -> Path | None:
    """The site's own facts (``YIZHOU_DATA``), or None. A directory that is named but absent is an error."""
    named = os.environ.get("YIZHOU_DATA", "")
    if not named:
        return None
    path = Path(named)
    if not path.is_dir():
        raise FactError(named, "环境变量 YIZHOU_DATA 所指的目录不存在", remedy="建立该目录，或取消这个变量")
    return path


def fact_file(relative: str) -> Path:
    """The file that counts for a relative path such as ``codes/sex.toml``: the site's, else ours."""
    clean = PurePosixPath(relative)
    if clean.is_absolute() or ".." in clean.parts:
        raise FactError(relative, "路径须在事实目录之内", remedy="写相对路径，不用“..”")
    overlay = overlay_dir()
    for root in (overlay, facts_dir()):
        if root is not None and (root / clean).is_file():
            return root / clean
    raise FactError(relative, "没有这个文件", remedy="检查文件名，或从软件自带的 data 目录恢复")


def fact_files(folder: str, suffix: str = ".toml") -> dict[str, Path]:
    """Every fact file under a folder, site's over ours: relative path → file, sorted by relative path."""
    found: dict[str, Path] = {}
    for root in (facts_dir(), overlay_dir()):
        if root is None:
            continue
        for path in (root / folder).rglob(f"*{suffix}"):
            found[path.relative_to(root).as_posix()] = path
    return dict(sorted(found.items()))


def read_toml(relative: str) -> Table:
    """The contents of one fact file. Raises :class:`FactError` naming the line where TOML cannot be read."""
    return _parse(relative, fact_file(relative))


def read_all(folder: str) -> dict[str, Table]:
    """Every TOML file under a folder: relative path → contents, sorted by relative path."""
    return {relative: _parse(relative, path) for relative, path in fact_files(folder).items()}


def _parse(relative: str, path: Path) -> Table:
    try:
        return tomllib.loads(path.read_bytes().decode("utf-8"))
    except UnicodeDecodeError as problem:
        raise FactError(relative, "不是 UTF-8 编码", remedy="用 UTF-8 另存一次") from problem
    except tomllib.TOMLDecodeError as problem:
        raise FactError(
            relative, f"写法不合 TOML（{problem}）", remedy="检查所指行的引号、方括号与逗号"
        ) from problem


def key(name: str) -> dict[str, str]:
    """Metadata of a field spelt otherwise in TOML: ``columns: ... = field(metadata=key("column"))``."""
    return {"key": name}


def build(cls: type[T], table: Mapping[str, Any], *, file: str, at: str = "") -> T:
    """A frozen dataclass from a TOML table, checked against the annotations of its fields.

    Understood: str, int, float, bool, date, datetime, Literal, ``X | Y``, ``tuple[X, ...]``,
    ``dict[str, X]``, other dataclasses, Any. A key nobody declared, a missing key and a value of the
    wrong kind raise :class:`FactError`; ``at`` is the key path so far.
    """
    if not isinstance(table, Mapping):
        raise FactError(file, "此处应为一张表", key=at, remedy="写成 [名称] 或 { 键 = 值 }")
    hints = _hints(typing.cast("Hashable", cls))
    fields = {f.metadata.get("key", f.name): f for f in dataclasses.fields(cls) if f.init}  # type: ignore[arg-type]  # T is a dataclass by contract
    unknown = sorted(set(table) - set(fields))
    if unknown:
        remedy = f"可用的键：{'、'.join(fields)}"
        raise FactError(file, f"不认识键“{unknown[0]}”", key=at, remedy=remedy)
    values: dict[str, Any] = {}
    for name, field in fields.items():
        path = f"{at}.{name}" if at else name
        if name in table:
            values[field.name] = _convert(hints[field.name], table[name], file, path)
        elif field.default is dataclasses.MISSING and field.default_factory is dataclasses.MISSING:
            raise FactError(file, f"缺少键“{name}”", key=at, remedy=f"补上 {name} = …")
    return cls(**values)


@cache
def _hints(cls: type[Any]) -> dict[str, Any]:
    """Annotations of a dataclass, read once: a start-up reads over a thousand tables of a few classes."""
    return typing.get_type_hints(cls)


def _convert(hint: Any, value: Any, file: str, at: str) -> Any:
    origin, arguments = typing.get_origin(hint), typing.get_args(hint)
    if hint is Any:
        return value
    if origin in (typing.Union, types.UnionType):
        return _convert_union(arguments, value, file, at)
    if origin is Literal:
        if value in arguments:
            return value
        raise FactError(
            file, f"值“{value}”不在允许之列", key=at, remedy=f"可写：{'、'.join(map(str, arguments))}"
        )
    if origin is tuple:
        items = _expect(value, list, "列表", file, at)
        return tuple(_convert(arguments[0], item, file, f"{at}[{n}]") for n, item in enumerate(items, 1))
    if origin is dict:
        pairs = _expect(value, dict, "表", file, at)
        return {name: _convert(arguments[1], item, file, f"{at}.{name}") for name, item in pairs.items()}
    if dataclasses.is_dataclass(hint):
        return build(typing.cast("type[Any]", hint), value, file=file, at=at)
    return _convert_plain(hint, value, file, at)


_PLAIN_NAMES = {
    str: "文字（加引号）",
    int: "整数",
    float: "数",
    bool: "true 或 false",
    date: "日期（2024-08-01）",
}


def _convert_plain(hint: Any, value: Any, file: str, at: str) -> Any:
    if hint is float and type(value) is int:
        return float(value)
    # bool is an int and a datetime is a date in Python, but not to the person who keeps the file.
    if type(value) is not hint:
        wanted = _PLAIN_NAMES.get(hint, getattr(hint, "__name__", str(hint)))
        raise FactError(file, f"值“{value}”的类型不对", key=at, remedy=f"应为{wanted}")
    return value


def _convert_union(arguments: Sequence[Any], value: Any, file: str, at: str) -> Any:
    choices = [choice for choice in arguments if choice is not type(None)]
    problem: FactError | None = None
    for choice in choices:
        try:
            return _convert(choice, value, file, at)
        except FactError as error:
            problem = problem or error
    raise problem or FactError(file, f"值“{value}”的类型不对", key=at)


def _expect(value: Any, kind: type[T], name: str, file: str, at: str) -> T:
    if not isinstance(value, kind):
        raise FactError(file, f"此处应为{name}", key=at)
    return value


def as_date(value: date | datetime) -> date:
    """The calendar day of a TOML date or date-time."""
    return value.date() if isinstance(value, datetime) else value
