"""Codes and passwords that people of every age can read, copy and keep. Pure."""

from __future__ import annotations

from itertools import pairwise

from yizhou.core.refusal import Blocker

ALPHABET = "23456789ABCDEFGHJKMNPQRTUVWXYZ"
"""Without what is mistaken for something else on paper: no 0 and O, no 1, I and L, no S beside the 5."""
LENGTH = 8
SHORTEST, LONGEST = 6, 20
NO_ENTRY = Blocker(
    "NO_ENTRY", "身份证号或口令不对，或尚未激活", "核对后再输；忘了口令，请带身份证到服务站重新领取激活单"
)
"""One answer whether the number is unknown, never activated, closed or the password wrong."""
NO_SLIP = Blocker(
    "NO_SLIP", "身份证号与激活码对不上，或激活单已失效", "照激活单逐字核对；过期或用过的，请到服务站重新领取"
)


def normal_code(text: str) -> str:
    """A code as it was typed, without gaps, in capitals.

    >>> normal_code(" abcd-2345 ")
    'ABCD2345'
    """
    return "".join(sign for sign in text.upper() if sign.isascii() and sign.isalnum())


def shown_code(code: str) -> str:
    """A code in two halves.

    >>> shown_code("ABCD2345")
    'ABCD-2345'
    """
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def blockers_of_password(password: str, again: str, id_number: str) -> list[Blocker]:
    """Why a password is not taken: too short, too simple, part of the own number, or typed differently."""
    found = []
    if not SHORTEST <= len(password) <= LONGEST:
        found.append(
            Blocker("LENGTH", f"口令须为 {SHORTEST} 至 {LONGEST} 位", "可以全用数字，选自己记得住的")
        )
    elif is_simple(password) or password in id_number:
        found.append(
            Blocker("SIMPLE", "口令太容易被猜到", "不要用连号、重复的数字，也不要用身份证号里的数字")
        )
    if password != again:
        found.append(Blocker("AGAIN", "两次输入的口令不一样", "请重新输入两遍"))
    return found


def is_simple(password: str) -> bool:
    """Whether it is one sign or two repeated, or a run up or down.

    >>> [is_simple(text) for text in ("111111", "121212", "123456", "987654", "804719")]
    [True, True, True, True, False]
    """
    if len(set(password)) < 3:
        return True
    steps = {ord(after) - ord(before) for before, after in pairwise(password)}
    return steps in ({1}, {-1})
