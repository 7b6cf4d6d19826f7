"""Taking a file in: read, check, compare, store; the same path for the command, the browser and the API."""

from __future__ import annotations

import time
import uuid
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import polars as pl
from django.db import transaction

from yizhou.core import clock, crypto
from yizhou.core.actor import Actor
from yizhou.core.bulk import roomy_cache
from yizhou.core.keys import keyring
from yizhou.core.memory import without_cycle_search
from yizhou.core.refusal import Blocker, Conflict, Forbidden, Refused
from yizhou.events.recording import record, record_refusal
from yizhou.ledgers import loading, problems
from yizhou.ledgers.checking import Checked, Known, check, nothing_beside
from yizhou.ledgers.ledger import LEDGERS, Arrival, Ledger
from yizhou.ledgers.loading import Plan, Progress
from yizhou.ledgers.problems import RowRule
from yizhou.ledgers.reading import BULK, Limits, Sheet, UnreadableFile, read_sheet, read_sheet_isolated
from yizhou.ledgers.references import resolve
from yizhou.ledgers.voided import without_voided
from yizhou.ledgers.waiting import Held, hold_rows, set_apart, waitable
from yizhou.ledgers.writing import write_errors
from yizhou.orgs.models import Division

ALONE = Blocker(
    "SECOND_PERSON",
    "台账在校验之后被改动，这一批现在会改到须另一人复核的栏",
    "点重试，系统重新校验；确认后请另一人复核",
)
ATTEMPTS = 3
"""How often the comparing is done again when the ledger was changed in between."""


@dataclass(frozen=True)
class Report:
    """What became of a file; ``rows = created + updated + unchanged + rejected`` (contracts.md §3).

    ``can_wait`` of the rejected rows only refer to what is not there yet. Where they were held instead they count as
    ``waiting``, which is None unless that was asked for. ``guarded`` of the updated rows change what wants a second
    person; ``changes`` are examples of them.
    """

    ledger: str
    rows: int
    created: int
    updated: int
    unchanged: int
    rejected: int
    warnings: int
    errors_file: str | None
    seconds: float
    sample: tuple[dict[str, object], ...] = ()
    can_wait: int = 0
    waiting: int | None = None
    guarded: int = 0
    changes: tuple[dict[str, str], ...] = ()

    def as_json(self) -> dict[str, object]:
        """The object that ``yizhou import --json`` prints."""
        names = [
            "ledger",
            "rows",
            "created",
            "updated",
            "unchanged",
            "rejected",
            "warnings",
            "errors_file",
            "seconds",
        ]
        waiting = {} if self.waiting is None else {"waiting": self.waiting}
        return {name: getattr(self, name) for name in names} | waiting


def quiet(step: str, done: float) -> None:
    """Progress nobody looks at."""


@dataclass(frozen=True)
class Request:
    """A file to take in, of a workbook with several sheets the one named ``sheet``. Dry runs check and compare but store nothing; files of unknown origin are read by a
    child process with limits of its own (``isolated``). ``batch`` is what its events name it by. ``hold``
    keeps rows that refer to what is not there yet until it arrives, instead of rejecting them. ``adds_only``
    rejects rows that would change what is stored. With ``second_person`` nothing is stored that wants a second
    person unless ``approved_by`` says who that was."""

    ledger: str
    path: Path
    dry_run: bool = False
    errors: Path | None = None
    file_name: str = ""
    sample: int = 0
    limits: Limits = BULK
    isolated: bool = False
    batch: uuid.UUID | None = None
    hold: bool = False
    adds_only: bool = False
    second_person: bool = False
    approved_by: str = ""
    sheet: str = ""


def import_file(request: Request, *, actor: Actor, progress: Progress = quiet) -> Report:
    """Take a file in, all good rows or none of them in one transaction.

    Raises ``UnreadableFile`` when it cannot be read and ``Forbidden`` when the actor may not import; nothing
    is changed then.
    """
    bound = LEDGERS[request.ledger]
    if not actor.may(bound.import_permission):
        record_refusal(actor, bound.import_permission, bound.title)
        raise Forbidden(bound.import_permission)
    with without_cycle_search():
        return _import(bound, request, actor, progress)


