"""Steps of the story in test_import_killed.py, each run as a process of its own in the story's data directory."""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from tests.support import county
from yizhou.ledgers import actions, jobs
from yizhou.ledgers.models import ImportBatch
from yizhou.people.models import Person

ROWS = 4000


def batch() -> ImportBatch:
    """The story's one batch."""
    return ImportBatch.objects.everywhere("tests").get()


def prepare() -> None:
    """A county, an uploaded file, checked and confirmed."""
    call_command("migrate", verbosity=0)
    county.divisions()
    actor = county.actor_of(county.account("CENTER_STAFF", county.COUNTY))
    rows = [county.row(f"人{n}", f"19{50 + n % 10}0803", 1 + 2 * (n // 10)) for n in range(ROWS)]
    path = county.write_csv(Path(settings.IMPORTS_DIR) / "source.csv", rows)
    with path.open("rb") as file:
        uploaded = actions.upload_file("people", file, "城.csv", path.stat().st_size, actor=actor)
    assert jobs.run_batch(uploaded.pk, jobs.run_apart)
    actions.confirm_import(batch(), actor=actor)


def work() -> None:
    """What the background worker does with the batch."""
    jobs.run_batch(batch().pk, jobs.run_apart)


def tell() -> None:
    """Where the batch stands and how many people there are."""
    one = batch()
    people = Person.objects.everywhere("tests").count()
    told = {
        "status": one.status,
        "created": one.created,
        "rows": one.rows,
        "people": people,
        "error": one.error,
    }
    sys.stdout.write(json.dumps(told))


STEPS = {"prepare": prepare, "work": work, "tell": tell}
