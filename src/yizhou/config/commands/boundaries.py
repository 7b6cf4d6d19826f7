"""``yizhou boundaries``."""

from __future__ import annotations

from pathlib import Path

import click

from yizhou.config.cli import prepare


@click.group()
def command() -> None:
    """区划边界：看板的地图由它画出。"""


@command.command("load")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--source", required=True, help="数据出处与年份，显示在地图下方")
def load(file: Path, source: str) -> None:
    """载入 GeoJSON 边界；同一上级之下原有的边界整体替换。"""
    prepare()
    from yizhou.dashboards.actions import load_boundaries
    from yizhou.dashboards.geojson import shapes_in
    from yizhou.dashboards.queries.shapes import places
    from yizhou.orgs.queries import console_actor

    shapes = shapes_in(file.read_bytes(), places())
    gone = load_boundaries(shapes, source, actor=console_actor())
    click.echo(f"已载入 {len(shapes)} 个区划的边界" + (f"，替换原有 {gone} 个" if gone else ""))
