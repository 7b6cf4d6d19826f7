"""Verbs of a move: ask where somebody came to; confirm or refuse where the file is; withdraw. Note who came from beyond."""

from yizhou.moves.actions.ask import ask_move, withdraw_move
from yizhou.moves.actions.decide import confirm_move, refuse_move
from yizhou.moves.actions.incoming import note_incoming, withdraw_incoming

__all__ = [
    "ask_move",
    "confirm_move",
    "note_incoming",
    "refuse_move",
    "withdraw_incoming",
    "withdraw_move",
]
