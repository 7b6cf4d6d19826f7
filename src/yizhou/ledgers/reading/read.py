"""The one door: a path in, a Sheet or UnreadableFile out."""

import zipfile
from pathlib import Path

from yizhou.ledgers.reading.csv_text import read_csv
from yizhou.ledgers.reading.judge import judge
from yizhou.ledgers.reading.limits import STAFF, Limits, UnreadableFile, broken, refusal
from yizhou.ledgers.reading.sheet import Sheet
from yizhou.ledgers.reading.workbook import sheet_names
from yizhou.ledgers.reading.xlsx import read_xlsx

UNREADABLE = -1


def read_sheet(path: Path, limits: Limits = STAFF, wanted: str = "") -> Sheet:
    """Read a ledger file, of a workbook the sheet of that name. Raises UnreadableFile (Chinese message and remedy) when
    the whole file is unfit.

    Cells that cannot be taken do not stop the reading: they are listed in `Sheet.problems`.
    """
    return read_xlsx(path, limits, wanted) if judge(path, limits) == "xlsx" else read_csv(path, limits)


def outline(path: Path, limits: Limits = STAFF) -> dict[str, int]:
    """The sheets of a workbook with the rows of each; -1 where reading one refuses it. Raises UnreadableFile."""
    if judge(path, limits) != "xlsx":
        raise refusal("suffix", "整本导入要用 Excel 工作簿。", "下载整本模板填写，保存为 .xlsx。")
    try:
        with zipfile.ZipFile(path) as archive:
            names = sheet_names(archive)
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise broken() from error
    if len(names) > limits.columns:
        raise refusal("bomb", f"工作簿里有 {len(names)} 张表。", "请用整本模板填写。")
    return {name: _height(path, limits, name) for name in names}


def _height(path: Path, limits: Limits, name: str) -> int:
    try:
        return read_xlsx(path, limits, name).frame.height
    except UnreadableFile as problem:
        # What is wrong with it is said where the sheet is checked; one without a single cell has nothing to say.
        return 0 if problem.code == "empty" else UNREADABLE
