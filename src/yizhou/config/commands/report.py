"""``yizhou report``."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from yizhou.config.cli import fail, prepare
from yizhou.config.console import known_area, writable

if TYPE_CHECKING:
    from yizhou.indicators.report.build import Wish

YEAR = click.option("--year", required=True, type=click.IntRange(2000, 2100), help="年度")
AREA = click.option("--area", default="", help="哪个区划的（4、6、9 或 12 位代码）；不写为全部")
OUTPUT = click.option(
    "-o", "--output", required=True, type=click.Path(path_type=Path), help=".docx、.pdf、.html 或 .json 文件"
)

FROZEN = click.option("--frozen", is_flag=True, help="写最近一版统计快照，不重新计算")


@click.group()
def command() -> None:
    """报告：.docx 为公文版式；每个数字都由指标算出。"""


@command.command("annual")
@YEAR
@AREA
@OUTPUT
@FROZEN
def annual(year: int, area: str, output: Path, *, frozen: bool) -> None:
    """年度报告。"""
    _write(f"{year}", area, output, frozen=frozen)


@command.command("quarterly")
@YEAR
@click.option("--quarter", required=True, type=click.IntRange(1, 4), help="第几季度")
@AREA
@OUTPUT
@FROZEN
def quarterly(year: int, quarter: int, area: str, output: Path, *, frozen: bool) -> None:
    """季报：当期与年初以来累计并列，附存在问题。"""
    _write(f"{year}-Q{quarter}", area, output, frozen=frozen)


@command.command("monthly")
@YEAR
@click.option("--month", required=True, type=click.IntRange(1, 12), help="几月")
@AREA
@OUTPUT
@FROZEN
def monthly(year: int, month: int, area: str, output: Path, *, frozen: bool) -> None:
    """月报：当期与年初以来累计并列，另印环比。"""
    _write(f"{year}-{month:02d}", area, output, frozen=frozen)


@command.command("freeze")
@click.option("--period", required=True, metavar="P", help="统计期：2025、2025-Q3 或 2025-09")
@AREA
@click.option("--reason", default="", help="再次固化时必须写明")
@click.option("--despite", default="", help="核对不成立仍固化的，必须写明理由")
def freeze(period: str, area: str, reason: str, despite: str) -> None:
    """固化统计期：报告、数值和背后的记录按此刻留存，不再改变。"""
    prepare()
    from yizhou.indicators.actions import freeze_period
    from yizhou.orgs.queries import console_actor

    snapshot = freeze_period(_wish(period, area), reason, despite=despite, actor=console_actor())
    click.echo(f"已固化：{snapshot}，口径版本 {snapshot.definitions}")


def _wish(code: str, area: str) -> Wish:
    from yizhou.indicators.periods import Term
    from yizhou.indicators.report.build import Wish

    try:
        term = Term.of(code)
    except ValueError:
        fail(f"不认识的统计期：{code}", "写 2025、2025-Q3 或 2025-09")
    return Wish(term.year, known_area(area) if area else "", kind=term.kind, part=term.part)


def _write(code: str, area: str, output: Path, *, frozen: bool) -> None:
    prepare()
    from yizhou.indicators.report.frozen import restored, restored_findings
    from yizhou.indicators.report.write import SUFFIXES, write_made, write_report
    from yizhou.indicators.snapshots import newest
    from yizhou.orgs.queries import console_actor

    path, wish = writable(output, *SUFFIXES), _wish(code, area)
    if not frozen:
        report = write_report(wish, path, console_actor())
    elif snapshot := newest(wish.area, code):
        report = restored(snapshot)
        write_made(report, restored_findings(snapshot), path, console_actor())
    else:
        fail(f"{wish.term.label}还没有固化过", f"先运行 yizhou report freeze --period {code}")
    click.echo(f"已写好《{report.title}》：{path}")
