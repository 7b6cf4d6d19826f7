"""The same submission twice has one effect and one answer; its token with other content is refused (trust.md T8)."""

import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.http import HttpResponse
from django.test import RequestFactory

from tests.cases.makers import person as stored_person
from tests.support import county
from tests.support.uploads import batch_of, upload, worker
from tests.trust.matrix import Walker
from tests.trust.world import Corner, number_of
from yizhou.cases.models import Case
from yizhou.core.actor import Actor
from yizhou.core.refusal import AlreadyDone, Conflict
from yizhou.events.actions import ACTIONS, action
from yizhou.events.models import Event, Outcome, Submission
from yizhou.files.models import StoredFile
from yizhou.ledgers.models import ImportBatch
from yizhou.people.models import Person
from yizhou.portal.middleware import Refusals


@dataclass
class Submitting:
    """A form: where it goes, what it holds, the same with another content, and how many effects there are."""

    address: str
    form: dict[str, Any]
    other: dict[str, Any]
    count: Callable[[], int]
    other_address: str = ""


def done() -> int:
    """Everything that was carried out so far."""
    return Event.objects.everywhere("test").filter(outcome=Outcome.DONE).count()


def filing(corners: list[Corner], walker: Walker, tmp_path: Path) -> Submitting:
    one = stored_person(number_of(300), name="甲", household_area=corners[0].village)
    two = stored_person(number_of(301), name="甲", household_area=corners[0].village)
    form = {
        "legs": ["RET-11"],
        "card_kind": "退役军人优待证",
        "job_intent": "驾驶",
        "employment_status": "3",
        "training_kind": "SKILL",
        "channel": "HALL",
        **{f"paper_{n}": "PROVIDED" for n in range(60)},
    }
    address = "/cases/file/RET-11/?person={}"
    return Submitting(
        address.format(one.uid),
        form,
        form,
        lambda: Case.objects.everywhere("test").count(),
        address.format(two.uid),
    )


def creation(corners: list[Corner], walker: Walker, tmp_path: Path) -> Submitting:
    headers = {column.header: column.field for column in county.layouts()["people"].columns}

    def cells(name: str, serial: int) -> dict[str, str]:
        row = county.row(name, serial=serial, 户籍地区划=corners[0].village, 常住地区划=corners[0].village)
        return {headers[header]: value for header, value in row.items()} | {"accept_doubts": "1"}

    return Submitting(
        "/people/create/",
        cells("王一", 401),
        cells("王二", 403),
        lambda: Person.objects.everywhere("test").count(),
    )


def confirmation(corners: list[Corner], walker: Walker, tmp_path: Path) -> Submitting:
    def uploaded(name: str, serial: int) -> ImportBatch:
        row = county.row(name, serial=serial, 户籍地区划=corners[0].village, 常住地区划=corners[0].village)
        file = county.write_csv(tmp_path / "people.csv", [row])
        return worker(batch_of(upload(walker.client, file.read_bytes())))

    one, two = uploaded("李一", 405), uploaded("李二", 407)
    return Submitting(
        f"{one.get_absolute_url()}confirm/",
        {},
        {},
        lambda: ImportBatch.objects.everywhere("test").filter(status="CONFIRMED").count(),
        f"{two.get_absolute_url()}confirm/",
    )


@pytest.mark.parametrize("make", [filing, creation, confirmation], ids=lambda make: make.__name__)
def test_twice_is_once(make: Any, corners: list[Corner], tmp_path: Path) -> None:
    walker = Walker("CENTER_STAFF")
    submitting = make(corners, walker, tmp_path)
    before = submitting.count()

    def send(once: str, address: str = "", form: dict[str, Any] | None = None) -> Any:
        data = {**(submitting.form if form is None else form), "once": once}
        return walker.client.post(address or submitting.address, data)

    first = send("token-1")
    assert first.status_code == 302, first.content.decode()[-3000:]
    assert submitting.count() == before + 1
    events = done()
    again = send("token-1")
    assert (again.status_code, again.headers["Location"]) == (302, first.headers["Location"])
    assert (submitting.count(), done()) == (before + 1, events)
    other = send("token-1", submitting.other_address, submitting.other)
    assert (other.status_code, submitting.count(), done()) == (409, before + 1, events)
    # The control: with a token of its own the other content is carried out.
    assert send("token-2", submitting.other_address, submitting.other).status_code == 302
    assert submitting.count() == before + 2


