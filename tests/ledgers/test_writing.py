"""Exports, templates and error files as files: what is written, read back by us and by openpyxl."""

import itertools
from pathlib import Path

import openpyxl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from yizhou.ledgers.reading import BULK, read_sheet
from yizhou.ledgers.writing import (
    ERROR_HEADERS,
    TemplateColumn,
    export_rows,
    guard_text,
    write_errors,
    write_template,
)
from yizhou.ledgers.writing import sheets as writing_sheets

HEADERS = ["身份证号", "姓名", "备注"]
STARTERS = ["=1+1", "+86139", "-1-1", "@SUM(A1)", "\t=1", "\r=1", "|cmd", "'=1", "''=1", "'文", "-5", "\n=1"]
# What a cell can hold: no surrogates, and NUL neither in XML nor in csv.
TEXTS = st.one_of(
    st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0"), max_size=12),
    st.builds(
        "".join,
        st.lists(st.sampled_from(["=", "'", "-", "|", '"', ",", "\n", "\r", "_x0041_", "&", "<", "𠮷", "·"])),
    ),
)


def read_back(path: Path) -> list[tuple[str, ...]]:
    frame = read_sheet(path, BULK).frame
    return [tuple(cell or "" for cell in row[1:]) for row in frame.rows()]


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
def test_texts_a_spreadsheet_would_run_come_back_unchanged(tmp_path: Path, suffix: str) -> None:
    rows = [("110101199003070011", starter, "𠮷·<&>\"',") for starter in STARTERS]
    path = tmp_path / f"表{suffix}"
    assert export_rows(path, HEADERS, iter(rows)) == len(rows)
    assert read_back(path) == rows
    assert read_sheet(path).problems.height == 0


