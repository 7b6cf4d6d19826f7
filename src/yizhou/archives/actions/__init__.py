"""Verbs of archives; each is one transaction and one event."""

from yizhou.archives.actions.keeping import (
    add_item,
    correct_item,
    judge_archive,
    open_archive,
    remove_item,
    shelve_archive,
)
from yizhou.archives.actions.outings import (
    ask_outing,
    close_outing,
    decide_outing,
    hand_over_outing,
    sign_outing,
    withdraw_outing,
)
from yizhou.archives.actions.pages import add_pages, look_at_page, replace_page, verify_archive
from yizhou.archives.actions.papers import file_papers

__all__ = [
    "add_item",
    "add_pages",
    "ask_outing",
    "close_outing",
    "correct_item",
    "decide_outing",
    "file_papers",
    "hand_over_outing",
    "judge_archive",
    "look_at_page",
    "open_archive",
    "remove_item",
    "replace_page",
    "shelve_archive",
    "sign_outing",
    "verify_archive",
    "withdraw_outing",
]
