"""Verbs on import batches and on single rows; and taking a ledger out. One file a kind."""

from yizhou.ledgers.actions.add import add_row
from yizhou.ledgers.actions.correct import Correction, correct_row
from yizhou.ledgers.actions.decide import (
    approve_import,
    cancel_import,
    confirm_import,
    refuse_import,
    retry_import,
)
from yizhou.ledgers.actions.discard import discard_waiting
from yizhou.ledgers.actions.export import export_rows_of
from yizhou.ledgers.actions.upload import upload_file
from yizhou.ledgers.actions.void import restore_row, void_row
from yizhou.ledgers.actions.workbook import Upload, cancel_workbook, confirm_workbook, upload_workbook

__all__ = [
    "Correction",
    "Upload",
    "add_row",
    "approve_import",
    "cancel_import",
    "cancel_workbook",
    "confirm_import",
    "confirm_workbook",
    "correct_row",
    "discard_waiting",
    "export_rows_of",
    "refuse_import",
    "restore_row",
    "retry_import",
    "upload_file",
    "upload_workbook",
    "void_row",
]
