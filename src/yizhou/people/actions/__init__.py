"""Verbs on the person's file, one a module: reveal a field, create a file, correct it alone or with a second person,
take a change back, confirm it."""

from yizhou.people.actions.approve import approve_change, refuse_change
from yizhou.people.actions.confirm import confirm_person
from yizhou.people.actions.correct import correct_person
from yizhou.people.actions.create import create_person
from yizhou.people.actions.propose import propose_correction, withdraw_change
from yizhou.people.actions.reveal import reveal_change, reveal_field
from yizhou.people.actions.reverse import reverse_change

__all__ = [
    "approve_change",
    "confirm_person",
    "correct_person",
    "create_person",
    "propose_correction",
    "refuse_change",
    "reveal_change",
    "reveal_field",
    "reverse_change",
    "withdraw_change",
]
