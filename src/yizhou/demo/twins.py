"""People who are on file twice, with one mistake in the second file, and what a clerk has made of one such pair."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import polars as pl

from yizhou.core.facts import read_toml
from yizhou.core.id_numbers import check_character
from yizhou.core.refusal import Refused
from yizhou.demo.live import Cast
from yizhou.merging.actions import begin_search, merge_people
from yizhou.merging.jobs import carry_out
from yizhou.merging.joining import better
from yizhou.merging.models import SuspectPair
from yizhou.orgs.queries import console_actor

KINDS = ("digit", "swap", "homophone", "moved")
OF_EACH, EVERY = 2, 7
HOME = (
    "village",
    "county",
    "place",
    "urban",
    "household_area",
    "household_address",
    "residence_area",
    "residence_address",
)
"""What stays with the house when somebody is filed once more in another."""
WHY = "the demonstration's own people"


def with_twins(people: pl.DataFrame) -> pl.DataFrame:
    """The same number of people, of whom a handful are the second file of another."""
    rows = people.rows(named=True)
    taken = {row["id_number"] for row in rows}
    alone = [place for place, row in enumerate(rows) if row["household_kind"] == "VET1"][3::EVERY]
    places = iter(alone)
    for kind in KINDS * OF_EACH:
        written = next(_written(kind, rows, places, taken), None)
        if written is None:
            break
        place, row = written
        taken.add(row["id_number"])
        rows[place] = row
    return pl.DataFrame(rows, schema=people.schema)


def _written(
    kind: str, rows: list[dict[str, Any]], places: Iterator[int], taken: set[str]
) -> Iterator[tuple[int, dict[str, Any]]]:
    """Second files of people to whom such a mistake can happen, each over somebody else's place."""
    heard = dict(read_toml("demo/names.toml")["heard"])
    for first, second in zip(places, places, strict=False):
        was, over = rows[first], rows[second]
        row = {**was, "household_no": over["household_no"]}
        if kind == "homophone":
            row["name"] = was["name"][0] + "".join(heard.get(sign, sign) for sign in was["name"][1:])
        if kind == "moved":
            row |= {name: over[name] for name in HOME}
        row["id_number"] = _wrong(was["id_number"], swap=kind == "swap")
        same_house = kind == "moved" and was["village"] == over["village"]
        unheard = kind == "homophone" and row["name"] == was["name"]
        if row["id_number"] not in taken and not same_house and not unheard:
            yield second, row


def _wrong(number: str, *, swap: bool) -> str:
    """A number that passes every check: two digits of its sequence swapped, or one of them another."""
    hundreds, tens = number[14], number[15]
    wrong = f"{tens}{hundreds}" if swap else f"{(int(hundreds) + 3) % 10}{tens}"
    first = number[:14] + wrong + number[16]
    return first + check_character(first)


def settle_one() -> None:
    """Search, and let a clerk of the county join one pair; the others wait on the page."""
    carry_out(begin_search(actor=console_actor()))
    cast = Cast()
    for pair in SuspectPair.objects.everywhere(WHY).open().select_related("first", "second").order_by("-id"):
        clerk = cast.somebody("BUREAU_STAFF", pair.first.household_area)
        if clerk is None or not SuspectPair.objects.visible_to(clerk).filter(pk=pair.pk).exists():
            continue
        kept, lost = better(pair.first, pair.second)
        try:
            merge_people(kept, lost, "本人持身份证到站核对，是同一人", actor=clerk)
        except Refused:
            # Something stands in both files and is referred to; the next pair will do.
            continue
        return
