"""Steps of the story in test_reversal_killed.py, each run as a process of its own in the story's data directory."""

import json
import sys
from pathlib import Path

from django.conf import settings
from django.core.management import call_command

from tests.support import county
from yizhou.ledgers import actions as imports
from yizhou.ledgers import jobs as loading
from yizhou.ledgers.models import ImportBatch
from yizhou.people.models import FileChange, Person, Source
from yizhou.reversing import actions
from yizhou.reversing.actions import carry as jobs
from yizhou.reversing.models import Reversal

ROWS = 3000
PHONE, NEW = "13800138000", "13900139222"


def prepare() -> None:
    """A county, files that an import overwrote, and the wish to take it back, looked through and confirmed."""
    call_command("migrate", verbosity=0)
    county.divisions()
    actor = county.actor_of(county.account("CENTER_STAFF", county.COUNTY))
    county.take_in(*_rows(PHONE))
    path = county.write_csv(Path(settings.IMPORTS_DIR) / "source.csv", _rows(NEW))
    with path.open("rb") as file:
        batch = imports.upload_file("people", file, "城.csv", path.stat().st_size, actor=actor)
    assert loading.run_batch(batch.pk, loading.run_apart)
    stored = ImportBatch.objects.everywhere("tests").get()
    imports.confirm_import(stored, actor=actor)
    assert loading.run_batch(batch.pk, loading.run_apart)
    reversal = actions.begin_reversal(ImportBatch.objects.everywhere("tests").get(), actor=actor)
    checked = jobs.run(reversal.pk)
    assert checked is not None
    actions.confirm_reversal(checked, "文件的列错了位", actor=actor)


def _rows(phone: str) -> list[dict[str, str]]:
    return [
        county.row(f"人{n}", f"19{50 + n % 10}0803", 1 + 2 * (n // 10), 联系电话=phone) for n in range(ROWS)
    ]


def work() -> None:
    """What the background worker does."""
    jobs.run(Reversal.objects.everywhere("tests").get().pk)


def tell() -> None:
    """Where it stands, how many files say the old and how many the new, how many changes took one back."""
    one = Reversal.objects.everywhere("tests").get()
    phones = [person.opened()["phone"] for person in Person.objects.everywhere("tests")]
    kept = FileChange.objects.everywhere("tests").filter(source=Source.REVERSE).count()
    told = {"status": one.status, "old": phones.count(PHONE), "new": phones.count(NEW), "kept": kept}
    sys.stdout.write(json.dumps(told))


STEPS = {"prepare": prepare, "work": work, "tell": tell}
