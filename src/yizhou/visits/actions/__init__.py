"""Verbs on contacts: one for many at once, and the way back. One a module."""

from yizhou.visits.actions.assign import assign_contacts
from yizhou.visits.actions.undo import undo_contacts

__all__ = ["assign_contacts", "undo_contacts"]
