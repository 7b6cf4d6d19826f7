"""The workspace through the browser: list, pair, many at once, what was done, the worklist, the search."""

import datetime as dt
import re

import pytest

from tests.merging import twins
from tests.support import county
from tests.support.client import PoliceClient
from yizhou.core import clock
from yizhou.merging.actions import merge_pairs, search_duplicates
from yizhou.merging.jobs import carry_out, search_nightly
from yizhou.merging.models import FindingRun, Merge, PairStatus, RunStatus, SuspectPair
from yizhou.orgs.queries import console_actor
from yizhou.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]


@pytest.fixture
def pairs(divisions: None, clock: object) -> list[SuspectPair]:
    """Two pairs in one village."""
    twins.both()
    for serial in (101, 111):
        county.person("李建军", "19610101", serial, 联系电话="13900139111")
    search_duplicates(lambda step, done: None, actor=console_actor())
    return list(SuspectPair.objects.everywhere("tests").order_by("id"))


def status(pair: SuspectPair) -> str:
    return SuspectPair.objects.everywhere("tests").get(pk=pair.pk).status


def test_from_the_queue_to_the_merge_and_back(client: PoliceClient, pairs: list[SuspectPair]) -> None:
    county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    page = client.get("/merging/").content.decode()
    assert page.count("李建军") >= 2
    assert "13900139111" not in page
    url = pairs[0].get_absolute_url()
    page = client.get(url).content.decode()
    assert "证件号只差一位" in page
    number = Person.objects.everywhere("tests").get(pk=pairs[0].first_id).opened()["id_number"]
    assert number not in page
    sent = {name: re.findall(rf'name="{name}" value="([^"]+)"', page)[0] for name in ("keep", "seen")}
    answer = client.post(f"{url}merge/", {**sent, "note": ""})
    assert answer.status_code == 422
    assert not twins.events("person.merged")
    answer = client.post(f"{url}merge/", {**sent, "note": "本人到站"})
    assert answer["Location"] == pairs[1].get_absolute_url()
    merge = Merge.objects.everywhere("tests").get()
    assert "本人到站" in client.get("/merging/done/").content.decode()
    assert client.post(f"/merging/done/{merge.uid}/undo/", {"reason": ""}).status_code == 422
    assert client.post(f"/merging/done/{merge.uid}/undo/", {"reason": "是两人"}).status_code == 302
    assert status(pairs[0]) == PairStatus.OPEN
    assert "已撤销" in client.get("/merging/done/").content.decode()


def test_many_are_settled_after_a_look(client: PoliceClient, pairs: list[SuspectPair]) -> None:
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    sent = {"pair": [str(pair.uid) for pair in pairs], "verdict": "merge", "note": "核对过户口簿"}
    preview = client.post("/merging/settle/", sent)
    assert "合并 2 对" in preview.content.decode()
    assert [status(pair) for pair in pairs] == ["OPEN", "OPEN"]
    assert client.post("/merging/settle/", {**sent, "sure": "1"}).status_code == 302
    assert [status(pair) for pair in pairs] == ["MERGED", "MERGED"]


def test_a_town_judges_but_does_not_merge(client: PoliceClient, pairs: list[SuspectPair]) -> None:
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    sent = {"pair": [str(pair.uid) for pair in pairs], "verdict": "merge", "note": "核对过", "sure": "1"}
    assert client.post("/merging/settle/", sent).status_code == 403
    assert [status(pair) for pair in pairs] == ["OPEN", "OPEN"]
    url = pairs[0].get_absolute_url()
    assert client.post(f"{url}judge/", {"note": ""}).status_code == 422
    assert client.post(f"{url}judge/", {"note": "两人都到站"})["Location"] == pairs[1].get_absolute_url()
    assert client.post("/merging/settle/", {**sent, "verdict": "distinct"}).status_code == 302
    assert [status(pair) for pair in pairs] == ["DISTINCT", "DISTINCT"]


def test_one_side_alone_says_only_that_others_decide(client: PoliceClient, pairs: list[SuspectPair]) -> None:
    Person.objects.everywhere("tests").filter(pk=pairs[0].second_id).update(
        household_area=county.OTHER_VILLAGE
    )
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get("/merging/").content.decode()
    assert "另有 1 对，其中一份档案不在您的辖区" in page
    assert client.get(pairs[0].get_absolute_url()).status_code == 404


def test_pairs_wait_on_the_worklist(client: PoliceClient, pairs: list[SuspectPair]) -> None:
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get("/").content.decode()
    assert "疑似重复的档案" in page
    assert pairs[0].get_absolute_url() in page


