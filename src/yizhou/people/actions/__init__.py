"""Verbs on the person's file: reveal a field, create a file, correct it, confirm it. One a module."""

from yizhou.people.actions.confirm import confirm_person
from yizhou.people.actions.correct import correct_person
from yizhou.people.actions.create import create_person
from yizhou.people.actions.reveal import reveal_field

__all__ = ["confirm_person", "correct_person", "create_person", "reveal_field"]
