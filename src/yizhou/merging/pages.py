"""What the pages of duplicates show."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from functools import partial
from types import MappingProxyType
from typing import Any

from django.http import Http404
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker
from yizhou.ledgers.columns import Column, code_name
from yizhou.ledgers.exporting import masked
from yizhou.merging import joining, moving
from yizhou.merging.actions.find import FIND
from yizhou.merging.actions.judge import JUDGE
from yizhou.merging.actions.merge import MERGE
from yizhou.merging.actions.undo import UNDO
from yizhou.merging.models import FindingRun, Merge, RunStatus, SecondStatus, Strength, SuspectPair
from yizhou.merging.second import is_installed
from yizhou.merging.wanted import Wanted, beyond
from yizhou.merging.weighing import told
from yizhou.orgs.queries import full_division_name
from yizhou.people.models import Person
from yizhou.people.sensitive import HIDDEN, column, hidden

SHOWN = 60
DONE_SHOWN = 50
STATES = {Strength.CERTAIN: "warn", Strength.PROBABLE: "info"}
SIDES = {joining.KEPT: "保留", joining.LOST: "并入", joining.BOTH: "两份合在一起"}
RESTORED = {
    True: "保留的档案已恢复到合并之前",
    False: "保留的档案在合并之后更正过，更正的内容保留不动",
}
ABSENT = "未安装第二意见（有 {:,} 份档案没有可信的证件号；由运维执行 make matching 后重新查找）"


def list_page(actor: Actor, query: Mapping[str, str], refused: Sequence[Blocker] = ()) -> dict[str, Any]:
    """The queue, the surest first: one page of it, after the pair whose public id is ``after``."""
    wanted = Wanted.of(query)
    found = wanted.pairs(actor)
    anchor = found.filter(uid=after).first() if (after := _uid(query.get("after", ""))) else None
    pairs = list((beyond(found, anchor) if anchor else found)[: SHOWN + 1])
    shown = pairs[:SHOWN]
    return {
        "rows": _rows(shown, actor, wanted),
        "counts": {label: found.filter(strength=code).count() for code, label in Strength.choices},
        "half": SuspectPair.objects.half_visible_to(actor).open().count(),
        "chips": wanted.chips(actor),
        "asked": wanted.q,
        "filters": wanted.kept,
        "clear_url": reverse("merging:list"),
        "more_url": wanted.url(after=shown[-1].uid) if len(pairs) > SHOWN else "",
        "run": _run(),
        "may_find": actor.may(FIND),
        "may_judge": actor.may(JUDGE),
        "may_merge": actor.may(MERGE),
        "refused": refused,
    }


def _uid(text: str) -> uuid.UUID | None:
    try:
        return uuid.UUID(text)
    except ValueError:
        return None


def _rows(pairs: Sequence[SuspectPair], actor: Actor, wanted: Wanted) -> list[dict[str, Any]]:
    people = _people(pairs, actor)
    return [
        {
            "uid": str(pair.uid),
            "url": wanted.pair_url(pair),
            "files": [
                _line(person) for person in joining.better(people[pair.first_id], people[pair.second_id])
            ],
            "why": pair.why,
            "strength": _sureness(pair),
            "state": STATES[Strength(pair.strength)],
        }
        for pair in pairs
        if pair.first_id in people and pair.second_id in people
    ]


def _sureness(pair: SuspectPair) -> str:
    label = Strength(pair.strength).label
    return label if pair.percent is None else f"{label} {pair.percent}%"


def _people(pairs: Sequence[SuspectPair], actor: Actor) -> dict[int, Person]:
    ids = {side for pair in pairs for side in (pair.first_id, pair.second_id)}
    return Person.objects.visible_to(actor).in_bulk(ids)


def _line(person: Person) -> dict[str, str]:
    number = masked(column("id_number"), person.opened().get("id_number", ""))
    place = full_division_name(person.household_area)
    return {"name": person.name, "note": f"{number} · {person.birth_on} · {place}"}


def _run() -> dict[str, Any]:
    """The last search in words, and what became of the second opinion."""
    run = FindingRun.objects.order_by("-id").first()
    if run is None:
        words = "" if is_installed() else "未安装第二意见（没有可信证件号的档案只按本系统的规则比对）"
        return {"words": "还没有查找过", "second": words, "under_way": False, "percent": 0}
    under_way = run.status in (RunStatus.WAITING, RunStatus.RUNNING)
    words = f"{clock.minute_of(run.asked_at)} {run.actor}发起，{RunStatus(run.status).label}"
    if run.status == RunStatus.DONE:
        words += f"：比对 {run.people:,} 人，新进队列 {run.opened:,} 对"
    return {"words": words, "second": _second(run), "under_way": under_way, "percent": run.progress}


def _second(run: FindingRun) -> str:
    if run.second == SecondStatus.ABSENT:
        return ABSENT.format(run.bare)
    if run.second == SecondStatus.ANSWERED:
        return f"没有可信证件号的档案 {run.bare:,} 份，第二意见（概率比对）另找到 {run.second_found:,} 对"
    return f"{SecondStatus(run.second).label}" if run.second else ""


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
    pairs: Sequence[SuspectPair], sent: Mapping[str, str], actor: Actor, refused: Sequence[Blocker] = ()
) -> dict[str, Any]:
    """What would be done with the ticked pairs, before it is done."""
    wanted, verdict, note = Wanted.of(sent), sent.get("verdict", ""), sent.get("note", "")
    return {
        "rows": _rows(pairs, actor, wanted),
        "filters": wanted.kept,
        "back_url": wanted.url(),
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
    wanted = Wanted.of(query)
    kept, lost = files_of(pair, actor, query.get("keep", ""))
    mine, theirs = joining.texts_of(kept), joining.texts_of(lost)
    sides = joining.sides_for(kept, lost, query, actor)
    columns = [c for c in joining.people_ledger().layout.columns if mine[c.field] or theirs[c.field]]
    fields = [_field(c, (mine[c.field], theirs[c.field]), actor) for c in columns]
    for field in fields:
        field |= {"side": sides.get(field["name"], "")}
    return {
        "title": f"{kept.name}：是不是同一人",
        "why": pair.why,
        "strength": _sureness(pair),
        "opinion": _opinion(pair),
        "files": [_side(kept), _side(lost)],
        "keep": str(kept.uid),
        "swap_url": wanted.pair_url(pair, keep=lost.uid),
        "back_url": wanted.url(),
        "filters": wanted.kept,
        "seen": joining.state_of(kept, lost),
        "differing": [field for field in fields if field["side"]],
        "alike": [{"label": field["label"], "value": field["kept"]} for field in fields if not field["side"]],
        "merge_url": reverse("merging:merge", args=[pair.uid]),
        "judge_url": reverse("merging:judge", args=[pair.uid]),
        "may_judge": actor.may(JUDGE),
        "may_merge": actor.may(MERGE),
        "note": query.get("note", ""),
        "refused": refused,
    }


def _opinion(pair: SuspectPair) -> dict[str, Any] | None:
    """What the second opinion goes by; None for pairs of our own rules."""
    if pair.percent is None:
        return None
    speaks_for, against = told(pair.opinion)
    return {"percent": pair.percent, "for": "、".join(speaks_for), "against": "、".join(against)}


def _side(person: Person) -> dict[str, Any]:
    hanging = moving.counts(person.pk)
    return {
        "name": person.name,
        "url": person.get_absolute_url(),
        "note": f"{code_name('person_category', person.category)} · {person.collected_on} 采集",
        "hanging": [{"label": words, "value": f"{count} 条"} for words, count in hanging.items()],
    }


def _field(found: Column, texts: tuple[str, str], actor: Actor) -> dict[str, Any]:
    """One column of both files as it may be shown, and whose value can be chosen."""
    shut = hidden(found.field, actor)
    tell = full_division_name if found.kind == "area" else partial(masked, found)
    shown = [(HIDDEN if text else "") if shut else tell(text) for text in texts]
    offered = [joining.KEPT, joining.LOST, *([joining.BOTH] if found.field == joining.CATEGORIES else [])]
    return {
        "label": found.header,
        "name": found.field,
        "kept": shown[0],
        "lost": shown[1],
        "options": [] if shut else [[side, SIDES[side]] for side in offered],
    }


def done_page(
    actor: Actor, query: Mapping[str, str] = MappingProxyType({}), refused: Sequence[Blocker] = ()
) -> dict[str, Any]:
    """Merges, newest first, with the way to take one back; ``undone`` names the one that just was."""
    found = Merge.objects.visible_to(actor).select_related("now").order_by("-id")
    anchor = found.filter(uid=after).first() if (after := _uid(query.get("after", ""))) else None
    merges = list((found.filter(pk__lt=anchor.pk) if anchor else found)[: DONE_SHOWN + 1])
    shown = merges[:DONE_SHOWN]
    undone = found.filter(uid=just).first() if (just := _uid(query.get("undone", ""))) else None
    path = reverse("merging:done")
    return {
        "rows": [_done(merge, actor) for merge in shown],
        "first_url": path if anchor else "",
        "more_url": f"{path}?after={shown[-1].uid}" if len(merges) > DONE_SHOWN else "",
        "told": f"已撤销：{undone.lost_name}的档案恢复原样。{_restored(undone)}" if undone else "",
        "refused": refused,
    }


def _restored(merge: Merge) -> str:
    """What became of the kept file; nothing is known of what was undone before that was noted."""
    return "" if merge.is_restored is None else RESTORED[merge.is_restored]


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
        "restored": _restored(merge),
        "undo_url": reverse("merging:undo", args=[merge.uid]) if may else "",
    }


def merge_or_404(uid: uuid.UUID, actor: Actor) -> Merge:
    """A merge in the actor's sight."""
    merge = Merge.objects.visible_to(actor).filter(uid=uid).first()
    if merge is None:
        raise Http404
    return merge
