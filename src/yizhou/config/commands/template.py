"""``yizhou template``."""

from __future__ import annotations

from pathlib import Path

import click

from yizhou.config.cli import fail, prepare
from yizhou.config.console import known_ledger, writable


@click.command()
@click.argument("ledger")
@click.option("-o", "--output", required=True, type=click.Path(path_type=Path), help="写到这个 .xlsx 文件")
def command(ledger: str, output: Path) -> None:
    """给出台账 LEDGER 的空白模板：表头、下拉选项、填表说明、代码。"""
    prepare(migrate=False)
    from yizhou.ledgers.blank import write_blank
    from yizhou.ledgers.ledger import LEDGERS

    path = writable(output, ".xlsx")
    name = known_ledger(ledger)
    try:
        write_blank(LEDGERS[name], path)
    except OSError as problem:
        fail(f"不能写入 {path}：{problem.strerror}")
    click.echo(f"已写好 {LEDGERS[name].title}的空白模板：{path}")
