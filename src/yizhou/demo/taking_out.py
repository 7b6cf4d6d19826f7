"""Exports of the demonstration: one that waits, one that is ready, one that was declined, one whose time is over."""

from __future__ import annotations

import datetime as dt

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.demo.live import Cast
from yizhou.exports.actions import approve_export, ask_export, decline_export
from yizhou.exports.actions.write import clean, write_export
from yizhou.exports.limits import keep_days
from yizhou.exports.models import Export
from yizhou.people.models import Person

SOURCE = "people"


def exports() -> int:
    """Enter four requests into an empty register; returns how many."""
    if Export.objects.everywhere("the demonstration").exists():
        return 0
    cast, area = Cast(), _somewhere()
    clerk, leader = cast.somebody("CENTER_STAFF", area), cast.somebody("BUREAU_LEADER", area)
    if clerk is None or leader is None:
        return 0
    days = keep_days()
    past = _asked(clerk, "重点优抚对象年审核对名单", days + 4)
    _agreed(past, leader, days + 4)
    clean()
    refused = _asked(clerk, "全部对象通讯录备份", 2)
    _declined(refused, leader, 2)
    _agreed(_asked(clerk, "八一慰问上门核对", 1), leader, 1)
    _asked(clerk, "适应性培训通知名册", 0)
    return 4


def _somewhere() -> str:
    """Where somebody is on file: what the demonstration exports has rows."""
    found = (
        Person.objects.everywhere("the demonstration").order_by("id").values_list("household_area", flat=True)
    )
    return found[0]


def _ago(days: int, hours: int = 0) -> dt.datetime:
    return clock.now() - dt.timedelta(days=days, minutes=30) + dt.timedelta(minutes=10 * hours)


def _asked(clerk: Actor, purpose: str, days: int) -> Export:
    with clock.at(_ago(days)):
        return ask_export(SOURCE, {}, purpose, "xlsx", actor=clerk)


def _declined(export: Export, leader: Actor, days: int) -> None:
    with clock.at(_ago(days, 1)):
        if export.why:
            decline_export(export, "用途不具体，不得整表备份；需要时按镇街、按事项申请", actor=leader)
        else:
            write_export(export.pk)


def _agreed(export: Export, leader: Actor, days: int) -> None:
    with clock.at(_ago(days, 1)):
        if export.why:
            approve_export(export, "同意，用毕删除", actor=leader)
        write_export(export.pk)
