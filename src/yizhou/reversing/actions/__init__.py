"""Verbs of taking a batch back: begin, confirm, approve or refuse, cancel."""

from yizhou.reversing.actions.begin import begin_reversal
from yizhou.reversing.actions.confirm import cancel_reversal, confirm_reversal
from yizhou.reversing.actions.decide import approve_reversal, refuse_reversal

__all__ = [
    "approve_reversal",
    "begin_reversal",
    "cancel_reversal",
    "confirm_reversal",
    "refuse_reversal",
]
