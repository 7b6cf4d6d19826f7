"""``yizhou seal``."""

from __future__ import annotations

import click

from yizhou.config.cli import prepare


@click.command()
def command() -> None:
    """立即封存尚未封存的工作动态，并把封存头写到数据库之外。"""
    prepare()
    from yizhou.config.anchors import write_anchors
    from yizhou.events.sealing import seal_all

    sealed = seal_all()
    write_anchors()
    click.echo(f"已封存 {sealed} 条")
