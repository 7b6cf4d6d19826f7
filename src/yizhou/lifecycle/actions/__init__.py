"""Verbs on the events of lives and on signals that somebody may have died."""

from yizhou.lifecycle.actions.accompany import accompany_event
from yizhou.lifecycle.actions.lists import take_in_list
from yizhou.lifecycle.actions.scan import scan_life_events
from yizhou.lifecycle.actions.settle import settle_task, skip_task
from yizhou.lifecycle.actions.signal import note_signal, withdraw_signal

__all__ = [
    "accompany_event",
    "note_signal",
    "scan_life_events",
    "settle_task",
    "skip_task",
    "take_in_list",
    "withdraw_signal",
]
