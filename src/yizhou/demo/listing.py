"""Saved filters as somebody who works with the list every week has them, and classes of several set at once."""

from __future__ import annotations

from yizhou.core import clock
from yizhou.demo.live import Cast
from yizhou.lists.actions import begin_class, carry_out, save_filter
from yizhou.lists.models import ClassBatch, SavedFilter
from yizhou.orgs.models import Division
from yizhou.people.models import Person

SAVED = {
    "BUREAU_STAFF": (
        ("八十岁以上在册", {"age": "80-", "state": "registered"}, True),
        ("到期未更新的重点对象", {"contact": "KEY", "fresh": "stale"}, False),
    ),
    "CENTER_STAFF": (
        (
            "重点对象联系名单",
            {"contact": "KEY", "state": "registered", "cols": "sex,birth_on,household_area,phone,contact_class", "sort": "name"},
            True,
        ),
        ("未建档的优抚对象", {"group": "CARE", "archive": "no"}, False),
        ("新入库、要素不全", {"complete": "missing", "sort": "newest"}, False),
    ),
    "TOWN_STATION": (
        ("七十岁以上在册", {"age": "70-79", "state": "registered"}, False),
        ("重点对象", {"contact": "KEY"}, True),
    ),
}  # fmt: skip
"""By role: name, what it asks for, whether the unit shares it."""
SEVERAL = 3


def saved_filters() -> int:
    """Save them for the first account of each role in every county and town; returns how many were saved.

    None where an interrupted filling had come this far already.
    """
    if SavedFilter.objects.everywhere("the demonstration").exists():
        return 0
    cast, done = Cast(), 0
    levels = {"BUREAU_STAFF": "COUNTY", "CENTER_STAFF": "COUNTY", "TOWN_STATION": "TOWN"}
    for role, wishes in SAVED.items():
        areas = (
            Division.objects.filter(level=levels[role])
            .order_by("area_code")
            .values_list("area_code", flat=True)
        )
        keepers = {actor.account_id: actor for area in areas if (actor := cast.somebody(role, area))}
        for keeper in keepers.values():
            for name, query, is_shared in wishes:
                save_filter(query, name, actor=keeper, is_shared=is_shared)
                done += 1
    return done


def several_classes() -> int:
    """Somebody at a centre has three people ticked and their contact class raised; returns how many batches there are."""
    if ClassBatch.objects.everywhere("the demonstration").exists():
        return 0
    ordinary = Person.objects.everywhere("the demonstration").filter(contact_class="GENERAL").order_by("id")
    clerk = Cast().somebody("CENTER_STAFF", ordinary[0].household_area)
    if clerk is None:
        return 0
    ticked = ordinary.filter(pk__in=Person.objects.visible_to(clerk).values("pk")).registered(clock.today())
    ids = ",".join(uid.hex for uid in ticked.values_list("uid", flat=True)[:SEVERAL])
    carry_out(begin_class({"ids": ids}, "FOCUS", "入户走访后调整为关注对象", actor=clerk).pk)
    return 1
