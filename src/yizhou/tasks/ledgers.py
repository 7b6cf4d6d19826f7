"""Ledgers of the package bound to their tables."""

from __future__ import annotations

from yizhou.ledgers.ledger import bind
from yizhou.tasks.models import Task

bind(
    "tasks",
    Task,
    "task",
    date_field="started_on",
    ring="govern",
)
