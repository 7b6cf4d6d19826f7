"""The page of one person: header, tabs, the open panel's frame, cards beside it."""

from __future__ import annotations

import uuid
from typing import Any

from django.http import Http404
from django.urls import reverse

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.ledgers.columns import code_name
from yizhou.ledgers.exporting import masked
from yizhou.orgs.queries import full_division_name
from yizhou.people.essentials import missing
from yizhou.people.models import Person
from yizhou.people.plugs import ASIDES, FACTS, MOVED, PANELS, QUICK, TAGS, Panel
from yizhou.people.queries.axis import axis_panel, service_length
from yizhou.people.queries.facts import is_veteran, values_of
from yizhou.people.queries.list_rows import SEX, completeness
from yizhou.people.sensitive import column, hidden, revealable

CORRECT = "people.correct_person"
CLASS_STATES = {"KEY": "warn", "FOCUS": "info"}


def person_or_404(uid: uuid.UUID, actor: Actor) -> Person:
    """The person if inside the actor's scope; absent and out of scope are the same 404 (trust.md D5)."""
    person = Person.objects.visible_to(actor).filter(uid=uid).first()
    if person is None:
        raise Http404
    return person


def person_or_moved(uid: uuid.UUID, actor: Actor) -> Person:
    """``person_or_404``, or the file into which this one was merged; its public id tells that it is another."""
    if (person := Person.objects.visible_to(actor).filter(uid=uid).first()) is not None:
        return person
    now = next((found for moved in MOVED.values() if (found := moved(uid))), uid)
    return person_or_404(now, actor)


def person_page(
    person: Person, actor: Actor, open_tab: str = "", *, everything: bool = False
) -> dict[str, Any]:
    """Context of ``people/person.html`` without the panel of a plug, which the view renders.

    ``open_tab`` is the name of a panel, or empty for the life axis.
    """
    url = person.get_absolute_url()
    cards = [(a, a.card(person, actor)) for a in sorted_for(ASIDES.values(), actor)] if not open_tab else []
    shown = [(aside, card) for aside, card in cards if card is not None]
    strategy = next(((a, c) for a, c in shown if c.entitlements), None)
    quick = sorted_for(QUICK.values(), actor)
    return {
        "person": {"name": person.name, "tags": _tags(person, actor), "photo_url": ""},
        "facts": _facts(person, actor),
        "quick": [{"label": q.label, "url": q.url(person), "kind": q.kind} for q in quick],
        "tabs": _tabs(person, actor, open_tab),
        "panel": axis_panel(person, actor, everything=everything, url=url) if not open_tab else None,
        "strategy": {"note": strategy[1].note, "items": strategy[1].entitlements} if strategy else None,
        "side": [
            {"title": a.title, "note": c.note, "link": c.link, "rows": c.rows}
            for a, c in shown
            if not c.entitlements
        ],
    }


def sorted_for(declared: list[Any], actor: Actor) -> list[Any]:
    """Plugs that the actor may see, in their order."""
    return sorted((plug for plug in declared if actor.may(plug.permission)), key=lambda plug: plug.order)


def panel_or_404(name: str, actor: Actor) -> Panel:
    """A tab by the name in its address; those that the actor may not open do not exist for it."""
    panel = PANELS.get(name)
    if panel is None or not actor.may(panel.permission):
        raise Http404
    return panel


def _tabs(person: Person, actor: Actor, open_tab: str) -> list[dict[str, Any]]:
    url = person.get_absolute_url()
    tabs: list[dict[str, Any]] = [{"label": "生命轴", "url": url, "active": not open_tab, "count": None}]
    for panel in sorted_for(PANELS.values(), actor):
        address = reverse("people:panel", args=[person.uid, panel.name])
        count = panel.count(person, actor)
        tabs.append({"label": panel.title, "url": address, "active": panel.name == open_tab, "count": count})
    return tabs


def _tags(person: Person, actor: Actor) -> list[dict[str, str]]:
    tags = [{"text": code_name("person_category", code), "state": ""} for code in person.categories]
    if person.joined_war:
        tags.append({"text": "参战", "state": "gold"})
    if person.contact_class in CLASS_STATES:
        text = f"{code_name('contact_class', person.contact_class)}对象"
        tags.append({"text": text, "state": CLASS_STATES[person.contact_class]})
    if ended := _ended(person):
        tags.append({"text": ended, "state": "paused"})
    for more in TAGS.values():
        tags.extend({"text": tag.text, "state": tag.state} for tag in more(person, actor))
    return tags


def _ended(person: Person) -> str:
    today = clock.today()
    for field, words in (("died_on", "已去世"), ("moved_out_on", "已迁出"), ("deregistered_on", "已注销")):
        on = getattr(person, field)
        if on is not None and on <= today:
            return words
    return ""


def _facts(person: Person, actor: Actor) -> list[dict[str, str]]:
    opened, today = person.opened(), clock.today()
    facts = [
        _sealed(person, "id_number", opened, actor),
        _sealed(person, "phone", opened, actor, verb="拨打"),
        _fact("性别、年龄", f"{SEX.get(person.sex, '')} · {person.age_on(today)} 岁（{person.birth_on}）"),
        _fact("所属区域", full_division_name(person.household_area)),
    ]
    if person.enlisted_on:
        facts.append(_fact("服役", _service(person)))
    if not hidden("disability_level", actor) and person.disability_level:
        words = code_name("disability_cause", person.disability_cause)
        facts.append(_fact("伤残", f"{code_name('disability_level', person.disability_level)} {words}"))
    for more in FACTS.values():
        facts.extend(
            _fact(f.label, f.value, tag=f.tag, state=f.state, note=f.note, url=f.url)
            for f in more(person, actor)
        )
    return [*facts, _completeness(person, actor)]


def _fact(label: str, value: str, **more: str) -> dict[str, str]:
    empty = {"reveal_url": "", "verb": "", "note": "", "tag": "", "state": "", "url": ""}
    return {"label": label, "value": value, **empty, **more}


def _sealed(
    person: Person, field: str, opened: dict[str, str], actor: Actor, verb: str = "查看"
) -> dict[str, str]:
    value = masked(column(field), opened.get(field, ""))
    can = bool(value) and revealable(field, actor)
    url = reverse("people:reveal", args=[person.uid, field]) if can else ""
    return _fact("手机" if field == "phone" else column(field).header, value, reveal_url=url, verb=verb)


def _service(person: Person) -> str:
    first, last = person.enlisted_on, person.discharged_on
    assert first is not None
    words = f"{first.year}.{first:%m}–{f'{last.year}.{last:%m}' if last else ''}"
    return f"{words} · {service_length(first, last)}" if last else words


def _completeness(person: Person, actor: Actor) -> dict[str, str]:
    """Per cent of the essentials, and the missing ones by name with the way to fill them in."""
    veteran = is_veteran(person)
    lacking = missing(values_of(person), veteran=veteran)
    percent = completeness(len(lacking), is_vet=veteran)
    if not lacking:
        return _fact("档案完整度", "100%", tag="齐全", state="ok")
    names = "、".join(column.header for column in lacking)
    may = actor.may(CORRECT)
    url = f"{reverse('people:correct', args=[person.uid])}#id_{lacking[0].field}" if may else ""
    return _fact("档案完整度", f"{percent}%，缺 {len(lacking)} 项：", note=names, url=url)
