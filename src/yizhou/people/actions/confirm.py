"""核实: somebody went through the file with the person, or by other evidence, and nothing in it has changed."""

from __future__ import annotations

from collections.abc import Mapping

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.people.models import Person

CONFIRM = "people.confirm_person"
WAYS: Mapping[str, str] = {
    "met": "本人到站核实",
    "home": "上门走访核实",
    "phone": "电话核实",
    "data": "数据比对核实",
}
LONGEST = 200


@action(CONFIRM)
def confirm_person(
    person: Person, way: str, note: str = "", *, actor: Actor, settles: bool = False
) -> Person:
    """Note that the file is current today; the cycle of refreshing begins anew (依据: 手册第 20 章 动态更新周期).

    ``way`` is one of ``WAYS``. With ``settles`` what was in doubt has been looked into and is right as it stands.
    Raises ``Refused`` without a way, and for a file of somebody who is gone.
    """
    refuse(blockers_to_confirm(person, way, note))
    settled = person.doubts or "" if settles else ""
    changes = {"confirmed_on": clock.today(), **({"doubts": ""} if settled else {})}
    Person.objects.visible_to(actor).filter(pk=person.pk).update(**changes)
    concern = Concern(person.pk, person.household_area)
    record(actor, "person.confirmed", person, concern=concern, reason=note.strip(), way=way, settled=settled)
    return person


def blockers_to_confirm(person: Person, way: str, note: str) -> list[Blocker]:
    """Why the file cannot be confirmed like that."""
    found = []
    if person.is_gone(clock.today()):
        found.append(Blocker("GONE", "已去世、迁出或注销的档案不再核实", "记录有误的，请更正档案"))
    if way not in WAYS:
        found.append(Blocker("WAY", "没有选怎样核实的", "选一种核实方式"))
    if len(note.strip()) > LONGEST:
        found.append(Blocker("NOTE", f"说明有 {len(note.strip())} 字，最多 {LONGEST} 字", "写短一些"))
    return found
