"""Cells and names in normal form."""

from __future__ import annotations

import polars as pl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from yizhou.core.text import (
    BLANKS,
    bare_name,
    grams,
    grams_many,
    normalise_cell,
    normalise_expr,
    spaced,
)

cells = st.one_of(
    st.none(),
    st.text(st.characters(exclude_categories=["Cs"])),
    st.text(st.sampled_from(BLANKS + "０９ａＺ！～１　（）；，x张𠮷·")),
)


@pytest.mark.parametrize(
    ("cell", "normal"),
    [
        (None, None),
        ("", None),
        (" 　\t\n\u00a0\ufeff\u200b", None),
        ("　张三　", "张三"),
        ("１３８００００１２３４", "13800001234"),
        ("ＡＢｘ（１）；，～！", "ABx(1);,~!"),
        ("和平村　３组", "和平村　3组"),
        ("买买提·阿不都", "买买提·阿不都"),
        ("𠮷田", "𠮷田"),
        ("￥", "￥"),
    ],
)
def test_normalise_cell(cell: str | None, normal: str | None) -> None:
    assert normalise_cell(cell) == normal


@given(st.lists(cells, min_size=1))
def test_columns_agree_with_cells(column: list[str | None]) -> None:
    frame = pl.DataFrame({"cell": column}, schema={"cell": pl.String})
    assert frame.select(normalise_expr("cell"))["cell"].to_list() == [normalise_cell(cell) for cell in column]


@given(cells)
def test_normal_form_is_final(cell: str | None) -> None:
    assert normalise_cell(normalise_cell(cell)) == normalise_cell(cell)


def test_expression_keeps_the_column_name() -> None:
    frame = pl.DataFrame({"a": [" x "], "b": ["　"]}).with_columns(
        normalise_expr("a"), normalise_expr(pl.col("b"))
    )
    assert frame.to_dicts() == [{"a": "x", "b": None}]


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("张建国", ["张", "建", "国", "张建", "建国"]),
        ("丁丁", ["丁", "丁丁"]),
        ("买买提·阿不都", ["买", "提", "阿", "不", "都", "买买", "买提", "提阿", "阿不", "不都"]),
        ("𠮷𠀀", ["𠮷", "𠀀", "𠮷𠀀"]),
        ("葛\U000e0100 城", ["葛", "城", "葛城"]),
        ("Ａl", ["a", "l", "al"]),
        ("张", ["张"]),
        ("", []),
    ],
)
def test_grams(name: str, expected: list[str]) -> None:
    assert grams(name) == expected
    assert grams_many([name, name]) == [expected, expected]


@given(st.text("张王李建国·𠮷 a", max_size=8), st.text("张王李建国𠮷a", min_size=1, max_size=2))
def test_a_gram_is_there_exactly_when_the_name_contains_it(name: str, query: str) -> None:
    assert (query in grams(name)) == (query in bare_name(name))


@pytest.mark.parametrize("dot", ["·", "•", "・", "．", ".", "‧", " ", "　"])
def test_all_kinds_of_dots_give_the_same_name(dot: str) -> None:
    assert bare_name(f"买买提{dot}阿不都") == "买买提阿不都"
    assert spaced(f"张{dot}三") == "张 三"
