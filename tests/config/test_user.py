"""`yizhou user`: accounts without the browser."""

from pathlib import Path

import pytest

from tests.support.console import begun, yizhou

pytestmark = pytest.mark.sqlite
ADD = ["user", "add", "zhang", "--name", "张一", "--role"]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    home = tmp_path_factory.mktemp("user") / "home"
    begun(home)
    return home


def test_an_account_from_first_to_last_day(home: Path) -> None:
    added = yizhou(home, [*ADD, "CENTER_STAFF"])
    assert added.code == 0
    assert "一次性密码" in added.out
    mixed = yizhou(home, ["user", "role", "zhang", "SYS_ADMIN"])
    assert (mixed.code, "不得兼任" in mixed.err) == (2, True)
    assert yizhou(home, ["user", "role", "zhang", "WINDOW"]).code == 0
    assert yizhou(home, ["user", "role", "zhang", "WINDOW", "--end"]).code == 0
    assert yizhou(home, ["user", "disable", "zhang"]).code == 0
    listed = yizhou(home, ["user", "list"]).out
    assert listed.split() == ["zhang", "张一", "停用"]


@pytest.mark.parametrize(
    ("arguments", "stdin", "words"),
    [
        (["user", "add", "li", "--name", "李二", "--role", "NOBODY"], "", "没有“NOBODY”这个角色"),
        ([*ADD, "WINDOW", "--area", "330000"], "", "没有这个区划"),
        (["user", "add", "li", "--name", "李二", "--role", "WINDOW", "--password-stdin"], "short\n", "密码"),
        (["user", "disable", "nobody"], "", "没有登录名为“nobody”的账号"),
    ],
)
def test_what_cannot_be_done_changes_nothing(
    home: Path, arguments: list[str], stdin: str, words: str
) -> None:
    before = yizhou(home, ["user", "list"]).out
    refused = yizhou(home, arguments, stdin=stdin)
    assert (refused.code, refused.out) == (2, "")
    assert words in refused.err
    assert yizhou(home, ["user", "list"]).out == before
