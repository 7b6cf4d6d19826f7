"""Verbs of an export: ask, approve or decline, withdraw, take."""

from yizhou.exports.actions.ask import ask_export
from yizhou.exports.actions.decide import approve_export, decline_export
from yizhou.exports.actions.take import take_export
from yizhou.exports.actions.withdraw import withdraw_export

__all__ = ["approve_export", "ask_export", "decline_export", "take_export", "withdraw_export"]
