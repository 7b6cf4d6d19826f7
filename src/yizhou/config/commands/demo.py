"""``yizhou demo``."""

from __future__ import annotations

import json
from pathlib import Path

import click

from yizhou.config.cli import prepare
from yizhou.config.console import progress_bar
from yizhou.config.home import home


@click.command()
@click.option(
    "--people",
    default=5000,
    show_default=True,
    type=click.IntRange(200),
    help="服务对象人数；340000 为一个市",
)
@click.option("--year", type=click.IntRange(2020, 2100), help="业务年度；不写为上一个完整年度")
@click.option("--seed", default=1, show_default=True, help="同一种子得到同样的数据")
@click.option("--if-empty", is_flag=True, help="已有演示数据就什么也不做")
def command(people: int, year: int | None, seed: int, *, if_empty: bool) -> None:
    """在空的系统里写入虚构的县：区划、站点、服务对象、一年业务、在办件和各角色账号。"""
    if if_empty and already_filled(home() / "demo.json"):
        return
    prepare()
    from yizhou.demo.filling import Wish, fill, has_people, last_full_year, marker

    if if_empty and has_people() and not marker().exists():
        return
    with progress_bar() as progress:
        shown = fill(Wish(people, year or last_full_year(), seed), progress)
    click.echo(
        f"演示数据已写入：{people} 名虚构的服务对象，{len(shown)} 个演示账号，密码都是 {shown[0].password}"
    )
    if if_empty:
        return  # The server is started next and prints them itself.
    for one in shown:
        click.echo(f"  {one.username:<22} {one.role} {one.name} · {one.scope}")


def already_filled(file: Path) -> bool:
    """Whether the accounts have been written, which is the last step; known without a database."""
    return file.exists() and bool(json.loads(file.read_text(encoding="utf-8"))["accounts"])
