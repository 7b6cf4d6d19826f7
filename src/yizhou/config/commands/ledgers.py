"""``yizhou ledgers``."""

from __future__ import annotations

import click

from yizhou.config.cli import prepare
from yizhou.config.console import print_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def command(*, as_json: bool) -> None:
    """列出台账：英文名、中文名、现有行数，按导入先后排列。"""
    prepare()
    from yizhou.ledgers.ledger import in_order

    found = [
        {"ledger": bound.name, "title": bound.title, "rows": bound.model._base_manager.count()}
        for bound in in_order()
    ]
    if as_json:
        print_json({"ledgers": found})
        return
    for line in found:
        click.echo(f"{line['ledger']:<20} {line['rows']:>8}  {line['title']}")
