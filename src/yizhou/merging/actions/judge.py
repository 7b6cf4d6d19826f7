"""Saying that pairs are two different people: kept, so that they do not come back."""

from __future__ import annotations

from collections.abc import Sequence

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record_many
from yizhou.merging.models import PairStatus, SuspectPair
from yizhou.people.models import Person

JUDGE = "merging.judge_pair"
NO_NOTE = Blocker("NOTE", "没有写明依据", "写明怎样核实的，例：两人均到站核对过身份证")
NONE_CHOSEN = Blocker("NONE", "没有选中任何一对", "勾选要处理的各对再提交")


@action(JUDGE)
def judge_pairs(pairs: Sequence[SuspectPair], note: str, *, actor: Actor) -> int:
    """Note that each pair is two people; returns how many. Writes ``pair.judged`` for each.

    Raises ``Refused`` without a note, ``Conflict`` when one of them was decided meanwhile.
    """
    if not pairs:
        raise Refused([NONE_CHOSEN])
    if not note.strip():
        raise Refused([NO_NOTE])
    ids = [pair.pk for pair in pairs]
    mine = SuspectPair.objects.visible_to(actor).open().filter(pk__in=ids)
    found = list(mine.values_list("pk", flat=True))
    stored = SuspectPair.objects.everywhere("found in the actor's scope").open().filter(pk__in=found)
    decided = {"note": note.strip()[:300], "actor": actor.name, "decided_at": clock.now()}
    if stored.update(status=PairStatus.DISTINCT, **decided) != len(ids):
        raise Conflict("选中的有几对已由他人裁决", "刷新页面后再选")
    people = Person.objects.visible_to(actor).in_bulk(
        [side for p in pairs for side in (p.first_id, p.second_id)]
    )
    record_many(
        actor,
        "pair.judged",
        [
            (
                person,
                Concern(person.pk, person.household_area),
                {"pair": str(pair.uid), "note": note.strip()[:300]},
            )
            for pair in pairs
            for person in (people[pair.first_id], people[pair.second_id])
        ],
    )
    return len(ids)
