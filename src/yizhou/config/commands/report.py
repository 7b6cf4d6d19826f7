"""``yizhou report``."""

from __future__ import annotations

from pathlib import Path

import click

from yizhou.config.cli import prepare
from yizhou.config.console import known_area, writable

YEAR = click.option("--year", required=True, type=click.IntRange(2000, 2100), help="年度")
AREA = click.option("--area", default="", help="哪个区划的（4、6、9 或 12 位代码）；不写为全部")
OUTPUT = click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help=".docx、.html 或 .json 文件"
)


@click.group()
def command() -> None:
    """报告：.docx 为公文版式；每个数字都由指标算出。"""


@command.command("annual")
@YEAR
@AREA
@OUTPUT
def annual(year: int, area: str, output: Path) -> None:
    """年度报告。"""
    _write(f"{year}", area, output)


@command.command("quarterly")
@YEAR
@click.option("--quarter", required=True, type=click.IntRange(1, 4), help="第几季度")
@AREA
@OUTPUT
def quarterly(year: int, quarter: int, area: str, output: Path) -> None:
    """季报：当期与年初以来累计并列，附存在问题。"""
    _write(f"{year}-Q{quarter}", area, output)


@command.command("monthly")
@YEAR
@click.option("--month", required=True, type=click.IntRange(1, 12), help="几月")
@AREA
@OUTPUT
def monthly(year: int, month: int, area: str, output: Path) -> None:
    """月报：当期与年初以来累计并列，另印环比。"""
    _write(f"{year}-{month:02d}", area, output)


def _write(code: str, area: str, output: Path) -> None:
    prepare()
    from yizhou.indicators.periods import Term
    from yizhou.indicators.report.build import Wish
    from yizhou.indicators.report.write import SUFFIXES, write_report
    from yizhou.orgs.queries import console_actor

    path, term = writable(output, *SUFFIXES), Term.of(code)
    wish = Wish(term.year, known_area(area) if area else "", kind=term.kind, part=term.part)
    report = write_report(wish, path, console_actor())
    click.echo(f"已写好《{report.title}》：{path}")
