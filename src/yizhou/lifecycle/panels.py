"""The tab 生命周期 of the person page, and the way from it to noting a hint."""

from django.urls import reverse

from yizhou.lifecycle.pages import count_open, panel
from yizhou.people.models import Person
from yizhou.people.plugs import PANELS, QUICK, Panel, Quick

PANELS.add(
    "lifecycle",
    Panel(
        "lifecycle", "生命周期", "lifecycle.view_tasks", count_open, panel, "lifecycle/_panel.html", order=22
    ),
)


def _note_url(person: Person) -> str:
    return reverse("lifecycle:note", args=[person.uid])


QUICK.add("signal", Quick("登记近况线索", "lifecycle.note_signal", _note_url, order=86))
