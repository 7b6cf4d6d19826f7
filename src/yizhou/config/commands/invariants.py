"""``yizhou invariants``."""

from __future__ import annotations

import click

from yizhou.config.cli import DONE, FOUND, prepare
from yizhou.config.console import print_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def command(*, as_json: bool) -> int:
    """逐条检查数据之间必须成立的关系；有不成立的，退出码 1。"""
    prepare()
    from yizhou.config.invariants import check_all

    found = check_all()
    if as_json:
        print_json(
            {
                "invariants": [
                    {"code": f.code, "title": f.title, "count": f.count, "first": f.first} for f in found
                ]
            }
        )
    else:
        for one in found:
            click.echo(
                f"{'✗' if one.count else '✓'} {one.title}"
                + (f"：{one.count} 处，第一处 {one.first}" if one.count else "")
            )
    return FOUND if any(one.count for one in found) else DONE
