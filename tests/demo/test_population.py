"""The fictional population: the same seed gives the same people, and the people ledger's check finds no error."""

import datetime as dt
import hashlib

import polars as pl
import pytest

from yizhou.core import id_numbers
from yizhou.demo.draw import Draw
from yizhou.demo.people import population
from yizhou.demo.places import places
from yizhou.ledgers.checking import Checked, Known, check
from yizhou.ledgers.columns import code_table, layouts
from yizhou.people.checks import people_rules

YEAR = 2025
LEVELS = {"市": "CITY", "县": "COUNTY", "乡镇街道": "TOWN", "村社区": "VILLAGE"}


def plain(texts: list[str]) -> list[bytes]:
    """Stands in for the keyed fingerprint, which needs an installation's keys."""
    return [text.encode() for text in texts]


def digest(people: pl.DataFrame) -> str:
    return hashlib.sha256(people.write_csv().encode()).hexdigest()


@pytest.fixture(scope="module")
def people() -> pl.DataFrame:
    return population(4000, YEAR, 1)


@pytest.fixture(scope="module")
def checked(people: pl.DataFrame) -> Checked:
    layout, day = layouts()["people"], dt.date(YEAR + 1, 6, 1)
    columns = [column for column in layout.columns if column.field in people.columns]
    sheet = people.select(
        (pl.int_range(pl.len(), dtype=pl.UInt32) + 2).alias("row_no"),
        *[pl.col(column.field).cast(pl.String).alias(column.header) for column in columns],
    )
    known = Known(
        day, {place.code: LEVELS[place.level] for place in places()}, lambda _column, _values: {}, plain
    )
    return check(layout, sheet, people_rules(day), known)


def test_the_same_seed_gives_the_same_people(people: pl.DataFrame) -> None:
    assert digest(population(4000, YEAR, 1)) == digest(people)
    assert digest(population(4000, YEAR, 2)) != digest(people)


def test_drawn_numbers_stay_the_same_for_ever() -> None:
    assert Draw(1, "test", 5).whole("number", 1, 100).to_list() == [96, 88, 2, 52, 39]


def test_no_row_is_rejected_and_about_three_in_a_hundred_carry_a_doubt(checked: Checked) -> None:
    assert (checked.rows, checked.rejected, checked.repeated) == (4000, 0, 0)
    # A handful are on file twice on purpose, which is a doubt of both files.
    doubts = checked.problems.filter(pl.col("rule") != "SAME_PERSON")
    assert 0.02 <= doubts["row_no"].n_unique() / checked.rows <= 0.04
    assert 4 <= checked.problems["row_no"].n_unique() - doubts["row_no"].n_unique() <= 16


def test_numbers_are_unique_and_belong_to_the_fictional_city(people: pl.DataFrame) -> None:
    numbers = people["id_number"]
    assert numbers.n_unique() == 4000
    assert set(numbers.str.slice(0, 6).unique()) == {"339902", "339921"}
    assert all(id_numbers.has_good_check(number) for number in numbers.head(200))


def test_every_category_and_both_groups_occur(people: pl.DataFrame) -> None:
    further = people["other_categories"].drop_nulls().str.split(";").explode()
    codes = set(people["category"].unique()) | set(further)
    missing = set(code_table("person_category").names) - codes
    assert missing <= {"V18", "D02"}, "so rare that four thousand people may lack them"


def test_families_share_a_household_and_veterans_are_of_all_ages(people: pl.DataFrame) -> None:
    sizes = people.group_by("household_no").len()["len"].value_counts().sort("len")
    assert sizes["len"].to_list() == [1, 2]
    assert sizes["count"][1] > 300
    ages = people.filter(pl.col("kind") == "VET")["age"]
    assert (ages.min(), ages.max()) == (22, 97)
    assert 48 <= ages.mean() <= 58


def test_some_files_are_incomplete_and_those_are_not_archived(checked: Checked) -> None:
    accepted = checked.accepted
    incomplete = accepted.filter(pl.col("education").is_null())
    assert 0.06 <= incomplete.height / 4000 <= 0.13
    assert incomplete["archived_on"].null_count() > 0.6 * incomplete.height
