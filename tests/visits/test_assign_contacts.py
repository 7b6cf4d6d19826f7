"""One contact for many: the preview, the deed, the trace, and the way back."""

import datetime as dt
import re

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.support import county
from tests.support.client import PoliceClient
from tests.visits.makers import contact
from yizhou.core.actor import Actor
from yizhou.core.crypto import blind_index
from yizhou.core.keys import keyring
from yizhou.core.refusal import Conflict, Refused
from yizhou.events.models import Event, Outcome
from yizhou.orgs.models import StaffPost, Station
from yizhou.people.models import Person
from yizhou.visits import actions
from yizhou.visits.assigning import OUTSIDE, SAME, plan_of
from yizhou.visits.card import standing_contact
from yizhou.visits.models import ContactAssignment, ContactBatch, ContactMove

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("clock")]
TODAY = dt.date(2026, 3, 2)
NUMBER = county.id_number("19800101", 201)
REASON = "原联系人调离"


@pytest.fixture(autouse=True)
def crowd(db: None) -> None:
    county.divisions()
    villages = (county.VILLAGE, county.SECOND_VILLAGE, county.OTHER_VILLAGE)
    rows = [county.row(f"人{n}", serial=101 + 2 * n, 户籍地区划=villages[n % 3]) for n in range(9)]
    assert county.take_in(*rows).created == 9


@pytest.fixture
def post() -> StaffPost:
    station = Station.objects.create(
        station_no="S1", name="芦汀站", level="TOWN", area=county.TOWN, founded_on=dt.date(2019, 1, 1)
    )
    made = StaffPost(
        id_number_index=blind_index(keyring(), NUMBER),
        name="沈玉兰",
        post_type="PART_TIME",
        station=station,
        started_on=dt.date(2020, 1, 1),
    )
    made.seal({"id_number": NUMBER})
    made.save()
    return made


def people() -> list[Person]:
    return list(Person.objects.everywhere("test").order_by("id"))


def clerk() -> Actor:
    return county.actor_of(county.account("CENTER_STAFF", county.COUNTY))


def kinds() -> dict[str, int]:
    found = Event.objects.everywhere("test").filter(kind__startswith="contact", outcome=Outcome.DONE)
    codes = list(found.values_list("kind", flat=True))
    return {code: codes.count(code) for code in codes}


def test_the_preview_tells_who_changes_hands_and_who_is_left_out_and_writes_nothing(
    client: PoliceClient, post: StaffPost
) -> None:
    contact(people()[0], "周海峰")
    contact(people()[1], staff="x", staff_index=post.id_number_index)
    Person.objects.everywhere("test").filter(pk=people()[3].pk).update(died_on=TODAY)
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    listed = client.get("/people/?sex=1").content.decode()
    assert 'formaction="/visits/assign/">指派联系人' in listed
    assert '<input type="hidden" name="sex" value="1">' in listed
    page = client.get(f"/visits/assign/?sex=1&staff={post.uid}").content.decode()
    told = re.findall(r'<span>([^<]+)</span>\s*<span class="quiet">([^<]+)</span>', page)
    assert dict(told) == {
        "指派给此人": "4 人",
        "其中更换联系人，原联系今天解除": "1 人",
        f"跳过：{OUTSIDE}": "3 人",
        f"跳过：{SAME}": "1 人",
        "跳过：已不在册": "1 人",
        "已不在岗的联系人": "1 人",
    }
    assert not ContactBatch.objects.everywhere("test").exists()


def test_the_ticked_ones_alone_are_assigned_and_whoever_ticked_nobody_assigns_nobody(
    client: PoliceClient, post: StaffPost
) -> None:
    first, second, *_ = people()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    listed = client.get("/people/?tick=page").content.decode()
    assert (
        len(re.findall(r'<input type="checkbox" form="ticked" name="ids" value="[^"]+" checked', listed)) == 9
    )
    asked = f"?who=ticked&ids={first.uid}&ids={second.uid}&sex=1&staff={post.uid}"
    page = client.get(f"/visits/assign/{asked}").content.decode()
    assert "勾选的 2 人" in page
    [action] = re.findall(
        r'<form method="post" action="([^"]+)"[^>]*>\s*<input[^>]+>\s*<input[^>]+name="once"', page
    )
    nobody = client.get(f"/visits/assign/?who=ticked&sex=1&staff={post.uid}").content.decode()
    assert "勾选的 0 人" in nobody
    assert "指派 " not in nobody
    everybody = client.get(f"/visits/assign/?who=all&ids={first.uid}&staff={post.uid}").content.decode()
    assert "指派 6 人" in everybody
    client.post(action.replace("&amp;", "&"), {"staff": str(post.uid), "reason": REASON})
    [batch] = ContactBatch.objects.everywhere("test")
    assert (batch.assigned, batch.words) == (2, "勾选的 2 人")
    made = ContactAssignment.objects.everywhere("test").values_list("person_id", flat=True)
    assert set(made) == {first.pk, second.pk}
    with pytest.raises(Refused, match="没有可以指派"):
        actions.assign_contacts({"ids": ""}, post, REASON, actor=clerk())


