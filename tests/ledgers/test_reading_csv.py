"""csv files: encodings, quotes, ragged rows, and the refusals that name a row."""

from pathlib import Path

import pytest

from yizhou.ledgers.reading import BULK, STAFF, Sheet, UnreadableFile, read_sheet


def written(folder: Path, content: bytes, name: str = "表.csv") -> Path:
    path = folder / name
    path.write_bytes(content)
    return path


def read(folder: Path, content: bytes) -> Sheet:
    return read_sheet(written(folder, content))


def refused(folder: Path, content: bytes) -> UnreadableFile:
    with pytest.raises(UnreadableFile) as caught:
        read(folder, content)
    assert caught.value.remedy
    return caught.value


TEXT = "姓名,地址\n𠮷田·买买提,甲村\n李四,乙镇\n"


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "gb18030"])
@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
def test_same_table_in_every_encoding_and_line_end(tmp_path: Path, encoding: str, newline: str) -> None:
    sheet = read(tmp_path, TEXT.replace("\n", newline).encode(encoding))
    assert sheet.headers == ["姓名", "地址"]
    assert sheet.frame.rows() == [(2, "𠮷田·买买提", "甲村"), (3, "李四", "乙镇")]
    assert (sheet.warnings, sheet.problems.height, sheet.numeric) == ([], 0, {})


def test_quotes_commas_and_line_breaks_inside_cells(tmp_path: Path) -> None:
    sheet = read(tmp_path, '姓名,备注\n张三,"甲,""乙"""\n李四,"上\r\n下"\n王五,丙'.encode())
    assert sheet.frame.rows() == [(2, "张三", '甲,"乙"'), (3, "李四", "上\r\n下"), (4, "王五", "丙")]


def test_blank_rows_are_skipped_but_counted(tmp_path: Path) -> None:
    sheet = read(tmp_path, "甲,乙\n\n1,2\n,\n \u3000,\n3,\n".encode())
    assert sheet.frame.rows() == [(3, "1", "2"), (6, "3", None)]


def test_ragged_rows_are_named_and_the_others_read(tmp_path: Path) -> None:
    sheet = read(tmp_path, "甲,乙,丙\n1,2,3\n1,2\n1,2,3,4\n5,6,7,,\n".encode())
    assert sheet.problems.select("row_no", "header", "reason").rows() == [
        (3, "", "这一行有 2 格，表头有 3 列"),
        (4, "", "这一行有 4 格，表头有 3 列"),
    ]
    assert sheet.frame.rows()[3] == (5, "5", "6", "7")


def test_a_row_with_quotes_out_of_place_is_named(tmp_path: Path) -> None:
    sheet = read(tmp_path, '甲,乙\n"a"b,2\n3,4\n'.encode())
    assert sheet.problems.select("row_no", "reason").rows() == [(2, "双引号用法不对")]
    assert sheet.frame.rows()[1] == (3, "3", "4")


def test_one_apostrophe_goes_from_before_a_formula_sign(tmp_path: Path) -> None:
    sheet = read(tmp_path, "甲,乙\n'=1,''=1\n'x,-5\n".encode())
    assert sheet.frame.rows() == [(2, "=1", "'=1"), (3, "'x", "-5")]


def test_headers_are_trimmed_and_made_half_width(tmp_path: Path) -> None:
    assert read(tmp_path, "\u3000姓名 ,军人（烈士）姓名\n1,2\n".encode()).headers == [
        "姓名",
        "军人(烈士)姓名",
    ]


def test_header_alone_is_a_table_without_rows(tmp_path: Path) -> None:
    sheet = read(tmp_path, "姓名,性别".encode())
    assert (sheet.frame.columns, sheet.frame.height) == (["row_no", "姓名", "性别"], 0)
    assert sheet.warnings == ["只有表头，没有数据。"]


@pytest.mark.parametrize(
    ("content", "code", "words"),
    [
        (b"", "empty", "0 字节"),
        (b"\xef\xbb\xbf", "empty", "没有内容"),
        ("甲;乙\n1;2\n".encode(), "separator", "分号"),
        ("甲\t乙\n1\t2\n".encode(), "separator", "制表符"),
        ("甲，乙\n1，2\n".encode(), "separator", "全角逗号"),
        ("甲,乙\n1,2\n3,\x00\n".encode(), "nul", "第 3 行"),
        ("甲,乙\n1,2\n".encode("utf-16"), "encoding", "UTF-16"),
        ("甲,乙\n1,2\n".encode() + b"\xff\xff,2\n", "encoding", "第 3 行、第 13 字节"),
        ('甲,乙\n1,2\n3,"4\n5,6\n'.encode(), "quotes", "第 3 行"),
        (b",,\n1,2,3\n", "no-header", "第 1 行"),
        ("甲,,丙\n1,2,3\n".encode(), "blank-header", "B 列第 1 行没有列名，而第 2 行"),
        ("姓名,乙,姓名 \n1,2,3\n".encode(), "doubled-header", "「姓名」在 A、C 列"),
        (b"PK\x03\x04....", "magic", "Excel 工作簿"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "magic", "旧版 Office"),
        ((",".join(f"列{n}" for n in range(201)) + "\n").encode(), "too-many-columns", "201 列"),
    ],
)
def test_refusals_say_what_and_where(tmp_path: Path, content: bytes, code: str, words: str) -> None:
    error = refused(tmp_path, content)
    assert error.code == code
    assert words in error.message


def test_rows_at_the_limit_pass_and_one_more_is_refused(tmp_path: Path) -> None:
    body = "1,2\n" * STAFF.rows
    assert read(tmp_path, f"甲,乙\n{body}".encode()).frame.height == STAFF.rows
    assert refused(tmp_path, f"甲,乙\n{body}1,2\n".encode()).code == "too-many-rows"
    assert read_sheet(written(tmp_path, f"甲,乙\n{body}1,2\n".encode()), BULK).frame.height == STAFF.rows + 1


def test_rows_keep_their_numbers_across_blocks(tmp_path: Path) -> None:
    """More than one block (8 MB), with a quoted line break near every cut."""
    filler = "长" * 200
    lines = [f'{n},"{filler}\n{n}"' if n % 7 == 0 else f"{n},{filler}" for n in range(2, 40_002)]
    sheet = read(tmp_path, ("号,文\n" + "\n".join(lines) + "\n").encode("gb18030"))
    assert sheet.frame["row_no"].to_list() == list(range(2, 40_002))
    assert sheet.frame["号"].to_list() == [str(n) for n in range(2, 40_002)]
    assert sheet.problems.height == 0
