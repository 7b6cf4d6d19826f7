"""Why a verb cannot be done with a case now: the page greys its button with the same words the action refuses with."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from yizhou.cases.rules.clock import Clock
from yizhou.cases.rules.states import FINAL, LABELS, MOVES, RUNNING, Status
from yizhou.core.refusal import Blocker
from yizhou.core.workdays import Light

SUSPEND_REASONS = {
    "SITE_CHECK": "现场核查",
    "ASSESSMENT": "鉴定、检验、专家评审",
    "PUBLICITY": "公示",
    "HIGHER_APPROVAL": "报上级批准",
    "APPLICANT": "申请人原因",
}
"""Lawful reasons to stop the clock (handbook §5.3)."""


@dataclass(frozen=True)
class Limits:
    """The site's parameters that rules need; days are workdays unless named otherwise."""

    notice_days: int = 5
    supplement_days: int = 15
    suspend_times: int = 2
    urge_two_overdue: int = 1
    urge_three_overdue: int = 3
    sign_days: int = 1
    callback_days: int = 1
    fix_days: int = 15
    deferred_days: int = 5


@dataclass(frozen=True)
class CaseFacts:
    """What the rules know of a case on a day.

    ``is_handler``: the actor's side handles it, ``handler`` names who does. ``notice_until`` is the last day on
    which missing materials may be told before acceptance. ``asked`` are materials told once already, ``missing``
    those not handed in, ``deferred`` those promised for later (容缺). ``sign_due_on`` as it was set on dispatch.
    ``has_form``: it was filed here, not taken from a ledger.
    ``supporting`` are the departments that may be asked for help, ``helping`` those asked and not yet heard from,
    ``own_department`` is the actor's. ``same_hands``: the actor accepted it. ``may_ask_again``: a second notice was approved for new circumstances.
    """

    status: Status
    on: date
    clock: Clock
    is_handler: bool = True
    handler: str = ""
    has_form: bool = True
    notice_until: date = date.max
    waits_for: Sequence[str] = ()
    missing: Sequence[str] = ()
    deferred: Sequence[str] = ()
    asked: Sequence[str] = ()
    may_ask_again: bool = False
    supporting: Sequence[str] = ()
    helping: Sequence[str] = ()
    own_department: str = ""
    suspensions: int = 0
    sign_due_on: date | None = None
    is_extended: bool = False
    statutory_on: date | None = None
    urged_today: Sequence[int] = ()
    makes: str = "service"
    has_passed: bool = False
    same_hands: bool = False
    limits: Limits = field(default=Limits())

    @property
    def is_deemed_accepted(self) -> bool:
        """逾期不告知视为自收到之日起受理 (行政许可法第32条)."""
        return self.status is Status.SUBMITTED and not self.asked and self.on > self.notice_until


def _state(verb: str, facts: CaseFacts) -> list[Blocker]:
    move = MOVES[verb]
    if facts.status in move.start:
        return []
    wanted = "、".join(LABELS[status] for status in Status if status in move.start)
    if facts.status in FINAL:
        return [Blocker("FINISHED", f"本件已{LABELS[facts.status].removeprefix('已')}，不能再{move.label}")]
    return [
        Blocker(
            "STATUS",
            f"本件现为“{LABELS[facts.status]}”，不能{move.label}",
            f"{wanted}时才能{move.label}",
        )
    ]


def _handler(facts: CaseFacts) -> list[Blocker]:
    if facts.is_handler:
        return []
    return [Blocker("NOT_YOURS", f"这一项由{facts.handler}办理", f"请{facts.handler}办理，或催办")]


def _desk_or_handler(facts: CaseFacts) -> list[Blocker]:
    """Before acceptance and after a return it lies at the desk; otherwise with whoever handles it."""
    return [] if facts.status in (Status.SUBMITTED, Status.RETURNED) else _handler(facts)


def _text(text: str, what: str) -> list[Blocker]:
    return [] if text.strip() else [Blocker("NO_REASON", f"没有写明{what}", f"写明{what}")]


def blockers_to_accept(facts: CaseFacts) -> list[Blocker]:
    """Why it cannot be accepted: its predecessor is not done, or materials are missing."""
    if facts.status is Status.WAIT_PREV or facts.waits_for:
        names = "、".join(facts.waits_for)
        return [Blocker("WAIT_PREV", f"要等“{names}”办结", "前置办结后自动开始计时，不必操作")]
    found = _state("accept", facts)
    if found or facts.is_deemed_accepted or not facts.missing:
        return found
    names = "、".join(facts.missing)
    return [Blocker("MISSING", f"材料不齐：{names}", "收齐后登记，或一次告知补正，或办理容缺")]


def blockers_to_decline(facts: CaseFacts, reason: str = "x", remedy: str = "x") -> list[Blocker]:
    """Why it cannot be declined; a written reason and the way to appeal are required."""
    found = _state("decline", facts)
    if not found and facts.is_deemed_accepted:
        found = [_deemed(facts)]
    return found or [*_text(reason, "不予受理的理由"), *_text(remedy, "救济途径")]


