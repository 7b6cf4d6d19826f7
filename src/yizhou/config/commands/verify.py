"""``yizhou verify``."""

from __future__ import annotations

from pathlib import Path

import click

from yizhou.config.cli import DONE, FOUND, fail, prepare


@click.command()
@click.option(
    "--anchor", type=click.Path(path_type=Path), help="另存的封存头文件；不写则用数据目录 anchors 下的"
)
def command(anchor: Path | None) -> int:
    """核对已封存的工作动态、附件和数据不变量；有改动则指出第一处，退出码 1。"""
    prepare()
    from yizhou.config.anchors import anchor_file
    from yizhou.config.invariants import broken_invariants
    from yizhou.events.sealing import verify

    if anchor and not anchor.is_file():
        fail(f"没有这个封存头文件：{anchor}")
    verdict = verify(anchor or anchor_file())
    if verdict.problem:
        where = "" if verdict.event_id is None else f"；第一处是第 {verdict.event_id} 号记录"
        click.echo(f"核对未通过：{verdict.problem}{where}", err=True)
        return FOUND
    for found in broken_invariants():
        click.echo(f"核对未通过：{found.title}；第一处是 {found.first}（共 {found.count} 处）", err=True)
        return FOUND
    click.echo(
        f"核对通过：已封存 {verdict.events} 条、{verdict.seals} 段；尚未封存 {verdict.unsealed} 条；不变量全部成立"
    )
    return DONE
