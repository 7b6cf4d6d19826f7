"""What a file may cost before it is refused, and how a refusal is said. 依据: trust.md T15."""

from dataclasses import dataclass

MEGABYTE = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Limits:
    """Ceilings for one file. Sizes in bytes; `ratio` is unpacked : packed and counts only above the floor.

    The floor exists because small honest sheets full of repeated cells pack better than 100 : 1.
    """

    file_bytes: int
    entries: int
    unpacked_bytes: int
    ratio: int
    ratio_floor_bytes: int
    rows: int
    columns: int


STAFF = Limits(
    file_bytes=50 * MEGABYTE,
    entries=1_000,
    unpacked_bytes=300 * MEGABYTE,
    ratio=100,
    ratio_floor_bytes=20 * MEGABYTE,
    rows=100_000,
    columns=200,
)
"""Files that come in through the browser or the API."""

BULK = Limits(
    file_bytes=1_024 * MEGABYTE,
    entries=1_000,
    unpacked_bytes=3_072 * MEGABYTE,
    ratio=100,
    ratio_floor_bytes=20 * MEGABYTE,
    rows=400_000,
    columns=200,
)
"""Files named on the command line by an operator; a city of 340,000 people unpacks to 0.9 GB."""


class UnreadableFile(Exception):
    """The whole file is refused and nothing was taken: `message` says what is wrong, `remedy` what to do.

    `code` is stable, for tests and logs.
    """

    def __init__(self, message: str, remedy: str = "", code: str = "file") -> None:
        super().__init__(message, remedy, code)
        self.message = message
        self.remedy = remedy
        self.code = code

    def __str__(self) -> str:
        return f"{self.message}{self.remedy}"


def refusal(code: str, message: str, remedy: str) -> UnreadableFile:
    """The error to raise; the code stands first so that a reader of the source sees which case it is."""
    return UnreadableFile(message, remedy, code)


class Irregular(Exception):
    """The quick parser met markup it does not vouch for; the careful one must read the part again."""


def broken(detail: str = "") -> UnreadableFile:
    """The refusal for a workbook whose parts contradict each other."""
    inside = f"（{detail}）" if detail else ""
    remedy = "请用 Excel 或 WPS 打开检查，另存为新的 .xlsx 文件后再导入。"
    return refusal("broken", f"文件已损坏或不完整{inside}。", remedy)
