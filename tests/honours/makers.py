"""Rows of honours, written straight into the tables."""

import datetime as dt
import itertools
from typing import Any

from tests.indicators.makers import COUNTY, index
from yizhou.honours.models import Award, HonourArchive, MediaAsset
from yizhou.people.models import Person

_numbers = itertools.count(1)
DAY = dt.date(2025, 6, 1)


def award(kind: str, on: dt.date = DAY, *, who: str = "", **values: Any) -> Award:
    """A commendation of an organisation, or of the person ``who``."""
    given = {
        "award_no": f"A{next(_numbers)}",
        "award_kind": kind,
        "recipient_type": "PERSON" if who else "ORG",
        "recipient": who or "中心",
        "id_number_index": index(who) if who else None,
        "awarded_on": on,
        "area": COUNTY,
    }
    return Award.objects.create(**(given | values))


def archive(of: Person, on: dt.date | None = DAY, **values: Any) -> HonourArchive:
    """An archive with one piece of each kind."""
    given = {
        "person": of,
        "opened_on": dt.date(2020, 1, 1),
        "completed_on": on,
        "status": "COMPLETE",
        "ledger_items": 1,
        "archive_items": 1,
        "image_items": 1,
        "video_items": 1,
    }
    return HonourArchive.objects.create(**(given | values))


def asset(kind: str, on: dt.date = DAY, **values: Any) -> MediaAsset:
    """Ten pieces that passed."""
    number = next(_numbers)
    given = {
        "asset_no": f"M{number}",
        "work_no": f"W{number}",
        "kind": kind,
        "title": "资料",
        "pieces": 10,
        "made_on": on,
        "review": "PASS",
        "area": COUNTY,
    }
    return MediaAsset.objects.create(**(given | values))
