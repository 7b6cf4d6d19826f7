"""What every change of a stored file has in common: checking the whole row, writing it, telling of it."""

from __future__ import annotations

from collections.abc import Container, Mapping
from dataclasses import dataclass, field, replace
from typing import Any

import polars as pl

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused
from yizhou.events.recording import Concern, record
from yizhou.ledgers import one_row
from yizhou.ledgers.checking import Checked
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.people.actions.change_log import Origin, keep_change, texts_between
from yizhou.people.models import FileChange, Person
from yizhou.people.queries.facts import values_of
from yizhou.people.sensitive import SPECIAL

NO_REASON = Blocker("REASON", "请写明更正的原因", "例：本人出示新的户口簿")
UNCHANGED = Blocker("UNCHANGED", "内容没有变化，不必保存", "改好再保存，或返回档案")


@dataclass(frozen=True)
class Prepared:
    """A change that may be made: the file as it was read, the row as it is to be, both texts of what differs."""

    was: Person
    checked: Checked
    rows: pl.DataFrame
    values: dict[str, Any] = field(repr=False)
    texts: dict[str, tuple[str, str]] = field(repr=False)


def people_ledger() -> Ledger:
    """The declaration of the people ledger."""
    return LEDGERS["people"]


def read_for_change(person: Person, actor: Actor) -> Person:
    """The file as it stands now, held until the transaction ends. Raises ``Person.DoesNotExist`` out of sight."""
    return Person.objects.visible_to(actor).select_for_update().get(pk=person.pk)


def state_of(person: Person) -> str:
    """A fingerprint of everything the file says; a form carries it to notice other people's changes."""
    return one_row.state_of(people_ledger(), values_of(person))


def prepare(
    was: Person,
    cells: Mapping[str, str],
    actor: Actor,
    *,
    closed: Container[str] = (),
    accept_doubts: bool = False,
) -> Prepared:
    """Check the whole row with ``cells`` over what is stored; fields in ``closed`` keep what is stored.

    Raises ``Refused`` for errors, for doubts that nobody accepted, for a number that belongs to another file, and
    when nothing would change.
    """
    bound, stored = people_ledger(), values_of(was)
    checked, found = one_row.check_cells(bound, one_row.merged_cells(bound, stored, cells, closed), actor)
    one_row.refuse_problems(found, accept_doubts=accept_doubts)
    texts = texts_between(stored, checked.accepted.row(0, named=True))
    if not texts:
        raise Refused([UNCHANGED])
    rows, values = one_row.stored_values(bound, checked)
    if one_row.is_taken(bound, values, besides=was.pk):
        raise Refused([Blocker("DUP_KEY", "身份证号：这个证件号属于另一份档案", "核对证件号")])
    return Prepared(was, checked, rows, values, texts)


def carry_out(
    prepared: Prepared, origin: Origin, actor: Actor, *, settles: bool = False, **notes: Any
) -> Person:
    """Write a prepared change with its event and its entry in the ledger of changes.

    With ``settles`` what the rules doubt has been looked into. Raises ``Conflict`` when somebody else changed the
    file since it was read.
    """
    now = write(prepared, settles=settles)
    told = {"fields": list(prepared.texts), "changes": open_texts(prepared.texts), **notes}
    concern = Concern(now.pk, now.household_area)
    event = record(actor, "person.corrected", now, concern=concern, reason=origin.reason, **told)
    keep_change(now, prepared.texts, replace(origin, event=event))
    return now


def write(prepared: Prepared, *, settles: bool = False) -> Person:
    """Write a prepared change and nothing else: whoever calls it tells of it. Raises ``Conflict``."""
    values = {**prepared.values, **({"doubts": ""} if settles else {})}
    now = _write(prepared.was, values, prepared.checked)
    if "name" in prepared.texts:
        one_row.after_load(people_ledger(), prepared.rows, now.pk, is_new=False)
    return now


def open_texts(texts: Mapping[str, tuple[str, str]]) -> dict[str, list[str]]:
    """What of a change may stand in the log, where everybody reads it: texts that are neither sealed nor special."""
    columns = {column.field: column for column in layouts()["people"].columns}
    return {f: list(pair) for f, pair in texts.items() if not columns[f].mask_name and f not in SPECIAL}


def cells_for(texts: Mapping[str, str]) -> dict[str, str]:
    """Texts as a form would send them: emptying a masked field is said in words."""
    columns = {column.field: column for column in layouts()["people"].columns}
    return {
        name: text or (one_row.CLEAR if columns[name].mask_name else "")
        for name, text in texts.items()
        if name in columns
    }


def last_change(person: Person) -> int:
    """Number of the newest entry of the file's ledger of changes; 0 where there is none."""
    changes = FileChange.objects.everywhere("changes of a file that is in sight").filter(person=person)
    return changes.order_by("-id").values_list("id", flat=True).first() or 0


def _write(was: Person, values: dict[str, Any], checked: Checked) -> Person:
    """Compare and set on the old ciphertext, which every change replaces: never two writers on one state."""
    was_secret = was.secret
    was.seal(one_row.sealed_values(people_ledger(), checked))
    mine = Person.objects.everywhere("the row that was just read").filter(pk=was.pk, secret=was_secret)
    if mine.update(**values, secret=was.secret, row_digest=None, confirmed_on=clock.today()) != 1:
        raise Conflict
    return Person.objects.everywhere("the row that was just written").get(pk=was.pk)