def _import(bound: Ledger, request: Request, actor: Actor, progress: Progress) -> Report:
    began = time.perf_counter()
    progress("读取文件", 0.02)
    read = read_sheet_isolated if request.isolated else read_sheet
    sheet = read(request.path, request.limits, request.sheet)
    require_headers(bound, sheet)
    progress("逐列校验", 0.2)
    checked = without_voided(bound, check_sheet(bound, sheet, actor))
    progress("比对已有记录", 0.45)
    can_wait, held = waitable(checked).height, None
    if request.hold:
        checked, held = set_apart(checked, sheet.frame)
    raw, notes = _kept_for_errors(sheet, checked, actor), len(sheet.warnings)
    del sheet
    planned, checked = store_checked(bound, checked, actor, request, progress, held)
    errors = _write_errors(bound, raw, checked, request.errors) if request.errors else None
    progress("完成", 1.0)
    return Report(
        ledger=bound.name,
        rows=checked.rows + (held.count if held else 0),
        created=planned.created.height,
        updated=planned.updated.height,
        unchanged=planned.unchanged + checked.repeated,
        rejected=checked.rejected,
        warnings=checked.warnings + notes,
        errors_file=str(errors) if errors else None,
        seconds=round(time.perf_counter() - began, 2),
        can_wait=can_wait,
        waiting=held.count if held else None,
        guarded=planned.guarded(bound),
        changes=tuple(bound.keeper.examples(planned.changes)) if bound.keeper and request.sample else (),
        sample=tuple(checked.problems.head(request.sample).iter_rows(named=True)) if request.sample else (),
    )


def require_headers(bound: Ledger, sheet: Sheet) -> None:
    """Raises ``UnreadableFile`` when a required column is absent (ledgers.md §1: exit code 2)."""
    missing = [c.header for c in bound.layout.columns if c.required and c.header not in sheet.headers]
    if missing:
        raise UnreadableFile(
            "missing_columns",
            f"缺少必填列：{'、'.join(missing)}",
            f"请用“{bound.title}”的模板填写，表头文字不要改动",
        )


def check_sheet(bound: Ledger, sheet: Sheet, actor: Actor) -> Checked:
    """Check every row of a sheet against the facts, the stored rows it refers to, and the actor's areas."""
    return check_frame(bound, sheet.frame, actor, spoilt_cells(bound, sheet))


def check_frame(
    bound: Ledger,
    frame: pl.DataFrame,
    actor: Actor,
    spoilt: pl.DataFrame | None = None,
    areas: dict[str, str] | None = None,
    replaced: int | None = None,
) -> Checked:
    """``check_sheet`` for rows that come from elsewhere than a file. ``areas`` are the levels of the divisions that
    stand in them by code, where the caller knows; else all are looked up. ``replaced`` is the inner id of the stored
    row that a correction writes over."""
    today = clock.today()
    known = Known(
        today,
        _areas() if areas is None else areas,
        resolve,
        partial(crypto.row_digest_many, keyring()),
        partial(bound.beside, replaced=replaced) if bound.beside else nothing_beside,
    )
    return within_areas(bound, check(bound.layout, frame, bound.rules_on(today), known, spoilt), actor)


def _areas() -> dict[str, str]:
    return dict(Division.objects.values_list("area_code", "level"))


def spoilt_cells(bound: Ledger, sheet: Sheet) -> pl.DataFrame:
    """What the file itself has spoilt: identity numbers stored as numbers, formulas without a value."""
    own = sheet.problems.filter((pl.col("header") == "") | pl.col("header").is_in(bound.layout.headers))
    numbers = [column.header for column in bound.layout.columns if _is_id(column.type)]
    code = pl.when(pl.col("header").is_in(numbers)).then(pl.lit("ID_FORMAT")).otherwise(pl.lit("TYPE"))
    spoilt = [
        own.select(
            "row_no",
            "header",
            code.alias("rule"),
            pl.lit(problems.ERROR).alias("level"),
            pl.col("reason").alias("message"),
            "remedy",
        )
    ]
    for column in bound.layout.columns:
        if _is_id(column.type) and column.header in sheet.numeric:
            message = "以数字格式存放，Excel 只保留 15 位有效数字，后几位已变成 0"
            remedy = "先把该列设为“文本”，再按证件重填"
            rule = RowRule("ID_FORMAT", column.header, problems.EVERY, message, remedy)
            told = own.filter(pl.col("header") == column.header).select("row_no")
            others = sheet.frame.filter(sheet.numeric[column.header]).join(told, on="row_no", how="anti")
            spoilt.append(problems.found(others, rule))
    return pl.concat([problems.empty(), *spoilt])


def _is_id(kind_of_column: str) -> bool:
    return kind_of_column == "id_number" or kind_of_column.endswith(".id_number")


def within_areas(bound: Ledger, checked: Checked, actor: Actor) -> Checked:
    """Reject rows that belong, or would belong, to an area outside the actor's."""
    if "" in actor.areas or not checked.accepted.height:
        return checked
    linked = checked.accepted.with_columns(
        pl.col(f"link:{name}").cast(pl.Int64).alias(link.column) for name, link in bound.links.items()
    )
    outside = [not actor.covers(area) for area in loading.areas_of(bound, linked)]
    return _reject(checked, pl.Series(outside), _outside(bound))


def _outside(bound: Ledger) -> RowRule:
    header = next((c.header for c in bound.layout.columns if c.area_owner), bound.layout.columns[0].header)
    words = "归属区划不在您的管辖范围内"
    return RowRule("SCOPE", header, problems.EVERY, words, "请交由所属镇街或县中心导入")


