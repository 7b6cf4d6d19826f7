"""Verbs on import batches: upload, confirm, cancel, try again; and taking a ledger out. One file a kind."""

from yizhou.ledgers.actions.decide import cancel_import, confirm_import, retry_import
from yizhou.ledgers.actions.export import export_rows_of
from yizhou.ledgers.actions.upload import upload_file

__all__ = ["cancel_import", "confirm_import", "export_rows_of", "retry_import", "upload_file"]
