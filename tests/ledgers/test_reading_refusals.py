"""Files that are refused whole: wrong kind, broken, locked, bombs; and reading behind ceilings."""

import io
import zipfile
from pathlib import Path

import pytest

from tests.ledgers.workbooks import SHEET_PART, refused, saved, saved_shared, with_part, with_sheet
from yizhou.ledgers.reading import BULK, STAFF, UnreadableFile, read_sheet, read_sheet_isolated


def test_suffixes_that_are_no_tables(tmp_path: Path) -> None:
    for name in ("表.xls", "表.et", "表.wps", "表.pdf", "表.docx", "表.xlsm", "表", "表.txt"):
        (tmp_path / name).write_bytes(b"x")
        error = refused(tmp_path / name)
        assert error.code == "suffix"
        assert "另存为" in error.remedy
    assert refused(tmp_path / "没有.xlsx").code == "missing"


def test_contents_that_are_no_workbook(tmp_path: Path) -> None:
    def judged(content: bytes) -> tuple[str, str]:
        (tmp_path / "假.xlsx").write_bytes(content)
        error = refused(tmp_path / "假.xlsx")
        return error.code, error.message

    def zipped(*names: str) -> bytes:
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w") as archive:
            for name in names:
                archive.writestr(name, "x")
        return buffer.getvalue()

    ole = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600
    assert judged(b"") == ("empty", "文件是空的（0 字节）。")
    assert judged(ole + "EncryptedPackage".encode("utf-16-le"))[0] == "password"
    assert judged(ole)[0] == "magic"
    assert judged("姓名,性别\n".encode())[0] == "magic"
    assert "网页" in judged(b"<html><table></table></html>")[1]
    assert "PDF" in judged(b"%PDF-1.7")[1]
    assert judged(b"PK\x03\x04" + b"\0" * 100)[0] == "broken"
    assert judged(zipped("word/document.xml", "[Content_Types].xml"))[0] == "not-a-workbook"
    assert judged(zipped("xl/vbaProject.bin", "[Content_Types].xml"))[0] == "macro"
    whole = saved(tmp_path, [["甲"], ["乙"]]).read_bytes()
    assert judged(whole[: len(whole) // 2])[0] == "broken"


def test_parts_that_contradict_each_other(tmp_path: Path) -> None:
    path = saved_shared(tmp_path, [["甲"], ["乙"]])
    assert refused(with_part(path, "xl/sharedStrings.xml", lambda _: "<sst/>")).code == "broken"
    assert refused(with_part(path, SHEET_PART, lambda text: text[: len(text) // 2])).code == "broken"
    assert refused(with_part(path, "xl/workbook.xml", lambda _: "no xml")).code == "broken"
    double = (
        '<row r="1"><c r="A1"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c><c r="A2"><v>2</v></c></row>'
    )
    assert refused(with_sheet(tmp_path, double)).code == "broken"


def bomb(folder: Path, unpacked: int) -> Path:
    """A valid workbook whose sheet is followed by so many spaces."""
    path = saved(folder, [["甲"], ["乙"]])
    return with_part(path, SHEET_PART, lambda text: text + " " * (unpacked - len(text.encode())))


def test_zip_bombs_are_judged_before_parsing(tmp_path: Path) -> None:
    error = refused(bomb(tmp_path, 21 << 20))
    assert (error.code, "倍" in error.message) == ("bomb", True)
    assert read_sheet(bomb(tmp_path, 19 << 20)).frame["甲"].to_list() == ["乙"]
    tight = type(STAFF)(STAFF.file_bytes, STAFF.entries, 1 << 20, 10**9, STAFF.ratio_floor_bytes, 10, 10)
    assert "展开后" in refused(bomb(tmp_path, 2 << 20), limits=tight).message
    with zipfile.ZipFile(saved(tmp_path, [["甲"]]), "a") as archive:
        for number in range(1_000):
            archive.writestr(f"xl/{number}", "")
    assert "部件" in refused(tmp_path / "表.xlsx").message


def test_rows_above_the_limit_are_refused(tmp_path: Path) -> None:
    tight = type(BULK)(BULK.file_bytes, BULK.entries, BULK.unpacked_bytes, 100, BULK.ratio_floor_bytes, 3, 10)
    assert read_sheet(saved(tmp_path, [["甲"], [1], [2], [3]]), tight).frame.height == 3
    assert refused(saved(tmp_path, [["甲"], [1], [2], [3], [4]]), limits=tight).code == "too-many-rows"


def test_isolated_reading_gives_the_same_sheet_and_the_same_refusals(tmp_path: Path) -> None:
    path = saved(tmp_path, [["甲", "乙"], [1, "=1+1"], [110101199003070011, "文"]])
    here, there = read_sheet(path), read_sheet_isolated(path)
    assert there.frame.equals(here.frame)
    assert there.problems.equals(here.problems)
    assert (there.headers, there.warnings) == (here.headers, here.warnings)
    assert {name: mask.to_list() for name, mask in there.numeric.items()} == {"甲": [True, True]}
    with pytest.raises(UnreadableFile) as caught:
        read_sheet_isolated(tmp_path / "没有.xlsx")
    assert (caught.value.code, caught.value.message) == ("missing", "找不到文件「没有.xlsx」。")


def test_isolated_reading_stops_at_its_ceilings(tmp_path: Path) -> None:
    path = saved(tmp_path, [["甲"], [1]])
    with pytest.raises(UnreadableFile, match="内存") as caught:
        read_sheet_isolated(path, memory_bytes=200 << 20)
    assert caught.value.code == "too-costly"
    slow = saved(tmp_path, [["甲"], *([n] for n in range(60_000))])
    slow = with_part(slow, SHEET_PART, lambda text: text.replace("<sheetData>", "<sheetData><!-- -->"))
    with pytest.raises(UnreadableFile, match="时间"):
        read_sheet_isolated(slow, seconds=0)
