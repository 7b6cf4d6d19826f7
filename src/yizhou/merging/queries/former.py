"""Where a merged file went, under which numbers somebody stood before, which identity numbers stay closed."""

from __future__ import annotations

import uuid
from collections.abc import Sequence

from yizhou.core import crypto
from yizhou.core.keys import keyring
from yizhou.merging.models import Merge
from yizhou.people.models import Person

WHY = "an old address or number leads to the file of today, which has its own door"


def moved_to(uid: uuid.UUID) -> uuid.UUID | None:
    """The public id of the file into which another was merged, through however many merges."""
    merges = Merge.objects.everywhere(WHY).standing().filter(lost_uid=uid)
    now = merges.values_list("now_id", flat=True).first()
    return (
        Person.objects.everywhere(WHY).filter(pk=now).values_list("uid", flat=True).first() if now else None
    )


def former_numbers(person_id: int) -> Sequence[int]:
    """Inner ids of all files that are in this one today."""
    merges = Merge.objects.everywhere(WHY).standing().filter(now_id=person_id)
    return list(merges.values_list("lost_id", flat=True))


def gone_numbers(numbers: Sequence[str | None]) -> Sequence[bool]:
    """Which of the identity numbers were given up in a merge: of the lost file, or the kept one's wrong one."""
    merges = Merge.objects.everywhere(WHY).standing()
    pairs = merges.values_list("lost_number_index", "kept_number_index")
    given_up = {bytes(index) for pair in pairs for index in pair}
    if given_up:
        held = Person.objects.everywhere(WHY).filter(id_number_index__in=given_up)
        given_up -= {bytes(index) for index in held.values_list("id_number_index", flat=True)}
    if not given_up:
        return [False] * len(numbers)
    return [index in given_up for index in crypto.blind_index_many(keyring(), numbers)]
