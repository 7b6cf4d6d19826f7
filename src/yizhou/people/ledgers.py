"""The people ledger bound to its table: seals, search keys, completeness."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

import polars as pl
from django.db import connection

from yizhou.core import clock, crypto
from yizhou.core.bulk import is_postgres
from yizhou.core.keys import keyring
from yizhou.core.pinyin import name_keys_many
from yizhou.core.text import grams_many, spaced
from yizhou.exports.sources import SOURCES
from yizhou.ledgers.ledger import bind
from yizhou.ledgers.problems import RowRule
from yizhou.people.actions.change_log import PeopleKeeper
from yizhou.people.categories import mask_of
from yizhou.people.checks import people_rules
from yizhou.people.doubts import doubts_expr
from yizhou.people.essentials import missing_expr
from yizhou.people.models import FamilyMember, Person
from yizhou.people.plugs import ARRIVED, GONE_NUMBERS
from yizhou.people.queries.exporting import PEOPLE_LIST


def with_search_keys(rows: pl.DataFrame) -> pl.DataFrame:
    """Pinyin of the name, index of the phone's last four, category bits, missing essentials, doubts."""
    keys = name_keys_many(rows["name"].to_list())
    full = [key.full.split(" ", 2) for key in keys]
    initials = [key.initials.split(" ", 2) for key in keys]
    tails = rows["phone"].str.slice(-4).to_list()
    combined = pl.concat_str(pl.col("category"), pl.col("other_categories").fill_null(""), separator=";")
    rows = rows.with_columns(combined.alias("every_category"))
    every = rows["every_category"].unique().to_list()
    masks = [mask_of(filter(None, text.split(";"))) for text in every]
    return rows.with_columns(
        pl.Series("pinyin_full", [parts[0][:120] for parts in full]),
        pl.Series("pinyin_initials", [parts[0][:30] for parts in initials]),
        pl.Series("pinyin_full_other", [_other(parts, 120) for parts in full], dtype=pl.String),
        pl.Series("pinyin_initials_other", [_other(parts, 30) for parts in initials], dtype=pl.String),
        pl.Series("phone_tail", crypto.tail_index_many(keyring(), tails), dtype=pl.Int64),
        pl.col("every_category").replace_strict(every, masks, return_dtype=pl.Int64).alias("category_mask"),
        missing_expr(PEOPLE.layout).alias("missing_count"),
        doubts_expr(clock.today()).alias("doubts"),
    )


def _other(parts: list[str], longest: int) -> str | None:
    return parts[1][:longest] if len(parts) > 1 else None


def index_names(created: pl.DataFrame, updated: pl.DataFrame) -> None:
    """Bring the name index up to date, set-wise, and tell who looks for duplicates."""
    fresh: list[int] = created["id"].to_list()
    insert_names(fresh, created["name"].to_list())
    if updated.height:
        ids = updated["id"].to_list()
        remove_names(ids)
        insert_names(ids, updated["name"].to_list())
        fresh = fresh + ids
    for hear in ARRIVED.values():
        hear(fresh)


def insert_names(ids: list[int], names: list[str]) -> None:
    """Add names to the index of this database."""
    with connection.cursor() as cursor:
        if is_postgres():
            with cursor.cursor.copy("COPY people_search (rowid, name) FROM STDIN") as copy:
                for row in zip(ids, grams_many(names), strict=True):
                    copy.write_row(row)
            return
        pairs = zip(ids, map(spaced, names), strict=True)
        cursor.connection.cursor().executemany("INSERT INTO people_search (rowid, name) VALUES (?, ?)", pairs)


def remove_names(ids: list[int]) -> None:
    """Take names out of the index."""
    with connection.cursor() as cursor:
        cursor.executemany("DELETE FROM people_search WHERE rowid = %s", [(row_id,) for row_id in ids])


def every_rule(today: dt.date) -> Sequence[RowRule]:
    """The rules of the file, and that a file that was merged into another is not opened anew."""
    gone = pl.col("id_number").map_batches(_gone_numbers, return_dtype=pl.Boolean)
    words = "这个证件号的档案已并入同一人的另一份档案"
    remedy = "用保留的档案办理；确是另一人的，先由县局撤销合并"
    return [*people_rules(today), RowRule("MERGED", "身份证号", gone, words, remedy)]


def _gone_numbers(numbers: pl.Series) -> pl.Series:
    found = pl.repeat(value=False, n=len(numbers), dtype=pl.Boolean, eager=True)
    for gone in GONE_NUMBERS.values():
        found = found | pl.Series(gone(numbers.to_list()), dtype=pl.Boolean)
    return found


PEOPLE = bind(
    "people",
    Person,
    "person",
    rules_of_day=every_rule,
    derive=with_search_keys,
    after_load=index_names,
    keeper=PeopleKeeper(),
    person="id",
    date_field="collected_on",
    ring="axis",
    by_hand=False,
    on_axis=False,
)
bind(
    "family_members",
    FamilyMember,
    "family_member",
    links={"id_number": "person"},
    indexed={"member_id_number": "member_index"},
    ring="axis",
)
SOURCES.add("people", PEOPLE_LIST)
