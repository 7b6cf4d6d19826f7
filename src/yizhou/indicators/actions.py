"""Drafting a report, and freezing it: the report of that day and the rows behind it are kept, and never changed."""

from __future__ import annotations

from typing import Any

from django.db import IntegrityError, transaction

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Conflict, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.indicators.drafts import WHY
from yizhou.indicators.facts import facts
from yizhou.indicators.fingerprints import Behind, behind
from yizhou.indicators.models import Drafting, Snapshot, SnapshotPart, SnapshotRows
from yizhou.indicators.queries import compute
from yizhou.indicators.report.build import Report, Wish, place_of
from yizhou.indicators.report.checks import findings
from yizhou.indicators.report.frozen import stored
from yizhou.indicators.report.write import made
from yizhou.indicators.rules import Draft, blockers_to_draft, blockers_to_freeze, blockers_to_freeze_faulty
from yizhou.indicators.snapshots import kept, newest

FREEZE = "indicators.freeze_period"
DRAFT = "indicators.draft_report"


@action(FREEZE)
def freeze_period(wish: Wish, reason: str, *, despite: str = "", actor: Actor) -> Snapshot:
    """Keep the report of a period as it stands; what was kept before stays beside it as the version before.

    Raises ``Refused`` before the period is over, without a reason for a further version and where checks fail that
    must hold, unless ``despite`` says why, which is kept with the report; ``Conflict`` when rows changed while they
    were counted, and ``UnknownArea``. What the report was filled from is what is kept; all of it
    is measured once more at the end.
    """
    scope = place_of(wish, actor).scope
    before = newest(scope.area, wish.term.code)
    version = before.version + 1 if before else 1
    refuse(blockers_to_freeze(scope.last, clock.today(), version=version, reason=reason))
    report = made(wish, actor)
    found = findings(report)
    faults = [(one.check.id, fault) for one in found if one.state == "late" for fault in one.faults]
    refuse(blockers_to_freeze_faulty(faults, despite))
    document = stored(report, found, despite.strip() if faults else "")
    snapshot = _snapshot(report, document, actor, version=version, reason=reason.strip())
    try:
        with transaction.atomic():
            snapshot.save(force_insert=True)
    except IntegrityError:
        raise Conflict("这一统计期刚刚由别人固化", "刷新页面查看新的快照") from None
    _keep_rows(snapshot, behind(scope))
    if {code: kept(figure) for code, figure in compute(None, scope).items()} != snapshot.values:
        raise Conflict("固化期间有记录变动", "稍后再固化一次")
    concern = Concern(area=snapshot.area)
    record(
        actor,
        "period.frozen",
        snapshot,
        concern=concern,
        reason=snapshot.reason,
        period=snapshot.period,
        version=version,
        **({"despite": snapshot.document["despite"]} if faults else {}),
    )
    return snapshot


@action(DRAFT)
def draft_report(wish: Wish, draft: Draft, *, actor: Actor) -> Drafting:
    """Write down what the drafter adds to a report. Raises ``Refused`` and ``UnknownArea``."""
    scope = place_of(wish, actor).scope
    refuse(blockers_to_draft(draft, {code for code, fact in facts().items() if fact.unit == "%"}))
    written = {
        "red_head": draft.red_head,
        "recipient": draft.recipient,
        "signer": draft.signer,
        "targets": dict(draft.targets),
        "account_id": actor.account_id,
        "actor": actor.name,
        "drafted_at": clock.now(),
    }
    drafts = Drafting.objects.everywhere(WHY)
    found: Drafting
    found, _ = drafts.update_or_create(area=scope.area, period=wish.term.code, defaults=written)
    told = {"period": found.period, "targets": found.targets}
    record(actor, "report.drafted", found, concern=Concern(area=found.area), **told)
    return found


def _snapshot(
    report: Report, document: dict[str, Any], actor: Actor, *, version: int, reason: str
) -> Snapshot:
    values = report.numbers.everything()
    return Snapshot(
        period=report.term.code,
        area=report.scope.area,
        form=report.form,
        version=version,
        reason=reason,
        account_id=actor.account_id,
        actor=actor.name,
        frozen_at=clock.now(),
        definitions=report.definitions,
        values={code: kept(figure) for code, figure in values.items()},
        document=document,
    )


def _keep_rows(snapshot: Snapshot, found: Behind) -> None:
    SnapshotRows.objects.bulk_create(
        SnapshotRows(snapshot=snapshot, ledger=ledger, rows=found.packed_rows(ledger))
        for ledger in found.rows
    )
    SnapshotPart.objects.bulk_create(
        SnapshotPart(
            snapshot=snapshot, code=code, part=part, ledger=ledger, members=found.packed_members((code, part))
        )
        for (code, part), (ledger, _) in found.parts.items()
    )
