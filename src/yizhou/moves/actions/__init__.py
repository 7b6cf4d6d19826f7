"""Verbs of a move: ask where somebody came to; confirm or refuse where the file is; withdraw."""

from yizhou.moves.actions.ask import ask_move, withdraw_move
from yizhou.moves.actions.decide import confirm_move, refuse_move

__all__ = ["ask_move", "confirm_move", "refuse_move", "withdraw_move"]
