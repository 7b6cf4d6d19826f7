"""The way from a person's page to noting that he came from beyond the city."""

from django.urls import reverse

from yizhou.people.models import Person
from yizhou.people.plugs import QUICK, Quick


def _note_url(person: Person) -> str:
    return reverse("moves:note_incoming", args=[person.uid])


QUICK.add("incoming", Quick("外地迁入", "moves.note_incoming", _note_url, order=87))
