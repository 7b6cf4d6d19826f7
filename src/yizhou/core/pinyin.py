"""Search keys of names in pinyin: full and initials, with the surname's own reading beside the common one.

pypinyin reads a surname like any other character (单 dan, 仇 chou, 解 jie). The table below gives the
reading as a surname; where it differs from the common one both are keys, so a clerk who types either finds
the person.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

from pypinyin import Style, lazy_pinyin

from yizhou.core.text import bare_name, to_half_width

SURNAMES: dict[str, str] = {
    "单": "shan", "仇": "qiu", "解": "xie", "区": "ou", "查": "zha", "曾": "zeng",
    "盖": "ge gai", "朴": "piao pu", "尉": "wei yu", "缪": "miao", "翟": "zhai", "乐": "yue le",
    "员": "yun", "贠": "yun", "祭": "zhai", "洗": "xian", "覃": "qin tan", "隗": "wei kui",
    "宓": "mi fu", "秘": "bi mi", "繁": "po", "召": "shao", "黑": "he", "折": "she",
    "佴": "nai", "牟": "mu mou", "都": "du", "种": "chong", "重": "chong", "郇": "xun huan",
    "能": "nai", "薄": "bo", "句": "gou", "阚": "kan", "费": "fei bi", "适": "kuo",
    "郗": "xi chi", "郄": "qie xi", "乜": "nie", "么": "yao", "藏": "zang", "强": "qiang jiang",
    "术": "zhu", "蔚": "yu wei", "卜": "bu", "长": "chang zhang",
}  # fmt: skip
COMPOUND_SURNAMES: dict[str, str] = {
    "万俟": "mo'qi", "尉迟": "yu'chi", "单于": "chan'yu", "澹台": "tan'tai", "乐正": "yue'zheng",
}  # fmt: skip
_SURNAME_STARTS = frozenset(SURNAMES) | {surname[0] for surname in COMPOUND_SURNAMES}


_QUERY_SIGNS = str.maketrans({"ü": "v", "'": "", "’": "", " ": ""})


class NameKeys(NamedTuple):
    """Pinyin of a name without blanks inside: ``full`` ``"shanxiongxin danxiongxin"``, ``initials`` ``"sxx
    dxx"``.

    Alternatives stand one blank apart, the surname's reading first; equal ones are given once.
    """

    full: str
    initials: str


class _Readings(dict[int, str]):
    """Reading of each character by code point, worked out when first met; ``str.translate`` looks it up in
    C.
    """

    def __init__(self, cut: Callable[[str], str]) -> None:
        super().__init__()
        self._cut = cut

    def __missing__(self, code: int) -> str:
        self[code] = reading = self._cut(_read(chr(code)))
        return reading


def _read(character: str) -> str:
    """Common reading in plain letters (``lv`` for 吕); letters and digits stay, signs and unknown characters
    go.
    """
    character = to_half_width(character)
    if character.isascii():
        return character.lower() if character.isalnum() else ""
    reading = lazy_pinyin(character, style=Style.NORMAL, errors="ignore")
    return reading[0] if reading else ""


def _first(reading: str) -> str:
    return reading[:1]


_FULL = _Readings(str)
_INITIALS = _Readings(_first)


def name_keys(name: str) -> NameKeys:
    """Keys of one name; both are empty when nothing in it has a reading."""
    if name[:1] in _SURNAME_STARTS:
        return _surname_keys(name)
    if not name.isalpha():
        bare = bare_name(name)
        if bare[:1] in _SURNAME_STARTS:
            return _surname_keys(bare)
    return NameKeys(name.translate(_FULL), name.translate(_INITIALS))


def name_keys_many(names: Sequence[str]) -> list[NameKeys]:
    """``name_keys`` of each name: all in the plain way, then those that need more once again."""
    keys = list(
        map(
            NameKeys, [name.translate(_FULL) for name in names], [name.translate(_INITIALS) for name in names]
        )
    )
    for place, name in enumerate(names):
        if name[:1] in _SURNAME_STARTS or not name.isalpha():
            keys[place] = name_keys(name)
    return keys


def _surname_keys(name: str) -> NameKeys:
    """Keys of a name whose surname may have a reading of its own, that reading first."""
    full, initials = name.translate(_FULL), name.translate(_INITIALS)
    compound = COMPOUND_SURNAMES.get(name[:2])
    if compound is not None:
        first, second = compound.split("'")
        return NameKeys(
            _joined([first + second + name[2:].translate(_FULL), full]),
            _joined([first[0] + second[0] + name[2:].translate(_INITIALS), initials]),
        )
    readings = SURNAMES.get(name[:1], "").split()
    rest_full, rest_initials = name[1:].translate(_FULL), name[1:].translate(_INITIALS)
    return NameKeys(
        _joined([*(reading + rest_full for reading in readings), full]),
        _joined([*(reading[0] + rest_initials for reading in readings), initials]),
    )


def query_key(text: str) -> str:
    """What a clerk typed, in the form of the keys: lower case, no blanks or apostrophes, ``ü`` as ``v``."""
    key: str = to_half_width(text).lower().translate(_QUERY_SIGNS)
    return key


def _joined(alternatives: Iterable[str]) -> str:
    return " ".join(dict.fromkeys(alternatives))
