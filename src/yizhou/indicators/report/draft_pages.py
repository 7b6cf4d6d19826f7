"""The form for what a drafter adds to a report."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Refused
from yizhou.indicators.drafts import draft_of
from yizhou.indicators.facts import facts
from yizhou.indicators.measures import Number
from yizhou.indicators.periods import Term
from yizhou.indicators.report.build import Place, Wish, place_of
from yizhou.indicators.report.facts import form
from yizhou.indicators.report.language import Target
from yizhou.indicators.report.pages import report_url, wish_of
from yizhou.indicators.rules import MAX_RECIPIENT, MAX_SIGNER, Draft

AIM = "target_"
"""What the fields of aims are called, before the indicator's code."""


def aimed_at(place: Place, term: Term) -> list[str]:
    """Indicators of which the outlook of an annual report names an aim."""
    if term.kind != "annual":
        return []
    sentences = form(place.form).sentences.values()
    tokens = [token for s in sentences for clause in s.clauses for token in clause.tokens]
    return [token.code for token in tokens if isinstance(token, Target)]


def draft_wish(term: Term, actor: Actor, query: Mapping[str, str]) -> Wish:
    """The report that the form is about. Raises ``LookupError``."""
    wish = wish_of(term, actor, query)
    place_of(wish, actor)
    return wish


def draft_page(wish: Wish, actor: Actor, sent: Mapping[str, str] | None = None) -> dict[str, Any]:
    """The context of ``report/draft.html``: what was sent, else what is on file."""
    place = place_of(wish, actor)
    held = draft_of(place.scope.area, wish.term.code)
    values: Mapping[str, Any] = sent if sent is not None else _as_sent(held)
    return {
        "title": f"{wish.term.label}报告起草信息",
        "note": "保存后印进报告和各种文件；已固化的报告不变",
        "actions": [{"label": "返回报告", "url": report_url(wish.term, area=place.scope.area), "kind": ""}],
        "draft_url": reverse("indicators:draft", args=[wish.term]),
        "area": place.scope.area,
        "values": {name: values.get(name, "") for name in ("red_head", "recipient", "signer")},
        "limits": {"recipient": MAX_RECIPIENT, "signer": MAX_SIGNER},
        "next_year": wish.year + 1,
        "aims": [
            {
                "label": facts()[code].name,
                "name": AIM + code,
                "unit": facts()[code].unit,
                "value": values.get(AIM + code, ""),
            }
            for code in aimed_at(place, wish.term)
        ],
        "refused": (),
    }


def _as_sent(draft: Draft) -> dict[str, Any]:
    head = {"red_head": draft.red_head, "recipient": draft.recipient, "signer": draft.signer}
    return head | {AIM + code: aim for code, aim in draft.targets.items()}


def sent_draft(wish: Wish, actor: Actor, sent: Mapping[str, str]) -> Draft:
    """What a form says. Raises ``Refused`` for an aim that is no number."""
    codes = aimed_at(place_of(wish, actor), wish.term)
    aims = {code: _number(code, text) for code in codes if (text := sent.get(AIM + code, "").strip())}
    recipient = sent.get("recipient", "").strip().rstrip("：:")
    return Draft(bool(sent.get("red_head")), recipient, sent.get("signer", "").strip(), aims)


def _number(code: str, text: str) -> Number:
    try:
        return float(text) if facts()[code].kind == "rate" else int(text)
    except ValueError:
        whole = "" if facts()[code].kind == "rate" else "整"
        words = f"“{facts()[code].name}”的目标不是{whole}数：{text[:20]}"
        raise Refused([Blocker("TARGET", words, f"写{whole}数，不带单位")]) from None
