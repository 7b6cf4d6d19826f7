"""``yizhou duplicates``: the queue, the JSON of the contract, the log."""

import json

import pytest
from click.testing import CliRunner

from tests.support import county
from yizhou.config.commands.duplicates import command
from yizhou.events.models import Event

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]


def test_pairs_as_json_are_logged_as_an_access(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("yizhou.config.commands.duplicates.prepare", lambda: None)
    first, second = (county.person("陈国梁", "19600803", serial) for serial in (101, 111))
    county.person("李建军", "19610101", 131)
    answer = CliRunner().invoke(command, ["--json"])
    assert answer.exit_code == 0, answer.output
    assert json.loads(answer.output) == {
        "pairs": [
            {
                "a": first.opened()["id_number"],
                "b": second.opened()["id_number"],
                "score": 1.0,
                "reasons": ["证件号只差一位", "姓名、出生日期、户籍地都相同，证件号不同"],
            }
        ]
    }
    kinds = (
        Event.objects.everywhere("tests")
        .filter(kind__startswith="duplicates.")
        .order_by("id")
        .values_list("kind", flat=True)
    )
    assert list(kinds) == ["duplicates.searched", "duplicates.listed"]
    told = CliRunner().invoke(command, [])
    assert "比对 3 份档案，疑似重复 1 对，其中新进队列 0 对" in told.output
