"""Searching all files for duplicates, and bringing the queue up to date with what was found."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

import polars as pl
from django.db import IntegrityError, transaction
from django.db.models import Q

from yizhou.core import clock, crypto
from yizhou.core.actor import Actor
from yizhou.core.keys import keyring
from yizhou.core.refusal import Blocker, Refused
from yizhou.events.actions import action
from yizhou.events.recording import record
from yizhou.merging.models import FindingRun, PairStatus, SecondStatus, SuspectPair
from yizhou.merging.queries.comparing import compared, compared_around
from yizhou.merging.rules import CERTAIN, EVIDENCE, PROBABLE, SECOND, find_pairs
from yizhou.merging.second import EMPTY, is_installed, second_pairs
from yizhou.people.models import Person

FIND = "merging.find_pairs"
SLICE = 500
SCORES = {CERTAIN: 1.0, PROBABLE: 0.8}
"""How sure a pair is, as a number for programs."""
UNANSWERED = (SecondStatus.ABSENT, SecondStatus.FAILED)
WHY = "the queue is one for all areas; its readers see their own"
Progress = Callable[[str, float], None]


@action(FIND)
def begin_search(*, actor: Actor) -> FindingRun:
    """Ask the worker for a search. Raises ``Refused`` while one waits or is under way."""
    try:
        with transaction.atomic():
            run = FindingRun.objects.create(actor=actor.name, asked_at=clock.now())
    except IntegrityError:
        raise Refused([Blocker("UNDER_WAY", "查重正在进行", "完成后刷新本页即可看到结果")]) from None
    record(actor, "duplicates.searched")
    return run


@action(FIND)
def search_duplicates(progress: Progress, *, actor: Actor) -> dict[str, Any]:
    """Compare all files and bring the queue up to date; what was decided stays decided while its grounds stay.

    Answers how many people were compared, how many pairs are alike, how many of them are new in the queue, and what
    became of the second opinion on files without a trusted number.
    """
    people = compared(lambda step, done: progress(step, 0.5 * done))
    pairs = find_pairs(people, lambda step, done: progress(step, 0.5 + 0.3 * done))
    progress("问第二意见", 0.8)
    further, asked = _further(people, pairs)
    progress("更新队列", 0.95)
    found = pl.concat([pairs, further], how="diagonal") if further.height else pairs
    opened = store_pairs(people, found, keep_second=asked["second"] in UNANSWERED)
    counted = {"people": people.height, "found": found.height, "opened": opened, **asked}
    record(actor, "duplicates.searched", None, **counted)
    return counted


def _further(people: pl.DataFrame, pairs: pl.DataFrame) -> tuple[pl.DataFrame, dict[str, Any]]:
    """Pairs that the second opinion adds, and what came of asking it."""
    bare = people.height - int(people["trusted"].sum())
    told = {"bare": bare, "second": SecondStatus.NOT_NEEDED, "second_found": 0}
    if not bare:
        return EMPTY, told
    if not is_installed():
        return EMPTY, {**told, "second": SecondStatus.ABSENT}
    further = second_pairs(people, pairs)
    if further is None:
        return EMPTY, {**told, "second": SecondStatus.FAILED}
    return further, {**told, "second": SecondStatus.ANSWERED, "second_found": further.height}


@action(FIND)
def search_around(ids: Sequence[int], *, actor: Actor) -> dict[str, Any]:
    """Compare some files, just imported or changed, with all others; answers like ``search_duplicates``.

    Only files that could be one person's by our own rules are opened; the second opinion waits for the night.
    """
    people = compared_around(ids)
    fresh = pl.col("a").is_in(ids) | pl.col("b").is_in(ids)
    pairs = find_pairs(people).filter(fresh)
    opened = store_pairs(people, pairs, around=ids, keep_second=True)
    counted: dict[str, Any] = {"people": people.height, "found": pairs.height, "opened": opened}
    record(actor, "duplicates.searched", None, around=len(ids), **counted)
    return counted


def store_pairs(
    people: pl.DataFrame, pairs: pl.DataFrame, *, around: Sequence[int] = (), keep_second: bool = False
) -> int:
    """Add new pairs, open those decided ones whose grounds have changed, close open ones that are alike no more.

    ``around`` are the files that were compared, when it was not all; ``keep_second`` leaves open what the second
    opinion found before, since it was not heard this time.
    """
    stored = SuspectPair.objects.everywhere(WHY)
    known = _known(around)
    new, changed, now = [], [], clock.now()
    for row, digest in zip(pairs.iter_rows(named=True), _digests(people, pairs), strict=True):
        pair = known.pop((row["a"], row["b"]), None)
        if pair is None:
            pair = SuspectPair(first_id=row["a"], second_id=row["b"], found_at=now)
            new.append(pair)
        elif bytes(pair.digest) == digest and pair.status != PairStatus.GONE:
            continue
        else:
            pair.found_at = now
            changed.append(pair)
        pair.rules, pair.agrees, pair.strength = row["rules"], row["agrees"], row["strength"]
        pair.percent, pair.opinion = row.get("percent"), row.get("opinion") or ""
        pair.digest, pair.status = digest, PairStatus.OPEN
    left = [pair for pair in known.values() if pair.status == PairStatus.OPEN]
    gone = [pair.pk for pair in left if not (keep_second and pair.rules == SECOND)]
    SuspectPair.objects.bulk_create(new, SLICE)
    fields = ["rules", "agrees", "strength", "percent", "opinion", "digest", "status", "found_at"]
    stored.bulk_update(changed, fields, SLICE)
    for start in range(0, len(gone), SLICE):
        stored.filter(pk__in=gone[start : start + SLICE]).update(status=PairStatus.GONE)
    return len(new) + len(changed)


def _known(around: Sequence[int]) -> dict[tuple[int, int], SuspectPair]:
    """Pairs of the queue that are not merged: all, or those with one of these files on either side."""
    stored = SuspectPair.objects.everywhere(WHY).exclude(status=PairStatus.MERGED)
    if not around:
        return {(p.first_id, p.second_id): p for p in stored}
    found: dict[tuple[int, int], SuspectPair] = {}
    for start in range(0, len(around), SLICE):
        some = around[start : start + SLICE]
        touching = stored.filter(Q(first__in=some) | Q(second__in=some))
        found |= {(p.first_id, p.second_id): p for p in touching}
    return found


def _digests(people: pl.DataFrame, pairs: pl.DataFrame) -> list[bytes]:
    """Keyed fingerprints of what makes each pair alike: the numbers, the rules, what agrees."""
    if not pairs.height:
        return []
    facts = pairs.join(people, left_on="a", right_on="id", maintain_order="left")
    facts = facts.join(
        people.select("id", "number"), left_on="b", right_on="id", suffix="_b", maintain_order="left"
    )
    return crypto.row_digest_many(keyring(), [_grounds(row) for row in facts.iter_rows(named=True)])


def _grounds(row: dict[str, Any]) -> str:
    agreeing = [f"{name}={row[name]}" for name in row["agrees"].split(";") if name]
    opinion = [row["opinion"]] if row.get("opinion") else []
    return "|".join([str(row["number"]), str(row["number_b"]), row["rules"], *agreeing, *opinion])


@action(FIND)
def listed_pairs(*, actor: Actor) -> list[dict[str, Any]]:
    """Open pairs with both identity numbers, for the console: logged as looking at them."""
    pairs = list(SuspectPair.objects.visible_to(actor).open().order_by("strength", "id"))
    record(actor, "duplicates.listed", None, pairs=len(pairs))
    numbers: dict[int, str] = {}
    ids = sorted({side for pair in pairs for side in (pair.first_id, pair.second_id)})
    for start in range(0, len(ids), SLICE):
        people = Person.objects.visible_to(actor).filter(pk__in=ids[start : start + SLICE])
        numbers |= {
            p.pk: p.opened().get("id_number", "") for p in people.only("uid", "secret", "household_area")
        }
    return [
        {
            "a": numbers[pair.first_id],
            "b": numbers[pair.second_id],
            "score": SCORES[pair.strength] if pair.percent is None else pair.percent / 100,
            "reasons": [EVIDENCE[code] for code in pair.rules.split(";")],
        }
        for pair in pairs
    ]
