"""Workbooks as people and programs write them: every kind of cell, faults by row, files refused whole."""

import datetime as dt
import io
from pathlib import Path
from typing import Any

import openpyxl
import pytest
import xlsxwriter

from tests.ledgers.workbooks import SHEET_PART, refused, saved, saved_shared, with_part, with_sheet
from yizhou.ledgers.reading import Sheet, careful, read_sheet
from yizhou.ledgers.reading.careful import CarefulSheet
from yizhou.ledgers.reading.rows import raw_cells


def said(sheet: Sheet) -> list[tuple[Any, ...]]:
    return sheet.problems.select("row_no", "header", "reason").rows()


def test_cells_of_every_kind_become_text(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        [
            ["文", "数", "期", "是"],
            [" 𠮷田·买买提 ", 12, dt.date(2024, 3, 5), True],
            ["＆<全角>＂", 0.1 + 0.2, dt.datetime.fromisoformat("2024-03-05T14:30:15"), False],
            ["多\n行", -3.50, dt.time(8, 30), None],
            ["123456789012345678", 123456789012345, dt.date(1900, 1, 1), None],
        ],
    )
    sheet = read_sheet(path)
    assert sheet.frame.rows() == [
        (2, " 𠮷田·买买提 ", "12", "2024-03-05", "是"),
        (3, "＆<全角>＂", "0.3", "2024-03-05 14:30:15", "否"),
        (4, "多\n行", "-3.5", "08:30:00", None),
        (5, "123456789012345678", "123456789012345", "1900-01-01", None),
    ]
    assert list(sheet.numeric) == ["数"]
    assert sheet.numeric["数"].to_list() == [True, True, True, True]
    assert (sheet.problems.height, sheet.warnings) == (0, [])


@pytest.mark.parametrize("shown", ["2024-03-05", "2024/3/5", "2024.3.5", "20240305", "2024年3月5日"])
def test_dates_written_as_text_stay_as_written(tmp_path: Path, shown: str) -> None:
    assert read_sheet(saved(tmp_path, [["出生日期"], [shown]])).frame["出生日期"].to_list() == [shown]


def test_dates_of_chinese_excel_by_built_in_format_and_by_own(tmp_path: Path) -> None:
    def change(sheet: Any) -> None:
        sheet["A2"].number_format = "yyyy/m/d"
        sheet["A3"].number_format = "[$-F800]dddd\\,\\ mmmm\\ dd\\,\\ yyyy"
        sheet["A4"].number_format = '0.00"年"'
        sheet["A5"].number_format = "[红色]0.0"

    path = saved(tmp_path, [["期"], [45356], [45356], [45356], [45356]], change)
    path = with_part(path, "xl/styles.xml", lambda text: text.replace("<numFmts", "<numFmts", 1))
    assert read_sheet(path).frame["期"].to_list() == ["2024-03-05", "2024-03-05", "45356", "45356"]

    def built_in(text: str) -> str:
        return text.replace('numFmtId="14"', 'numFmtId="31"')

    dated = saved(
        tmp_path, [["期"], [45356]], lambda sheet: setattr(sheet["A2"], "number_format", "mm-dd-yy")
    )
    assert read_sheet(with_part(dated, "xl/styles.xml", built_in)).frame["期"].to_list() == ["2024-03-05"]


