"""The picker of persons that other packages' forms use: ``people/components/person_picker.html`` asks, this answers."""

from __future__ import annotations

import re
from typing import Any

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.ledgers.columns import code_name
from yizhou.orgs.queries import division_names
from yizhou.people.queries.list_rows import SEX
from yizhou.people.queries.search import search_people

SHOWN = 8
FIELD_NAME = re.compile(r"[a-z][a-z0-9_]{0,40}")


def picked(text: str, name: str, actor: Actor) -> dict[str, Any]:
    """Context of the choices: ``name`` is the form field that will hold the public id."""
    found = search_people(text, actor, SHOWN) if text.strip() else []
    places = division_names([hit.area for hit in found]) if found else {}
    year = clock.today().year
    return {
        "name": name if FIELD_NAME.fullmatch(name) else "person",
        "q": text.strip(),
        "choices": [
            {
                "uid": str(hit.uid),
                "title": hit.name,
                "note": f"{SEX.get(hit.sex, '')} · {year - hit.birth_on.year} · {hit.id_number} · "
                f"{places.get(hit.area, '')} · {code_name('person_category', hit.category)}",
            }
            for hit in found
        ],
    }
