"""``yizhou import``."""

from __future__ import annotations

from pathlib import Path

import click

from yizhou.config.cli import DONE, FOUND, fail, prepare
from yizhou.config.console import known_ledger, print_json, progress_bar, writable


@click.command()
@click.argument("ledger")
@click.argument("file", type=click.Path(path_type=Path))
@click.option("--dry-run", is_flag=True, help="只校验，不入库")
@click.option("--hold", is_flag=True, help="引用的人或站点还没有的行先存着，到了自动入库；不加则拒收")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
@click.option("--errors", type=click.Path(path_type=Path), help="把问题和被拒的行写入这个 .xlsx 文件")
def command(ledger: str, file: Path, *, dry_run: bool, hold: bool, as_json: bool, errors: Path | None) -> int:
    """把 FILE（.xlsx 或 .csv）导入台账 LEDGER。同一文件再导一次，什么也不会变。

    退出码：0 全部接受；1 有行被拒；2 文件不能用，什么也没有改。
    """
    prepare()
    from yizhou.ledgers.arriving import take_arrived
    from yizhou.ledgers.importing import Report, Request, import_file
    from yizhou.ledgers.reading import UnreadableFile
    from yizhou.ledgers.waiting import referring_to
    from yizhou.orgs.queries import console_actor

    to = writable(errors, ".xlsx") if errors else None
    request = Request(known_ledger(ledger), file, dry_run, to, hold=hold)
    try:
        with progress_bar() as progress:
            report: Report = import_file(request, actor=console_actor(), progress=progress)
    except UnreadableFile as problem:
        fail(f"{problem.message}", problem.remedy)
    if not dry_run:
        take_arrived(referring_to(ledger))
    if as_json:
        print_json(report.as_json())
    else:
        _tell(report.as_json(), dry_run=dry_run)
    return FOUND if report.rejected else DONE


def _tell(report: dict[str, object], *, dry_run: bool) -> None:
    heading = "校验完毕（未入库）" if dry_run else "导入完毕"
    click.echo(
        f"{heading}：共 {report['rows']} 行，新增 {report['created']}，更新 {report['updated']}，"
        f"未变 {report['unchanged']}，被拒 {report['rejected']}；提醒 {report['warnings']} 条，用时 {report['seconds']} 秒"
    )
    if report.get("waiting"):
        kept = "可存入" if dry_run else "已存入"
        click.echo(f"另有 {report['waiting']} 行{kept}待补引用，所引用的到了自动入库")
    if report["errors_file"]:
        click.echo(f"问题和被拒的行见 {report['errors_file']}")
    elif report["rejected"]:
        click.echo("加上 --errors 文件.xlsx 可得到逐行的原因和改法")