@pytest.mark.parametrize("suffix", [".xlsx", ".csv"])
@settings(deadline=None, max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(texts=st.lists(st.tuples(TEXTS, TEXTS), min_size=1, max_size=4))
def test_round_trip_loses_nothing(tmp_path: Path, suffix: str, texts: list[tuple[str, str]]) -> None:
    rows = [("号", *pair) for pair in texts]
    path = tmp_path / f"表{suffix}"
    export_rows(path, HEADERS, rows)
    assert read_back(path) == rows


def test_slow_writer_writes_the_same(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rows = [("110101199003070011", starter, "http://例.cn") for starter in STARTERS]
    monkeypatch.setattr(writing_sheets, "HAS_QUICK_WRITER", False)
    export_rows(tmp_path / "表.xlsx", HEADERS, rows)
    assert read_back(tmp_path / "表.xlsx") == rows


def test_cells_of_an_export_are_text_never_numbers_or_formulas(tmp_path: Path) -> None:
    export_rows(tmp_path / "表.xlsx", HEADERS, [("110101199003070011", "=1+1", None), (1, 2.5, "")])
    page = openpyxl.load_workbook(tmp_path / "表.xlsx").active
    assert [cell.data_type for cell in page[2]] == ["s", "s", "n"]
    assert [cell.value for cell in page[2]] == ["110101199003070011", "=1+1", None]
    assert [cell.value for cell in page[3]] == ["1", "2.5", None]
    assert page["A2"].number_format == "@"
    assert (page.freeze_panes, page["A1"].font.bold) == ("A2", True)


def test_csv_has_a_mark_excel_needs_and_guards_formulas(tmp_path: Path) -> None:
    export_rows(tmp_path / "表.csv", ["甲", "乙"], [("=1", "-2.5"), ("'=1", None)])
    assert (tmp_path / "表.csv").read_bytes() == "\ufeff甲,乙\r\n'=1,-2.5\r\n''=1,\r\n".encode()


@pytest.mark.parametrize(
    ("text", "guarded"), [("=1", "'=1"), ("'=1", "''=1"), ("-1", "-1"), ("-1-1", "'-1-1"), ("文", "文")]
)
def test_guard(text: str, guarded: str) -> None:
    assert guard_text(text) == guarded


def test_an_export_without_rows_still_has_its_headers(tmp_path: Path) -> None:
    for name in ("表.xlsx", "表.csv"):
        assert export_rows(tmp_path / name, HEADERS, []) == 0
        assert read_sheet(tmp_path / name).headers == HEADERS


def test_other_suffixes_and_overlong_texts_are_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match=r"表\.xls"):
        export_rows(tmp_path / "表.xls", HEADERS, [])
    export_rows(tmp_path / "表.xlsx", ["甲"], [("长" * 32_767,)])
    with pytest.raises(ValueError, match="「甲」有一格内容长 32,768 字"):
        export_rows(tmp_path / "表.xlsx", ["甲"], [("长" * 32_768,)])
    with pytest.raises(ValueError, match="32,767"):
        export_rows(tmp_path / "表.xlsx", ["甲"], [("𠮷" * 16_384,)])


COLUMNS = [
    TemplateColumn("身份证号", "id_number", required=True, rule="18 位", example="110101199003070011"),
    TemplateColumn("性别", "code:sex", required=True, table="sex", example="男"),
    TemplateColumn("是否参战", "bool"),
    TemplateColumn("出生日期", "date", note="公历", example="1990-03-07"),
    TemplateColumn("月收入", "money_yuan"),
]
CODES = {"sex": [("1", "男"), ("2", "女")], "other": [("A", "甲")]}


def test_template_is_three_sheets_and_the_first_holds_only_headers(tmp_path: Path) -> None:
    write_template(tmp_path / "模板.xlsx", "优抚对象/人员台账", COLUMNS, CODES)
    book = openpyxl.load_workbook(tmp_path / "模板.xlsx")
    data, notes, codes = book.worksheets
    assert book.sheetnames == ["优抚对象人员台账", "填表说明", "代码"]
    assert list(data.iter_rows(values_only=True)) == [tuple(column.header for column in COLUMNS)]
    assert list(codes.iter_rows(values_only=True)) == [
        ("代码表", "代码", "名称"),
        ("sex", "1", "男"),
        ("sex", "2", "女"),
        ("other", "A", "甲"),
    ]
    assert next(notes.iter_rows(values_only=True, max_col=6)) == (
        "列名",
        "必填",
        "类型",
        "规则",
        "说明",
        "示例",
    )
    assert [cell.value for cell in notes[2]][:6] == [
        "身份证号",
        "必填",
        "18 位身份证号",
        "18 位",
        None,
        "110101199003070011",
    ]
    assert [cell.value for cell in notes[4]][1] is None
    assert data["A1"].fill.start_color.rgb == "FF9F1D20"
    assert data["C1"].fill.start_color.rgb != data["A1"].fill.start_color.rgb


def test_template_offers_choices_and_keeps_long_numbers_as_text(tmp_path: Path) -> None:
    write_template(tmp_path / "模板.xlsx", "人员", COLUMNS, CODES)
    data = openpyxl.load_workbook(tmp_path / "模板.xlsx").worksheets[0]
    offered = {
        str(rule.sqref): (rule.formula1, rule.errorStyle) for rule in data.data_validations.dataValidation
    }
    assert offered == {
        "B2:B1048576": ("'代码'!$C$2:$C$3", "warning"),
        "C2:C1048576": ('"是,否"', "warning"),
    }
    formats = {
        at: dimension.number_format
        for dimension in data.column_dimensions.values()
        for at in range(dimension.min, dimension.max + 1)
    }
    assert [formats[at] for at in range(1, 6)] == ["@", "@", "@", "yyyy-mm-dd", "General"]


def test_blank_template_reads_as_a_table_without_rows_and_a_filled_one_as_its_rows(tmp_path: Path) -> None:
    path = tmp_path / "模板.xlsx"
    write_template(path, "人员", COLUMNS, CODES)
    assert read_sheet(path).frame.height == 0
    book = openpyxl.load_workbook(path)
    book.worksheets[0].append(["110101199003070011", "男", "是", "1990-03-07", 1234.5])
    book.save(path)
    assert read_sheet(path).frame.rows() == [(2, "110101199003070011", "男", "是", "1990-03-07", "1234.5")]


def test_errors_file_lists_problems_and_keeps_rejected_rows_ready_to_import(tmp_path: Path) -> None:
    problems = [
        (3, "身份证号", "ID_FORMAT", "校验码不符", "对照身份证核对"),
        (3, "姓名", "REQUIRED", "必填", "补填"),
    ]
    rejected = [("11010119900307001X", None, "=1")]
    write_errors(tmp_path / "错.xlsx", iter(problems), HEADERS, iter(rejected))
    first, second = openpyxl.load_workbook(tmp_path / "错.xlsx").worksheets
    assert list(first.iter_rows(values_only=True)) == [
        ERROR_HEADERS,
        *((float(problem[0]), *problem[1:]) for problem in problems),
    ]
    assert list(second.iter_rows(values_only=True)) == [tuple(HEADERS), *rejected]
    assert read_sheet(tmp_path / "错.xlsx").headers == HEADERS, "it is handed in again as it is"


def test_errors_file_without_problems_has_both_headers(tmp_path: Path) -> None:
    write_errors(tmp_path / "错.xlsx", [], HEADERS, [])
    first, second = openpyxl.load_workbook(tmp_path / "错.xlsx").worksheets
    assert [row for page in (first, second) for row in page.iter_rows(values_only=True)] == [
        ERROR_HEADERS,
        tuple(HEADERS),
    ]


def test_more_rows_than_excel_has_end_with_a_row_that_says_so(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(writing_sheets, "LAST_ROW", 5)
    for rows, last in ((4, "3"), (5, writing_sheets.MORE)):
        write_errors(
            tmp_path / "错.xlsx", [], ["甲"], ([str(at)] for at in itertools.islice(itertools.count(), rows))
        )
        second = openpyxl.load_workbook(tmp_path / "错.xlsx").worksheets[1]
        assert (second.max_row, second["A5"].value) == (5, last)
