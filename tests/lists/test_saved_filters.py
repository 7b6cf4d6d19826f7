"""Saved filters: kept, found again, renamed, shared in one's own unit, removed; and what is refused."""

import re

import pytest

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.core.actor import Actor
from yizhou.core.refusal import Refused
from yizhou.events.models import Event, Outcome
from yizhou.lists import actions
from yizhou.lists.actions.saved import most
from yizhou.lists.models import SavedFilter
from yizhou.lists.queries.saved import menu, saved_filters

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]
QUERY = {"contact": "KEY", "sort": "name", "cols": "sex,phone"}


def clerk(role: str = "TOWN_STATION", area: str = county.TOWN) -> Actor:
    return county.actor_of(county.account(role, area))


def stored() -> list[SavedFilter]:
    return list(SavedFilter.objects.everywhere("test").order_by("id"))


def told() -> list[str]:
    found = Event.objects.everywhere("test").filter(kind__startswith="filter.", outcome=Outcome.DONE)
    return list(found.order_by("id").values_list("kind", flat=True))


def labels(actor: Actor) -> list[str]:
    return [link["label"] for link in menu({}, actor)["links"]]


def test_a_filter_is_saved_on_the_page_and_found_again_in_the_menu(client: PoliceClient) -> None:
    county.person("陈国梁", 联系类别="重点")
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    listed = client.get("/people/?contact=KEY&sort=name&cols=sex").content.decode()
    assert 'hx-get="/lists/saved/menu/?contact=KEY&amp;cols=sex&amp;sort=name"' in listed
    before = client.get("/lists/saved/menu/?contact=KEY").content.decode()
    assert "还没有常用筛选" in before
    assert 'href="/lists/saved/add/?contact=KEY"' in before
    page = client.get("/lists/saved/add/?contact=KEY&sort=name&cols=sex").content.decode()
    assert "联系类别：重点；按姓名；2 列" in page
    client.post("/lists/saved/add/?contact=KEY&sort=name&cols=sex", {"name": " 我的重点 "})
    [saved] = stored()
    assert (saved.name, saved.is_shared, saved.area) == ("我的重点", False, county.TOWN)
    assert saved.query == {"contact": "KEY", "cols": "sex", "sort": "name"}
    after = client.get("/lists/saved/menu/?contact=KEY&cols=sex&sort=name").content.decode()
    assert re.search(
        r'<a href="/people/\?contact=KEY&amp;cols=sex&amp;sort=name" aria-current="true">', after
    )
    assert "我的重点" in client.get("/lists/saved/").content.decode()
    assert told() == ["filter.saved"]


def test_it_is_private_until_it_is_shared_and_then_for_the_same_unit_alone() -> None:
    keeper, colleague = clerk(), county.actor_of(county.account("TOWN_STATION", county.TOWN, "colleague"))
    above, below = clerk("BUREAU_STAFF", county.COUNTY), clerk("VILLAGE_STATION", county.VILLAGE)
    saved = actions.save_filter(QUERY, "重点", actor=keeper)
    assert [labels(actor) for actor in (keeper, colleague, above, below)] == [["重点"], [], [], []]
    actions.edit_filter(saved, "镇重点", actor=keeper, is_shared=True)
    assert [labels(a) for a in (keeper, colleague, above, below)] == [["镇重点"], ["镇重点"], [], []]
    actions.edit_filter(saved, "镇重点", actor=keeper, is_shared=False)
    assert labels(colleague) == []
    actions.remove_filter(saved, actor=keeper)
    assert stored() == []
    assert told() == ["filter.saved", "filter.edited", "filter.edited", "filter.removed"]


def test_somebody_elses_is_used_but_neither_changed_nor_removed(client: PoliceClient) -> None:
    saved = actions.save_filter(QUERY, "重点", actor=clerk(), is_shared=True)
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert "修改" not in client.get("/lists/saved/").content.decode().split("<main")[1]
    for address, sent in (("edit", {"name": "我的", "is_shared": "1"}), ("remove", {})):
        answer = client.post(f"/lists/saved/{saved.uid}/{address}/", sent)
        assert answer.status_code == 422
        assert "别人共用的常用筛选" in answer.content.decode()
    assert [(one.name, one.is_shared) for one in stored()] == [("重点", True)]
    assert told() == ["filter.saved"]
    SavedFilter.objects.everywhere("test").update(is_shared=False)
    assert client.post(f"/lists/saved/{saved.uid}/remove/").status_code == 404
    assert len(stored()) == 1


def test_refused_without_a_name_twice_the_same_name_for_nothing_and_for_too_many(
    client: PoliceClient,
) -> None:
    keeper = county.sign_in(client, "TOWN_STATION", county.TOWN)
    actions.save_filter(QUERY, "重点", actor=keeper)
    for query, name, words in (
        ("contact=KEY", " ", "没有给常用筛选起名"),
        ("contact=KEY", "长" * 41, "最多 40 字"),
        ("sex=2", "重点", "您已有同名"),
        ("contact=nonsense", "全部", "名单没有加条件"),
    ):
        answer = client.post(f"/lists/saved/add/?{query}", {"name": name})
        assert answer.status_code == 422
        assert words in answer.content.decode()
    for number in range(most() - 1):
        actions.save_filter(QUERY, f"第 {number}", actor=keeper)
    with pytest.raises(Refused, match=f"最多保存 {most()} 个"):
        actions.save_filter(QUERY, "再一个", actor=keeper)
    other = actions.save_filter(QUERY, "重点", actor=clerk("BUREAU_STAFF", county.COUNTY))
    with pytest.raises(Refused, match="您已有同名"):
        actions.edit_filter(stored()[1], "重点", actor=keeper, is_shared=False)
    assert len(stored()) == most() + 1
    assert told().count("filter.saved") == most() + 1
    assert other.name == "重点"


def test_what_a_colleagues_post_may_not_filter_by_is_not_offered_to_him() -> None:
    """A town's post may filter by hardship; the window of the same town may not, and would see more people than meant."""
    keeper = clerk()
    actions.save_filter({"special": "1", "politics": "01"}, "困难党员", actor=keeper, is_shared=True)
    [saved] = stored()
    assert "politics" in saved.query
    window = clerk("WINDOW", county.TOWN)
    assert saved_filters(window) == []
    assert labels(keeper) == ["困难党员"]
