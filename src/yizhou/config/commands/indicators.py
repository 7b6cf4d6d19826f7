"""``yizhou indicators``."""

from __future__ import annotations

import datetime as dt

import click

from yizhou.config.cli import fail, prepare
from yizhou.config.console import DAY, known_area, print_json


@click.command()
@click.option("--from", "first", type=DAY, required=True, metavar="D", help="期初，含当日")
@click.option("--to", "last", type=DAY, required=True, metavar="D", help="期末，含当日")
@click.option("--area", default="", help="只算这个区划（4、6、9 或 12 位代码）")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def command(first: dt.datetime, last: dt.datetime, *, area: str, as_json: bool) -> None:
    """计算全部指标。"""
    if last < first:
        fail("期末早于期初")
    prepare()
    from yizhou.indicators.facts import facts
    from yizhou.indicators.queries import all_values

    full = known_area(area) if area else ""
    found = all_values(first.date(), last.date(), full)
    if as_json:
        print_json({**found, "area": area or None})
        return
    for code, figure in found["values"].items():
        value = "—" if figure["value"] is None else f"{figure['value']}{figure['unit']}"
        click.echo(f"{value:>14}  {facts()[code].name}（{code}）")
