"""Verbs of plans; each is one transaction and one event."""

from yizhou.visits.actions.plans import (
    add_measure,
    draft_plan,
    evaluate_plan,
    settle_measure,
    start_plan,
    strike_measure,
)

__all__ = [
    "add_measure",
    "draft_plan",
    "evaluate_plan",
    "settle_measure",
    "start_plan",
    "strike_measure",
]
