"""Every page and component renders from the context its comment promises, strictly and cleanly."""

import re
from pathlib import Path

import pytest
from jinja2 import ChoiceLoader, Environment, FileSystemLoader, UndefinedError
from jinja2_fragments import render_block

from tests.house import (
    archive_samples,
    balance_samples,
    board_samples,
    case_samples,
    change_samples,
    citizen_samples,
    dossier_samples,
    export_samples,
    figure_samples,
    import_samples,
    ledger_samples,
    life_samples,
    list_samples,
    merge_samples,
    move_samples,
    page_samples,
    person_samples,
    plan_samples,
    quality_samples,
    reversal_samples,
    watching_samples,
)
from tests.house.frame_samples import Context
from tests.house.tree import SOURCE
from tests.support.markup import page_faults
from yizhou.portal import jinja

PAGES = [
    *archive_samples.PAGES,
    *life_samples.PAGES,
    *list_samples.PAGES,
    *plan_samples.PAGES,
    *page_samples.PAGES,
    *import_samples.PAGES,
    *ledger_samples.PAGES,
    *person_samples.PAGES,
    *case_samples.PAGES,
    *figure_samples.PAGES,
    *board_samples.PAGES,
    *balance_samples.PAGES,
    *merge_samples.PAGES,
    *move_samples.PAGES,
    *citizen_samples.PAGES,
    *quality_samples.PAGES,
    *reversal_samples.PAGES,
    *watching_samples.PAGES,
    *change_samples.PAGES,
    *dossier_samples.PAGES,
    *export_samples.PAGES,
]
FOLDERS = sorted(SOURCE.glob("*/templates"))
COMPONENTS = sorted((SOURCE / "portal/templates/components").glob("*.html"))
STYLES = sorted((SOURCE / "portal/static/yizhou").glob("*.css"))
IDS = re.compile(r'\bid="([^"]+)"')
POINTERS = re.compile(r'\b(?:for|aria-labelledby|aria-describedby)="([^"]+)"')


def environment() -> Environment:
    """The product's own, over every package's templates, without collected static files."""
    loader = ChoiceLoader([FileSystemLoader(folder) for folder in FOLDERS])
    made = jinja.environment(loader=loader, autoescape=True)
    made.globals["static"] = "/static/{}".format
    return made


ENVIRONMENT = environment()


def rendered(template: str, context: Context) -> str:
    return ENVIRONMENT.get_template(template).render(context)


@pytest.mark.parametrize(("template", "shows", "context"), PAGES, ids=[f"{t}:{s}" for t, s, _ in PAGES])
def test_a_page_renders_cleanly(template: str, shows: str, context: Context) -> None:
    html = rendered(template, context)
    assert page_faults(html) == [], shows
    ids = IDS.findall(html)
    assert sorted(ids) == sorted(set(ids)), "an id stands twice"
    assert {name for names in POINTERS.findall(html) for name in names.split()} <= set(ids)
    for gap in ("None", "Undefined", "&lt;span", "&lt;b&gt;"):
        assert gap not in html


def test_every_page_template_has_a_sample() -> None:
    shown = {template for template, _, _ in PAGES}
    pages = {
        path.relative_to(folder).as_posix()
        for folder in FOLDERS
        for path in folder.rglob("*.html")
        if "components" not in path.parts
    }
    owned = {name for name in pages if name.split("/")[0] in {name.split("/")[0] for name in shown}}
    assert {"base.html", "shell.html"} < pages
    assert owned - shown == set()


@pytest.mark.parametrize("path", COMPONENTS, ids=lambda path: path.name)
def test_every_component_says_how_it_is_called(path: Path) -> None:
    text = path.read_text(encoding="utf-8")
    comment, _, body = text.partition("-#}")
    macros = re.findall(r"{% macro ([a-z]\w*)\(", body)
    assert comment.startswith("{#-")
    assert macros
    assert [name for name in macros if not re.search(rf"\b{name}\b", comment) and name != "cell_of"] == []


