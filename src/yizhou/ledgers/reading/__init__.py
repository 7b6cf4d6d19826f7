"""Reading ledgers: an Excel or csv file of unknown origin becomes a table of text or is refused.

Nothing here knows columns, codes or the database, and nothing here imports Django.
"""

from yizhou.ledgers.reading.isolated import outline_isolated, read_sheet_isolated
from yizhou.ledgers.reading.limits import BULK, STAFF, Limits, UnreadableFile
from yizhou.ledgers.reading.read import read_sheet
from yizhou.ledgers.reading.sheet import ROW, Kind, Sheet

__all__ = [
    "BULK",
    "ROW",
    "STAFF",
    "Kind",
    "Limits",
    "Sheet",
    "UnreadableFile",
    "outline_isolated",
    "read_sheet",
    "read_sheet_isolated",
]
