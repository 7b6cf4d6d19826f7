"""Who may add, correct and take out rows of a ledger by hand."""

from __future__ import annotations

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Forbidden, Refused
from yizhou.ledgers.ledger import LEDGERS, Ledger

ADD, CORRECT = "ledgers.add_row", "ledgers.correct_row"
VOID, RESTORE = "ledgers.void_row", "ledgers.restore_row"
DISCARD = "ledgers.discard_waiting"
IMPORT = "ledgers.import_ledger"


def may_edit(bound: Ledger, actor: Actor, permission: str) -> bool:
    """Whether the actor may do this to rows of the ledger; those that set up an area ask for more."""
    is_setup = bound.import_permission != IMPORT
    return bound.by_hand and actor.may(permission) and (not is_setup or actor.may(bound.import_permission))


def by_hand(name: str, actor: Actor, permission: str) -> Ledger:
    """The ledger, for an action. Raises ``Refused`` when its rows have pages of their own, and ``Forbidden``."""
    bound = LEDGERS[name]
    if not bound.by_hand:
        words = f"“{bound.title}”的记录不在这里登记和更正"
        raise Refused([Blocker("OWN_PAGE", words, "请从一人一档或事项办理进入")])
    if not may_edit(bound, actor, permission):
        raise Forbidden(bound.import_permission)
    return bound
