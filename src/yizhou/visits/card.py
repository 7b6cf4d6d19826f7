"""一人一卡: the card that somebody is given with the contact and the station to turn to (handbook §7, FT055).

It is left on tables and in pockets: of the person it tells the name alone, and the code on it leads to the file's page,
which nobody sees without an account and an area that holds it.
"""

from __future__ import annotations

from typing import Any

import segno

from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.core.scope import prefix_of
from yizhou.orgs.models import StaffPost, Station
from yizhou.orgs.queries import full_division_name
from yizhou.people.models import Person
from yizhou.visits.models import ContactAssignment

WHY = "who is to be turned to is for everybody to know"
DOT = 3
"""Pixels of a dot of the code; a border of four dots is part of it (ISO/IEC 18004)."""


def card_page(person: Person, address: str, actor: Actor) -> dict[str, Any]:
    """Context of ``visits/card.html``; ``address`` is the whole address of the person's page."""
    contact = standing_contact(person, actor)
    return {
        "title": "联系卡",
        "back_url": person.get_absolute_url(),
        "name": person.name,
        "place": full_division_name(person.household_area),
        "contact": _name_of(contact) if contact else "",
        "signed_on": contact.card_signed_on if contact else None,
        "station": station_of(person.household_area),
        "code": code_of(address),
        "printed_on": clock.today(),
    }


def standing_contact(person: Person, actor: Actor) -> ContactAssignment | None:
    """Who keeps in touch with the person today."""
    today = clock.today()
    found = ContactAssignment.objects.visible_to(actor).filter(person=person, assigned_on__lte=today)
    newest = found.order_by("-assigned_on", "-id").first()
    return newest if newest and not (newest.ended_on and newest.ended_on <= today) else None


def _name_of(contact: ContactAssignment) -> str:
    posts = StaffPost.objects.everywhere(WHY).filter(id_number_index=contact.staff_index)
    return posts.order_by("-started_on").values_list("name", flat=True).first() or ""


def station_of(area: str) -> Station | None:
    """The station of the village, else of the town, else of the county."""
    around = {area[:length].ljust(12, "0") for length in (6, 9, 12)}
    standing = Station.objects.everywhere(WHY).standing(clock.today()).filter(area__in=around)
    return max(standing, key=lambda station: len(prefix_of(station.area)), default=None)


def code_of(address: str) -> str:
    """The QR code of an address, as the address of an image that is its own data."""
    return segno.make_qr(address, error="m").svg_data_uri(scale=DOT, border=4)
