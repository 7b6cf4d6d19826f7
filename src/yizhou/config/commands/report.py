"""``yizhou report``."""

from __future__ import annotations

from pathlib import Path

import click

from yizhou.config.cli import prepare
from yizhou.config.console import known_area, writable


@click.group()
def command() -> None:
    """报告。"""


@command.command("annual")
@click.option("--year", required=True, type=click.IntRange(2000, 2100), help="年度")
@click.option("--area", default="", help="哪个区划的（4、6、9 或 12 位代码）；不写为全部")
@click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help=".docx、.html 或 .json 文件"
)
def annual(year: int, area: str, output: Path) -> None:
    """年度报告：.docx 为公文版式；每个数字都由指标算出。"""
    prepare()
    from yizhou.indicators.report.write import SUFFIXES, write_annual
    from yizhou.orgs.queries import console_actor

    path = writable(output, *SUFFIXES)
    report = write_annual(year, known_area(area) if area else "", path, console_actor())
    click.echo(f"已写好《{report.title}》：{path}")
