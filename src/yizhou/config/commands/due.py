"""``yizhou due``."""

from __future__ import annotations

import datetime as dt

import click

from yizhou.config.cli import fail, prepare
from yizhou.config.console import print_json
from yizhou.core.workdays import LOCAL, Pause, deadline


@click.command()
@click.option(
    "--from",
    "start",
    required=True,
    type=click.DateTime(["%Y-%m-%d %H:%M"]),
    metavar="D",
    help="受理时间 “YYYY-MM-DD HH:MM”",
)
@click.option("--workdays", required=True, type=click.IntRange(0, 10_000), help="期限，工作日")
@click.option("--pause", "pauses", multiple=True, metavar="D..D", help="暂停的日子，两端都含；可写多次")
@click.option("--json", "as_json", is_flag=True, help="以 JSON 输出")
def command(start: dt.datetime, workdays: int, *, pauses: tuple[str, ...], as_json: bool) -> None:
    """推算办结期限：受理次日起算，17:00 后或休息日受理按下一工作日，暂停的日子不计。"""
    stops = [as_pause(text) for text in pauses]
    prepare()
    from yizhou.orgs.queries import work_calendar

    found = deadline(start.replace(tzinfo=LOCAL), workdays, stops, work_calendar())
    assert found.due_on is not None
    if as_json:
        print_json({"due_on": found.due_on.isoformat(), "workdays": workdays, "confirmed": found.confirmed})
        return
    note = "" if found.confirmed else "（已超出公布放假安排的年份，按平日推算，届时须复核）"
    click.echo(f"{found.due_on.isoformat()}{note}")


def as_pause(text: str) -> Pause:
    """``2025-05-01..2025-05-03`` as days on which the clock stands still."""
    first, _, last = text.partition("..")
    try:
        pause = Pause(dt.date.fromisoformat(first), dt.date.fromisoformat(last or first))
    except ValueError:
        fail(f"暂停的日子写法不对：{text}", "例如 --pause 2025-04-28..2025-04-30")
    if pause.end_on is not None and pause.end_on < pause.start_on:
        fail(f"暂停的止日早于起日：{text}")
    return pause
