"""What a file may be about beside a person, and the permission that opens it: a ledger is declared by its package."""

from __future__ import annotations

from yizhou.core.registry import Registry

DOORS: Registry[str] = Registry("doors of files")
"""The permission that opens the files about a ledger's rows, by ledger."""
