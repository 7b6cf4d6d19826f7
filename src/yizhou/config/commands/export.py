"""``yizhou export``."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import click

from yizhou.config.cli import fail, prepare
from yizhou.config.console import DAY, as_day, known_area, known_ledger, writable


@click.command()
@click.argument("ledger")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help="写到这个 .xlsx 或 .csv 文件"
)
@click.option("--area", default="", help="只要这个区划的（4、6、9 或 12 位代码）")
@click.option("--from", "first", type=DAY, metavar="D", help="只要这一天起的")
@click.option("--to", "last", type=DAY, metavar="D", help="只要到这一天为止的（含当日）")
def command(
    ledger: str, output: Path, *, area: str, first: dt.datetime | None, last: dt.datetime | None
) -> None:
    """把台账 LEDGER 导出为文件；表头同模板，可原样再导入。敏感字段为原文，导出记入日志。"""
    prepare()
    from yizhou.ledgers.exporting import Choice, export_ledger
    from yizhou.orgs.queries import console_actor

    choice = Choice(known_area(area) if area else "", as_day(first), as_day(last))
    path = writable(output, ".xlsx", ".csv")
    try:
        count = export_ledger(
            known_ledger(ledger), path, actor=console_actor(), choice=choice, plain=True, reason="命令行导出"
        )
    except OSError as problem:
        fail(f"不能写入 {path}：{problem.strerror}")
    click.echo(f"已导出 {count} 行到 {path}")