def test_dates_counted_from_1904(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.epoch = openpyxl.utils.datetime.CALENDAR_MAC_1904
    book.active.append(["期"])
    book.active.append([dt.date(2024, 3, 5)])
    book.save(tmp_path / "表.xlsx")
    assert read_sheet(tmp_path / "表.xlsx").frame["期"].to_list() == ["2024-03-05"]


def test_long_numbers_are_refused_by_row(tmp_path: Path) -> None:
    path = saved(
        tmp_path,
        [
            ["身份证号"],
            ["110101199003070011"],
            [110101199003070011],
            [1.10101199003070e17],
            [999999999999999],
        ],
    )
    sheet = read_sheet(path)
    reason = "按数字存放，超过 15 位，Excel 已把后面的位数改掉"
    assert said(sheet) == [(3, "身份证号", reason), (4, "身份证号", reason)]
    assert sheet.numeric["身份证号"].to_list() == [False, True, True, True]
    assert sheet.frame["身份证号"][0] == "110101199003070011"
    assert sheet.frame["身份证号"][2] == "110101199003070000"


def test_formulas_use_the_kept_result_and_say_so(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["甲", "乙", "丙"])
        page.write_formula(1, 0, "=1+1", None, 2)
        page.write_formula(1, 1, '="文"&A2', None, "文2")
        page.write_formula(2, 0, "=1/0", None, "#DIV/0!")
        page.write_formula(3, 0, "=B9", None, "")
        page.write(3, 1, "=不是公式", book.add_format())
        page.write_string(3, 2, "=1+1")
    sheet = read_sheet(path)
    assert sheet.frame.row(0) == (2, "2", "文2", None)
    assert sheet.frame["丙"].to_list()[-1] == "=1+1"
    assert said(sheet)[0] == (3, "甲", "单元格是错误值（#DIV/0!）")
    assert (4, "甲", "公式没有计算结果") in said(sheet)
    assert sheet.warnings == ["有 5 个单元格是公式（A2、B2、A3、A4、B4），按文件里保存的计算结果导入。"]


def test_formula_never_calculated_is_a_problem_of_its_row(tmp_path: Path) -> None:
    sheet = read_sheet(saved(tmp_path, [["甲", "乙"], ["=1+1", "文"], [3, "字"]]))
    assert said(sheet) == [(2, "甲", "公式没有计算结果")]
    assert sheet.frame.rows() == [(2, None, "文"), (3, "3", "字")]


def test_error_values_are_problems_of_their_rows(tmp_path: Path) -> None:
    sheet = read_sheet(saved(tmp_path, [["甲"], ["#N/A"], ["#REF!"]]))
    assert said(sheet) == [(2, "甲", "单元格是错误值（#N/A）"), (3, "甲", "单元格是错误值（#REF!）")]


def test_merged_cells_in_the_table_are_refused_and_beside_it_are_not(tmp_path: Path) -> None:
    rows = [["甲", "乙"], [1, 2], [3, 4]]
    error = refused(saved(tmp_path, rows, lambda sheet: sheet.merge_cells("A2:A3")))
    assert (error.code, "A2:A3" in error.message) == ("merged", True)
    assert refused(saved(tmp_path, rows, lambda sheet: sheet.merge_cells("A1:B1"))).code == "merged"
    assert read_sheet(saved(tmp_path, rows, lambda sheet: sheet.merge_cells("E1:F2"))).frame.height == 2


def test_only_the_first_sheet_counts_and_a_hidden_one_is_announced(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    book.active.append(["甲"])
    book.active.append([1])
    book.create_sheet("第二").append(["乙"])
    book.active.sheet_state = "hidden"
    book.save(tmp_path / "表.xlsx")
    sheet = read_sheet(tmp_path / "表.xlsx")
    assert sheet.headers == ["甲"]
    assert sheet.warnings == ["第一张表「Sheet」是隐藏的，读的就是这张表，请核对。"]


def test_blank_rows_keep_their_numbers_and_stray_cells_are_announced(tmp_path: Path) -> None:
    rows = [["甲", None, None], [1], [None], ["\u3000 "], [2, None, "备注"]]
    sheet = read_sheet(saved(tmp_path, rows))
    assert sheet.frame.rows() == [(2, "1"), (5, "2")]
    assert sheet.warnings == ["C5 起有内容但所在列没有表头，已忽略。"]


def test_a_far_row_costs_no_memory_and_keeps_its_number(tmp_path: Path) -> None:
    rows = '<row r="1"><c r="A1"><v>1</v></c></row><row r="1048576"><c r="A1048576"><v>2</v></c></row>'
    assert read_sheet(with_sheet(tmp_path, rows)).frame.rows() == [(1_048_576, "2")]


@pytest.mark.parametrize(
    ("rows", "code", "words"),
    [
        ([], "empty", "是空的"),
        ([[None, None], ["张三"]], "no-header", "第 1 行没有表头"),
        ([["甲", None, "丙"], [1, 2, 3]], "blank-header", "B 列第 1 行没有列名，而第 2 行"),
        ([["姓名", "乙", "姓名"], [1, 2, 3]], "doubled-header", "「姓名」在 A、C 列"),
        ([[f"列{at}" for at in range(201)]], "too-many-columns", "201 列"),
    ],
)
def test_tables_without_proper_headers_are_refused(
    tmp_path: Path, rows: list[list[Any]], code: str, words: str
) -> None:
    error = refused(saved(tmp_path, rows))
    assert error.code == code
    assert words in error.message


NAME = '<c r="A1" t="inlineStr"><is><t>甲</t></is></c>'
SEVEN = '<row r="2"><c r="A2"><v>7</v></c></row>'
GUIDE = '<rPh sb="0" eb="1"><t>jia</t></rPh>'


@pytest.mark.parametrize(
    "rows",
    [
        f'<row r="1">{NAME}</row><!-- 注 -->{SEVEN}',
        '<row><c t="inlineStr"><is><t>甲</t></is></c></row><row><c><v>7</v></c></row>',
        (f'<row r="1">{NAME}</row>' + SEVEN).replace('"', "'"),
        f'<row r="1"><c t="str" r="A1"><v><![CDATA[甲]]></v></c></row>{SEVEN}',
        f'<row r="1"><c r="A1" t="inlineStr"><is><r><t>甲</t></r>{GUIDE}</is></c></row>{SEVEN}',
        f'<row r="1" spans="1:1">\n {NAME}\n</row>\n<row r="3"><c r="A3"/></row>{SEVEN.replace("2", "4")}',
        f'<row r="1">{NAME}</row><row r="2"><c r="A2"><v> 7 </v></c></row>',
    ],
)
def test_unusual_markup_reads_the_same(tmp_path: Path, rows: str) -> None:
    sheet = read_sheet(with_sheet(tmp_path, rows))
    assert sheet.headers == ["甲"]
    assert sheet.frame["甲"].to_list() == ["7"]


def test_both_parsers_agree_on_what_the_quick_one_takes() -> None:
    block = "".join(
        [
            '<row r="1" spans="1:4" ht="20"><c r="A1" s="3" t="s"><v>12</v></c><c r="B1" s="4"/>',
            '<c r="D1"><v>1.5E3</v></c></row><row r="3"/><row r="27" hidden="1">',
            '<c r="AA27" t="inlineStr"><is><t xml:space="preserve"> a &amp; b_x000D_ </t></is></c>',
            '<c r="AB27" t="str"><f>A1&amp;"x"</f><v>&#20013;</v></c>',
            '<c r="AC27"><f t="shared" si="0"/><v></v></c><c r="AD27" t="b"><v>1</v></c>',
            '<c r="AE27" t="e"><v>#N/A</v></c><c r="AF27"><f>B9</f></c><c r="AG27"></c></row>',
        ]
    )
    quick = raw_cells(block.encode()).sort("row", "col")
    careful = list(CarefulSheet().blocks(io.BytesIO(f"<sheetData>{block}</sheetData>".encode())))
    assert len(careful) == 1
    assert [(*row[:5], row[5] or None) for row in quick.rows()] == [
        (1, 0, 1, 3, False, "12"),
        (1, 3, 0, 0, False, "1.5E3"),
        (27, 26, 3, 0, False, " a & b\r "),
        (27, 27, 2, 0, True, "中"),
        (27, 28, 0, 0, True, None),
        (27, 29, 4, 0, False, "1"),
        (27, 30, 5, 0, False, "#N/A"),
        (27, 31, 0, 0, True, None),
    ]
    assert [(*row[:5], row[5] or None) for row in careful[0].rows()] == [
        (*row[:5], row[5] or None) for row in quick.rows()
    ]


def test_careful_parser_hands_over_whole_rows(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(careful, "_BATCH", 7)
    monkeypatch.setattr(careful, "_CHUNK", 100)
    rows = [["甲", "乙", "丙"], *([str(at), f"文{at}", at] for at in range(200))]
    path = saved(tmp_path, rows)
    quick = read_sheet(path)
    odd = read_sheet(
        with_part(path, SHEET_PART, lambda text: text.replace("<sheetData>", "<sheetData><!-- -->"))
    )
    assert odd.frame.equals(quick.frame)
    assert odd.numeric["丙"].to_list() == quick.numeric["丙"].to_list() == [True] * 200


def test_shared_strings_with_runs_and_phonetic_guides(tmp_path: Path) -> None:
    path = tmp_path / "表.xlsx"
    with xlsxwriter.Workbook(path) as book:
        page = book.add_worksheet()
        page.write_row(0, 0, ["甲", "乙"])
        page.write_rich_string(1, 0, "红", book.add_format({"bold": True}), "黑 ")
        page.write(1, 1, "读音")

    def edit(text: str) -> str:
        return text.replace(
            "<t>读音</t>", '<t>读音</t><rPh sb="0" eb="2"><t>dúyīn</t></rPh><phoneticPr fontId="1"/>'
        )

    assert read_sheet(with_part(path, "xl/sharedStrings.xml", edit)).frame.rows() == [(2, "红黑 ", "读音")]


def test_document_types_are_refused_before_an_entity_is_expanded(tmp_path: Path) -> None:
    bomb = '<!DOCTYPE w [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'

    def edit(text: str) -> str:
        declaration, _, rest = text.partition("?>")
        return f"{declaration}?>{bomb}{rest}".replace("甲", "&b;")

    path = saved_shared(tmp_path, [["甲"], ["乙"]])
    for part in (SHEET_PART, "xl/workbook.xml", "xl/sharedStrings.xml", "xl/styles.xml"):
        error = refused(with_part(path, part, edit))
        assert (error.code, "文档类型" in error.message) == ("broken", True)
