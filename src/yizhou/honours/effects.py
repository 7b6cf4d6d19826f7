"""What deciding a case produces here: cards and plaques; and the file that people keep."""

from __future__ import annotations

from yizhou.cases.finishing import EFFECTS, Finished
from yizhou.core.actor import Actor
from yizhou.honours.actions import hang_plaque, issue_card


@EFFECTS.register("honours.issue_card")
def card(finished: Finished, actor: Actor) -> str:
    """优待证."""
    made = issue_card(finished.case, kind=finished.values.get("card_kind", ""), actor=actor)
    return f"{made.kind} {made.card_no}"


@EFFECTS.register("honours.hang_plaque")
def plaque(finished: Finished, actor: Actor) -> str:
    """光荣牌."""
    values = finished.values
    made = hang_plaque(
        finished.case,
        kind=values.get("plaque_kind", ""),
        address=values.get("plaque_address", ""),
        actor=actor,
    )
    return f"光荣牌 {made.plaque_no}"
