"""Two people at one file: what somebody else changed while a form was being filled in, beside what was typed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from yizhou.core import clock
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.exporting import masked
from yizhou.people.actions.change_log import told
from yizhou.people.models import FileChange, Person
from yizhou.people.queries.past import texts_now


@dataclass(frozen=True)
class Meanwhile:
    """``untouched``: texts for fields that the reader had left alone; ``lines`` tell what happened and what clashes."""

    untouched: Mapping[str, str]
    lines: Sequence[str]


def changed_meanwhile(person: Person, read: int, cells: Mapping[str, str]) -> Meanwhile:
    """Compare what was typed with the changes after number ``read`` (the last one when the form was filled)."""
    later = FileChange.objects.everywhere("changes of a file that is in sight").filter(
        person=person, id__gt=read
    )
    now, base, lines = texts_now(person), {}, []
    for change in later.order_by("id"):
        base.update({name: text for name, text in change.before().items() if name not in base})
        lines.append(
            f"{change.actor} {clock.minute_of(change.changed_at)} {change.get_source_display()}：{told(change.names)}"
        )
    untouched, clashes = {}, []
    for column in layouts()["people"].columns:
        name = column.field
        if name not in base or name not in cells:
            continue
        typed = cells[name].strip()
        if typed == ("" if column.mask_name else base[name]):
            untouched[name] = "" if column.mask_name else now[name]
        elif typed != now[name]:
            theirs = masked(column, now[name]) or "空"
            clashes.append(f"“{column.header}”对方已改为 {theirs}，这里仍是您填的；再次保存以您填的为准")
    return Meanwhile(untouched, [*lines, *clashes])
