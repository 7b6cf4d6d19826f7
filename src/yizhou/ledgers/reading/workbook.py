"""The parts of a workbook that say where the first sheet is and which styles are dates."""

import posixpath
import re
import zipfile
from dataclasses import dataclass

from yizhou.ledgers.reading.limits import UnreadableFile, broken, refusal
from yizhou.ledgers.reading.markup import Element, elements

_SMALL_PART = 32 << 20
# 14-22 and 45-47 are dates everywhere; 27-36 and 50-58 are the built-in dates of Chinese Excel (31: 年月日).
_BUILT_IN_DATES = frozenset([*range(14, 23), *range(27, 37), *range(45, 48), *range(50, 59)])
_NOT_DATE_PART = re.compile(r'"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]', re.IGNORECASE)
PROBLEMS, REJECTED = "问题", "被拒的行"
"""Sheets of an errors file: it may be handed in as it is, once its second sheet has been put right."""
_DATE_LETTERS = re.compile(r"[ymdhse年月日时分秒]", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Workbook:
    """Where to read: zip names of the sheet and the shared strings, what to call it, how its numbers become dates."""

    sheet_part: str
    sheet_name: str
    which: str
    hidden: bool
    strings_part: str | None
    date_styles: frozenset[int]
    from_1904: bool


def open_workbook(archive: zipfile.ZipFile, wanted: str = "") -> Workbook:
    """Find the sheet of that name, else the first; in an errors file that of the rejected rows. Raises
    UnreadableFile when there is none that holds cells."""
    root = _target(archive, "", "officeDocument") or "xl/workbook.xml"
    found = elements(small_part(archive, root))
    sheets = _sheets(found)
    names = [sheet.get("name", "") for sheet in sheets]
    if wanted and wanted not in names:
        raise refusal("no-sheet", f"工作簿里没有名为「{wanted}」的表。", "表名照模板，不要改动。")
    at = names.index(wanted) if wanted else int(names[:2] == [PROBLEMS, REJECTED])
    first, which = sheets[at], "工作表" if wanted else "第一张表"
    relations = _relations(archive, root)
    kind, part = relations.get(first.get("id", ""), ("", ""))
    if kind != "worksheet":
        raise refusal(
            "no-sheet",
            f"{which}「{first.get('name', '')}」不是数据表（可能是图表）。",
            "请把数据表移到最前面。",
        )
    properties = [element.attributes for element in found if element.name == "workbookPr"]
    styles = next((part for kind, part in relations.values() if kind == "styles"), None)
    return Workbook(
        sheet_part=part,
        sheet_name=first.get("name", ""),
        which=which,
        hidden=first.get("state", "visible") != "visible",
        strings_part=next((part for kind, part in relations.values() if kind == "sharedStrings"), None),
        date_styles=_date_styles(small_part(archive, styles)) if styles else frozenset(),
        from_1904=any(item.get("date1904") in ("1", "true") for item in properties),
    )


def sheet_names(archive: zipfile.ZipFile) -> list[str]:
    """The names of all sheets in their order. Raises UnreadableFile."""
    root = _target(archive, "", "officeDocument") or "xl/workbook.xml"
    return [sheet.get("name", "") for sheet in _sheets(elements(small_part(archive, root)))]


def _sheets(found: list[Element]) -> list[dict[str, str]]:
    sheets = [one.attributes for one in found if one.parent == "sheets" and one.name == "sheet"]
    if not sheets:
        raise refusal("empty", "工作簿里没有工作表。", "请确认数据在第一张工作表里，保存后再导入。")
    return sheets


def small_part(archive: zipfile.ZipFile, name: str) -> bytes:
    """The whole of a part that is small in an honest workbook."""
    info = part_info(archive, name)
    if info.file_size > _SMALL_PART:
        raise broken(f"{posixpath.basename(name)} 过大")
    try:
        return archive.read(info)
    except (zipfile.BadZipFile, OSError, EOFError, ValueError, RuntimeError) as error:
        raise broken(posixpath.basename(name)) from error


def part_info(archive: zipfile.ZipFile, name: str) -> zipfile.ZipInfo:
    """The entry for a part; some writers differ in case or slashes from what they refer to."""
    try:
        return archive.getinfo(name)
    except KeyError:
        wanted = name.lower()
        for info in archive.infolist():
            if info.filename.replace("\\", "/").lstrip("/").lower() == wanted:
                return info
    raise broken(f"缺少 {posixpath.basename(name)}")


def _relations(archive: zipfile.ZipFile, part: str) -> dict[str, tuple[str, str]]:
    """Id → (last word of the type, zip name) for the part's relations; the root's when part is empty."""
    folder, name = posixpath.split(part)
    try:
        data = small_part(archive, posixpath.join(folder, "_rels", f"{name}.rels"))
    except UnreadableFile:
        return {}
    relations = {}
    for element in elements(data):
        if element.name == "Relationship" and element.attributes.get("TargetMode") != "External":
            target = element.attributes.get("Target", "").replace("\\", "/")
            path = target.lstrip("/") if target.startswith("/") else posixpath.join(folder, target)
            kind = posixpath.basename(element.attributes.get("Type", ""))
            relations[element.attributes.get("Id", "")] = (kind, posixpath.normpath(path))
    return relations


def _target(archive: zipfile.ZipFile, part: str, wanted: str) -> str | None:
    return next((path for kind, path in _relations(archive, part).values() if kind == wanted), None)


def _date_styles(styles: bytes) -> frozenset[int]:
    """Indexes of cell formats that show a number as a date or a time."""
    own: dict[str, bool] = {}
    formats: list[str] = []
    for element in elements(styles):
        if element.name == "numFmt" and element.parent == "numFmts":
            own[element.attributes.get("numFmtId", "")] = _is_date(element.attributes.get("formatCode", ""))
        elif element.name == "xf" and element.parent == "cellXfs":
            formats.append(element.attributes.get("numFmtId", "0"))
    return frozenset(
        at
        for at, number in enumerate(formats)
        if own.get(number, number.isdigit() and int(number) in _BUILT_IN_DATES)
    )


def _is_date(code: str) -> bool:
    positive = code.split(";")[0]
    bare = _NOT_DATE_PART.sub("", positive)
    return (
        bool(_DATE_LETTERS.search(bare)) and "General" not in bare and not re.search(r"[0#?]\.?E[+-]", bare)
    )
