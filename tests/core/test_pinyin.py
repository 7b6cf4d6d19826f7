"""Pinyin keys of names: a clerk finds a person by either reading of the surname."""

from __future__ import annotations

import pytest

from yizhou.core.pinyin import COMPOUND_SURNAMES, SURNAMES, NameKeys, name_keys, name_keys_many, query_key


@pytest.mark.parametrize(
    ("name", "full", "initials"),
    [
        ("张建国", "zhangjianguo", "zjg"),
        ("单雄信", "shanxiongxin danxiongxin", "sxx dxx"),
        ("仇和", "qiuhe chouhe", "qh ch"),
        ("解放", "xiefang jiefang", "xf jf"),
        ("区伟", "ouwei quwei", "ow qw"),
        ("查良镛", "zhaliangyong chaliangyong", "zly cly"),
        ("曾国藩", "zengguofan cengguofan", "zgf cgf"),
        ("盖叫天", "gejiaotian gaijiaotian", "gjt"),
        ("朴正", "piaozheng puzheng", "pz"),
        ("覃勇", "qinyong tanyong", "qy ty"),
        ("任长霞", "renzhangxia", "rzx"),
        ("尉迟恭", "yuchigong weichigong", "ycg wcg"),
        ("长孙无忌", "changsunwuji zhangsunwuji", "cswj zswj"),
        ("单于", "chanyu danyu", "cy dy"),
        ("万俟卨", "moqixie wanqixie", "mqx wqx"),
        ("吕布", "lvbu", "lb"),
        ("买买提·阿不都", "maimaitiabudou", "mmtabd"),
        ("　单 勇", "shanyong danyong", "sy dy"),
        ("Ｊohn Smith2", "johnsmith2", "johnsmith2"),
        ("\ue000\U00030000", "", ""),
        ("", "", ""),
    ],
)
def test_name_keys(name: str, full: str, initials: str) -> None:
    assert name_keys(name) == NameKeys(full, initials)
    assert name_keys_many([name, "张三", name]) == [
        NameKeys(full, initials),
        ("zhangsan", "zs"),
        NameKeys(full, initials),
    ]


@pytest.mark.parametrize("surname", sorted(SURNAMES))
def test_every_row_of_the_table_says_something_new(surname: str) -> None:
    """The table's readings come first and are never what the common reading alone would give."""
    readings = name_keys(surname).full.split()
    own = SURNAMES[surname].split()
    assert readings[: len(own)] == own
    assert len(readings) > 1


@pytest.mark.parametrize("surname", sorted(COMPOUND_SURNAMES))
def test_every_compound_surname_keeps_both_readings(surname: str) -> None:
    readings = name_keys(surname + "三").full.split()
    assert readings[0] == COMPOUND_SURNAMES[surname].replace("'", "") + "san"
    assert len(readings) == 2


def test_query_key_has_the_form_of_the_keys() -> None:
    assert query_key(" Lü Bu ") == query_key("LV'BU") == query_key("ｌｖｂｕ") == "lvbu"
