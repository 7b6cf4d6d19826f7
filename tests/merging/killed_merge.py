"""Steps of the story in test_merge_killed.py, each a process of its own in the story's data directory."""

import json
import os
import signal
import sys

from django.core.management import call_command

from tests.merging import twins
from tests.support import county
from yizhou.events.models import Event
from yizhou.merging import moving, raw
from yizhou.merging.actions import merge_people
from yizhou.merging.models import Merge
from yizhou.people.models import Person


def prepare() -> None:
    """A county, one veteran filed twice, rows on both files."""
    call_command("migrate", verbosity=0)
    county.divisions()
    twins.hang_on(*twins.both())
    county.account("BUREAU_STAFF", county.COUNTY)


def two() -> list[Person]:
    """Both files, the earlier one first."""
    return list(Person.objects.everywhere("tests").order_by("id"))


def merge() -> None:
    """Join them; the variable says before which statement on the stored rows the process is killed."""
    last, seen = int(os.environ["KILLED_AT"]), iter(range(1_000))
    delete, update = raw.delete, raw.update

    def dying(what):  # type: ignore[no-untyped-def]  # stands in for any of them
        def run(*args):  # type: ignore[no-untyped-def]  # as above
            if next(seen) == last:
                os.kill(os.getpid(), signal.SIGKILL)
            return what(*args)

        return run

    raw.delete, raw.update = dying(delete), dying(update)
    kept, lost = two()
    merge_people(kept, lost, "同一人", actor=county.actor_of(county.account("BUREAU_STAFF", county.COUNTY)))


def tell() -> None:
    """A fingerprint of all rows of people and what hangs on them."""
    tables = {Person, *(reference.model for reference in moving.references())}
    prints = {
        model._meta.label: [raw.print_of(row) for row in raw.read(model, raw.key_of(model), keys)]
        for model in sorted(tables, key=lambda model: model._meta.label)
        if (keys := list(model._base_manager.values_list("pk", flat=True)))
    }
    merged = Event.objects.everywhere("tests").filter(kind__startswith="person.merged").count()
    told = {"rows": prints, "merges": Merge.objects.everywhere("tests").count(), "events": merged}
    sys.stdout.write(json.dumps(told))


STEPS = {"prepare": prepare, "merge": merge, "tell": tell}
