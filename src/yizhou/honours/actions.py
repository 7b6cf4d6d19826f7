"""Verbs of honour: a card is issued, a plaque is hung."""

from __future__ import annotations

from yizhou.cases.models import Case
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.honours.models import Plaque, PreferentialCard

VETERAN_CARD = "退役军人优待证"


@action("honours.issue_card")
def issue_card(case: Case, *, kind: str = VETERAN_CARD, actor: Actor) -> PreferentialCard:
    """Issue the preferential card of a decided case. Refused while the person holds a valid one (两种证择一)."""
    held = PreferentialCard.objects.everywhere("one card a person")
    if held.filter(person_id=case.person_id, cancelled_on__isnull=True).exists():
        refuse([Blocker("CARD_HELD", "申请人已有有效的优待证", "损毁、遗失的办理补换，不另发新证")])
    card = PreferentialCard.objects.create(
        card_no=f"YD{case.area[:6]}{case.pk:08d}",
        person_id=case.person_id,
        case=case,
        kind=kind or VETERAN_CARD,
        issued_on=clock.today(),
    )
    record(actor, "card.issued", card, concern=Concern(case.person_id, case.area), no=card.card_no)
    return card


@action("honours.hang_plaque")
def hang_plaque(case: Case, *, kind: str = "VETERAN", address: str = "", actor: Actor) -> Plaque:
    """Note that the family's plaque hangs. Refused while one hangs at the same household (一户一块)."""
    person = case.person
    hanging = Plaque.objects.everywhere("one plaque a family").exclude(status="CANCELLED")
    same = hanging.filter(person=person)
    if person.household_no:
        same = same | hanging.filter(household_no=person.household_no)
    if same.exists():
        refuse([Blocker("PLAQUE_HANGS", "该户已悬挂光荣牌，一户一块", "破损、迁移的办理更换，不另发新牌")])
    plaque = Plaque(
        plaque_no=f"GR{case.area[:6]}{case.pk:08d}",
        person=person,
        case=case,
        household_no=person.household_no,
        kind=kind or "VETERAN",
        hung_on=clock.today(),
    )
    plaque.seal({"address": address})
    plaque.save()
    record(actor, "plaque.hung", plaque, concern=Concern(person.pk, case.area), no=plaque.plaque_no)
    return plaque
