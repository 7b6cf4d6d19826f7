"""Verbs on saved filters and on the contact class of many."""

from yizhou.lists.actions.begin import begin_class
from yizhou.lists.actions.saved import edit_filter, remove_filter, save_filter
from yizhou.lists.actions.undo import undo_class
from yizhou.lists.actions.working import carry_out, run_class_batch

__all__ = [
    "begin_class",
    "carry_out",
    "edit_filter",
    "remove_filter",
    "run_class_batch",
    "save_filter",
    "undo_class",
]
