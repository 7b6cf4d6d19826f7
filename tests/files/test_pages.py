"""The tab 附件 and the case page: upload, open, and nothing for others."""

from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from tests.cases.makers import one_case, person
from tests.cases.web import signed_in
from yizhou.files.models import StoredFile
from yizhou.orgs.actions import seed_calendar
from yizhou.people.models import Person

PDF = b"%PDF-1.7 scan"


@pytest.fixture(autouse=True)
def ground(db: None, settings: Any, tmp_path: Path) -> None:
    settings.FILES_DIR = tmp_path
    seed_calendar([2026])


def upload(who: Person, browser: Any, title: str = "退役证", content: bytes = PDF) -> Any:
    form = {"title": title, "file": SimpleUploadedFile("scan.pdf", content)}
    return browser.post(reverse("people:attach", args=[who.uid]), form)


def test_a_scan_is_uploaded_listed_and_opened() -> None:
    who, browser = person(), signed_in("CENTER_STAFF")
    answer = upload(who, browser)
    tab = reverse("people:panel", args=[who.uid, "files"])
    assert (answer.status_code, answer.headers["Location"]) == (302, tab)
    stored = StoredFile.objects.everywhere("test").get()
    assert f'action="{reverse("files:open", args=[stored.uid])}"' in browser.get(tab).content.decode()
    opened = browser.post(reverse("files:open", args=[stored.uid]))
    assert (opened.status_code, b"".join(opened.streaming_content)) == (200, PDF)
    assert opened.headers["Content-Disposition"].startswith("attachment;")
    assert opened.headers["X-Content-Type-Options"] == "nosniff"


def test_what_is_no_scan_is_refused_with_the_reason() -> None:
    who, browser = person(), signed_in("CENTER_STAFF")
    answer = upload(who, browser, content=b"MZ program")
    assert "只收 PDF、JPG、PNG 文件" in answer.content.decode()
    assert StoredFile.objects.everywhere("test").count() == 0


def test_another_county_finds_nothing() -> None:
    who = person()
    upload(who, signed_in("CENTER_STAFF"))
    stored = StoredFile.objects.everywhere("test").get()
    other = signed_in("CENTER_STAFF", area="339921000000")
    assert other.post(reverse("files:open", args=[stored.uid])).status_code == 404
    assert upload(who, other).status_code == 404


def test_the_case_page_leads_to_a_scan_of_that_name() -> None:
    who, browser = person(), signed_in("BUREAU_STAFF")
    case = one_case(who, item="RET-12")
    page = case.get_absolute_url()
    paper = case.application.materials.order_by("id").first().name
    tab = reverse("people:panel", args=[who.uid, "files"])
    assert tab not in browser.get(page).content.decode()
    upload(who, browser, title=paper)
    html = browser.get(page).content.decode()
    assert f'href="{tab}"' in html
    assert "已有扫描件" in html
