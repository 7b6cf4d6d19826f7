"""Templates obey the content security policy: nothing inline (fetched pages are policed too)."""

import pytest

from tests.house.tree import files, text_of
from tests.support.markup import page_faults, template_faults


def test_templates_hold_nothing_inline() -> None:
    templates = [name for name in files() if name.startswith("src/") and name.endswith((".html", ".jinja"))]
    found = {name: faults for name in templates if (faults := template_faults(text_of(name) or ""))}
    assert found == {}


@pytest.mark.parametrize(
    ("html", "fault"),
    [
        ("<p>{{ name }}</p>", "line 1: template tag leaked: '{{ name }}'"),
        ("<p>\n{% if %}</p>", "line 1: template tag leaked: '{% if %}'"),
        ("<a href='{{ url }}'>x</a>", "line 1: template tag leaked into href='{{ url }}'"),
        ("<script>alert(1)</script>", "line 1: inline <script>"),
        ("<style>p{}</style>", "line 1: <style> element"),
        ("<p style='color:red'>x</p>", "line 1: style attribute on <p>"),
        ("<button onclick='go()'>x</button>", "line 1: onclick attribute on <button>"),
        ("<div hx-on:click='go()'>x</div>", "line 1: hx-on:click attribute on <div>"),
        ("<a href='javascript:go()'>x</a>", "line 1: javascript: address on <a>"),
    ],
)
def test_a_fault_is_found(html: str, fault: str) -> None:
    assert page_faults(html)[0] == fault


@pytest.mark.parametrize(
    "html",
    [
        "<script src='/static/app.js'></script>",
        '<script type=\'application/json\'>{"a": {"b": 1}}</script>',
        "<div hx-vals='{\"a\": {\"b\": 1}}' data-only='x'>x</div>",
        "<code>{{ shown as text }}</code>",
    ],
)
def test_what_is_allowed(html: str) -> None:
    assert page_faults(html) == []


def test_template_tags_in_a_template_are_no_leak_but_inline_code_is() -> None:
    assert template_faults('<p class="{{ x }}">{% if a > b %}{{ a }}{% endif %}</p>') == []
    assert template_faults('{#\n#}<p style="{{ x }}">') == ["line 2: style attribute on <p>"]
