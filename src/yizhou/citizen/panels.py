"""The way from a person's page to the slip for the own access."""

from django.urls import reverse

from yizhou.people.models import Person
from yizhou.people.plugs import QUICK, Quick


def _access_url(person: Person) -> str:
    return reverse("citizen:access", args=[person.uid])


QUICK.add("citizen", Quick("我的服务", "citizen.issue_slip", _access_url, order=89))
