"""制证: the certificate is made and has a number."""

from __future__ import annotations

from yizhou.cases.actions.moving import Handling
from yizhou.cases.models import Case
from yizhou.cases.rules.blockers import blockers_to_issue
from yizhou.cases.rules.states import Status
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, refuse
from yizhou.events.actions import action


@action("cases.issue_case")
def issue_case(case: Case, *, certificate_no: str, actor: Actor) -> Case:
    """Note the number of the certificate that was made for the case."""
    handling = Handling(case, actor)
    handling.check(blockers_to_issue)
    number = certificate_no.strip()[:60]
    if not number:
        refuse([Blocker("NO_NUMBER", "没有填出件编号", "填写证照上的编号")])
    handling.move("issue", Status.CERT_ISSUED, certificate_no=number)
    handling.record("case.issued", certificate_no=number)
    return handling.case
