"""The catalogue as it stands in ``data/`` and the site's overlay, read once per process."""

from __future__ import annotations

from datetime import date
from functools import cache

from yizhou.catalogue.rules import Bundle, Catalogue, Item, ItemVersion, Sources, read_catalogue
from yizhou.core.facts import read_all, read_toml
from yizhou.policy.queries import vocabulary
from yizhou.policy.rules import Clause, Judgement, Node, amount_fen, judge
from yizhou.policy.rules.judge import Facts


@cache
def catalogue() -> Catalogue:
    """Every item, bundle, stage and department, checked. Raises FactError."""
    sources = Sources(
        items=read_all("items"),
        bundles=read_all("bundles"),
        stages=read_toml("stages.toml"),
        departments=read_toml("departments.toml"),
        rings={entry["code"] for entry in read_toml("dictionaries/ring.toml")["entry"]},
    )
    return read_catalogue(sources, vocabulary())


def items_on(day: date) -> list[tuple[Item, ItemVersion]]:
    """Every item in force on a day with its version, in the order of the life cycle."""
    pairs = ((item, item.on(day)) for item in catalogue().items.values())
    return [(item, version) for item, version in pairs if version is not None]


def item(code: str, on: date) -> ItemVersion:
    """The version of an item in force on a day. Raises KeyError where there is none."""
    version = catalogue().items[code].on(on)
    if version is None:
        raise KeyError(code)
    return version


def bundle(code: str) -> Bundle:
    """A bundle by its code, as ``return_home``. Raises KeyError."""
    return catalogue().bundles[code]


def search(text: str, on: date) -> list[tuple[Item, ItemVersion]]:
    """Items whose code, name, target or materials hold every word of the text; matches in the name first."""
    words = text.lower().split()

    def place(pair: tuple[Item, ItemVersion]) -> int | None:
        found, version = pair
        name = f"{found.code} {version.name}".lower()
        everything = f"{name} {version.target} {' '.join(version.materials)}".lower()
        if not all(word in everything for word in words):
            return None
        return 0 if all(word in name for word in words) else 1

    ranked = [(place(pair), pair) for pair in items_on(on)] if words else []
    return [pair for rank in (0, 1) for found, pair in ranked if found == rank]


def clauses(code: str, on: date) -> tuple[Clause, ...]:
    """The parsed eligibility clauses of an item on a day; empty where the file keeps only text."""
    return catalogue().clauses[code, item(code, on).since]


def amount(code: str, on: date) -> Node | None:
    """The parsed amount of an item on a day, or None where it pays nothing by formula."""
    return catalogue().amounts.get((code, item(code, on).since))


def judge_item(code: str, facts: Facts, on: date) -> tuple[Judgement, int | None]:
    """Whether a person is eligible on a day, and the amount in 分 (None: not eligible or not known)."""
    judgement = judge(clauses(code, on), facts, on, vocabulary())
    formula = amount(code, on)
    if formula is None or judgement.eligible is False:
        return judgement, None
    return judgement, amount_fen(formula, facts, on)
