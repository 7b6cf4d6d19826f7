"""Steps of the story in test_rotate_keys.py, each run as a process of its own in the story's data directory."""

import json
import sys
import time
from collections import Counter
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from tests.support import county
from yizhou.config import rotation
from yizhou.ledgers.importing import Request, import_file
from yizhou.orgs.queries import console_actor
from yizhou.people.models import Person

ROWS = 4_500
"""More than two slices."""


def prepare() -> None:
    """A county of people."""
    call_command("migrate", verbosity=0)
    county.divisions()
    rows = [county.row(f"人{n}", f"19{50 + n % 10}0803", 1 + 2 * (n // 10)) for n in range(ROWS)]
    path = county.write_csv(Path(settings.IMPORTS_DIR) / "source.csv", rows)
    assert import_file(Request("people", path), actor=console_actor()).created == ROWS


def rotate() -> None:
    """Change the key; a slow reader of its progress, so that it can be killed between two slices."""

    def tell(table: str, looked: int) -> None:
        sys.stdout.write(f"{table} {looked}\n")
        sys.stdout.flush()
        time.sleep(0.5)

    rotation.rotate(tell)


def tell() -> None:
    """Under which keys the files lie, and how many of them open."""
    people = list(Person.objects.everywhere("tests"))
    keys = Counter(str(bytes(person.secret)[1]) for person in people)
    opens = sum(person.opened()["id_number"] != "" for person in people)
    sys.stdout.write(json.dumps({"people": len(people), "keys": keys, "opens": opens}))


STEPS = {"prepare": prepare, "rotate": rotate, "tell": tell}
