"""``yizhou migrate``."""

from __future__ import annotations

import click

from yizhou.config.cli import prepare


@click.command()
def command() -> None:
    """建立数据库，或更新到当前版本的表结构。"""
    prepare()
