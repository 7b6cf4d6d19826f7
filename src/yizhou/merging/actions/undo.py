"""Taking a merge back: the lost file and its rows as they were, byte for byte."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import orjson
from django.db import IntegrityError, transaction

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.merging import moving, raw
from yizhou.merging.models import Merge, PairStatus, SuspectPair
from yizhou.people.actions.change_log import Origin, keep_change, texts_between
from yizhou.people.ledgers import insert_names, remove_names
from yizhou.people.models import Person, Source
from yizhou.people.queries.facts import values_of

UNDO = "merging.undo_merge"
WHY = "what the merge itself had changed"
TAKEN = Blocker(
    "TAKEN",
    "并入档案的证件号或其中一条记录的编号已被后来的档案、记录占用，两者不能并存",
    "先更正或作废后来占用的那一份，再撤销",
)


@dataclass(frozen=True)
class Undone:
    """What came of it: rows that went back, rows that did not, whether the kept file is as it was before."""

    lost: Person
    back: int
    gone: int
    is_restored: bool

    def get_absolute_url(self) -> str:
        """The file that is there again."""
        return self.lost.get_absolute_url()


@action(UNDO)
def undo_merge(merge: Merge, reason: str, *, actor: Actor) -> Undone:
    """Put the lost file back with what had been its own; the kept one as it was, unless it was corrected since.

    What was added after the merge stays with the kept file. Writes ``person.unmerged`` on both sides. Raises
    ``Refused``, or ``Conflict`` when the merge was undone already.
    """
    if not reason.strip():
        raise Refused([Blocker("REASON", "没有写明撤销的原因", "写明为什么不是同一人")])
    mine = Merge.objects.visible_to(actor).standing().filter(pk=merge.pk)
    if not mine.exists():
        raise Conflict("这次合并已经撤销", "刷新页面查看")
    if merge.now_id != merge.kept_id:
        words = "保留的档案后来又并入了另一份档案"
        raise Refused([Blocker("LATER", words, "先撤销后一次合并，再撤销这一次")])
    done = {"undone_at": clock.now(), "undone_by": actor.name, "undo_reason": reason.strip()[:300]}
    Merge.objects.everywhere(WHY).filter(pk=merge.pk, undone_at__isnull=True).update(**done)
    before = _kept(merge)
    undone = _put_back(merge, orjson.loads(merge.opened()["rows"]))
    Merge.objects.everywhere(WHY).filter(pk=merge.pk).update(is_restored=undone.is_restored)
    kept = _kept(merge)
    told = {"merge": str(merge.uid), "back": undone.back, "gone": undone.gone}
    for person in (undone.lost, kept):
        place = Concern(person.pk, person.household_area)
        event = record(actor, "person.unmerged", person, concern=place, reason=reason, **told)
    if texts := texts_between(values_of(before), values_of(kept)):
        keep_change(kept, texts, Origin(Source.REVERSE, event, reason, actor.account_id, actor.name))
    return undone


def _kept(merge: Merge) -> Person:
    return Person.objects.everywhere(WHY).get(pk=merge.kept_id)


def _put_back(merge: Merge, rows: dict[str, Any]) -> Undone:
    try:
        with transaction.atomic():
            is_restored = _restore_kept(merge, rows)
            raw.insert(Person, rows["lost"])
            insert_names([merge.lost_id], [rows["lost"]["name"]])
            back, gone = moving.move_back(rows, merge.kept_id)
    except IntegrityError:
        raise Refused([TAKEN]) from None
    pairs = SuspectPair.objects.everywhere(WHY)
    pairs.filter(pk__in=[*rows["pair"], *rows["pairs"]]).update(
        status=PairStatus.OPEN, note="", actor="", decided_at=None
    )
    Merge.objects.everywhere(WHY).filter(pk__in=rows["led"]).update(now_id=merge.lost_id)
    lost = Person.objects.everywhere(WHY).get(pk=merge.lost_id)
    return Undone(lost, back, gone, is_restored)


def _give_number_back(merge: Merge, was: dict[str, Any]) -> None:
    """Where the kept file still bears the number of the lost one, it gets its own again, with what hangs on it."""
    kept = _kept(merge)
    if bytes(kept.id_number_index) != bytes(merge.lost_number_index):
        return
    before = Person(uid=kept.uid, secret=raw.plain(was["secret"]))
    kept.seal({**kept.opened(), "id_number": before.opened()["id_number"]})
    own = {"id_number_index": merge.kept_number_index, "birth_on": was["birth_on"], "sex": was["sex"]}
    Person.objects.everywhere(WHY).filter(pk=kept.pk).update(**own, secret=kept.secret, row_digest=None)


def _restore_kept(merge: Merge, rows: dict[str, Any]) -> bool:
    """The kept file as it was before; False when it was changed since, which stays."""
    (now,) = raw.read(Person, "id", [merge.kept_id])
    was = rows["kept"]
    if raw.print_of(now) != rows["print"]:
        _give_number_back(merge, was)
        return False
    changed = {name: value for name, value in was.items() if value != now[name]}
    if changed:
        raw.update(Person, [merge.kept_id], changed)
    if "name" in changed:
        remove_names([merge.kept_id])
        insert_names([merge.kept_id], [was["name"]])
    return True
