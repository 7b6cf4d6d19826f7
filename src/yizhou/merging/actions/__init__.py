"""Verbs of duplicates: search, judge, merge, undo."""

from yizhou.merging.actions.find import begin_search, search_duplicates
from yizhou.merging.actions.judge import judge_pairs
from yizhou.merging.actions.merge import merge_pairs, merge_people
from yizhou.merging.actions.undo import undo_merge

__all__ = ["begin_search", "judge_pairs", "merge_pairs", "merge_people", "search_duplicates", "undo_merge"]