def _deemed(facts: CaseFacts) -> Blocker:
    return Blocker(
        "DEEMED_ACCEPTED",
        f"收件后 {facts.limits.notice_days} 个工作日内没有告知，已视为自收件之日受理",
        "请按受理办理",
    )


def blockers_to_request_supplement(facts: CaseFacts, materials: Sequence[str] | None = None) -> list[Blocker]:
    """Why materials cannot be asked for: all at once, never the same twice, not after the time for it."""
    found = _state("request_supplement", facts) or _desk_or_handler(facts)
    if found:
        return found
    if facts.is_deemed_accepted:
        return [_deemed(facts)]
    asked = [name for name in facts.asked if materials is None or name in materials]
    if materials is not None and asked:
        return [Blocker("SAME_MATERIAL", f"已告知过：{'、'.join(asked)}", "同一材料不得再次要求补正")]
    if facts.asked and not facts.may_ask_again:
        return [
            Blocker(
                "TOLD_ONCE", "补正须一次告知，本件已告知过", "出现新情形的，由业务科室或分管领导审批后再告知"
            )
        ]
    if materials is not None and not materials:
        return [Blocker("NOTHING_MISSING", "没有选出要补的材料", "一次选出全部缺少的材料")]
    return []


def blockers_to_supplement(facts: CaseFacts) -> list[Blocker]:
    """Why a supplement cannot be taken in."""
    return _state("supplement", facts)


def blockers_to_sign(facts: CaseFacts) -> list[Blocker]:
    """Why it cannot be signed for."""
    return _state("sign", facts) or _handler(facts)


def blockers_to_suspend(facts: CaseFacts, reason: str | None = None) -> list[Blocker]:
    """Why the clock cannot be stopped: no lawful reason, or stopped often enough."""
    found = _state("suspend", facts) or _handler(facts)
    if found:
        return found
    if facts.suspensions >= facts.limits.suspend_times:
        return [
            Blocker("TOO_OFTEN", f"已挂起 {facts.suspensions} 次，不能再挂起", "请办结，或由分管领导批准延期")
        ]
    if reason is not None and reason not in SUSPEND_REASONS:
        return [Blocker("NO_LAWFUL_REASON", "没有选法定的挂起理由", "从所列理由中选一项")]
    return []


def blockers_to_resume(facts: CaseFacts) -> list[Blocker]:
    """Why it cannot go on."""
    return _state("resume", facts) or _handler(facts)


def blockers_to_extend(facts: CaseFacts, days: int | None = None, until: date | None = None) -> list[Blocker]:
    """Why it cannot be prolonged: once, before it is due, within the law. ``until`` is the new due day."""
    if facts.status not in RUNNING:
        return [Blocker("STATUS", f"本件现为“{LABELS[facts.status]}”，不能延期", "计时中的办件才能延期")]
    if facts.is_extended:
        return [Blocker("EXTENDED", "已延期过一次", "请尽快办结")]
    if facts.clock.light is Light.RED:
        return [Blocker("OVERDUE", "已经超期，不能补办延期", "请尽快办结并说明原因")]
    if days is not None and days < 1:
        return [Blocker("NO_DAYS", "没有写明延期几个工作日", "填写正整数")]
    if until and facts.statutory_on and until > facts.statutory_on:
        return [
            Blocker(
                "BEYOND_LAW", f"延期后超过法定期限 {facts.statutory_on}", "缩短延期天数，不得超过法定期限"
            )
        ]
    return []


def blockers_to_return(facts: CaseFacts, reason: str = "x") -> list[Blocker]:
    """Why it cannot be given back to the intake desk; what is lacking must be said."""
    return _state("return", facts) or _handler(facts) or _text(reason, "缺什么、为什么退回")


def blockers_to_dispatch(facts: CaseFacts) -> list[Blocker]:
    """Why it cannot be sent to a department again."""
    return _state("dispatch", facts)


def blockers_to_refer(facts: CaseFacts, target: str = "x", reason: str = "x") -> list[Blocker]:
    """Why it cannot be passed to another authority."""
    return (
        _state("refer", facts)
        or _desk_or_handler(facts)
        or [*_text(target, "转给哪个单位"), *_text(reason, "转办的理由")]
    )


def blockers_to_withdraw(facts: CaseFacts, reason: str = "x") -> list[Blocker]:
    """Why the applicant cannot take it back: it is decided."""
    return _state("withdraw", facts) or _text(reason, "撤回的原因")


def urge_level(facts: CaseFacts) -> int:
    """The level the clock calls for: 1 the handler, 2 head of section, 3 the leader in charge; 0 none yet."""
    late = facts.clock.overdue
    if late >= facts.limits.urge_three_overdue:
        return 3
    if late >= facts.limits.urge_two_overdue:
        return 2
    if facts.status is Status.ACCEPTED and facts.sign_due_on and facts.on > facts.sign_due_on:
        return 1
    return 1 if facts.clock.light in (Light.AMBER, Light.RED) else 0


