"""What no committed file may hold: machine paths, registry hosts, secrets, marks of unfinished work."""

import re

import pytest

from tests.house.tree import files, python_files, text_of

# Written in pieces, so that this file is not its own first finding.
FORBIDDEN = {
    "a path of one machine": re.compile(
        r"(^|[^a-z])/(work|farm|root)/|/home/[a-z]+/|\.libr" + "ary", re.MULTILINE
    ),
    "a package registry's host": re.compile(
        "python" + "hosted|py" + r"pi\.o|y\.np" + r"mjs|deb\.deb" + "ian"
    ),
    "a private key": re.compile("-----BEGIN [A-Z ]*PRIVATE" + " KEY-----"),
}
UNFINISHED = re.compile("TO" + "DO|FIX" + "ME|X" + "XX|NotImple" + "mentedError|pragma: no" + " cover")
BARE_IGNORE = re.compile(r"#\s*type:\s*ignore(\[[\w, -]+\])?\s*$", re.MULTILINE)


def findings(text: str) -> list[str]:
    """Which kinds of forbidden words a text holds."""
    return [kind for kind, pattern in FORBIDDEN.items() if pattern.search(text)]


def test_no_file_holds_a_forbidden_word() -> None:
    found = {name: kinds for name in files() if (text := text_of(name)) and (kinds := findings(text))}
    assert found == {}


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("see /" + "work/main", "a path of one machine"),
        ("/home/" + "someone/x", "a path of one machine"),
        ("https://files.python" + "hosted.org/x", "a package registry's host"),
        ("-----BEGIN RSA PRIVATE" + " KEY-----", "a private key"),
    ],
)
def test_a_forbidden_word_is_found(text: str, kind: str) -> None:
    assert findings(text) == [kind]


def test_an_ordinary_address_is_not_a_finding() -> None:
    assert findings("/my/work/ and /roots/ and /homes") == []


def test_nothing_is_left_unfinished() -> None:
    found = [
        f"{name}: {match.group()}"
        for name, source in python_files("src/", "tests/", "bench/", "scripts/")
        for match in UNFINISHED.finditer(source)
    ]
    assert found == []


def test_an_unfinished_mark_is_found() -> None:
    assert UNFINISHED.search("# TO" + "DO later")


def test_each_type_ignore_says_why() -> None:
    found = [name for name, source in python_files("src/", "tests/") if BARE_IGNORE.search(source)]
    assert found == []


def test_a_bare_type_ignore_is_found() -> None:
    assert BARE_IGNORE.search("x = 1  # type: " + "ignore[arg-type]\n")
    assert not BARE_IGNORE.search("x = 1  # type: " + "ignore[arg-type] - the stub lacks the overload\n")


def test_lock_files_name_no_host_and_hash_everything() -> None:
    for name in ("requirements.lock", "requirements-matching.lock", "requirements-dev.lock"):
        text = text_of(name) or ""
        assert "://" not in text
        pinned = re.findall(r"^([a-z0-9][\w.-]*)(\[[\w,]+\])?==[^ ]+ .*\\$", text, re.MULTILINE)
        assert len(pinned) == len(re.findall(r"^[a-z0-9]", text, re.MULTILINE)) > 40
