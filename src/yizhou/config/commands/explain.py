"""``yizhou explain``."""

from __future__ import annotations

import datetime as dt
from typing import Any

import click

from yizhou.config.cli import fail, prepare
from yizhou.config.console import DAY, as_day, id_from, print_json

MARKS = {True: "✓", False: "✗", None: "？"}


@click.command()
@click.option("--id", "number", help="身份证号")
@click.option("--id-stdin", is_flag=True, help="从标准输入读身份证号，不留在命令历史里")
@click.option("--item", default="", help="只看这个事项（代码）")
@click.option("--on", type=DAY, metavar="D", help="按哪一天判断；不写为今天")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def command(number: str | None, item: str, *, id_stdin: bool, on: dt.datetime | None, as_json: bool) -> None:
    """逐项逐条说明一个人为什么符合或不符合；查询记入日志。"""
    wanted = id_from(number, stdin=id_stdin)
    prepare()
    from yizhou.config.explaining import UnknownItem, UnknownPerson, explained
    from yizhou.core import clock
    from yizhou.orgs.queries import console_actor

    try:
        found = explained(wanted, item, as_day(on) or clock.today(), actor=console_actor())
    except UnknownPerson:
        fail("没有这个身份证号的服务对象", "核对号码，或先导入 people 台账")
    except UnknownItem:
        fail(f"没有事项 {item}，或当日尚未实行", "事项代码见 data/items")
    if as_json:
        print_json(found)
        return
    for one in found["items"]:
        _tell(one)


def _tell(item: dict[str, Any]) -> None:
    amount = "" if item["amount_fen"] is None else f"  {item['amount_fen'] / 100:.2f} 元"
    click.echo(f"{MARKS[item['eligible']]} {item['code']}{amount}")
    for clause in item["clauses"]:
        seen = f"（{clause['shown']}）" if clause["shown"] else ""
        click.echo(f"    {MARKS[clause['holds']]} {clause['label']}{seen}")
