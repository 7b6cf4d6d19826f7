"""Changing the data key while the system works, and after the one who changed it was killed."""

import json
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support import county
from tests.support.console import ROOT, environment
from yizhou.config import rotation
from yizhou.core import crypto
from yizhou.core.keyring import Keyring
from yizhou.core.keys import keyring
from yizhou.core.reseal import is_pending, reseal_all, sealed_models
from yizhou.core.rows import seal_context
from yizhou.events.models import Event
from yizhou.people.actions import correct_person
from yizhou.people.actions.changing import state_of
from yizhou.people.models import Person
from yizhou.people.queries import search_people


@pytest.fixture
def own_keys(db: None, settings: Any, tmp_path: Path) -> Path:
    """A key file of this test alone."""
    settings.KEY_FILE = tmp_path / "keys" / "keys.json"
    return Path(settings.KEY_FILE)


def key_ids() -> set[int]:
    found: set[int] = set()
    for model in sealed_models():
        rows = model._base_manager.filter(secret__isnull=False)
        found |= {bytes(secret)[1] for secret in rows.values_list("secret", flat=True)}
    return found


@pytest.mark.usefixtures("own_keys", "clock")
def test_everything_comes_under_the_new_key_and_says_what_it_said() -> None:
    county.divisions()
    person = county.person(联系电话="13800138111")
    actor = county.actor_of(county.account("TOWN_STATION", county.TOWN))
    correct_person(person, {"phone": "13900139222"}, "来电", actor=actor, seen=state_of(person))
    before = Person.objects.everywhere("tests").get(pk=person.pk).opened()
    assert key_ids() == {1}
    old = keyring()
    told: list[tuple[str, int]] = []
    outcome = rotation.rotate(lambda table, looked: told.append((table, looked)))
    assert (outcome.current, outcome.resumed, key_ids()) == (2, False, {2})
    assert outcome.records == 2, "the file and its change"
    now = Person.objects.everywhere("tests").get(pk=person.pk)
    assert now.opened() == before
    assert [hit.uid for hit in search_people("13900139222", actor)] == [person.uid]
    context = seal_context(Person._meta.db_table, now.uid)
    assert crypto.unpack(old, context, bytes(now.secret)) == before, (
        "who read the old file fetches the new key"
    )
    [event] = Event.objects.everywhere("tests").filter(kind="keys.rotated")
    assert event.data == {"key": 2, "records": 2}
    assert rotation.rotate(lambda table, looked: None).current == 3
    assert key_ids() == {3}


@pytest.mark.usefixtures("own_keys", "clock")
def test_what_was_begun_is_ended_before_another_key_is_made() -> None:
    county.divisions()
    county.person()
    county.person(serial=103)
    keyring().rotated().save(Path(keyring().source or ""))
    assert is_pending(keyring())
    outcome = rotation.rotate(lambda table, looked: None)
    assert (outcome.current, outcome.resumed, outcome.records) == (2, True, 2)
    assert not is_pending(keyring())


@pytest.mark.usefixtures("own_keys", "clock")
def test_a_change_in_between_is_not_undone(monkeypatch: pytest.MonkeyPatch) -> None:
    county.divisions()
    person = county.person(联系电话="13800138111")
    actor = county.actor_of(county.account("TOWN_STATION", county.TOWN))
    ring: Keyring = keyring().rotated()
    pack = crypto.pack_many

    def and_meanwhile(keys: Keyring, contexts: Any, payloads: Any) -> list[bytes]:
        monkeypatch.setattr(crypto, "pack_many", pack)
        current = Person.objects.everywhere("tests").get(pk=person.pk)
        correct_person(current, {"phone": "13900139222"}, "来电", actor=actor, seen=state_of(current))
        return pack(keys, contexts, payloads)

    ring.save(Path(keyring().source or ""))
    monkeypatch.setattr(crypto, "pack_many", and_meanwhile)
    reseal_all(keyring(), lambda table, looked: None)
    now = Person.objects.everywhere("tests").get(pk=person.pk)
    assert now.opened()["phone"] == "13900139222"
    assert key_ids() == {2}


STEP = "import django; django.setup(); from tests.config.killed_rotation import STEPS; STEPS['{}']()"


@pytest.fixture
def step(tmp_path: Path) -> Callable[[str], "subprocess.Popen[bytes]"]:
    """Start one step of the story in a process of its own."""
    variables = environment(
        tmp_path / "home",
        PYTHONPATH=f"{ROOT / 'src'}:{ROOT}",
        DJANGO_SETTINGS_MODULE="yizhou.config.settings",
    )

    def start(name: str) -> "subprocess.Popen[bytes]":
        command = [sys.executable, "-c", STEP.format(name)]
        return subprocess.Popen(command, env=variables, cwd=tmp_path, stdout=subprocess.PIPE)

    return start


@pytest.mark.slow
@pytest.mark.sqlite
def test_a_killed_rotation_is_ended_by_the_next(step: Callable[[str], Any]) -> None:
    assert step("prepare").wait() == 0
    running = step("rotate")
    assert running.stdout.readline().startswith(b"people_person"), "the first slice is stored"
    running.send_signal(signal.SIGKILL)
    running.wait()
    half = json.loads(step("tell").communicate()[0])
    assert set(half["keys"]) == {"1", "2"}
    assert half["opens"] == half["people"]
    again = step("rotate")
    again.communicate()
    whole = json.loads(step("tell").communicate()[0])
    assert (set(whole["keys"]), whole["opens"]) == ({"2"}, half["people"])
