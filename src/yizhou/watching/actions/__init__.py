"""Verbs on unusual looks: notice, settle."""

from yizhou.watching.actions.notice import notice_readings
from yizhou.watching.actions.settle import settle_reading

__all__ = ["notice_readings", "settle_reading"]
