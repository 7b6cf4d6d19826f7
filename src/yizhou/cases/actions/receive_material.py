"""收到材料: papers that were deferred (容缺) or missing have come in."""

from __future__ import annotations

from collections.abc import Sequence

from yizhou.cases.actions.moving import Handling
from yizhou.cases.models import Case, CaseMaterial
from yizhou.cases.rules.blockers import blockers_to_receive_material
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action


@action("cases.receive_material_case")
def receive_material_case(case: Case, *, materials: Sequence[str], actor: Actor) -> Case:
    """Mark the named papers of the application as handed in, for every item that asks for them."""
    handling = Handling(case, actor)
    handling.check(blockers_to_receive_material)
    out = [*handling.facts.missing, *handling.facts.deferred]
    names = [name for name in materials if name in out]
    if not names:
        refuse([Blocker("NOTHING_CHOSEN", "没有选出收到的材料", "勾选收到的材料")])
    handling.mark_papers(names, CaseMaterial.State.PROVIDED, handling.today)
    handling.change()
    handling.record("case.material_received", materials=names)
    return handling.case
