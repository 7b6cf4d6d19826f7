"""``yizhou security``."""

from __future__ import annotations

import click

from yizhou.config.cli import DONE, FOUND, prepare
from yizhou.config.console import print_json


@click.command()
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def command(*, as_json: bool) -> int:
    """列出生效的安全设置；有不该如此的，退出码 1。"""
    prepare()
    from yizhou.config.posture import WRONG, settings_in_force

    lines = settings_in_force()
    if as_json:
        print_json(
            {
                "settings": [
                    {"name": n.name, "value": n.value, "state": n.state, "remedy": n.remedy} for n in lines
                ]
            }
        )
    else:
        for line in lines:
            click.echo(
                f"{line.mark} {line.name}：{line.value}" + (f"（{line.remedy}）" if line.remedy else "")
            )
    return FOUND if any(line.state == WRONG for line in lines) else DONE