def test_a_search_is_asked_for_once_and_carried_out(client: PoliceClient, pairs: list[SuspectPair]) -> None:
    SuspectPair.objects.everywhere("tests").delete()
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    assert client.post("/merging/find/").status_code == 302
    assert client.post("/merging/find/").status_code == 422
    run = FindingRun.objects.get()
    carry_out(run)
    run.refresh_from_db()
    assert (run.status, run.people, run.found, run.opened) == (RunStatus.DONE, 4, 2, 2)
    assert "比对 4 人，新进队列 2 对" in client.get("/merging/").content.decode()


def test_the_worker_searches_once_a_night(db: None) -> None:
    night = dt.datetime(2026, 3, 2, 18, 30, tzinfo=dt.UTC)
    assert not search_nightly()
    with clock.at(night):
        assert [search_nightly(), search_nightly()] == [True, False]
    assert FindingRun.objects.count() == 1


def test_the_queue_is_narrowed_and_the_next_pair_keeps_to_it(
    client: PoliceClient, pairs: list[SuspectPair]
) -> None:
    for serial in (101, 111):
        county.person("王立春", "19620202", serial, 户籍地区划=county.OTHER_VILLAGE, 联系电话="13900139222")
    search_duplicates(lambda step, done: None, actor=console_actor())
    third = SuspectPair.objects.everywhere("tests").get(first__name="王立春")
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    asked = f"/merging/?area={county.TOWN}&q=李建"
    page = client.get(asked).content.decode()
    assert "李建军" in page
    assert "陈国梁" not in page
    assert "王立春" not in client.get(f"/merging/?area={county.TOWN}").content.decode()
    page = client.get(f"/merging/?area={county.OTHER_TOWN}").content.decode()
    assert f"{third.get_absolute_url()}?area={county.OTHER_TOWN}" in page
    kept = {"area": county.TOWN, "note": "两人都到站"}
    url = pairs[0].get_absolute_url()
    assert f'name="area" value="{county.TOWN}"' in client.get(f"{url}?area={county.TOWN}").content.decode()
    answer = client.post(f"{url}judge/", kept)
    assert answer["Location"] == f"{pairs[1].get_absolute_url()}?area={county.TOWN}"
    answer = client.post(f"{pairs[1].get_absolute_url()}judge/", kept)
    assert answer["Location"] == f"/merging/?area={county.TOWN}"


def test_pages_of_the_queue_follow_the_order_of_sureness(
    client: PoliceClient, pairs: list[SuspectPair], monkeypatch: pytest.MonkeyPatch
) -> None:
    SuspectPair.objects.everywhere("tests").filter(pk=pairs[0].pk).update(strength="PROBABLE")
    monkeypatch.setattr("yizhou.merging.pages.SHOWN", 1)
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    first = client.get("/merging/").content.decode()
    assert pairs[1].get_absolute_url() in first
    (following,) = re.findall(r'href="(/merging/\?after=[^"]+)"', first)
    second = client.get(following).content.decode()
    assert pairs[0].get_absolute_url() in second
    assert pairs[1].get_absolute_url() not in second
    assert pairs[1].get_absolute_url() in client.get("/merging/?after=nonsense").content.decode()


def test_merges_are_listed_page_by_page_with_what_became_of_the_kept_file(
    client: PoliceClient, pairs: list[SuspectPair], monkeypatch: pytest.MonkeyPatch
) -> None:
    actor = county.sign_in(client, "BUREAU_STAFF", county.COUNTY)
    merge_pairs(pairs, "核对过户口簿", actor=actor)
    older, newer = Merge.objects.everywhere("tests").order_by("id")
    Person.objects.everywhere("tests").filter(pk=newer.kept_id).update(rank="中士")
    monkeypatch.setattr("yizhou.merging.pages.DONE_SHOWN", 1)
    first = client.get("/merging/done/").content.decode()
    assert f"/merging/done/{newer.uid}/undo/" in first
    assert f"/merging/done/?after={newer.uid}" in first
    second = client.get(f"/merging/done/?after={newer.uid}").content.decode()
    assert f"/merging/done/{older.uid}/undo/" in second
    for merge, words in ((newer, "更正的内容保留不动"), (older, "已恢复到合并之前")):
        answer = client.post(f"/merging/done/{merge.uid}/undo/", {"reason": "是两人"})
        assert words in client.get(answer["Location"]).content.decode()
    monkeypatch.setattr("yizhou.merging.pages.DONE_SHOWN", 50)
    listed = client.get("/merging/done/").content.decode()
    assert "更正的内容保留不动" in listed
    assert "已恢复到合并之前" in listed


def test_the_page_of_data_quality_leads_to_the_pairs_of_its_area(
    client: PoliceClient, pairs: list[SuspectPair]
) -> None:
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get("/people/quality/").content.decode()
    assert f"/merging/?area={county.TOWN}" in page
    assert "2 对" in page
    county.sign_in(client, "TOWN_STATION", county.OTHER_TOWN)
    assert "没有待裁决的" in client.get("/people/quality/").content.decode()
