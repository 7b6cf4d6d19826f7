"""``yizhou work``."""

from __future__ import annotations

import click

from yizhou.config.cli import fail, prepare


@click.command()
@click.option("--once", is_flag=True, help="只做一轮就结束")
def command(*, once: bool) -> None:
    """只运行后台：任务、封存、发送消息、清理。yizhou serve 已包含它。"""
    prepare()
    from yizhou.config.worker import AlreadyRunning, work

    try:
        work(once=once)
    except AlreadyRunning:
        fail("这个数据目录已有一个后台在运行", "同一数据目录只需一个")
