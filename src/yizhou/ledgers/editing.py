"""Who may add, correct and take out rows of a ledger by hand, and bring or take files."""

from __future__ import annotations

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Forbidden, Refused
from yizhou.ledgers.ledger import LEDGERS, Ledger

ADD, CORRECT = "ledgers.add_row", "ledgers.correct_row"
VOID, RESTORE = "ledgers.void_row", "ledgers.restore_row"
DISCARD = "ledgers.discard_waiting"
IMPORT, UPLOAD, EXPORT = "ledgers.import_ledger", "ledgers.upload_file", "ledgers.export_ledger"


def may_edit(bound: Ledger, actor: Actor, permission: str) -> bool:
    """Whether the actor may do this to rows of the ledger."""
    return bound.by_hand and all(actor.may(asked) for asked in _asked(bound, permission))


def may_import(bound: Ledger, actor: Actor) -> bool:
    """Whether the actor may bring files for the ledger."""
    return actor.may(UPLOAD) and actor.may(bound.import_permission)


def may_export(bound: Ledger, actor: Actor) -> bool:
    """Whether the actor may take the ledger's rows out."""
    return actor.may(EXPORT) and actor.may(bound.browse_permission)


def by_hand(name: str, actor: Actor, permission: str) -> Ledger:
    """The ledger, for an action. Raises ``Refused`` when its rows have pages of their own, and ``Forbidden``."""
    bound = LEDGERS[name]
    require_by_hand(bound)
    for asked in _asked(bound, permission):
        if not actor.may(asked):
            raise Forbidden(asked)
    return bound


def require_by_hand(bound: Ledger) -> None:
    """Raises ``Refused`` when the ledger's rows have pages of their own."""
    if not bound.by_hand:
        words = f"“{bound.title}”的记录不在这里登记和更正"
        raise Refused([Blocker("OWN_PAGE", words, "请从一人一档或事项办理进入")])


def _asked(bound: Ledger, permission: str) -> list[str]:
    """Nobody writes what he may not read; ledgers that set up an area ask for more still."""
    setup = [] if bound.import_permission == IMPORT else [bound.import_permission]
    return [permission, bound.browse_permission, *setup]
