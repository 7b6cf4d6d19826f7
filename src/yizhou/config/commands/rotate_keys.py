"""``yizhou rotate-keys``."""

from __future__ import annotations

import time

import click

from yizhou.config.cli import fail, prepare


@click.command()
def command() -> None:
    """换一把数据密钥，并把全部密封字段改用新密钥加密；系统照常使用，中断了再执行一次即接着做。"""
    prepare()
    from yizhou.config.rotation import rotate

    began = time.perf_counter()

    def tell(table: str, looked: int) -> None:
        click.echo(f"\r{table}：{looked:,}", nl=False, err=True)

    try:
        outcome = rotate(tell)
    except RuntimeError as error:
        fail(str(error))
    click.echo("", err=True)
    words = "接着上次没有做完的" if outcome.resumed else "已换新密钥"
    click.echo(
        f"{words}：现用第 {outcome.current} 号，重新加密 {outcome.records:,} 条，用时 {time.perf_counter() - began:.0f} 秒"
    )
    click.echo("旧密钥仍留在密钥文件里：从前的备份要靠它打开。请重新备份密钥文件。")
