"""Masked forms never show more than the handbook allows."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from yizhou.core.masking import mask_address, mask_bank, mask_id_number, mask_name, mask_phone


@pytest.mark.parametrize(
    ("mask", "value", "masked"),
    [
        (mask_id_number, "339900198508011019", "339900********1019"),
        (mask_id_number, "339900850801101", "339900********1101"),
        (mask_id_number, "3399", "********"),
        (mask_phone, "13812341234", "138****1234"),
        (mask_phone, "0573-85012345", "057****2345"),
        (mask_phone, "850123", "****"),
        (mask_bank, "6222021234567890123", "****0123"),
        (mask_bank, "1234", "****"),
        (mask_name, "张三", "张*"),
        (mask_name, "张建国", "张*"),
        (mask_name, "欧阳修", "欧阳*"),
        (mask_name, "欧阳", "欧*"),
        (mask_name, "买买提·阿不都", "买*"),
        (mask_name, "𠮷田", "𠮷*"),
        (mask_name, "张", "*"),
    ],
)
def test_masks(mask: Callable[[str | None], str], value: str, masked: str) -> None:
    assert mask(value) == masked


@pytest.mark.parametrize("mask", [mask_id_number, mask_phone, mask_bank, mask_name, mask_address])
@pytest.mark.parametrize("value", [None, ""])
def test_nothing_stays_nothing(mask: Callable[[str | None], str], value: str | None) -> None:
    assert mask(value) == ""


@pytest.mark.parametrize(
    ("address", "masked"),
    [
        ("浙江省某市某县桃源镇和平村三组12号", "浙江省某市某县桃源镇和平村***"),
        ("江苏省镇江市丹徒区高桥镇新区村5号", "江苏省镇江市丹徒区高桥镇新区村***"),
        ("某市某区解放街道和平社区阳光小区3幢201室", "某市某区解放街道和平社区***"),
        ("新仓镇友联村", "新仓镇友联村***"),
        ("某旗白音苏木巴彦嘎查12号", "某旗白音苏木巴彦嘎查***"),
        ("某县桃源镇人民路88号", "某县桃源镇***"),
        ("某县桃源镇市场路88号", "某县桃源镇***"),
        ("阳光小区3幢201室", "***"),
        ("解放路88号", "***"),
        ("201室", "***"),
    ],
)
def test_addresses_keep_town_and_village_only(address: str, masked: str) -> None:
    assert mask_address(address) == masked
