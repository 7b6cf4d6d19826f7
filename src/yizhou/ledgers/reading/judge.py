"""Judge a file by name, first bytes and zip directory before it is parsed. 依据: trust.md D10, T15."""

import zipfile
from pathlib import Path
from typing import Literal

from yizhou.ledgers.reading.limits import Limits, UnreadableFile, refusal

_SAVE_AS = "请用 Excel 或 WPS 打开，“另存为”类型选“Excel 工作簿 (*.xlsx)”，再导入另存的文件。"
_SUFFIXES = {
    ".xls": "旧版 Excel 文件（.xls）",
    ".et": "WPS 表格文件（.et）",
    ".wps": "WPS 文字文件（.wps）",
    ".ods": "OpenDocument 表格（.ods）",
    ".xlsb": "二进制 Excel 文件（.xlsb）",
    ".xlsm": "带宏的 Excel 文件（.xlsm）",
    ".xltm": "带宏的 Excel 模板（.xltm）",
    ".xltx": "Excel 模板（.xltx）",
    ".numbers": "Numbers 表格（.numbers）",
}
_OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_ZIP = b"PK\x03\x04"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_CHUNK = 1 << 20


def judge(path: Path, limits: Limits) -> Literal["xlsx", "csv"]:
    """The kind of file at `path`, or UnreadableFile with a remedy. Reads at most the zip directory."""
    if not path.is_file():
        raise refusal("missing", f"找不到文件「{path.name}」。", "请核对文件名和所在文件夹。")
    suffix = path.suffix.lower()
    if suffix not in (".xlsx", ".csv"):
        raise _wrong_suffix(path.name, suffix)
    size = path.stat().st_size
    if size == 0:
        raise refusal("empty", "文件是空的（0 字节）。", "请重新导出或下载后再导入。")
    if size > limits.file_bytes:
        raise refusal(
            "too-large",
            f"文件有 {size / 1e6:.0f} MB，最多 {limits.file_bytes / 1e6:.0f} MB。",
            "请拆成几个文件分次导入，或请管理员用命令行批量导入。",
        )
    with path.open("rb") as stream:
        head = stream.read(512)
    if suffix == ".csv":
        _judge_text(head)
        return "csv"
    if not head.startswith(_ZIP):
        raise _not_a_workbook(path, head)
    _judge_zip(path, limits)
    return "xlsx"


def _wrong_suffix(name: str, suffix: str) -> UnreadableFile:
    if suffix in _SUFFIXES:
        return refusal("suffix", f"不能导入{_SUFFIXES[suffix]}。", _SAVE_AS)
    said = f"后缀「{suffix}」" if suffix else "没有后缀的文件"
    return refusal("suffix", f"不认识{said}:「{name}」。", "只能导入 .xlsx 或 .csv 文件。" + _SAVE_AS)


def _judge_text(head: bytes) -> None:
    if head.startswith(_ZIP):
        raise refusal("magic", "后缀是 .csv，内容却是 Excel 工作簿。", "请把后缀改成 .xlsx 再导入。")
    if head.startswith(_OLE):
        raise refusal("magic", "后缀是 .csv，内容却是旧版 Office 文件。", _SAVE_AS)
    if head.startswith(b"%PDF"):
        raise refusal("magic", "后缀是 .csv，内容却是 PDF。", "请导入原来的表格文件。")


def _not_a_workbook(path: Path, head: bytes) -> UnreadableFile:
    if head.startswith(_OLE):
        if _contains(path, _ENCRYPTED):
            return refusal(
                "password",
                "文件设了打开密码，系统读不了。",
                "请在 Excel“文件→信息→保护工作簿→用密码进行加密”里清空密码，保存后再导入。",
            )
        return refusal("magic", "后缀是 .xlsx，内容却是旧版 Office 文件（只改了后缀）。", _SAVE_AS)
    if head.startswith(b"%PDF"):
        return refusal("magic", "后缀是 .xlsx，内容却是 PDF。", "请导入原来的表格文件。")
    if head.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<"):
        return refusal("magic", "后缀是 .xlsx，内容却是网页或 XML。", _SAVE_AS)
    return refusal("magic", "后缀是 .xlsx，内容却不是 Excel 工作簿。", _SAVE_AS)


def _contains(path: Path, needle: bytes) -> bool:
    tail = b""
    with path.open("rb") as stream:
        while chunk := stream.read(_CHUNK):
            if needle in tail + chunk:
                return True
            tail = chunk[-len(needle) :]
    return False


def _judge_zip(path: Path, limits: Limits) -> None:
    try:
        with zipfile.ZipFile(path) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError) as error:
        raise refusal(
            "broken",
            "文件已损坏或没有传完，打不开。",
            "请重新下载或从原处复制一份，能用 Excel 打开后再导入。",
        ) from error
    _judge_sizes(entries, path.stat().st_size, limits)
    names = {entry.filename.replace("\\", "/").lstrip("/").lower() for entry in entries}
    if "xl/vbaproject.bin" in names:
        raise refusal("macro", "工作簿里有宏，不能导入。", _SAVE_AS)
    if "xl/workbook.bin" in names:
        raise refusal("suffix", "不能导入二进制 Excel 文件（.xlsb 改的后缀）。", _SAVE_AS)
    if "[content_types].xml" not in names or not any(name.startswith("xl/") for name in names):
        raise refusal("not-a-workbook", "后缀是 .xlsx，里面却没有 Excel 工作簿。", _SAVE_AS)


def _judge_sizes(entries: list[zipfile.ZipInfo], packed: int, limits: Limits) -> None:
    if len(entries) > limits.entries:
        raise refusal(
            "bomb",
            f"文件里有 {len(entries)} 个部件，最多 {limits.entries} 个。",
            "请新建工作簿，只粘贴数据后再导入。",
        )
    unpacked = sum(entry.file_size for entry in entries)
    if unpacked > limits.unpacked_bytes:
        raise refusal(
            "bomb",
            f"文件展开后有 {unpacked / 1e6:.0f} MB，最多 {limits.unpacked_bytes / 1e6:.0f} MB。",
            "请拆成几个文件分次导入，或请管理员用命令行批量导入。",
        )
    if unpacked > limits.ratio_floor_bytes and unpacked > packed * limits.ratio:
        raise refusal(
            "bomb",
            f"文件展开后是原来的 {unpacked // max(packed, 1)} 倍，不像正常的台账。",
            "请新建工作簿，只粘贴有内容的区域后再导入。",
        )
    for entry in entries:
        if entry.flag_bits & 0x1:
            raise refusal("password", "压缩包设了密码，系统读不了。", "请去掉密码后再导入。")
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            raise refusal("broken", "文件用了 Excel 不用的压缩方式。", _SAVE_AS)
