"""Filling an empty installation, step by step, through the ledgers' own import and the cases' own actions."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable, Iterator
from dataclasses import asdict, dataclass, replace
from pathlib import Path

import polars as pl
from django.conf import settings

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused
from yizhou.dashboards.actions import load_boundaries
from yizhou.demo import (
    care,
    casework,
    contact,
    fairs,
    form,
    glory,
    growth,
    outreach,
    running,
    settling,
    stations,
    voice,
    work,
)
from yizhou.demo.accounts import Shown, make_accounts, write_accounts
from yizhou.demo.archiving import archives
from yizhou.demo.changes import some_changes
from yizhou.demo.county import County, Sheets
from yizhou.demo.dossiers import confirm_most, lives, plans
from yizhou.demo.listing import saved_filters, several_classes
from yizhou.demo.live import live_cases
from yizhou.demo.looking import unusual_looks
from yizhou.demo.mosaic import SOURCE, mosaic
from yizhou.demo.moving import moves
from yizhou.demo.people import population
from yizhou.demo.places import divisions_file
from yizhou.demo.sheets import write_sheets
from yizhou.demo.taking_out import exports
from yizhou.demo.twins import settle_one
from yizhou.ledgers.importing import Request, import_file
from yizhou.notices.actions import send_due
from yizhou.orgs.queries import console_actor, work_calendar
from yizhou.people.models import Person

Progress = Callable[[str, float], None]
Files = list[tuple[str, Path]]


@dataclass(frozen=True, slots=True)
class Wish:
    """How many people, which year of work, which seed; the same wish gives the same county."""

    people: int
    year: int
    seed: int


def has_people() -> bool:
    """Whether anybody is on file."""
    return Person.objects.everywhere("is the installation empty").exists()


def marker() -> Path:
    """Says that filling has begun and with which wish; gone when it has ended."""
    return Path(settings.DEMO_FILE).with_name("demo.part")


def begin(wish: Wish) -> None:
    """Note that filling begins. Raises ``Refused`` when there are people who did not come from the same wish.

    An interrupted run is taken up again: importing the same files once more changes nothing.
    """
    note = json.dumps(asdict(wish))
    if has_people() and not (marker().exists() and marker().read_text(encoding="utf-8") == note):
        raise Refused(
            [
                Blocker(
                    "NOT_EMPTY", "数据库里已有服务对象，演示数据只能写入空的系统", "换一个 YIZHOU_HOME 再试"
                )
            ]
        )
    marker().write_text(note, encoding="utf-8")


def fill(wish: Wish, progress: Progress) -> list[Shown]:
    """Fill the installation; returns the accounts. Raises ``Refused`` when it already holds people."""
    begin(wish)
    actor = console_actor()
    with tempfile.TemporaryDirectory(prefix="demo-", dir=marker().parent) as name:
        for title, written, share in files(wish, Path(name), progress):
            for ledger, path in written:
                progress(title, share)
                _take_in(ledger, path, actor)
                path.unlink(missing_ok=path.parent == Path(name))
    load_boundaries(mosaic(), SOURCE, actor=actor)
    confirm_most()
    progress("建立演示账号", 0.85)
    shown = make_accounts(actor)
    progress("办理在办件", 0.92)
    live_cases(wish.seed)
    some_changes()
    saved_filters()
    several_classes()
    archives()
    plans()
    lives()
    exports()
    settle_one()
    unusual_looks()
    moves()
    _say_nothing_outside()
    write_accounts(Path(settings.DEMO_FILE), shown)
    marker().unlink()
    progress("完成", 1.0)
    return shown


def files(wish: Wish, folder: Path, progress: Progress) -> Iterator[tuple[str, Files, float]]:
    """The files in the order in which they are imported; each is written when its turn comes."""
    divisions = folder / "areas.csv"
    divisions.write_bytes(divisions_file().read_bytes())
    yield "导入行政区划", [("areas", divisions)], 0.02
    yield "导入站点、岗位、窗口", stations.write_stations(folder, wish.seed), 0.04
    progress("虚构服务对象", 0.06)
    people = population(wish.people, wish.year, wish.seed)
    yield "导入服务对象", write_sheets(folder, "people", people), 0.1
    yield from _ledgers(wish, folder, people)


def _ledgers(wish: Wish, folder: Path, people: pl.DataFrame) -> Iterator[tuple[str, Files, float]]:
    """Two years of the people's ledgers, one file after another, so that never two stand in memory."""
    posts, calendar = stations.staff(wish.seed), work_calendar()
    now = County(people, posts, wish.year, wish.seed, calendar)
    before = replace(now, year=wish.year - 1, pace=float(now.facts("years")["pace_before"]))
    windows, centres = stations.windows(), stations.stations(wish.seed)
    companies = growth.employers(now)
    chapters: list[tuple[str, Sheets, float]] = [
        ("导入走访联系", _contacts(before, now), 0.2),
        ("导入热线、接待、办件", _casework(before, now, windows), 0.34),
        ("导入信访与法律服务", voice.sheets(before, now), 0.5),
        ("导入帮扶与待遇", care.sheets(before, now), 0.54),
        ("导入移交安置", settling.sheets(now), 0.68),
        ("导入培训与就业", growth.sheets(before, now), 0.7),
        ("导入招聘与创业", fairs.sheets(before, now, companies), 0.74),
        ("导入褒扬纪念", glory.sheets(before, now), 0.77),
        ("导入宣传与志愿服务", outreach.sheets(before, now, centres), 0.8),
        ("导入评定、任务、文件", running.sheets(before, now, centres), 0.83),
        ("导入采集表", form.sheets(now), 0.84),
    ]
    for title, sheets, share in chapters:
        for ledger, frame in sheets:
            yield title, write_sheets(folder, ledger, frame), share


def _contacts(before: County, now: County) -> Sheets:
    yield from contact.sheets(before, now)
    for county in (before, now):
        yield "visits", work.visits(county)


def _casework(before: County, now: County, windows: pl.DataFrame) -> Sheets:
    for county in (before, now):
        yield "hotline_calls", work.calls(county)
        yield "hall_receptions", work.receptions(county, windows)
        done = casework.cases(county, windows)
        yield "cases", done
        yield "ratings", casework.ratings(county, done)


def _say_nothing_outside() -> None:
    """Empty the outbox to nowhere, whatever gateway is configured: these people do not exist."""
    while send_due(way=lambda _message: None):
        continue


def _take_in(ledger: str, path: Path, actor: Actor) -> None:
    """Import one file; the demonstration's own files have no errors."""
    report = import_file(Request(ledger, path, sample=3), actor=actor)
    if report.rejected:
        first = "；".join(f"{one['header']} {one['message']}" for one in report.sample)
        raise AssertionError(f"demo {ledger}: {report.rejected} rows rejected: {first}")


def last_full_year() -> int:
    """The year before this one."""
    return clock.today().year - 1