def test_every_macro_is_used_by_a_page_or_another_macro() -> None:
    everything = "\n".join(p.read_text(encoding="utf-8") for f in FOLDERS for p in f.rglob("*.html"))
    macros = {
        name for p in COMPONENTS for name in re.findall(r"macro ([a-z]\w*)\(", p.read_text(encoding="utf-8"))
    }
    imported = {
        name.split(" as ")[0].strip()
        for names in re.findall(r"{% from \"[^\"]+\" import ([^%]+) %}", everything)
        for name in names.split(",")
    }
    called = set(re.findall(r"{{-? ?([a-z]\w*)\(", everything))
    # toast is for answers of views, which have no page template of their own
    assert macros - imported - called - {"toast"} == set()


@pytest.mark.parametrize(
    ("template", "block"),
    [
        ("people/list.html", "results"),
        ("people/person.html", "panel"),
        ("cases/list.html", "results"),
        ("cases/inbox.html", "results"),
        ("cases/file.html", "estimate"),
        ("imports/progress.html", "job"),
        ("indicators/list.html", "results"),
        ("indicators/detail.html", "results"),
    ],
)
def test_a_block_renders_alone_as_htmx_asks_for_it(template: str, block: str) -> None:
    context = next(context for name, _, context in PAGES if name == template)
    html = render_block(ENVIRONMENT, template, block, context)
    assert page_faults(html) == []
    assert "<html" not in html
    assert len(html) > 100


def test_an_absent_variable_is_a_fault_and_not_a_gap() -> None:
    context = {key: value for key, value in page_samples.WORKBENCH.items() if key != "greeting"}
    with pytest.raises(UndefinedError):
        rendered("portal/workbench.html", context)


def test_values_are_escaped_wherever_they_come_from() -> None:
    context = {**page_samples.SEARCH, "q": '"><script>x</script>'}
    html = rendered("portal/search.html", context)
    assert "<script>x" not in html
    assert html.count("&lt;script&gt;x&lt;/script&gt;") == 2


def test_a_refused_verb_is_no_form_and_gives_its_reason() -> None:
    html = rendered("cases/detail.html", case_samples.CASE)
    refused = html[html.index('<li class="off">') :]
    assert "还有 2 个子项没有办完" in refused
    assert "等公安、医保办结，或催办" in refused
    assert 'value="complete"' not in html
    assert 'name="verb" value="decide"' in html
    assert html.count('name="once" value="1f0c"') == 2


def test_each_form_gets_its_own_token_from_the_global() -> None:
    context = {key: value for key, value in case_samples.CASE.items() if key != "once"}
    tokens = re.findall(r'name="once" value="([0-9a-f]{32})"', rendered("cases/detail.html", context))
    assert len(set(tokens)) == len(tokens) == 2


def test_a_refusal_without_a_reason_of_its_own_leads_with_the_first_blocker() -> None:
    context = {key: value for key, value in page_samples.FAULT.items() if key not in ("reason", "remedy")}
    html = rendered("portal/error.html", context)
    assert '<p id="problem">公安 · 居民身份证申领 还在办理</p>' in html
    assert "<ul>" not in html


def test_what_cannot_be_measured_prints_a_dash_and_its_reason() -> None:
    html = rendered("report/annual.html", figure_samples.REPORT)
    assert "—</a>（台账未启用）" in html


def test_style_sheets_stay_small_and_name_every_colour_once() -> None:
    assert len(STYLES) == 11
    assert sum(path.stat().st_size for path in STYLES) < 60_000
    tokens = (SOURCE / "portal/static/yizhou/tokens.css").read_text(encoding="utf-8")
    defined = set(re.findall(r"(--[\w-]+):", tokens))
    for path in STYLES:
        text = path.read_text(encoding="utf-8")
        used = set(re.findall(r"var\((--[\w-]+)[),]", text))
        assert used - defined <= {"--c", "--bar"}, path.name