def test_a_file_sent_twice_is_one_and_another_under_its_name_is_none(
    corners: list[Corner], tmp_path: Path, settings: Any
) -> None:
    settings.FILES_DIR = tmp_path
    walker = Walker("CENTER_STAFF")
    who = stored_person(number_of(310), name="甲", household_area=corners[0].village)
    address, page = f"/people/{who.uid}/attach/", f"http://testserver/people/{who.uid}/"

    def send(content: bytes) -> Any:
        form = {"title": "退役证", "file": SimpleUploadedFile("scan.pdf", content), "once": "token-1"}
        return walker.client.post(address, form, headers={"referer": page})

    assert send(b"%PDF-1.7 one").status_code == 302
    again = send(b"%PDF-1.7 one")
    assert (again.status_code, again.headers["Location"]) == (302, page)
    assert send(b"%PDF-1.7 two").status_code == 409
    assert StoredFile.objects.everywhere("test").filter(person_id=who.pk).count() == 1
    assert len([one for one in tmp_path.rglob("*") if one.is_file()]) == 1


@pytest.mark.parametrize("page", ["https://elsewhere.invalid/", "javascript:alert(1)", ""])
def test_a_repetition_leads_to_no_foreign_page(page: str, db: None) -> None:
    request = RequestFactory().post("/files/", headers={"referer": page})
    answer = Refusals(lambda _request: HttpResponse()).process_exception(request, AlreadyDone(""))
    assert answer is not None
    assert answer.headers["Location"] == "/"


@action("accounts.change_own_password")
def try_out(value: object, *, actor: Actor) -> str:
    """A verb that does nothing."""
    return "/done/"


# It is not one of the product's.
ACTIONS.pop(f"{__name__}.try_out")


def clerk(once: str, account_id: int = 5) -> Actor:
    return Actor(account_id, "甲", permissions=frozenset({"accounts.change_own_password"}), once=once)


def test_a_token_belongs_to_one_account(db: None) -> None:
    assert try_out(1, actor=clerk("t")) == "/done/"
    assert try_out(2, actor=clerk("t", account_id=6)) == "/done/"
    with pytest.raises(AlreadyDone) as again:
        try_out(1, actor=clerk("t"))
    assert again.value.result == "/done/"


@pytest.mark.parametrize("token", ["x" * 5000, "汉字令牌", "a\x00b", "'; --", " "])
def test_whatever_a_client_sends_as_token_is_kept_in_the_column(token: str, db: None) -> None:
    assert try_out(1, actor=clerk(token)) == "/done/"
    with pytest.raises(AlreadyDone):
        try_out(1, actor=clerk(token))
    with pytest.raises(Conflict):
        try_out(2, actor=clerk(token))
    assert len(Submission.objects.get().token) <= 64


def test_content_is_told_apart_by_its_values_alone(db: None) -> None:
    same = {"b", "a", "c", "d"}
    assert try_out([same, {"x": 1, "y": 2}], actor=clerk("t")) == "/done/"
    with pytest.raises(AlreadyDone):
        try_out([{"d", "c", "b", "a"}, {"y": 2, "x": 1}], actor=clerk("t"))
    with pytest.raises(Conflict):
        try_out([same, {"x": 1, "y": "2"}], actor=clerk("t"))


def test_a_file_counts_by_what_it_holds(db: None) -> None:
    def file(content: bytes) -> SimpleUploadedFile:
        return SimpleUploadedFile("scan.pdf", content)

    sent = file(b"one")
    assert try_out(sent, actor=clerk("t")) == "/done/"
    assert sent.read() == b"one", "left as it came"
    with pytest.raises(AlreadyDone):
        try_out(file(b"one"), actor=clerk("t"))
    with pytest.raises(Conflict):
        try_out(file(b"two"), actor=clerk("t"))


def test_the_fingerprint_of_a_password_cannot_be_guessed(db: None) -> None:
    try_out("Secret-1", actor=clerk("t"))
    kept = Submission.objects.get().fingerprint
    guesses = ["Secret-1", "accounts.change_own_password|([('Secret-1',)], [])", "('Secret-1',)"]
    assert kept not in {hashlib.sha256(guess.encode()).hexdigest() for guess in guesses}
