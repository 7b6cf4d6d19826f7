"""The page of a person tells of another file that may be the same person's, to who may judge that."""

import pytest

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.merging.actions.find import search_duplicates
from yizhou.merging.models import SuspectPair
from yizhou.orgs.queries import console_actor

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]


def test_the_card_leads_to_the_pair_and_ends_with_it(client: PoliceClient) -> None:
    one, _ = county.person(), county.person(serial=103)
    search_duplicates(lambda step, done: None, actor=console_actor())
    [pair] = SuspectPair.objects.everywhere("tests")
    county.sign_in(client, "TOWN_STATION", county.TOWN)
    page = client.get(one.get_absolute_url()).content.decode()
    assert "疑似重复" in page
    assert pair.get_absolute_url() in page
    SuspectPair.objects.everywhere("tests").update(status="DISTINCT")
    assert pair.get_absolute_url() not in client.get(one.get_absolute_url()).content.decode()


def test_who_may_not_judge_is_told_nothing(client: PoliceClient) -> None:
    one, _ = county.person(), county.person(serial=103)
    search_duplicates(lambda step, done: None, actor=console_actor())
    [pair] = SuspectPair.objects.everywhere("tests")
    county.sign_in(client, "LIAISON", county.TOWN)
    assert pair.get_absolute_url() not in client.get(one.get_absolute_url()).content.decode()