def _taken(bound: Ledger) -> RowRule:
    words = "台账里已有编号（键）相同的一行，内容不同，不会被覆盖"
    remedy = "以台账为准的，放弃这一行；以这一行为准的，到台账里更正"
    return RowRule("DUP_KEY", bound.layout.keys[0].header, problems.EVERY, words, remedy)


def _reject(checked: Checked, which: pl.Series, rule: RowRule) -> Checked:
    """Move rows from accepted to rejected by what could not be told from the rows alone."""
    if not which.any():
        return checked
    lost = problems.found(checked.accepted.filter(which), rule)
    return Checked(
        checked.rows,
        checked.accepted.filter(~which),
        pl.concat([checked.problems, lost]).sort("row_no", maintain_order=True),
        checked.repeated,
    )


def store_checked(
    bound: Ledger,
    checked: Checked,
    actor: Actor,
    request: Request,
    progress: Progress = quiet,
    held: Held | None = None,
) -> tuple[Plan, Checked]:
    """Compare and, unless it is a dry run, store; done again when the ledger was changed in between."""
    batch = request.batch or uuid.uuid4()
    for attempt in range(ATTEMPTS):
        planned = loading.plan(bound, checked.accepted)
        changing = _to_leave_alone(bound, planned, actor, request)
        if changing:
            rule = _taken(bound) if request.adds_only else _outside(bound)
            checked = _reject(checked, checked.accepted["row_no"].is_in(changing), rule)
            planned = loading.plan(bound, checked.accepted)
        if request.dry_run:
            return planned, checked
        if request.second_person and not request.approved_by and planned.guarded(bound):
            raise Refused([ALONE])
        try:
            with roomy_cache(), transaction.atomic():
                loading.store(bound, planned, Arrival(batch, actor, request.approved_by), progress)
                if held:
                    hold_rows(bound, held, actor)
                _note(planned, checked, held, actor, replace(request, batch=batch))
        except Conflict:
            if attempt == ATTEMPTS - 1:
                raise
        else:
            return planned, checked
    raise AssertionError("unreachable: the last attempt returns or raises")


def _to_leave_alone(bound: Ledger, planned: Plan, actor: Actor, request: Request) -> list[int]:
    """Numbers of rows whose stored twin may not be changed: it lies outside the actor's areas, or nothing may be."""
    if request.adds_only:
        return planned.updated["row_no"].to_list()
    return rows_to_leave(bound, planned, actor)


def rows_to_leave(bound: Ledger, planned: Plan, actor: Actor) -> list[int]:
    """Numbers of rows whose stored twin lies outside the actor's areas."""
    rows = planned.updated
    if "" in actor.areas or not rows.height:
        return []
    areas = dict(bound.model._base_manager.filter(pk__in=rows["id"].to_list()).values_list("pk", bound.area))
    pairs = rows.select("row_no", "id").iter_rows()
    return [row_no for row_no, row_id in pairs if not actor.covers(areas.get(row_id) or "")]


def _note(planned: Plan, checked: Checked, held: Held | None, actor: Actor, request: Request) -> None:
    assert request.batch is not None
    record(
        actor,
        "ledger.imported",
        ledger=request.ledger,
        file=request.file_name or request.path.name,
        batch=request.batch.hex,
        created=planned.created.height,
        updated=planned.updated.height,
        rejected=checked.rejected,
        waiting=held.count if held else 0,
    )


def _kept_for_errors(sheet: Sheet, checked: Checked, actor: Actor) -> pl.DataFrame:
    """The raw rows that the errors file may repeat: those rejected so far, or all where the scope may reject more."""
    if "" not in actor.areas:
        return sheet.frame
    rejected = checked.problems.filter(pl.col("level") == problems.ERROR).select("row_no").unique()
    return sheet.frame.join(rejected, on="row_no", how="semi", maintain_order="left")


def _write_errors(bound: Ledger, raw: pl.DataFrame, checked: Checked, path: Path) -> Path:
    """The errors file: every problem on the first sheet, the rejected rows in the template's layout on the second."""
    rejected = checked.problems.filter(pl.col("level") == problems.ERROR).select("row_no").unique()
    rows = raw.join(rejected, on="row_no", how="semi", maintain_order="left")
    columns = [
        pl.col(header) if header in rows.columns else pl.lit("").alias(header)
        for header in bound.layout.headers
    ]
    listed = checked.problems.select("row_no", "header", _rule_shown(), "message", "remedy")
    write_errors(path, listed.iter_rows(), bound.layout.headers, rows.select(columns).iter_rows())
    return path


def _rule_shown() -> pl.Expr:
    warned = pl.col("level") == problems.WARN
    return pl.when(warned).then(pl.col("rule") + "（提醒）").otherwise(pl.col("rule")).alias("rule")
