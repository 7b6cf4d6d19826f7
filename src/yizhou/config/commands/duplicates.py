"""``yizhou duplicates``."""

from __future__ import annotations

import click

from yizhou.config.cli import prepare
from yizhou.config.console import print_json, progress_bar


@click.command()
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出，含证件号；查询记入日志")
def command(*, as_json: bool) -> None:
    """比对全部档案，把疑似重复的放进裁决队列。"""
    prepare()
    from yizhou.merging.actions import search_duplicates
    from yizhou.merging.actions.find import listed_pairs
    from yizhou.merging.models import SecondStatus
    from yizhou.orgs.queries import console_actor

    with progress_bar() as progress:
        counted = search_duplicates(progress, actor=console_actor())
    if as_json:
        print_json({"pairs": listed_pairs(actor=console_actor())})
        return
    click.echo(
        f"比对 {counted['people']} 份档案，疑似重复 {counted['found']} 对，其中新进队列 {counted['opened']} 对；到“疑似重复”页裁决"
    )
    if counted["second"] != SecondStatus.NOT_NEEDED:
        click.echo(f"没有可信证件号的档案 {counted['bare']} 份，{SecondStatus(counted['second']).label}")
