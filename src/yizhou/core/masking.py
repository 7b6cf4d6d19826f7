"""Masked forms of personal data for lists, exports and public notices.

依据: 手册第 21 节(身份证号前 6 后 4，手机号前 3 后 4，银行卡后 4，姓名公示“张*”). Plain functions of one
value: ``map`` them over a column. What is too short to be masked in the usual way is hidden whole.
"""

from __future__ import annotations

import re

STARS = "********"
_COMPOUND = """
欧阳 太史 端木 上官 司马 东方 独孤 南宫 万俟 闻人 夏侯 诸葛 尉迟 公羊 赫连 澹台
皇甫 宗政 濮阳 公冶 太叔 申屠 公孙 慕容 仲孙 钟离 长孙 宇文 司徒 鲜于 司空 闾丘
子车 亓官 司寇 巫马 公西 颛孙 壤驷 公良 漆雕 乐正 宰父 谷梁 拓跋 夹谷 轩辕 令狐
段干 百里 呼延 东郭 南门 羊舌 微生 梁丘 左丘 东门 西门 南荣 第五 单于
"""
COMPOUND_SURNAMES = frozenset(_COMPOUND.split())

# A county-level word ends at 区 but not at 小区 or 社区, at 市 but not at 市场: a housing estate must not
# stay visible.
_UPPER = r"(?:[^\d]{1,10}?(?:省|自治区|市(?!场)|州|盟|县|(?<![小社])区|旗)(?!村)){0,4}"
_TOWN = r"(?:[^\d]{1,8}?(?:街道|镇|乡|苏木))?"
_VILLAGE = r"(?:[^\d镇乡]{1,10}?(?:社区|居委会|村委会|行政村|村|嘎查))?"
_PLACE = re.compile(_UPPER + _TOWN + _VILLAGE)


def mask_id_number(number: str | None) -> str:
    """First 6 and last 4 characters of an identity number: ``339900********1019``."""
    if not number:
        return ""
    return f"{number[:6]}{STARS}{number[-4:]}" if len(number) >= 15 else STARS


def mask_phone(phone: str | None) -> str:
    """First 3 and last 4 digits of a phone number: ``138****1234``."""
    if not phone:
        return ""
    return f"{phone[:3]}****{phone[-4:]}" if len(phone) >= 10 else "****"


def mask_bank(account: str | None) -> str:
    """Last 4 digits of a bank account: ``****1234``."""
    if not account:
        return ""
    return f"****{account[-4:]}" if len(account) >= 8 else "****"


def mask_name(name: str | None) -> str:
    """The surname and one star, whatever the length of the given name: ``张*``, ``欧阳*``."""
    if not name:
        return ""
    if len(name) == 1:
        return "*"
    surname = name[:2] if len(name) > 2 and name[:2] in COMPOUND_SURNAMES else name[0]
    return f"{surname}*"


def mask_address(address: str | None) -> str:
    """An address down to its town and village; house, group and room are hidden: ``某县桃源镇和平村***``."""
    if not address:
        return ""
    match = _PLACE.match(address)
    return f"{match.group() if match else ''}***"


_NUMBERS = re.compile(
    r"(?<![0-9A-Za-z])(?:(?P<id>\d{17}[\dXx]|\d{15})|(?P<phone>1\d{10})|(?P<bank>\d{12,19}))(?![0-9A-Za-z])"
)


def mask_text(text: str | None) -> str:
    """Free text with everything that looks like an identity number, a mobile phone or an account masked."""

    def masked(found: re.Match[str]) -> str:
        value = found.group()
        return {"id": mask_id_number, "phone": mask_phone, "bank": mask_bank}[str(found.lastgroup)](value)

    return _NUMBERS.sub(masked, text or "")
