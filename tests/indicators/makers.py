"""Rows of a small invented county, written straight into the tables: what a figure is counted from."""

import datetime as dt
import itertools
from typing import Any

from django.utils import timezone

from yizhou.core import crypto
from yizhou.core.keys import keyring
from yizhou.hall.models import HallReception, ServiceWindow
from yizhou.hotline.models import HotlineCall
from yizhou.indicators.queries import Figure, measure
from yizhou.indicators.scope import Scope
from yizhou.orgs.models import Division, StaffPost, Station
from yizhou.people.categories import mask_of
from yizhou.people.models import Person
from yizhou.visits.models import Visit

CITY, COUNTY, OTHER = "339900000000", "339901000000", "339902000000"
TOWN, FAR_TOWN = "339901001000", "339902001000"
VILLAGE, NEXT_VILLAGE, FAR_VILLAGE = "339901001201", "339901001202", "339902001201"
FIRST, LAST = dt.date(2025, 1, 1), dt.date(2025, 12, 31)
BEFORE, AFTER = dt.date(2024, 12, 31), dt.date(2026, 1, 1)
_numbers = itertools.count(1)


def at(text: str) -> dt.datetime:
    """A local moment: 2025-12-31 23:59:59."""
    return timezone.make_aware(dt.datetime.fromisoformat(text))


def figure(code: str, area: str = "", first: dt.date = FIRST, last: dt.date = LAST) -> Figure:
    """The indicator in the year 2025."""
    return measure(code, Scope(area, first, last))


def value(code: str, area: str = "") -> object:
    """Its value alone."""
    return figure(code, area).value


def rate(code: str, area: str = "") -> tuple[object, object, object]:
    """Numerator, denominator, value."""
    found = figure(code, area)
    return found.numerator, found.denominator, found.value


def divisions() -> None:
    """A city of two counties, each with one town; three villages."""
    rows = [
        (CITY, "示范市", "CITY", ""),
        (COUNTY, "东县", "COUNTY", CITY),
        (OTHER, "西县", "COUNTY", CITY),
        (TOWN, "东镇", "TOWN", COUNTY),
        (FAR_TOWN, "西镇", "TOWN", OTHER),
        (VILLAGE, "东一村", "VILLAGE", TOWN),
        (NEXT_VILLAGE, "东二村", "VILLAGE", TOWN),
        (FAR_VILLAGE, "西一村", "VILLAGE", FAR_TOWN),
    ]
    for code, name, level, parent in rows:
        Division.objects.create(area_code=code, name=name, level=level, parent_code=parent)


def index(text: str) -> bytes:
    """Blind index of an identity number."""
    return crypto.blind_index(keyring(), text)


def person(*further: str, **values: Any) -> Person:
    """A veteran on file and archived; ``further`` categories beside the primary one."""
    number = next(_numbers)
    category = values.pop("category", "V02")
    given = {
        "id_number_index": index(f"person {number}"),
        "name": f"军人{number}",
        "sex": "1",
        "birth_on": dt.date(1970, 1, 1),
        "household_area": VILLAGE,
        "collected_on": dt.date(2020, 1, 1),
        "archived_on": dt.date(2020, 1, 2),
        "category": category,
        "other_categories": ";".join(further),
        "category_mask": mask_of([category, *further]),
    }
    return Person.objects.create(**(given | values))


def station(**values: Any) -> Station:
    """A village station with nothing in it."""
    number = next(_numbers)
    given = {
        "station_no": f"S{number}",
        "name": f"{number} 号站",
        "level": "VILLAGE",
        "area": VILLAGE,
        "founded_on": dt.date(2020, 1, 1),
    }
    return Station.objects.create(**(given | values))


def post(at_station: Station, who: str, **values: Any) -> StaffPost:
    """A full-time liaison officer."""
    given = {
        "id_number_index": index(who),
        "name": who,
        "post_type": "FULL_TIME",
        "station": at_station,
        "started_on": dt.date(2020, 1, 1),
    }
    return StaffPost.objects.create(**(given | values))


def window(**values: Any) -> ServiceWindow:
    """A window of a general hall."""
    number = next(_numbers)
    given = {
        "window_no": f"W{number}",
        "hall_no": "H1",
        "hall_name": "综合大厅",
        "hall_type": "GENERAL",
        "area": COUNTY,
        "window_name": "窗口",
        "opened_on": dt.date(2020, 1, 1),
    }
    return ServiceWindow.objects.create(**(given | values))


def reception(when: str, **values: Any) -> HallReception:
    """Somebody alone in a hall."""
    given = {
        "reception_no": f"R{next(_numbers)}",
        "received_at": at(when),
        "place": "HALL",
        "area": COUNTY,
        "visitor_name": "来访人",
        "persons": 1,
    }
    return HallReception.objects.create(**(given | values))


def call(when: str, **values: Any) -> HotlineCall:
    """A consultation answered at once."""
    given = {
        "call_no": f"C{next(_numbers)}",
        "line": "HOTLINE",
        "called_at": at(when),
        "area": COUNTY,
        "category": "CONSULT",
        "handle_mode": "DIRECT_ANSWER",
    }
    return HotlineCall.objects.create(**(given | values))


def visit(to: Person, when: str, **values: Any) -> Visit:
    """A consolation signed by both sides."""
    given = {
        "person": to,
        "visited_at": at(when),
        "staff_index": index("staff"),
        "purpose": "CONSOLATION",
        "method": "HOME",
        "completed": True,
        "both_signed": True,
        "content": "慰问",
    }
    return Visit.objects.create(**(given | values))
