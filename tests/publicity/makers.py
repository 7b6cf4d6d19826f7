"""Rows of publicity, written straight into the tables."""

import datetime as dt
import itertools
from typing import Any

from tests.indicators.makers import COUNTY
from yizhou.publicity.models import HonourWall, MediaArticle, PublicityEvent, PublicityMaterial, Video

_numbers = itertools.count(1)
DAY = dt.date(2025, 6, 1)


def school(accepted_on: dt.date | None = None, **values: Any) -> HonourWall:
    """A school that is to have a wall."""
    given = {
        "school_no": f"X{next(_numbers)}",
        "name": "学校",
        "stage": "PRIMARY",
        "area": COUNTY,
        "required": True,
        "accepted_on": accepted_on,
    }
    return HonourWall.objects.create(**(given | values))


def event(kind: str, on: dt.date = DAY, **values: Any) -> PublicityEvent:
    """An event that took place."""
    given = {
        "event_no": f"E{next(_numbers)}",
        "kind": kind,
        "title": "活动",
        "held_on": on,
        "status": "HELD",
        "area": COUNTY,
    }
    return PublicityEvent.objects.create(**(given | values))


def posters(issued: int, on: dt.date = DAY, **values: Any) -> PublicityMaterial:
    """Posters about the law."""
    given = {
        "issue_no": f"P{next(_numbers)}",
        "kind": "POSTER",
        "topic": "VETERANS_LAW",
        "title": "海报",
        "issued": issued,
        "issued_on": on,
        "area": COUNTY,
    }
    return PublicityMaterial.objects.create(**(given | values))


def article(number: str, media: str, on: dt.date = DAY, **values: Any) -> MediaArticle:
    """An article that a national medium took."""
    given = {
        "article_no": number,
        "title": "稿件",
        "media": media,
        "level": "NATIONAL",
        "published_on": on,
        "adopted": True,
        "area": COUNTY,
    }
    return MediaArticle.objects.create(**(given | values))


def reading(work: str, views: int, shown: dt.date, read: dt.date, **values: Any) -> Video:
    """What a platform had counted for a film of the series by a day."""
    given = {
        "work_no": work,
        "title": work,
        "kind": "MICRO_VIDEO",
        "series": "IMPRESSION",
        "platform": "抖音",
        "published_on": shown,
        "snapshot_on": read,
        "views": views,
        "area": COUNTY,
    }
    return Video.objects.create(**(given | values))
