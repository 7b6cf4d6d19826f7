"""``yizhou serve``."""

from __future__ import annotations

import json
import os

import click

from yizhou.config.cli import fail, prepare


@click.command()
@click.option("--host", default="127.0.0.1", show_default=True, help="监听的地址；0.0.0.0 为全部网卡")
@click.option(
    "--port", default=8000, show_default=True, type=click.IntRange(0, 65535), help="端口；0 为任选一个"
)
def command(host: str, port: int) -> int:
    """启动服务：网页、后台任务、封存。Ctrl-C 停止。"""
    os.environ.setdefault("YIZHOU_BASE_URL", f"http://{'127.0.0.1' if host == '0.0.0.0' else host}:{port}")  # noqa: S104  # as asked for
    prepare()
    from django.conf import settings

    from yizhou.config.supervisor import PortTaken, Supervisor, listen

    try:
        listener = listen(host, port)
    except PortTaken as problem:
        fail(f"不能在 {host}:{port} 上启动：{problem}", "换一个端口，例如 --port 8001，或停掉占用它的程序")

    def announce() -> None:
        if settings.DEMO_FILE.exists():
            click.echo(accounts_table(json.loads(settings.DEMO_FILE.read_text(encoding="utf-8"))["accounts"]))
        click.echo(f"一轴已启动：{address(host, listener.getsockname()[1])}（Ctrl-C 停止）")

    return Supervisor(listener, announce).run()


def address(host: str, port: int) -> str:
    """What to type into a browser."""
    shown = "127.0.0.1" if host == "0.0.0.0" else f"[{host}]" if ":" in host else host  # noqa: S104  # as asked for
    return f"http://{shown}:{port}"


def accounts_table(accounts: list[dict[str, str]]) -> str:
    """The demo's accounts by where they work: the role and what to type."""
    passwords = "、".join(sorted({one["password"] for one in accounts}))
    lines = [f"演示账号（人员和数据都是虚构的），密码都是 {passwords}"]
    places = dict.fromkeys(one["scope"] for one in accounts)
    for place in places:
        names = [f"{one['role']} {one['username']}" for one in accounts if one["scope"] == place]
        lines.append(f"  {place}：" + "，".join(names))
    return "\n".join(lines)
