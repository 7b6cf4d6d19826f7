"""What finishing a case produces: an item names an effect, the package that owns the record registers it.

Effects run inside the deciding transaction: either the decision and its product both stand, or neither.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

from yizhou.cases.models import Case
from yizhou.core.actor import Actor
from yizhou.core.registry import Registry


@dataclass(frozen=True)
class Finished:
    """A case decided in the applicant's favour; ``values`` are what its form says, by field name."""

    case: Case
    values: dict[str, str] = field(repr=False)


Effect = Callable[[Finished, Actor], str]
"""Does what the item promises and says in a few words what came of it; the words go on the case."""

EFFECTS: Registry[Effect] = Registry("effects")
