"""Verbs of plans and of contacts assigned to many at once; each is one transaction."""

from yizhou.visits.actions.assign import assign_contacts
from yizhou.visits.actions.plans import (
    add_measure,
    draft_plan,
    evaluate_plan,
    settle_measure,
    start_plan,
    strike_measure,
)
from yizhou.visits.actions.undo import undo_contacts

__all__ = [
    "add_measure",
    "assign_contacts",
    "draft_plan",
    "evaluate_plan",
    "settle_measure",
    "start_plan",
    "strike_measure",
    "undo_contacts",
]