def test_who_is_ticked_outside_ones_area_is_nobody(post: StaffPost) -> None:
    stranger = Person.objects.everywhere("test").filter(household_area=county.OTHER_VILLAGE).first()
    assert stranger is not None
    town = county.actor_of(county.account("TOWN_STATION", county.TOWN))
    with pytest.raises(Refused, match="没有可以指派"):
        actions.assign_contacts({"ids": stranger.uid.hex}, post, REASON, actor=town)
    assert not ContactAssignment.objects.everywhere("test").exists()


def test_the_former_contact_ends_the_new_one_begins_and_the_trace_is_kept(
    client: PoliceClient, post: StaffPost
) -> None:
    first = people()[0]
    former = contact(first, "周海峰")
    actor = county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    answer = client.post(f"/visits/assign/?area={county.TOWN}", {"staff": str(post.uid), "reason": REASON})
    [batch] = ContactBatch.objects.everywhere("test")
    assert answer.headers["Location"] == batch.get_absolute_url()
    assert (batch.assigned, batch.handed_over, batch.skipped) == (6, 1, 0)
    former.refresh_from_db()
    assert former.ended_on == TODAY
    standing = standing_contact(first, actor)
    assert standing is not None
    assert bytes(standing.staff_index) == bytes(post.id_number_index)
    assert standing.opened() == {"staff_id_number": NUMBER}
    assert kinds() == {"contact.assigned": 6, "contact_batch.assigned": 1}
    assert first.name in client.get(batch.get_absolute_url()).content.decode()
    with pytest.raises(Refused, match="没有可以指派"):
        actions.assign_contacts({"area": county.TOWN}, post, REASON, actor=actor)


def test_the_way_back_restores_the_former_contacts_but_not_what_was_changed_since(
    client: PoliceClient, post: StaffPost
) -> None:
    first, second, *_ = people()
    former = contact(first, "周海峰")
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    batch = actions.assign_contacts({}, post, REASON, actor=clerk())
    changed = ContactAssignment.objects.everywhere("test").get(person=second)
    ContactAssignment.objects.everywhere("test").filter(pk=changed.pk).update(card_signed_on=TODAY)
    client.post(f"/visits/assign/{batch.uid}/undo/")
    former.refresh_from_db()
    assert former.ended_on is None
    left = ContactAssignment.objects.everywhere("test").values_list("person_id", flat=True)
    assert sorted(left) == [first.pk, second.pk]
    states = ContactMove.objects.everywhere("test").values_list("person_id", "state")
    assert dict(states)[second.pk] == "KEPT"
    assert "指派以后又有变动" in client.get(batch.get_absolute_url()).content.decode()
    assert kinds()["contact.handed_back"] == 5
    with pytest.raises(Conflict):
        actions.undo_contacts(batch, actor=clerk())


def test_without_a_reason_nothing_changes(client: PoliceClient, post: StaffPost) -> None:
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    answer = client.post("/visits/assign/", {"staff": str(post.uid), "reason": ""})
    assert answer.status_code == 422
    assert "没有写明原因" in answer.content.decode()
    assert kinds() == {}
    assert not ContactAssignment.objects.everywhere("test").exists()
    assert client.post("/visits/assign/", {"staff": "", "reason": REASON}).status_code == 422
    elsewhere = PoliceClient()
    county.sign_in(elsewhere, "CENTER_STAFF", "339901000000")
    assert elsewhere.post("/visits/assign/", {"staff": str(post.uid), "reason": REASON}).status_code == 404


def test_a_plan_for_many_costs_no_more_questions_than_one_for_few(post: StaffPost) -> None:
    actor = clerk()
    asked = []
    for query in ({"area": county.VILLAGE}, {}):
        with CaptureQueriesContext(connection) as captured:
            plan_of(query, post, actor, TODAY)
        asked.append(len(captured))
    assert asked == [2, 2]
