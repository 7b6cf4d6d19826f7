"""What the page 接缝检查 shows: moves inside the city and people from beyond it."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.ledgers.columns import code_name
from yizhou.moves.incoming_seams import torn_incoming
from yizhou.moves.seams import MOST, counts_of, months_of, torn_moves, words_of
from yizhou.orgs.queries import full_division_name


def seams_page(actor: Actor) -> dict[str, Any]:
    """Context of ``moves/seams.html``."""
    found, is_cut = torn_moves(actor)
    return {
        "title": "接缝检查",
        "note": "去年以来的迁移，档案在本辖区的：迁移当年由迁出地发，次年 1 月起由迁入地发",
        "list_url": reverse("moves:list"),
        "most": MOST if is_cut else 0,
        "rows": [
            *torn_incoming(actor),
            *(
                {
                    "name": move.person.name,
                    "number": move.number,
                    "url": move.get_absolute_url(),
                    "from_area": full_division_name(move.from_area),
                    "to_area": full_division_name(move.to_area),
                    "benefit": code_name("benefit_type", benefit),
                    "counts": counts_of(one),
                    "months": months_of(one),
                    "words": words_of(one, move.moved_on),
                }
                for move, benefit, one in found
            ),
        ],
    }
