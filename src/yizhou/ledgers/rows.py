"""What every row of a ledger has beside its columns."""

from __future__ import annotations

from django.db import models

from yizhou.core.rows import Row, SealedRow


class LedgerRow(Row):
    """A row that is imported, edited and exported; ``row_digest`` is the fingerprint of its content.

    It is None after an action changed the row: the next import compares by content then.
    """

    row_digest = models.BinaryField(null=True, default=None)

    class Meta(Row.Meta):
        abstract = True


class SealedLedgerRow(SealedRow):
    """A row of a ledger with sealed values; see ``LedgerRow``."""

    row_digest = models.BinaryField(null=True, default=None)

    class Meta(SealedRow.Meta):
        abstract = True
