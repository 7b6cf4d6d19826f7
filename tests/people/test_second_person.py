"""更正复核: identity, category, benefit and account are changed by two people (手册第 20 章)."""

import pytest

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.core.actor import Actor
from yizhou.core.refusal import Refused
from yizhou.events.models import Event, Outcome
from yizhou.people.actions import (
    approve_change,
    correct_person,
    propose_correction,
    refuse_change,
    reveal_change,
    reverse_change,
    withdraw_change,
)
from yizhou.people.actions.changing import state_of
from yizhou.people.forms import PersonForm
from yizhou.people.models import FileChange, Person, Proposal, ProposalStatus

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]
ACCOUNT, NEW_ACCOUNT = "6222020200112345679", "6222020200112345687"


def fresh(person: Person) -> Person:
    return Person.objects.everywhere("tests").get(pk=person.pk)


def kinds() -> list[str]:
    done = Event.objects.everywhere("tests").filter(outcome=Outcome.DONE, kind__startswith="person.")
    return [event.kind for event in done.order_by("id") if event.kind != "person.imported"]


def staff(role: str = "TOWN_STATION", area: str = county.TOWN) -> Actor:
    return county.actor_of(county.account(role, area))


@pytest.fixture
def person(divisions: None, clock: object) -> Person:
    return county.person(联系电话="13800138111", 开户账号=ACCOUNT)


def propose(person: Person, actor: Actor, **cells: str) -> Proposal:
    return propose_correction(person, cells, "本人出示新的户口簿", actor=actor, seen=state_of(person))


@pytest.mark.parametrize(("cells", "matter"), [
    ({"name": "陈国良"}, "身份"),
    ({"category": "A04"}, "类别"),
    ({"disability_level": "八级", "disability_cert_no": "军030401", "disability_cause": "因公"}, "待遇"),
    ({"bank_account": NEW_ACCOUNT}, "银行账户"),
])  # fmt: skip
def test_what_wants_a_second_person_is_not_changed_by_one(
    person: Person, cells: dict[str, str], matter: str
) -> None:
    actor = staff()
    with pytest.raises(Refused, match=f"改动涉及{matter}，须另一人复核"):
        correct_person(person, cells, "核对", actor=actor, seen=state_of(person))
    assert state_of(fresh(person)) == state_of(person)
    proposal = propose(person, actor, **cells)
    assert (proposal.guarded, proposal.status) == (matter, ProposalStatus.WAITING)
    assert state_of(fresh(person)) == state_of(person)
    assert kinds() == ["person.change_proposed"]


def test_the_form_puts_it_forward_and_another_lets_it_happen(client: PoliceClient, person: Person) -> None:
    asking = county.sign_in(client, "VILLAGE_STATION", county.VILLAGE)
    page = client.get(f"/people/{person.uid}/correct/").content.decode()
    assert "改动须另一人复核" in page
    sent = {"seen": f"{state_of(person)}.0", "reason": "录入有误"}
    cells = {"name": "陈国良", "phone": "13900139222"}
    answer = client.post(f"/people/{person.uid}/correct/", {**form_of(person), **sent, **cells})
    [proposal] = Proposal.objects.everywhere("tests")
    assert answer["Location"] == proposal.get_absolute_url()
    assert "13900139222" not in client.get(proposal.get_absolute_url()).content.decode()
    assert "身份的更正待复核" in client.get(person.get_absolute_url()).content.decode()
    refused = client.post(f"{proposal.get_absolute_url()}approve/")
    assert refused.status_code == 403
    second = county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert "待复核的更正" in client.get("/").content.decode()
    assert client.post(f"{proposal.get_absolute_url()}approve/", {"note": "已核对"}).status_code == 302
    now = fresh(person)
    assert (now.name, now.opened()["phone"]) == ("陈国良", "13900139222")
    [change] = FileChange.objects.everywhere("tests")
    assert (change.actor, change.approved_by) == (asking.name, second.name)
    assert change.before() == {"name": "陈国梁", "phone": "13800138111"}
    assert kinds() == ["person.change_proposed", "person.corrected"]
    history = client.get(f"/people/{person.uid}/history/").content.decode()
    assert f"{second.name} 复核" in history
    assert "姓名：陈国梁 → 陈国良" in history
    assert "联系电话：138****8111 → 139****9222" in history


def form_of(person: Person) -> dict[str, str]:
    """Every cell as the form would send it back."""
    return dict(PersonForm.of(person, staff("VILLAGE_STATION", county.VILLAGE)).cells)


def test_nobody_is_ones_own_second_person(person: Person) -> None:
    actor = staff()
    proposal = propose(person, actor, name="陈国良")
    with pytest.raises(Refused, match="提交人不能复核自己的更正"):
        approve_change(proposal, actor=actor)
    with pytest.raises(Refused, match="提交人不能复核自己的更正"):
        refuse_change(proposal, "不对", actor=actor)
    assert fresh(person).name == "陈国梁"
    assert kinds() == ["person.change_proposed"]


def test_a_post_below_the_fields_cannot_be_the_second_person(person: Person) -> None:
    proposal = propose(person, staff(), bank_account=NEW_ACCOUNT)
    with pytest.raises(Refused, match="您的岗位不能查看的栏"):
        approve_change(proposal, actor=staff("CENTER_STAFF", county.COUNTY))
    assert fresh(person).opened()["bank_account"] == ACCOUNT


