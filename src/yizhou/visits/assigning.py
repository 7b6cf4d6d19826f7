"""What assigning one contact to many would do: who gets it, who hands over, who is left out and why (handbook §7)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import islice
from typing import Any

from django.db.models import Q

from yizhou.core.actor import Actor
from yizhou.core.scope import prefix_of
from yizhou.orgs.models import StaffPost
from yizhou.people.models import Person
from yizhou.people.queries.exporting import chosen
from yizhou.visits.models import ContactAssignment

MOST = 20_000
"""People of one batch."""
CHUNK = 500
SAME, GONE, TODAY, OUTSIDE = "已由此人联系", "已不在册", "今天已指派过或另有预定", "不在该站辖区"
WHY = "who keeps in touch with people in sight"


@dataclass(frozen=True, slots=True)
class Former:
    """The assignment that ends."""

    id: int
    staff_index: bytes
    ended_on: dt.date | None


@dataclass(slots=True)
class Plan:
    """``taken``: person, area and the former assignment; ``skipped``: person and why."""

    taken: list[tuple[int, str, Former | None]] = field(default_factory=list)
    skipped: list[tuple[int, str]] = field(default_factory=list)
    is_too_long: bool = False

    @property
    def handed_over(self) -> int:
        """How many change hands."""
        return sum(former is not None for _, _, former in self.taken)

    def reasons(self) -> Counter[str]:
        """How many are left out, by why."""
        return Counter(why for _, why in self.skipped)

    def formers(self) -> list[tuple[str, int]]:
        """From whom they come, by name, most first."""
        counts = Counter(former.staff_index for _, _, former in self.taken if former)
        posts = StaffPost.objects.everywhere(WHY).filter(id_number_index__in=list(counts)[:CHUNK])
        names = {bytes(index): name for index, name in posts.values_list("id_number_index", "name")}
        return [(names.get(index, "已不在岗的联系人"), count) for index, count in counts.most_common(10)]


def plan_of(query: Mapping[str, str], post: StaffPost, actor: Actor, today: dt.date) -> Plan:
    """Everybody who fits the filters, weighed set-wise; nothing is written."""
    rows = chosen(query, actor).values_list(
        "id", "household_area", "died_on", "moved_out_on", "deregistered_on"
    )
    people = list(rows[: MOST + 1])
    plan = Plan(is_too_long=len(people) > MOST)
    inside = prefix_of(post.station.area)
    for chunk in _chunks(people[:MOST]):
        newest = _newest([row[0] for row in chunk], today)
        for person_id, area, *ends in chunk:
            former, why = newest.get(person_id, (None, ""))
            if any(end and end <= today for end in ends):
                why = GONE
            elif not area.startswith(inside):
                why = OUTSIDE
            elif former and former.staff_index == bytes(post.id_number_index):
                why = SAME
            if why:
                plan.skipped.append((person_id, why))
            else:
                plan.taken.append((person_id, area, former))
    return plan


def _newest(ids: Sequence[int], today: dt.date) -> dict[int, tuple[Former | None, str]]:
    """By person: who keeps in touch today, and why nothing can begin today."""
    rows = ContactAssignment.objects.everywhere(WHY).filter(person_id__in=ids)
    rows = rows.filter(Q(ended_on__isnull=True) | Q(ended_on__gt=today) | Q(assigned_on__gte=today))
    found: dict[int, tuple[Former | None, str]] = {}
    values = rows.order_by("person_id", "assigned_on", "id")
    for person_id, row_id, staff, began, ended in values.values_list(
        "person_id", "id", "staff_index", "assigned_on", "ended_on"
    ):
        why = TODAY if began >= today else found.get(person_id, (None, ""))[1]
        found[person_id] = (Former(row_id, bytes(staff), ended), why)
    return found


def _chunks(rows: Sequence[Any]) -> Iterator[list[Any]]:
    left = iter(rows)
    while chunk := list(islice(left, CHUNK)):
        yield chunk


def posts_of(actor: Actor, today: dt.date) -> list[StaffPost]:
    """Staff whom the actor may choose, station by station."""
    posts = StaffPost.objects.visible_to(actor).filter(started_on__lte=today)
    posts = posts.filter(Q(left_on__isnull=True) | Q(left_on__gt=today)).select_related("station")
    return list(posts.order_by("station__area", "name", "id")[:2000])


def names_of(ids: Sequence[int]) -> dict[int, Person]:
    """People by their inner ids."""
    return {person.pk: person for person in Person.objects.everywhere(WHY).filter(pk__in=ids)}
