"""What was typed into the forms of archives, as the actions take it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping

from yizhou.archives.actions.keeping import Arrival, Line
from yizhou.archives.models import Way
from yizhou.archives.rules import Wish


def day_of(text: str) -> dt.date | None:
    """A day; nonsense counts as not said, and the action tells what is missing."""
    try:
        return dt.date.fromisoformat(text.strip())
    except ValueError:
        return None


def arrival_of(sent: Mapping[str, str]) -> Arrival:
    """When the paper came, from whom, where it is put."""
    return Arrival(
        day_of(sent.get("received_on", "")), sent.get("received_from", "")[:80], sent.get("shelf", "")[:60]
    )


def line_of(sent: Mapping[str, str]) -> Line:
    """A line of the catalogue."""
    sheets = sent.get("sheets", "").strip()
    return Line(
        kind=sent.get("kind", ""),
        title=sent.get("title", ""),
        made_on=day_of(sent.get("made_on", "")),
        sheets=int(sheets) if sheets.isascii() and sheets.isdigit() and len(sheets) < 6 else 0,
        is_copy=sent.get("is_copy") == "1",
        remark=sent.get("remark", ""),
    )


def wish_of(sent: Mapping[str, str]) -> Wish:
    """What somebody asks for."""
    is_loan = sent.get("way") == Way.LOAN
    return Wish(is_loan, sent.get("taker", ""), sent.get("purpose", ""), day_of(sent.get("until", "")))
