"""Read a file from outside in its own process, with ceilings on memory and time. 依据: trust.md D10, T15."""

import os
import resource
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path

import orjson
import polars as pl

from yizhou.ledgers.reading.limits import STAFF, Limits, UnreadableFile, refusal
from yizhou.ledgers.reading.read import outline, read_sheet
from yizhou.ledgers.reading.sheet import Sheet

_MEMORY_BYTES = 3 << 30
_SECONDS = 120
_TABLE, _PROBLEMS, _REST, _OUTLINE = "table.arrow", "problems.arrow", "rest.json", "outline.json"
_NUMERIC = "numeric:"
_REFUSED, _OUT_OF_MEMORY = 3, 4
_SOURCE = str(Path(__file__).parents[3])


def read_sheet_isolated(
    path: Path,
    limits: Limits = STAFF,
    wanted: str = "",
    *,
    memory_bytes: int = _MEMORY_BYTES,
    seconds: int = _SECONDS,
) -> Sheet:
    """`read_sheet` in a process that may use at most `memory_bytes` of addresses and `seconds` of time.

    The process sees no setting or secret of this one. Raises UnreadableFile as `read_sheet` does, and when
    the process is killed by a ceiling or crashes.
    """
    with tempfile.TemporaryDirectory(prefix="yizhou-sheet-") as folder:
        _order({"path": str(path), "limits": asdict(limits), "sheet": wanted}, folder, memory_bytes, seconds)
        return _load(Path(folder))


def outline_isolated(path: Path, limits: Limits = STAFF) -> dict[str, int]:
    """`outline` in a process of its own, with the same ceilings."""
    with tempfile.TemporaryDirectory(prefix="yizhou-sheet-") as folder:
        asked = {"path": str(path), "limits": asdict(limits), "outline": True}
        _order(asked, folder, _MEMORY_BYTES, _SECONDS)
        return dict(orjson.loads((Path(folder) / _OUTLINE).read_bytes()))


def _order(asked: dict[str, object], folder: str, memory_bytes: int, seconds: int) -> None:
    order = {**asked, "folder": folder, "memory": memory_bytes, "seconds": seconds}
    try:
        done = subprocess.run(
            [sys.executable, "-m", "yizhou.ledgers.reading"],
            input=orjson.dumps(order),
            capture_output=True,
            timeout=seconds,
            env=_environment(folder),
            check=False,
        )
    except subprocess.TimeoutExpired as error:
        raise _too_slow() from error
    if done.returncode == _REFUSED:
        raise UnreadableFile(**orjson.loads(done.stdout))
    if done.returncode == -24:  # SIGXCPU
        raise _too_slow()
    if done.returncode:
        raise refusal(
            "too-costly",
            "读这个文件用的内存超出了限度。",
            "请只保留数据，拆成几个文件分次导入，或改用 csv 格式。",
        )


def _environment(folder: str) -> dict[str, str]:
    path = os.pathsep.join([_SOURCE, *filter(None, [os.environ.get("PYTHONPATH", "")])])
    return {
        "PATH": os.defpath,
        "PYTHONPATH": path,
        "PYTHONUTF8": "1",
        "HOME": folder,
        "POLARS_MAX_THREADS": "2",
    }


def _too_slow() -> UnreadableFile:
    return refusal("too-costly", "读这个文件用的时间超出了限度。", "请只保留数据，拆成几个文件分次导入。")


def serve(order: bytes) -> tuple[int, bytes]:
    """The other side: read as ordered, leave the result in the folder. Returns exit code and output."""
    asked = orjson.loads(order)
    resource.setrlimit(resource.RLIMIT_AS, (asked["memory"], asked["memory"]))
    resource.setrlimit(resource.RLIMIT_CPU, (asked["seconds"], asked["seconds"] + 5))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    path, limits, folder = Path(asked["path"]), Limits(**asked["limits"]), Path(asked["folder"])
    try:
        if "outline" in asked:
            (folder / _OUTLINE).write_bytes(orjson.dumps(outline(path, limits)))
            return 0, b""
        sheet = read_sheet(path, limits, asked["sheet"])
    except UnreadableFile as error:
        said = {"message": error.message, "remedy": error.remedy, "code": error.code}
        return _REFUSED, orjson.dumps(said)
    except MemoryError:
        return _OUT_OF_MEMORY, b""
    _save(sheet, folder)
    return 0, b""


def _save(sheet: Sheet, folder: Path) -> None:
    masks = [mask.alias(f"{_NUMERIC}{header}") for header, mask in sheet.numeric.items()]
    sheet.frame.with_columns(masks).write_ipc(folder / _TABLE)
    sheet.problems.write_ipc(folder / _PROBLEMS)
    rest = {"headers": sheet.headers, "numeric": list(sheet.numeric), "warnings": sheet.warnings}
    (folder / _REST).write_bytes(orjson.dumps(rest))


def _load(folder: Path) -> Sheet:
    rest = orjson.loads((folder / _REST).read_bytes())
    table = pl.read_ipc((folder / _TABLE).read_bytes())
    masks = [f"{_NUMERIC}{header}" for header in rest["numeric"]]
    return Sheet(
        headers=rest["headers"],
        frame=table.drop(masks),
        numeric={
            header: table[mask].alias(header) for header, mask in zip(rest["numeric"], masks, strict=True)
        },
        problems=pl.read_ipc((folder / _PROBLEMS).read_bytes()),
        warnings=rest["warnings"],
    )
