"""The verbs of a case as a page offers them: who may, which boxes, and the action behind the button."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal, cast

from django.http import QueryDict
from django.urls import reverse

from yizhou.cases import actions
from yizhou.cases.actions.accept_bundle import blockers_of
from yizhou.cases.actions.deliver import WAYS
from yizhou.cases.models import BundleCase, Case
from yizhou.cases.queries.facts import CaseState, department_name, facts_of
from yizhou.cases.rules.blockers import BLOCKERS, SUSPEND_REASONS, CaseFacts
from yizhou.cases.rules.states import UNDECIDED, VERB_LABELS, Status
from yizhou.catalogue.queries import catalogue
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker
from yizhou.core.workdays import WorkCalendar

Boxes = Callable[[CaseState, CaseFacts], list[dict[str, Any]]]
Run = Callable[[Case, QueryDict, Actor], object]


@dataclass(frozen=True)
class VerbForm:
    """One verb: its boxes (kwargs of ``field()``), and what posting it does."""

    name: str
    permission: str
    run: Run
    boxes: Boxes = lambda state, facts: []  # noqa: ARG005  # most need none
    hint: str = ""
    confirm: str = ""

    @property
    def label(self) -> str:
        """What stands on the button."""
        return VERB_LABELS[self.name]


def _text(name: str, label: str, *, required: bool = False, help_text: str = "") -> dict[str, Any]:
    return {
        "label": label,
        "name": name,
        "kind": "textarea",
        "value": "",
        "required": required,
        "help": help_text,
    }


def _note(label: str = "说明", *, required: bool = False, help_text: str = "") -> Boxes:
    return lambda state, facts: [_text("note", label, required=required, help_text=help_text)]  # noqa: ARG005


def _papers(names: Callable[[CaseState, CaseFacts], list[str]]) -> Boxes:
    def boxes(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:
        options = [[name, name] for name in names(state, facts)]
        return [{"label": "材料", "name": "materials", "kind": "checkbox", "value": [], "options": options}]

    return boxes


def _supplement_boxes(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:
    wanted = [name for name in state.version.materials if name not in facts.asked]
    return [*_papers(lambda s, f: wanted)(state, facts), _text("note", "说明")]  # noqa: ARG005


def _decide_boxes(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:  # noqa: ARG001
    found: list[dict[str, Any]] = [
        {
            "label": "结果",
            "name": "outcome",
            "kind": "radio",
            "value": "",
            "required": True,
            "options": [["approve", "同意"], ["refuse", "不予"]],
        },
        _text("note", "意见", help_text="不予的要写明理由和依据"),
    ]
    if facts.makes != "certificate":
        found.append({"label": "当场送达申请人", "name": "hand_over", "kind": "checkbox", "value": False})
    return found


def _suspend_boxes(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:  # noqa: ARG001
    options = [[code, name] for code, name in SUSPEND_REASONS.items()]
    reason = {"label": "法定理由", "name": "reason", "kind": "select", "required": True, "options": options}
    return [{**reason, "value": ""}, _text("note", "说明")]


def _dispatch_boxes(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:  # noqa: ARG001
    units = [state.version.lead_dept, *state.version.co_depts]
    known = catalogue().departments
    every = [*units, *(code for code, unit in known.items() if unit.kind in ("system", "county"))]
    options = [[code, department_name(code, short=True)] for code in dict.fromkeys(every)]
    unit = {"label": "承办单位", "name": "department", "kind": "select", "required": True, "options": options}
    return [{**unit, "value": state.case.department}, _text("note", "说明")]


def _ask_boxes(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:  # noqa: ARG001
    options = [[code, department_name(code, short=True)] for code in facts.supporting]
    unit = {"label": "配合单位", "name": "department", "kind": "select", "required": True, "value": ""}
    return [{**unit, "options": options}, _text("question", "协办内容", required=True)]


def _answer_boxes(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:
    asked = [t for t in state.co_tasks if t.department == facts.own_department and t.answered_at is None]
    return [_text("answer", "答复", required=True, help_text="；".join(task.question for task in asked))]


def _deliver_boxes(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:  # noqa: ARG001
    options = [[code, name] for code, name in WAYS.items()]
    way = {"label": "送达方式", "name": "way", "kind": "select", "value": "WINDOW", "required": True}
    return [{**way, "options": options}, _text("note", "说明", help_text="代领的写明代领人")]


def _extend_boxes(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:  # noqa: ARG001
    days = {
        "label": "延期",
        "name": "days",
        "kind": "number",
        "value": "",
        "required": True,
        "unit": "工作日",
    }
    return [days, _text("reason", "理由", required=True, help_text="并书面告知申请人")]


def _refer_boxes(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:  # noqa: ARG001
    return [
        {"label": "转往单位", "name": "target", "value": "", "required": True},
        _text("reason", "理由", required=True),
    ]


def _decline_boxes(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:  # noqa: ARG001
    return [
        _text("reason", "理由", required=True),
        {
            "label": "救济途径",
            "name": "remedy",
            "kind": "textarea",
            "value": "可自收到之日起 60 日内申请行政复议，或 6 个月内提起行政诉讼",
            "required": True,
        },
    ]


def _issue_boxes(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:  # noqa: ARG001
    return [{"label": "出件编号", "name": "certificate_no", "value": "", "required": True}]


def _reason(label: str, help_text: str = "") -> Boxes:
    return lambda state, facts: [_text("reason", label, required=True, help_text=help_text)]  # noqa: ARG005


def _days(data: QueryDict) -> int:
    text = data.get("days", "")
    return int(text) if text.isdecimal() and len(text) < 4 else 0


def _outcome(data: QueryDict) -> Literal["approve", "refuse"]:
    # The action refuses what is neither.
    return cast("Literal['approve', 'refuse']", data.get("outcome", ""))


_FORMS = [
    VerbForm("accept", "cases.accept_case", lambda c, d, a: actions.accept_case(c, actor=a)),  # noqa: ARG005
    VerbForm(
        "request_supplement",
        "cases.request_supplement_case",
        lambda c, d, a: actions.request_supplement_case(
            c, materials=d.getlist("materials"), note=d.get("note", ""), actor=a
        ),
        _supplement_boxes,
        hint="一次选出全部缺少的材料；同一材料不得再次要求",
    ),
    VerbForm(
        "supplement",
        "cases.supplement_case",
        lambda c, d, a: actions.supplement_case(c, note=d.get("note", ""), actor=a),
        _note(),
    ),
    VerbForm(
        "receive_material",
        "cases.receive_material_case",
        lambda c, d, a: actions.receive_material_case(c, materials=d.getlist("materials"), actor=a),
        _papers(lambda state, facts: [*facts.missing, *facts.deferred]),  # noqa: ARG005
    ),
    VerbForm(
        "decline",
        "cases.decline_case",
        lambda c, d, a: actions.decline_case(
            c, reason=d.get("reason", ""), remedy=d.get("remedy", ""), actor=a
        ),
        _decline_boxes,
        confirm="不予受理后本件结束，确定吗？",
    ),
    VerbForm("sign", "cases.sign_case", lambda c, d, a: actions.sign_case(c, actor=a)),  # noqa: ARG005
    VerbForm(
        "decide",
        "cases.decide_case",
        lambda c, d, a: actions.decide_case(
            c, outcome=_outcome(d), note=d.get("note", ""), hand_over="hand_over" in d, actor=a
        ),
        _decide_boxes,
        hint="决定后计时结束，不能撤回",
        confirm="确定作出决定吗？",
    ),
    VerbForm(
        "issue",
        "cases.issue_case",
        lambda c, d, a: actions.issue_case(c, certificate_no=d.get("certificate_no", ""), actor=a),
        _issue_boxes,
    ),
    VerbForm(
        "deliver",
        "cases.deliver_case",
        lambda c, d, a: actions.deliver_case(c, way=d.get("way", ""), note=d.get("note", ""), actor=a),
        _deliver_boxes,
    ),
    VerbForm(
        "answer_department",
        "cases.answer_department_case",
        lambda c, d, a: actions.answer_department_case(c, answer=d.get("answer", ""), actor=a),
        _answer_boxes,
    ),
    VerbForm(
        "ask_department",
        "cases.ask_department_case",
        lambda c, d, a: actions.ask_department_case(
            c, department=d.get("department", ""), question=d.get("question", ""), actor=a
        ),
        _ask_boxes,
    ),
    VerbForm(
        "suspend",
        "cases.suspend_case",
        lambda c, d, a: actions.suspend_case(c, reason=d.get("reason", ""), note=d.get("note", ""), actor=a),
        _suspend_boxes,
        hint="挂起期间不计时，同一办件最多两次",
    ),
    VerbForm(
        "resume",
        "cases.resume_case",
        lambda c, d, a: actions.resume_case(c, note=d.get("note", ""), actor=a),
        _note(),
    ),
    VerbForm(
        "extend",
        "cases.extend_case",
        lambda c, d, a: actions.extend_case(c, days=_days(d), reason=d.get("reason", ""), actor=a),
        _extend_boxes,
    ),
    VerbForm(
        "return",
        "cases.return_case",
        lambda c, d, a: actions.return_case(c, reason=d.get("reason", ""), actor=a),
        _reason("缺什么、为什么退回"),
    ),
    VerbForm(
        "dispatch",
        "cases.dispatch_case",
        lambda c, d, a: actions.dispatch_case(
            c, department=d.get("department", ""), note=d.get("note", ""), actor=a
        ),
        _dispatch_boxes,
    ),
    VerbForm(
        "refer",
        "cases.refer_case",
        lambda c, d, a: actions.refer_case(
            c, target=d.get("target", ""), reason=d.get("reason", ""), actor=a
        ),
        _refer_boxes,
        confirm="转办后本件结束，确定吗？",
    ),
    VerbForm(
        "withdraw",
        "cases.withdraw_case",
        lambda c, d, a: actions.withdraw_case(c, reason=d.get("reason", ""), actor=a),
        _reason("申请人撤回的原因"),
        confirm="撤回后本件结束，确定吗？",
    ),
    VerbForm(
        "urge",
        "cases.urge_case",
        lambda c, d, a: actions.urge_case(c, note=d.get("note", ""), actor=a),
        _note(),
    ),
]
VERBS: Mapping[str, VerbForm] = {form.name: form for form in _FORMS}
"""Every verb that a page offers, in its order."""

NATURAL = (
    "answer_department",
    "accept",
    "supplement",
    "sign",
    "dispatch",
    "resume",
    "decide",
    "issue",
    "deliver",
)
"""The step that comes next by itself; the first of them that can be done is offered first."""
HIDDEN_WHEN = {"STATUS", "FINISHED", "NO_CERTIFICATE", "COMPLETE"}
"""Reasons that only say “not now”: such a verb is left out; others are greyed and say why."""


def offered(
    state: CaseState,
    actor: Actor,
    calendar: WorkCalendar,
    tried: Mapping[str, Sequence[Blocker]] | None = None,
) -> list[dict[str, Any]]:
    """What the actor can do next, for ``verbs.html``; ``tried`` are reasons of a verb that was just refused."""
    facts = facts_of(state, actor, calendar)
    found = []
    for form in VERBS.values():
        if not actor.may(form.permission):
            continue
        blockers = BLOCKERS[form.name](facts)
        if blockers and _is_noise(form.name, blockers[0].code):
            continue
        found.append(_shown(form, state, facts, blockers, tried))
    return _with_first(found)


def _is_noise(verb: str, code: str) -> bool:
    """“Not now” needs no words; that somebody else handles it is said once, beside the decision."""
    return code in HIDDEN_WHEN or (code == "NOT_YOURS" and verb != "decide")


def _shown(
    form: VerbForm,
    state: CaseState,
    facts: CaseFacts,
    blockers: list[Blocker],
    tried: Mapping[str, Sequence[Blocker]] | None,
) -> dict[str, Any]:
    version = {"kind": "hidden", "label": "", "name": "version", "value": state.case.version}
    return {
        "name": form.name,
        "label": form.label,
        "url": reverse(f"cases:{form.name}", args=[state.case.uid]),
        "hint": form.hint,
        "confirm": form.confirm,
        "blockers": [{"message": b.message, "remedy": b.remedy} for b in blockers],
        "fields": [version, *form.boxes(state, facts)] if not blockers else [],
        "open": bool(tried and form.name in tried),
        "first": False,
    }


def _with_first(found: list[dict[str, Any]]) -> list[dict[str, Any]]:
    can = {verb["name"]: verb for verb in found if not verb["blockers"]}
    first = next((can[name] for name in NATURAL if name in can), None)
    if first is None:
        return found
    first["first"] = True
    first["open"] = first["open"] or not any(verb["open"] for verb in found)
    return [first, *(verb for verb in found if verb is not first)]


def offered_for_bundle(bundle: BundleCase, actor: Actor) -> list[dict[str, Any]]:
    """What can be done with a bundle as a whole."""
    legs = list(Case.objects.visible_to(actor).filter(bundle=bundle).select_related("bundle"))
    found = []
    if actor.may("cases.accept_bundle") and any(leg.state is Status.SUBMITTED for leg in legs):
        found.append(_whole("accept_bundle", "受理并分发", bundle, blockers_of(bundle, legs), []))
    if actor.may("cases.withdraw_bundle") and any(leg.state in UNDECIDED for leg in legs):
        boxes = [_text("reason", "申请人撤回的原因", required=True)]
        found.append(_whole("withdraw_bundle", "整体撤回", bundle, [], boxes))
    if found and not found[0]["blockers"] and found[0]["name"] == "accept_bundle":
        found[0]["first"] = True
    return found


def _whole(
    name: str, label: str, bundle: BundleCase, blockers: list[Blocker], boxes: list[dict[str, Any]]
) -> dict[str, Any]:
    return {
        "name": name,
        "label": label,
        "url": reverse(f"cases:{name}", args=[bundle.uid]),
        "hint": "",
        "confirm": "尚未作出决定的各项都将结束，确定吗？" if name == "withdraw_bundle" else "",
        "blockers": [{"message": b.message, "remedy": b.remedy} for b in blockers],
        "fields": boxes,
        "first": False,
        "open": False,
    }