def test_one_change_of_a_file_waits_at_a_time(person: Person) -> None:
    actor = staff()
    first = propose(person, actor, name="陈国良")
    with pytest.raises(Refused, match="已有一项更正在等复核"):
        propose(person, actor, category="A04")
    withdraw_change(first, actor=actor)
    assert propose(person, actor, category="A04").status == ProposalStatus.WAITING
    with pytest.raises(Refused, match="这项更正已撤回"):
        approve_change(Proposal.objects.everywhere("tests").get(pk=first.pk), actor=staff())
    assert fresh(person).name == "陈国梁"


def test_only_its_own_fields_must_still_stand(person: Person) -> None:
    proposal = propose(person, staff(), name="陈国良")
    other = staff()
    correct_person(person, {"education": "普通高级中学"}, "核对", actor=other, seen=state_of(person))
    approve_change(proposal, actor=other)
    assert fresh(person).name == "陈国良"
    assert fresh(person).education != person.education


def test_what_moved_on_is_not_let_through(person: Person) -> None:
    proposal = propose(person, staff(), phone="13900139222", name="陈国良")
    other = staff()
    correct_person(person, {"phone": "13900139333"}, "来电", actor=other, seen=state_of(person))
    with pytest.raises(Refused, match="提交之后这些栏又有改动"):
        approve_change(proposal, actor=other)
    now = fresh(person)
    assert (now.name, now.opened()["phone"]) == ("陈国梁", "13900139333")
    assert Proposal.objects.everywhere("tests").get().status == ProposalStatus.WAITING


def test_not_letting_it_happen_says_why(client: PoliceClient, person: Person) -> None:
    proposal = propose(person, staff(), name="陈国良")
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    url = proposal.get_absolute_url()
    assert client.post(f"{url}refuse/", {"note": " "}).status_code == 422
    assert client.post(f"{url}refuse/", {"note": "与户口簿不符"}).status_code == 302
    assert fresh(person).name == "陈国梁"
    assert "与户口簿不符" in client.get(url).content.decode()
    assert kinds() == ["person.change_proposed", "person.change_refused"]


def test_the_second_person_sees_the_original_and_stands_in_the_log(
    client: PoliceClient, person: Person
) -> None:
    proposal = propose(person, staff(), bank_account=NEW_ACCOUNT)
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    url = proposal.get_absolute_url()
    assert NEW_ACCOUNT not in client.get(url).content.decode()
    assert client.post(f"{url}reveal/", {"reason": ""}).status_code == 422
    shown = client.post(f"{url}reveal/", {"reason": "verify"}).content.decode()
    assert NEW_ACCOUNT in shown
    assert ACCOUNT in shown
    readers = client.get(f"/people/{person.uid}/readers/").content.decode()
    assert "开户账号" in readers
    with pytest.raises(Refused, match="提交人不能复核"):
        reveal_change(proposal, "verify", actor=asker_of(proposal))


def asker_of(proposal: Proposal) -> Actor:
    account = type(county.account("TOWN_STATION", county.TOWN)).objects.get(pk=proposal.account_id)
    return county.actor_of(account)


def test_other_areas_do_not_know_of_it(client: PoliceClient, person: Person) -> None:
    proposal = propose(person, staff(), name="陈国良")
    county.sign_in(client, "TOWN_STATION", county.OTHER_TOWN)
    for verb in ("", "approve/", "refuse/"):
        url = proposal.get_absolute_url() + verb
        answer = client.post(url, {"note": "x"}) if verb else client.get(url)
        assert answer.status_code == 404, verb
    assert "陈国梁" not in client.get("/people/changes/").content.decode()
    assert fresh(person).name == "陈国梁"


def test_taking_back_what_two_people_changed_takes_two_people(person: Person) -> None:
    one, two = staff(), staff()
    approve_change(propose(person, one, name="陈国良"), actor=two)
    [change] = FileChange.objects.everywhere("tests")
    asked = reverse_change(change, "录错了人", actor=one)
    assert isinstance(asked, Proposal)
    assert fresh(person).name == "陈国良"
    approve_change(asked, actor=two)
    assert fresh(person).name == "陈国梁"
    back = FileChange.objects.everywhere("tests").order_by("-id")[0]
    assert (back.reverses_id, back.approved_by) == (change.pk, two.name)


def test_what_changed_again_is_not_overwritten_by_taking_back(person: Person) -> None:
    actor = staff()
    correct_person(person, {"phone": "13900139222"}, "来电", actor=actor, seen=state_of(person))
    [first] = FileChange.objects.everywhere("tests")
    correct_person(person, {"phone": "13900139333"}, "又来电", actor=actor, seen=state_of(fresh(person)))
    with pytest.raises(Refused, match="联系电话后来又改过"):
        reverse_change(first, "弄错", actor=actor)
    assert fresh(person).opened()["phone"] == "13900139333"
    reverse_change(FileChange.objects.everywhere("tests").order_by("-id")[0], "弄错", actor=actor)
    reverse_change(first, "弄错", actor=actor)
    assert fresh(person).opened()["phone"] == "13800138111"
