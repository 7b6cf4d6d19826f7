"""What every stored row of ours has: an inner number, a public id, and sealed values where a field is sensitive."""

from __future__ import annotations

import uuid
from collections.abc import Mapping

from django.db import models

from yizhou.core import crypto
from yizhou.core.keys import keyring


class Row(models.Model):
    """A row that may leave the system: ``id`` stays inside, ``uid`` is the only public name (trust.md D5)."""

    id = models.BigAutoField(primary_key=True)
    uid = models.UUIDField("公开编号", default=uuid.uuid4, editable=False)

    class Meta:
        abstract = True
        # No unique=True on the column: that would add a hidden LIKE twin and, on SQLite, a text index.
        constraints = [models.UniqueConstraint(fields=["uid"], name="%(class)s_uid")]


def seal_context(table: str, uid: uuid.UUID | bytes) -> bytes:
    """Associated data that ties sealed values to their row, so that they cannot be copied to another."""
    return table.encode() + b"|" + (uid if isinstance(uid, bytes) else uid.bytes)


class SealedRow(Row):
    """A row with sensitive values packed in one SM4-GCM ciphertext (ADR 0007)."""

    secret = models.BinaryField("密封字段", null=True, default=None)

    class Meta(Row.Meta):
        abstract = True

    def opened(self) -> dict[str, str]:
        """The sealed values in plain text; callers mask them or log that they were shown.

        Raises ``crypto.TamperedError`` when the ciphertext does not belong to this row.
        """
        if not self.secret:
            return {}
        context = seal_context(self._meta.db_table, self.uid)
        return crypto.unpack(keyring(), context, bytes(self.secret))

    def seal(self, values: Mapping[str, str | None]) -> None:
        """Pack ``values`` (empty ones left out) into ``secret``; the caller saves."""
        kept = {name: value for name, value in values.items() if value}
        context = seal_context(self._meta.db_table, self.uid)
        self.secret = crypto.pack(keyring(), context, kept) if kept else None
