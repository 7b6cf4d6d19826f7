"""What packages above add to the pages of imports."""

from __future__ import annotations

from collections.abc import Callable

from yizhou.core.actor import Actor
from yizhou.core.registry import Registry
from yizhou.ledgers.models import ImportBatch

AFTER_IMPORT: Registry[Callable[[ImportBatch, Actor], dict[str, str] | None]] = Registry(
    "links of a stored file"
)
"""Further links {label, url} on the page of a file that was stored; None where there is nothing to do."""
