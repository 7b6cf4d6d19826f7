"""Forms of rows that are added and corrected on the ledger's own pages."""

from __future__ import annotations

import uuid
from typing import Any

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404
from django.urls import reverse

from yizhou.core.actor import Actor
from yizhou.files.actions import Keeping
from yizhou.ledgers import actions, one_row
from yizhou.ledgers.actions.add import place_of
from yizhou.ledgers.editing import ADD, CORRECT, by_hand, require_by_hand
from yizhou.ledgers.exporting import Choice, rows_of
from yizhou.ledgers.ledger import Ledger
from yizhou.ledgers.row_form import RowForm


class HandForm(RowForm):
    """A row of any ledger that is kept by hand."""

    def add(self) -> str:
        """Store it as a new row; returns its address. Raises ``Refused``."""
        return actions.add_row(
            self.bound.name, self.cells, actor=self.actor, accept_doubts=self.accept_doubts
        )

    def correct(self, uid: uuid.UUID) -> str:
        """Store it over the row; returns its address. Raises ``Refused``."""
        wanted = actions.Correction(self.cells, self.reason, self.seen, self.accept_doubts)
        return actions.correct_row(self.bound.name, uid, wanted, actor=self.actor)


def new_form(bound: Ledger, actor: Actor, person: str = "") -> HandForm:
    """An empty form; ``person`` is the public id of whom the row is about. Raises ``Refused``."""
    by_hand(bound.name, actor, ADD)
    about = next((f for f, link in bound.links.items() if link.column == bound.person), "")
    cells = {about: f"{one_row.NAMED}{person}"} if person and about else {}
    form = HandForm(bound, actor, cells)
    form.note_named()
    return form


def correcting(bound: Ledger, uid: uuid.UUID, actor: Actor) -> HandForm:
    """The form of a stored row. Raises ``Refused``, and ``Http404`` when it is absent or out of sight."""
    by_hand(bound.name, actor, CORRECT)
    pk = _row_or_404(bound, uid, actor).pk
    values = one_row.values_of(bound, pk)
    form = HandForm(bound, actor, {}, values, seen=one_row.state_of(bound, values), pk=pk)
    form.fill()
    return form


def keeping_about(
    bound: Ledger, uid: uuid.UUID, actor: Actor, upload: UploadedFile[bytes], title: str
) -> Keeping:
    """What is to be kept about a row, where the row lies; with a person where the row does so.

    Raises ``Refused`` when the rows have pages of their own, and ``Http404``.
    """
    require_by_hand(bound)
    row = _row_or_404(bound, uid, actor)
    place = place_of(bound, row.pk)
    return Keeping(upload, title, place.person_id, place.area, bound.name, uid)


def _row_or_404(bound: Ledger, uid: uuid.UUID, actor: Actor) -> Any:
    row = rows_of(bound, actor, Choice()).filter(uid=uid).first()
    if row is None:
        raise Http404
    return row


def form_page(form: HandForm, uid: uuid.UUID | None = None, back: str = "") -> dict[str, Any]:
    """What the template shows; ``back`` is the page that leads here, the ledger's own when empty."""
    name = form.bound.name
    own = reverse("ledgers:browse", args=[name]) if uid is None else reverse("ledgers:row", args=[name, uid])
    return {
        "record": form.context(),
        "ledger": form.bound.title,
        "is_new": uid is None,
        "back_url": back or own,
    }
