"""The verbs of cases, one a file; each is one transaction and one event."""

from yizhou.cases.actions.accept import accept_case
from yizhou.cases.actions.accept_bundle import accept_bundle
from yizhou.cases.actions.co_tasks import answer_department_case, ask_department_case
from yizhou.cases.actions.decide import decide_case
from yizhou.cases.actions.decline import decline_case
from yizhou.cases.actions.deliver import deliver_case
from yizhou.cases.actions.dispatch import dispatch_case
from yizhou.cases.actions.extend import extend_case
from yizhou.cases.actions.file import Filing, file_case
from yizhou.cases.actions.follow_up import fix_rating, follow_up_rating, void_rating
from yizhou.cases.actions.issue import issue_case
from yizhou.cases.actions.lapse import lapse_case, lapse_cases
from yizhou.cases.actions.rate import rate_case
from yizhou.cases.actions.receive_material import receive_material_case
from yizhou.cases.actions.refer import refer_case
from yizhou.cases.actions.request_supplement import request_supplement_case
from yizhou.cases.actions.resume import resume_case
from yizhou.cases.actions.return_ import return_case
from yizhou.cases.actions.reveal_form import reveal_form_case
from yizhou.cases.actions.sign import sign_case
from yizhou.cases.actions.supplement import supplement_case
from yizhou.cases.actions.suspend import suspend_case
from yizhou.cases.actions.urge import urge_case
from yizhou.cases.actions.withdraw import withdraw_case
from yizhou.cases.actions.withdraw_bundle import withdraw_bundle

__all__ = [
    "Filing",
    "accept_bundle",
    "accept_case",
    "answer_department_case",
    "ask_department_case",
    "decide_case",
    "decline_case",
    "deliver_case",
    "dispatch_case",
    "extend_case",
    "file_case",
    "fix_rating",
    "follow_up_rating",
    "issue_case",
    "lapse_case",
    "lapse_cases",
    "rate_case",
    "receive_material_case",
    "refer_case",
    "request_supplement_case",
    "resume_case",
    "return_case",
    "reveal_form_case",
    "sign_case",
    "supplement_case",
    "suspend_case",
    "urge_case",
    "void_rating",
    "withdraw_bundle",
    "withdraw_case",
]
