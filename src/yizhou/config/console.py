"""What commands share: a progress bar for people, JSON for programs, whose hand is at the keyboard."""

from __future__ import annotations

import datetime as dt
import json
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import click

from yizhou.config.cli import fail

Progress = Callable[[str, float], None]
"""Told what is being done and how far the whole is, 0 to 1."""

DAY = click.DateTime(["%Y-%m-%d"])


@contextmanager
def progress_bar() -> Iterator[Progress]:
    """A bar on stderr when that is a terminal; silence where nobody looks."""
    if not sys.stderr.isatty():
        yield lambda step, done: None  # noqa: ARG005  # same signature as the bar
        return
    from rich.console import Console  # noqa: PLC0415  # only terminals pay for it
    from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn  # noqa: PLC0415  # as above

    columns = (TextColumn("{task.description}"), BarColumn(), "{task.percentage:>3.0f}%", TimeElapsedColumn())
    with Progress(*columns, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("", total=1.0)
        yield lambda step, done: bar.update(task, description=step, completed=done)


def print_json(value: dict[str, Any]) -> None:
    """One JSON object on stdout."""
    click.echo(json.dumps(value, ensure_ascii=False))


def as_day(value: dt.datetime | None) -> dt.date | None:
    """The day of a date option."""
    return value.date() if value else None


def id_from(argument: str | None, *, stdin: bool) -> str:
    """An identity number from the argument or, to keep it out of shell histories, from stdin."""
    number = sys.stdin.readline().strip() if stdin else (argument or "")
    if not number:
        fail("没有给出身份证号", "用 --id 号码，或 --id-stdin 从标准输入读")
    return number


def known_area(code: str) -> str:
    """A division code in full length; ends the command when the division is not registered."""
    from yizhou.orgs.models import Division  # noqa: PLC0415  # needs Django

    full = code.ljust(12, "0")
    if not (
        code.isdigit() and len(code) in (4, 6, 9, 12) and Division.objects.filter(area_code=full).exists()
    ):
        fail(f"没有这个区划：{code}", "写 4、6、9 或 12 位区划代码，先导入 areas 台账")
    return full


def writable(path: Path, *suffixes: str) -> Path:
    """A file that can be written: known suffix, existing folder; ends the command otherwise."""
    if path.suffix.lower() not in suffixes:
        fail(f"不认识的文件后缀：{path.name}", f"请用 {'、'.join(suffixes)}")
    if not path.resolve().parent.is_dir():
        fail(f"文件夹不存在：{path.resolve().parent}", "先建立文件夹，或换一个位置")
    return path


def known_ledger(name: str) -> str:
    """The name of a ledger; ends the command when there is none of that name."""
    from yizhou.ledgers.ledger import LEDGERS  # noqa: PLC0415  # needs Django

    if name not in LEDGERS:
        fail(f"没有名为“{name}”的台账", "yizhou ledgers 列出全部台账")
    return name
