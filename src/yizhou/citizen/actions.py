"""Handing over a slip, making an access with it, coming in, closing it."""

from __future__ import annotations

import datetime as dt
import secrets
from dataclasses import dataclass

from django.contrib.auth.hashers import check_password, make_password
from django.db.models import F
from django.urls import reverse

from yizhou.citizen.models import Access, Slip
from yizhou.citizen.queries import ENTER, ISSUE, WHY, person_of_number, slip_days
from yizhou.citizen.rules import ALPHABET, LENGTH, NO_ENTRY, NO_SLIP, blockers_of_password, normal_code
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.refusal import Blocker, Conflict, Refused, refuse
from yizhou.events.actions import action
from yizhou.events.recording import Concern, record
from yizhou.people.models import Person


@dataclass(frozen=True, slots=True)
class IssuedSlip:
    """A slip with its code in plain text: it is shown once and kept nowhere."""

    slip: Slip
    code: str

    def get_absolute_url(self) -> str:
        """What a repeated submission is led to; the code is not shown again."""
        return reverse("citizen:access", args=[self.slip.person.uid])


@action(ISSUE)
def issue_slip(person: Person, *, seen: bool, actor: Actor) -> IssuedSlip:
    """A slip for somebody whose identity card was seen; an earlier open one ends. Raises ``Refused``."""
    refuse(blockers_to_issue(person, is_seen=seen))
    now = clock.now()
    Slip.objects.visible_to(actor).filter(person=person, ended_at__isnull=True).update(ended_at=now)
    code = "".join(secrets.choice(ALPHABET) for _ in range(LENGTH))
    slip = Slip.objects.create(
        person=person,
        code_hash=make_password(code),
        issued_by_id=actor.account_id,
        issued_by=actor.name,
        issued_at=now,
        expires_on=clock.today() + dt.timedelta(days=slip_days()),
    )
    record(actor, "citizen.slip_issued", slip, concern=_concern(person), until=slip.expires_on.isoformat())
    return IssuedSlip(slip, code)


def blockers_to_issue(person: Person, *, is_seen: bool) -> list[Blocker]:
    """Why nobody can be given a slip for this file."""
    found = []
    if person.died_on or person.deregistered_on:
        found.append(Blocker("GONE", "本人已去世或已注销，不能开通", "家属办事请到窗口"))
    if not person.opened().get("id_number"):
        found.append(Blocker("NO_NUMBER", "档案里没有身份证号，本人无法登录", "先在档案里补录身份证号"))
    if not is_seen:
        found.append(Blocker("NOT_SEEN", "没有确认已核验本人身份证", "请本人到场出示身份证，核对后勾选"))
    return found


@action(ISSUE)
def close_access(person: Person, *, actor: Actor) -> Person:
    """End the access at once, as when a phone was lost; a new slip opens it again. Raises ``Conflict``."""
    now = clock.now()
    opened = Access.objects.visible_to(actor).filter(person=person, closed_at__isnull=True)
    ended = opened.update(closed_at=now, generation=F("generation") + 1)
    ended += Slip.objects.visible_to(actor).filter(person=person, ended_at__isnull=True).update(ended_at=now)
    if not ended:
        raise Conflict("“我的服务”没有开通，或已经停用", "刷新页面查看")
    record(actor, "citizen.closed", person, concern=_concern(person))
    return person


@dataclass(frozen=True, slots=True)
class Activation:
    """What the person types from the slip, and the password of the own choice."""

    id_number: str
    code: str
    password: str
    again: str


@action(ENTER)
def activate(wish: Activation, *, actor: Actor) -> Access:
    """Make an access with a slip; whoever was signed in with an older one is out. Raises ``Refused``."""
    person = person_of_number(wish.id_number)
    slip = _open_slip(person)
    right = check_password(normal_code(wish.code), slip.code_hash if slip else _NEVER)
    if person is None or slip is None or not right:
        raise Refused([NO_SLIP])
    refuse(blockers_of_password(wish.password, wish.again, person.opened().get("id_number", "")))
    now = clock.now()
    mine = Slip.objects.everywhere(WHY).filter(pk=slip.pk, ended_at__isnull=True)
    if mine.update(ended_at=now, is_used=True) != 1:
        raise Refused([NO_SLIP])
    access = _opened(person, wish.password)
    record(actor, "citizen.activated", access, concern=_concern(person))
    return access


@action(ENTER)
def sign_in(id_number: str, password: str, *, actor: Actor) -> Access:
    """The access of whoever knows number and password. Raises ``Refused`` with one answer for everybody else."""
    person = person_of_number(id_number)
    found = Access.objects.everywhere(WHY).filter(person=person, closed_at__isnull=True) if person else None
    access = found.select_related("person").first() if found is not None else None
    # An unknown number costs the same time as a wrong password.
    right = check_password(password, access.password if access else _NEVER)
    if access is None or not right or access.person.died_on:
        raise Refused([NO_ENTRY])
    access.seen_at = clock.now()
    Access.objects.everywhere(WHY).filter(pk=access.pk).update(seen_at=access.seen_at)
    record(actor, "citizen.signed_in", access, concern=_concern(access.person))
    return access


_NEVER = make_password(None)
"""Matches no password."""


def _open_slip(person: Person | None) -> Slip | None:
    if person is None:
        return None
    opened = Slip.objects.everywhere(WHY).filter(person=person, ended_at__isnull=True)
    return opened.filter(expires_on__gte=clock.today()).first()


def _opened(person: Person, password: str) -> Access:
    """The one access of a person, with a new password and a new generation."""
    access = Access.objects.everywhere(WHY).filter(person=person).first() or Access(
        person=person, generation=0
    )
    access.person = person
    access.password = make_password(password)
    access.generation += 1
    access.opened_at = access.seen_at = clock.now()
    access.closed_at = None
    access.save()
    return access


def _concern(person: Person) -> Concern:
    return Concern(person.pk, person.household_area)