def blockers_to_urge(facts: CaseFacts) -> list[Blocker]:
    """Why it cannot be urged: nothing is late yet, the clock stands, or it was urged today."""
    if facts.status not in RUNNING:
        return [Blocker("STATUS", f"本件现为“{LABELS[facts.status]}”，不用催办")]
    level = urge_level(facts)
    if not level:
        return [Blocker("IN_TIME", "时限还早，不用催办", "亮黄灯、超期或逾期未签收时再催")]
    if level in facts.urged_today:
        return [Blocker("URGED_TODAY", "今天已经催办过", "明天再催，或电话联系")]
    return []


def blockers_to_decide(
    facts: CaseFacts, outcome: Literal["approve", "refuse"] | None = None, reason: str = "x"
) -> list[Blocker]:
    """Why it cannot be decided: not the handler, deferred materials are out, one pair of hands for money."""
    found = _state("decide", facts) or _handler(facts)
    if found:
        return found
    if facts.makes == "money" and facts.same_hands:
        found.append(
            Blocker("SAME_HANDS", "资金类事项的受理人不得同时作出决定", "请另一位有决定权限的同事办理")
        )
    if outcome == "approve" and facts.deferred:
        names = "、".join(facts.deferred)
        found.append(Blocker("DEFERRED", f"容缺的材料还没有补：{names}", "收到后在材料里登记，再作决定"))
    if outcome == "refuse":
        found += _text(reason, "不予的理由和依据")
    return found


def blockers_to_issue(facts: CaseFacts) -> list[Blocker]:
    """Why no certificate can be made."""
    found = _state("issue", facts) or _handler(facts)
    if not found and (facts.makes != "certificate" or not facts.has_passed):
        return [Blocker("NO_CERTIFICATE", "本件不产生证照", "直接送达")]
    return found


def blockers_to_deliver(facts: CaseFacts) -> list[Blocker]:
    """Why it cannot be handed over: the certificate is not made."""
    found = _state("deliver", facts)
    if not found and facts.makes == "certificate" and facts.has_passed and facts.status is Status.DECIDED:
        return [Blocker("NOT_ISSUED", "证照还没有制作", "先制证，再送达")]
    return found


def blockers_to_receive_material(facts: CaseFacts) -> list[Blocker]:
    """Why no material can be taken in."""
    if facts.status in FINAL:
        return [Blocker("FINISHED", "本件已经结束，不再收材料")]
    if not facts.missing and not facts.deferred:
        return [Blocker("COMPLETE", "材料已经收齐")]
    return []


def blockers_to_ask_department(
    facts: CaseFacts, department: str | None = None, question: str = "x"
) -> list[Blocker]:
    """Why no other department can be asked for help: not under way, none supports the item, asked already."""
    if facts.status not in RUNNING and facts.status is not Status.SUSPENDED:
        return [Blocker("STATUS", f"本件现为“{LABELS[facts.status]}”，不能请求协办", "办理中才能请求协办")]
    if found := _handler(facts):
        return found
    if not facts.supporting:
        return [Blocker("COMPLETE", "本事项没有配合单位")]
    if department is not None and department not in facts.supporting:
        return [Blocker("NOT_SUPPORTING", "不是本事项的配合单位", "从所列配合单位中选")]
    if department in facts.helping:
        return [Blocker("ASKED", "已请该单位协办，尚未答复", "等待答复，或电话联系")]
    return _text(question, "要对方协办什么")


def blockers_to_answer_department(facts: CaseFacts, answer: str = "x") -> list[Blocker]:
    """Why there is nothing to answer."""
    if not facts.own_department or facts.own_department not in facts.helping:
        return [Blocker("STATUS", "没有发给本部门的协办", "只有被请求的单位可以答复")]
    return _text(answer, "办理情况（退回的写明缺什么）")


def blockers_to_reveal_form(facts: CaseFacts) -> list[Blocker]:
    """Why what the applicant filled in is not shown in full: there is nothing, or somebody else handles it."""
    if not facts.has_form:
        return [Blocker("NO_FORM", "本件由台账导入，没有申请表")]
    return _desk_or_handler(facts)


BLOCKERS: dict[str, Callable[[CaseFacts], list[Blocker]]] = {
    "accept": blockers_to_accept,
    "request_supplement": blockers_to_request_supplement,
    "supplement": blockers_to_supplement,
    "receive_material": blockers_to_receive_material,
    "decline": blockers_to_decline,
    "sign": blockers_to_sign,
    "decide": blockers_to_decide,
    "issue": blockers_to_issue,
    "deliver": blockers_to_deliver,
    "answer_department": blockers_to_answer_department,
    "ask_department": blockers_to_ask_department,
    "suspend": blockers_to_suspend,
    "resume": blockers_to_resume,
    "extend": blockers_to_extend,
    "return": blockers_to_return,
    "dispatch": blockers_to_dispatch,
    "refer": blockers_to_refer,
    "withdraw": blockers_to_withdraw,
    "urge": blockers_to_urge,
}
"""Every verb with its reasons, in the order in which a page offers them."""
