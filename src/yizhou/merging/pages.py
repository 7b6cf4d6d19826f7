"""What the pages of duplicates show."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from typing import Any

from django.http import Http404
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker
from yizhou.core.scope import is_code
from yizhou.ledgers.columns import code_name
from yizhou.ledgers.exporting import masked
from yizhou.merging import joining, moving
from yizhou.merging.actions.find import FIND
from yizhou.merging.actions.judge import JUDGE
from yizhou.merging.actions.merge import MERGE
from yizhou.merging.actions.undo import UNDO
from yizhou.merging.models import FindingRun, Merge, PairQuerySet, RunStatus, Strength, SuspectPair
from yizhou.merging.rules import EVIDENCE
from yizhou.orgs.queries import full_division_name
from yizhou.people.models import Person
from yizhou.people.sensitive import HIDDEN, column, hidden

SHOWN = 60
MOST_DONE = 200
STATES = {Strength.CERTAIN: "warn", Strength.PROBABLE: "info"}
SIDES = {joining.KEPT: "保留", joining.LOST: "并入", joining.BOTH: "两份合在一起"}


def list_page(actor: Actor, query: Mapping[str, str], refused: Sequence[Blocker] = ()) -> dict[str, Any]:
    """The queue, the surest first: one page of it, from ``after`` on."""
    found = _filtered(actor, query)
    after = query.get("after", "")
    rows = found.filter(pk__gt=int(after)) if after.isdecimal() and len(after) < 19 else found
    pairs = list(rows.order_by("id")[: SHOWN + 1])
    shown = pairs[:SHOWN]
    query = {name: query[name] for name in ("area", "strength") if query.get(name)}
    more = {**query, "after": str(shown[-1].pk)} if len(pairs) > SHOWN else {}
    return {
        "rows": _rows(shown, actor),
        "counts": {label: found.filter(strength=code).count() for code, label in Strength.choices},
        "half": SuspectPair.objects.half_visible_to(actor).open().count(),
        "chips": _chips(query),
        "more_url": _address(more) if more else "",
        "run": _run(),
        "may_find": actor.may(FIND),
        "may_judge": actor.may(JUDGE),
        "may_merge": actor.may(MERGE),
        "refused": refused,
    }


def _filtered(actor: Actor, query: Mapping[str, str]) -> PairQuerySet:
    found = SuspectPair.objects.visible_to(actor).open()
    if query.get("strength") in Strength.values:
        found = found.filter(strength=query["strength"])
    area = query.get("area", "")
    return found.in_area(area) if is_code(area) else found


def _address(query: Mapping[str, str]) -> str:
    words = "&".join(f"{name}={value}" for name, value in query.items())
    return reverse("merging:list") + (f"?{words}" if words else "")


def _chips(query: Mapping[str, str]) -> list[dict[str, Any]]:
    rest = {name: value for name, value in query.items() if name != "strength"}
    options = [
        {"label": label, "url": _address({**rest, "strength": code})} for code, label in Strength.choices
    ]
    value = dict(Strength.choices).get(query.get("strength", ""), "")
    return [{"label": "把握", "value": value, "clear_url": _address(rest), "options": options}]


def _rows(pairs: Sequence[SuspectPair], actor: Actor) -> list[dict[str, Any]]:
    people = _people(pairs, actor)
    return [
        {
            "uid": str(pair.uid),
            "url": pair.get_absolute_url(),
            "files": [
                _line(person) for person in joining.better(people[pair.first_id], people[pair.second_id])
            ],
            "why": _why(pair),
            "strength": Strength(pair.strength).label,
            "state": STATES[Strength(pair.strength)],
        }
        for pair in pairs
        if pair.first_id in people and pair.second_id in people
    ]


def _people(pairs: Sequence[SuspectPair], actor: Actor) -> dict[int, Person]:
    ids = {side for pair in pairs for side in (pair.first_id, pair.second_id)}
    return Person.objects.visible_to(actor).in_bulk(ids)


def _line(person: Person) -> dict[str, str]:
    number = masked(column("id_number"), person.opened().get("id_number", ""))
    place = full_division_name(person.household_area)
    return {"name": person.name, "note": f"{number} · {person.birth_on} · {place}"}


def _why(pair: SuspectPair) -> str:
    return "；".join(EVIDENCE[code] for code in pair.rules.split(";"))


def _run() -> dict[str, Any]:
    """The last search in words."""
    run = FindingRun.objects.order_by("-id").first()
    if run is None:
        return {"words": "还没有查找过", "under_way": False, "percent": 0}
    under_way = run.status in (RunStatus.WAITING, RunStatus.RUNNING)
    words = f"{clock.minute_of(run.asked_at)} {run.actor}发起，{RunStatus(run.status).label}"
    if run.status == RunStatus.DONE:
        words += f"：比对 {run.people:,} 人，新进队列 {run.opened:,} 对"
    return {"words": words, "under_way": under_way, "percent": run.progress}


def pair_or_404(uid: uuid.UUID, actor: Actor) -> SuspectPair:
    """A pair that waits; absent, decided and out of sight are the same 404."""
    pair = SuspectPair.objects.visible_to(actor).open().filter(uid=uid).first()
    if pair is None:
        raise Http404
    return pair


def chosen_pairs(uids: Sequence[str], actor: Actor) -> list[SuspectPair]:
    """Pairs that were ticked, as far as they wait and the actor sees them."""
    wanted = []
    for text in uids:
        try:
            wanted.append(uuid.UUID(text))
        except ValueError:
            continue
    return list(SuspectPair.objects.visible_to(actor).open().filter(uid__in=wanted).order_by("id"))


def settle_page(
    pairs: Sequence[SuspectPair], verdict: str, note: str, actor: Actor, refused: Sequence[Blocker] = ()
) -> dict[str, Any]:
    """What would be done with the ticked pairs, before it is done."""
    return {
        "rows": _rows(pairs, actor),
        "verdict": verdict,
        "verdict_words": "合并" if verdict == "merge" else "确认是两人",
        "note": note,
        "refused": refused,
    }


def files_of(pair: SuspectPair, actor: Actor, keep: str = "") -> tuple[Person, Person]:
    """The file to keep and the other one: as asked for by public id, else as suggested."""
    people = _people([pair], actor)
    kept, lost = joining.better(people[pair.first_id], people[pair.second_id])
    return (lost, kept) if keep == str(lost.uid) else (kept, lost)


def pair_page(
    pair: SuspectPair, actor: Actor, query: Mapping[str, str], refused: Sequence[Blocker] = ()
) -> dict[str, Any]:
    """Both files side by side, field by field, with what hangs on each."""
    kept, lost = files_of(pair, actor, query.get("keep", ""))
    mine, theirs = joining.texts_of(kept), joining.texts_of(lost)
    sides = joining.sides_for(kept, lost, query, actor)
    columns = [c for c in joining.people_ledger().layout.columns if mine[c.field] or theirs[c.field]]
    return {
        "title": f"{kept.name}：是不是同一人",
        "why": _why(pair),
        "strength": Strength(pair.strength).label,
        "files": [_side(kept), _side(lost)],
        "keep": str(kept.uid),
        "swap_url": f"{pair.get_absolute_url()}?keep={lost.uid}",
        "seen": joining.state_of(kept, lost),
        "rows": [_field(c, mine[c.field], theirs[c.field], sides, actor) for c in columns],
        "merge_url": reverse("merging:merge", args=[pair.uid]),
        "judge_url": reverse("merging:judge", args=[pair.uid]),
        "may_judge": actor.may(JUDGE),
        "may_merge": actor.may(MERGE),
        "note": query.get("note", ""),
        "refused": refused,
    }


def _side(person: Person) -> dict[str, Any]:
    hanging = moving.counts(person.pk)
    return {
        "name": person.name,
        "url": person.get_absolute_url(),
        "note": f"{code_name('person_category', person.category)} · {person.collected_on} 采集",
        "hanging": [{"label": words, "value": f"{count} 条"} for words, count in hanging.items()],
    }


def _field(found: Any, mine: str, theirs: str, sides: Mapping[str, str], actor: Actor) -> dict[str, Any]:
    shut = hidden(found.field, actor)
    shown = [(HIDDEN if text else "") if shut else masked(found, text) for text in (mine, theirs)]
    differs = found.field in sides
    offered = [joining.KEPT, joining.LOST, *([joining.BOTH] if found.field == joining.CATEGORIES else [])]
    return {
        "label": found.header,
        "name": found.field,
        "kept": shown[0],
        "lost": shown[1],
        "differs": differs,
        "side": sides.get(found.field, ""),
        "options": [[side, SIDES[side]] for side in offered] if differs and not shut else [],
    }


def next_url(actor: Actor, after: int) -> str:
    """The next pair that waits, for who decides one after the other; the list when none does."""
    waiting = SuspectPair.objects.visible_to(actor).open().order_by("id")
    pair = waiting.filter(pk__gt=after).first() or waiting.first()
    return pair.get_absolute_url() if pair else reverse("merging:list")


def done_page(actor: Actor, refused: Sequence[Blocker] = ()) -> dict[str, Any]:
    """Merges, newest first, with the way to take one back."""
    merges = list(Merge.objects.visible_to(actor).select_related("now").order_by("-id")[:MOST_DONE])
    return {"rows": [_done(merge, actor) for merge in merges], "shown": MOST_DONE, "refused": refused}


def _done(merge: Merge, actor: Actor) -> dict[str, Any]:
    may = actor.may(UNDO) and merge.undone_at is None and merge.now_id == merge.kept_id
    undone = (
        f"{clock.minute_of(merge.undone_at)} {merge.undone_by}：{merge.undo_reason}"
        if merge.undone_at
        else ""
    )
    return {
        "title": f"{merge.lost_name} → {merge.now.name}",
        "url": merge.now.get_absolute_url(),
        "note": merge.note,
        "counts": f"转入 {merge.moved} 条" + (f"，另存重复的 {merge.aside} 条" if merge.aside else ""),
        "by": f"{clock.minute_of(merge.merged_at)} {merge.actor}",
        "undone": undone,
        "undo_url": reverse("merging:undo", args=[merge.uid]) if may else "",
    }


def merge_or_404(uid: uuid.UUID, actor: Actor) -> Merge:
    """A merge in the actor's sight."""
    merge = Merge.objects.visible_to(actor).filter(uid=uid).first()
    if merge is None:
        raise Http404
    return merge
