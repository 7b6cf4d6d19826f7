"""The verbs of a case as a page offers them: who may, which boxes, and the action behind the button."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

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
Reader = Callable[[QueryDict, str], object]


def text(data: QueryDict, name: str) -> str:
    """What was written; what is empty, or is none of the choices, the action refuses."""
    return str(data.get(name, ""))


def several(data: QueryDict, name: str) -> list[str]:
    """Everything that was ticked."""
    return [str(value) for value in data.getlist(name)]


def ticked(data: QueryDict, name: str) -> bool:
    """Whether the box was ticked."""
    return name in data


def number(data: QueryDict, name: str) -> int:
    """A small number; 0, which the action refuses, for anything else."""
    written = text(data, name)
    return int(written) if written.isdecimal() and len(written) < 4 else 0


def _always(*boxes: dict[str, Any]) -> Boxes:
    """Boxes that are the same for every case."""
    return lambda _state, _facts: list(boxes)


NO_BOXES = _always()


@dataclass(frozen=True)
class VerbForm:
    """One verb: its action, what the action takes from the form, and the boxes (kwargs of ``field()``)."""

    name: str
    action: Callable[..., object]
    takes: Mapping[str, Reader] = field(default_factory=dict)
    boxes: Boxes = NO_BOXES
    hint: str = ""
    confirm: str = ""

    @property
    def label(self) -> str:
        """What stands on the button."""
        return VERB_LABELS[self.name]

    @property
    def permission(self) -> str:
        """One verb, one name: that of the action."""
        return f"cases.{self.name}_case"

    def run(self, case: Case, data: QueryDict, actor: Actor) -> object:
        """Do it with what was posted."""
        return self.action(case, **{name: read(data, name) for name, read in self.takes.items()}, actor=actor)


def _text(name: str, label: str, *, required: bool = False, help_text: str = "") -> dict[str, Any]:
    return {
        "label": label,
        "name": name,
        "kind": "textarea",
        "value": "",
        "required": required,
        "help": help_text,
    }


def _select(name: str, label: str, options: list[list[str]], value: str = "") -> dict[str, Any]:
    return {
        "label": label,
        "name": name,
        "kind": "select",
        "value": value,
        "required": True,
        "options": options,
    }


def _papers(names: Sequence[str]) -> dict[str, Any]:
    options = [[name, name] for name in names]
    return {"label": "材料", "name": "materials", "kind": "checkbox", "value": [], "options": options}


def _units(codes: Iterable[str]) -> list[list[str]]:
    return [[code, department_name(code, short=True)] for code in codes]


def _supplement_boxes(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:
    return [_papers([name for name in state.version.materials if name not in facts.asked]), NOTE]


def _receive_boxes(_state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:
    return [_papers([*facts.missing, *facts.deferred])]


def _decide_boxes(_state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:
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


def _dispatch_boxes(state: CaseState, _facts: CaseFacts) -> list[dict[str, Any]]:
    units = [state.version.lead_dept, *state.version.co_depts]
    known = catalogue().departments
    every = [*units, *(code for code, unit in known.items() if unit.kind in ("system", "county"))]
    return [_select("department", "承办单位", _units(dict.fromkeys(every)), state.case.department), NOTE]


def _ask_boxes(_state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:
    unit = _select("department", "配合单位", _units(facts.supporting))
    return [unit, _text("question", "协办内容", required=True)]


def _answer_boxes(state: CaseState, facts: CaseFacts) -> list[dict[str, Any]]:
    asked = [t for t in state.co_tasks if t.department == facts.own_department and t.answered_at is None]
    return [_text("answer", "答复", required=True, help_text="；".join(task.question for task in asked))]


def _listed(names: Mapping[str, str]) -> list[list[str]]:
    return [[code, name] for code, name in names.items()]


NOTE = _text("note", "说明")
EXTENSION = {
    "label": "延期",
    "name": "days",
    "kind": "number",
    "value": "",
    "required": True,
    "unit": "工作日",
}
REMEDY = {
    **_text("remedy", "救济途径", required=True),
    "value": "可自收到之日起 60 日内申请行政复议，或 6 个月内提起行政诉讼",
}


def _reason(label: str = "理由", help_text: str = "") -> dict[str, Any]:
    return _text("reason", label, required=True, help_text=help_text)


_FORMS = [
    VerbForm("accept", actions.accept_case),
    VerbForm(
        "request_supplement",
        actions.request_supplement_case,
        {"materials": several, "note": text},
        _supplement_boxes,
        hint="一次选出全部缺少的材料；同一材料不得再次要求",
    ),
    VerbForm("supplement", actions.supplement_case, {"note": text}, _always(NOTE)),
    VerbForm("receive_material", actions.receive_material_case, {"materials": several}, _receive_boxes),
    VerbForm(
        "decline",
        actions.decline_case,
        {"reason": text, "remedy": text},
        _always(_reason(), REMEDY),
        confirm="不予受理后本件结束，确定吗？",
    ),
    VerbForm("sign", actions.sign_case),
    VerbForm(
        "decide",
        actions.decide_case,
        {"outcome": text, "note": text, "hand_over": ticked},
        _decide_boxes,
        hint="决定后计时结束，不能撤回",
        confirm="确定作出决定吗？",
    ),
    VerbForm(
        "issue",
        actions.issue_case,
        {"certificate_no": text},
        _always({"label": "出件编号", "name": "certificate_no", "value": "", "required": True}),
    ),
    VerbForm(
        "deliver",
        actions.deliver_case,
        {"way": text, "note": text},
        _always(
            _select("way", "送达方式", _listed(WAYS), "WINDOW"),
            _text("note", "说明", help_text="代领的写明代领人"),
        ),
    ),
    VerbForm("answer_department", actions.answer_department_case, {"answer": text}, _answer_boxes),
    VerbForm(
        "ask_department", actions.ask_department_case, {"department": text, "question": text}, _ask_boxes
    ),
    VerbForm(
        "suspend",
        actions.suspend_case,
        {"reason": text, "note": text},
        _always(_select("reason", "法定理由", _listed(SUSPEND_REASONS)), NOTE),
        hint="挂起期间不计时，同一办件最多两次",
    ),
    VerbForm("resume", actions.resume_case, {"note": text}, _always(NOTE)),
    VerbForm(
        "extend",
        actions.extend_case,
        {"days": number, "reason": text},
        _always(EXTENSION, _reason(help_text="并书面告知申请人")),
    ),
    VerbForm("return", actions.return_case, {"reason": text}, _always(_reason("缺什么、为什么退回"))),
    VerbForm("dispatch", actions.dispatch_case, {"department": text, "note": text}, _dispatch_boxes),
    VerbForm(
        "refer",
        actions.refer_case,
        {"target": text, "reason": text},
        _always({"label": "转往单位", "name": "target", "value": "", "required": True}, _reason()),
        confirm="转办后本件结束，确定吗？",
    ),
    VerbForm(
        "withdraw",
        actions.withdraw_case,
        {"reason": text},
        _always(_reason("申请人撤回的原因")),
        confirm="撤回后本件结束，确定吗？",
    ),
    VerbForm("urge", actions.urge_case, {"note": text}, _always(NOTE)),
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
        found.append(_whole("withdraw_bundle", "整体撤回", bundle, [], [_reason("申请人撤回的原因")]))
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
