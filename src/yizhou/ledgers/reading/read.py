"""The one door: a path in, a Sheet or UnreadableFile out."""

from pathlib import Path

from yizhou.ledgers.reading.csv_text import read_csv
from yizhou.ledgers.reading.judge import judge
from yizhou.ledgers.reading.limits import STAFF, Limits
from yizhou.ledgers.reading.sheet import Sheet
from yizhou.ledgers.reading.xlsx import read_xlsx


def read_sheet(path: Path, limits: Limits = STAFF) -> Sheet:
    """Read a ledger file. Raises UnreadableFile (Chinese message and remedy) when the whole file is unfit.

    Cells that cannot be taken do not stop the reading: they are listed in `Sheet.problems`.
    """
    return read_xlsx(path, limits) if judge(path, limits) == "xlsx" else read_csv(path, limits)
