"""Joining two files of one person: one transaction, everything that is needed to undo it kept (ADR 0018)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

import orjson

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.merging import joining, moving, raw
from yizhou.merging.actions.judge import NO_NOTE, NONE_CHOSEN
from yizhou.merging.models import Merge, PairStatus, SuspectPair
from yizhou.people.actions.change_log import Origin, Texts, keep_change
from yizhou.people.actions.changing import cells_for, prepare, write
from yizhou.people.ledgers import remove_names
from yizhou.people.models import Person, Source

MERGE = "merging.merge_people"
WHY = "both files were found in the actor's scope"


@action(MERGE)
def merge_people(
    kept: Person, lost: Person, note: str, *, actor: Actor, seen: str = "", chosen: Mapping[str, str] = {}
) -> Merge:
    """Let everything of ``lost`` belong to ``kept`` and take the file of ``lost`` out of its table.

    ``chosen`` says by field whose value stays (``joining.KEPT``, ``LOST``, ``BOTH``); ``seen`` is the ``state_of``
    that the page showed. Writes ``person.merged`` and ``person.merged_away``. Raises ``Refused``, or ``Conflict``
    when one of the files was changed meanwhile.
    """
    if kept.pk == lost.pk:
        raise Refused([Blocker("SAME", "这是同一份档案", "另选一份")])
    if not note.strip():
        raise Refused([NO_NOTE])
    found = Person.objects.visible_to(actor).in_bulk([kept.pk, lost.pk])
    if len(found) != 2:
        raise Conflict("其中一份档案已经并入别的档案", "刷新页面查看")
    kept, lost = found[kept.pk], found[lost.pk]
    if seen and joining.state_of(kept, lost) != seen:
        raise Conflict
    texts, taken = joining.joined_texts(kept, lost, joining.sides_for(kept, lost, chosen, actor))
    merge = _new_merge(kept, lost, note, actor)
    rows, changed = _carry_out(kept, lost, texts if taken else {}, actor)
    rows |= _settle_pairs(kept.pk, lost.pk, note, actor) | _lead_on(kept.pk, lost.pk)
    merge.moved, merge.aside = len(rows["moved"]), len(rows["aside"])
    merge.seal({"rows": orjson.dumps(rows).decode()})
    merge.save(force_insert=True)
    told = {"merge": str(merge.uid), "moved": merge.moved, "aside": merge.aside}
    place, left = Concern(kept.pk, kept.household_area), Concern(lost.pk, lost.household_area)
    event = record(actor, "person.merged", kept, concern=place, reason=note, fields=taken, **told)
    if changed:
        keep_change(kept, changed, Origin(Source.MERGE, event, note, actor.account_id, actor.name))
    record(actor, "person.merged_away", lost, concern=left, reason=note, **told)
    return merge


def _new_merge(kept: Person, lost: Person, note: str, actor: Actor) -> Merge:
    return Merge(
        kept_id=kept.pk,
        now_id=kept.pk,
        lost_id=lost.pk,
        lost_uid=lost.uid,
        lost_name=lost.name,
        lost_area=lost.household_area,
        lost_number_index=lost.id_number_index,
        kept_number_index=kept.id_number_index,
        note=note.strip()[:300],
        account_id=actor.account_id,
        actor=actor.name,
        merged_at=clock.now(),
    )


def _carry_out(
    kept: Person, lost: Person, texts: Mapping[str, str], actor: Actor
) -> tuple[dict[str, Any], Texts]:
    """Move the rows, take the lost file out, write the kept one.

    Answers with everything as it was, and with what the kept file says otherwise now. Raises ``Refused`` where the
    ledger's rules reject that, ``Conflict`` when somebody changed the file meanwhile.
    """
    (kept_row,) = raw.read(Person, "id", [kept.pk])
    (lost_row,) = raw.read(Person, "id", [lost.pk])
    rows: dict[str, Any] = moving.move_all(lost, kept)
    remove_names([lost.pk])
    raw.delete(Person, lost.pk)
    # As a correction is written: checked, sealed and derived.
    prepared = prepare(kept, cells_for(texts), actor, accept_doubts=True) if texts else None
    if prepared:
        write(prepared)
    moving.note_prints(rows)
    (after,) = raw.read(Person, "id", [kept.pk])
    whole = rows | {"lost": lost_row, "kept": kept_row, "print": raw.print_of(after)}
    return whole, prepared.texts if prepared else {}


def _settle_pairs(kept_id: int, lost_id: int, note: str, actor: Actor) -> dict[str, Any]:
    """The pair of the two is decided, other pairs with the lost file wait no longer."""
    pairs = SuspectPair.objects.everywhere(WHY).of(lost_id).open()
    ours = pairs.of(kept_id)
    settled = list(ours.values_list("pk", flat=True))
    decided = {"note": note.strip()[:300], "actor": actor.name, "decided_at": clock.now()}
    ours.update(status=PairStatus.MERGED, **decided)
    others = list(pairs.values_list("pk", flat=True))
    pairs.update(status=PairStatus.GONE)
    return {"pair": settled, "pairs": others}


def _lead_on(kept_id: int, lost_id: int) -> dict[str, Any]:
    """What had gone into the lost file before is in the kept one now."""
    earlier = Merge.objects.everywhere(WHY).standing().filter(now_id=lost_id)
    ids = list(earlier.values_list("pk", flat=True))
    earlier.update(now_id=kept_id)
    return {"led": ids}


@action(MERGE)
def merge_pairs(pairs: Sequence[SuspectPair], note: str, *, actor: Actor) -> int:
    """Join the files of many pairs in one act, each as suggested; returns how many. All of them or none.

    Raises ``Refused`` naming the pair that cannot be joined like this.
    """
    if not pairs:
        raise Refused([NONE_CHOSEN])
    people = Person.objects.visible_to(actor).in_bulk(
        [side for p in pairs for side in (p.first_id, p.second_id)]
    )
    if len(people) < 2 * len(pairs):
        words = "选中的各对里有同一份档案出现两次，或已由他人合并"
        raise Refused([Blocker("TWICE", words, "刷新页面；同一份档案的各对请分次处理")])
    for pair in pairs:
        kept, lost = joining.better(people[pair.first_id], people[pair.second_id])
        try:
            merge_people(kept, lost, note, actor=actor)
        except Refused as refusal:
            raise Refused(
                [Blocker(b.code, f"{kept.name}：{b.message}", b.remedy) for b in refusal.blockers]
            ) from None
    return len(pairs)
