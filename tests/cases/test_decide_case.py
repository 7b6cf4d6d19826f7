"""作出决定、制证、送达: the result, what it produces, and that the bundle joins once."""

from typing import Any

import pytest

from tests.cases.makers import (
    actor,
    again,
    at,
    clerk,
    department,
    events,
    leader,
    leg,
    legs,
    one_bundle,
    one_case,
    person,
    staff,
    station,
    who_handles,
)
from yizhou.cases.actions import decide_case, deliver_case, issue_case, receive_material_case
from yizhou.cases.finishing import EFFECTS
from yizhou.cases.models import BundleCase, Case, Rating
from yizhou.catalogue.queries import catalogue
from yizhou.core import clock
from yizhou.honours.models import Plaque, PreferentialCard
from yizhou.people.models import Person


def test_every_effect_an_item_names_is_there() -> None:
    assert catalogue().effects <= set(EFFECTS)


def test_in_favour_and_handed_over_on_the_spot() -> None:
    case = decide_case(one_case(item="RET-12"), outcome="approve", hand_over=True, actor=staff())
    assert (case.status, case.result, case.completed_at) == ("CLOSED", "DONE", at("2025-04-25 09:30"))
    rating = Rating.objects.everywhere("test").get()
    assert (rating.rating_no, rating.level, rating.source) == ("2025-000001-P", "", "CASE")


def test_against_needs_a_reason(refused: Any) -> None:
    case = one_case(item="RET-12")
    with refused(case, "NO_REASON"):
        decide_case(case, outcome="refuse", actor=staff())
    assert decide_case(case, outcome="refuse", note="已过法定退休年龄", actor=staff()).result == "REFUSED"


def test_a_deferred_paper_must_be_in(refused: Any) -> None:
    papers = {"培训意向表": "PROVIDED", "居民身份证": "PROVIDED", "退役证件": "DEFERRED"}
    case = one_case(item="RET-12", materials=papers)
    with refused(case, "DEFERRED"):
        decide_case(case, outcome="approve", actor=staff())
    case = receive_material_case(case, materials=["退役证件"], actor=clerk())
    assert decide_case(case, outcome="approve", actor=staff()).result == "DONE"


def test_money_needs_a_second_pair_of_hands(refused: Any) -> None:
    bundle = one_bundle(chosen=("RET-01", "RET-08"))
    decide_case(leg(bundle, "RET-01"), outcome="approve", actor=staff())
    money = leg(bundle, "RET-08")
    assert money.status == "ACCEPTED"
    who = person("339900198803152041", name="李敏")
    done = one_case(who, "RET-01")
    decide_case(done, outcome="approve", actor=staff())
    own = one_case(who, "RET-08", values={"bank_account": "1"})
    with refused(own, "SAME_HANDS"):
        decide_case(own, outcome="approve", actor=clerk())
    assert decide_case(own, outcome="approve", actor=leader()).result == "DONE"


@pytest.mark.parametrize("outsider", [department("POLICE"), staff(), station()])
def test_others_may_not(refused: Any, outsider: Any) -> None:
    case = one_case()
    with refused(case, "NOT_YOURS"):
        decide_case(case, outcome="approve", actor=outsider)


def test_the_centre_may_enter_for_a_department_without_the_system() -> None:
    case = decide_case(one_case(), outcome="approve", actor=actor("CENTER_STAFF", account=40))
    assert case.result == "DONE"


def test_a_card_is_issued_made_and_handed_over(refused: Any) -> None:
    case = decide_case(one_case(item="RET-09"), outcome="approve", hand_over=True, actor=station())
    card = PreferentialCard.objects.everywhere("test").get()
    assert (case.status, card.kind, card.person_id) == ("DECIDED", "退役军人优待证", case.person_id)
    assert card.card_no in again(case).result_note
    assert [event.kind for event in events()][-2:] == ["card.issued", "case.decided"]
    with refused(case, "NOT_ISSUED"):
        deliver_case(case, actor=station())
    case = issue_case(case, certificate_no="J339901-1", actor=station())
    assert deliver_case(case, actor=station()).status == "CLOSED"


def test_no_second_card_and_nothing_half_done(refused: Any) -> None:
    who = person()
    decide_case(one_case(who, "RET-09"), outcome="approve", actor=station())
    with clock.at(at("2025-04-28 09:00")):
        second = one_case(who, "RET-09")
        with refused(second, "CARD_HELD"):
            decide_case(second, outcome="approve", actor=station())
    assert PreferentialCard.objects.everywhere("test").count() == 1


def test_a_plaque_hangs_once_a_household(refused: Any) -> None:
    decide_case(one_case(person(household_no="H1"), "RET-13"), outcome="approve", actor=station())
    brother = person("339900198803152041", name="周海涛", household_no="H1")
    case = one_case(brother, "RET-13")
    with refused(case, "PLAQUE_HANGS"):
        decide_case(case, outcome="approve", actor=station())
    assert Plaque.objects.everywhere("test").count() == 1


def test_the_file_of_a_soldier_is_received() -> None:
    bundle = one_bundle(chosen=("RET-01", "RET-10"))
    decide_case(leg(bundle, "RET-01"), outcome="approve", actor=staff())
    decide_case(leg(bundle, "RET-10"), outcome="approve", actor=staff())
    who = Person.objects.everywhere("test").get()
    assert (who.archive_complete, str(who.e_archive_on)) == (True, "2025-04-25")
    assert len(events("person.archive_received")) == 1


def test_what_is_refused_produces_nothing() -> None:
    decide_case(one_case(item="RET-09"), outcome="refuse", note="身份不符", actor=station())
    assert not PreferentialCard.objects.everywhere("test").exists()


def test_the_bundle_runs_to_its_end_and_joins_once() -> None:
    bundle = one_bundle()
    while open_ones := list(Case.objects.everywhere("test").filter(bundle=bundle, status="ACCEPTED")):
        for case in open_ones:
            who = leader() if case.item == "RET-08" else who_handles(case)
            case = decide_case(leg(bundle, case.item), outcome="approve", hand_over=True, actor=who)
            if case.status == "DECIDED":
                case = issue_case(case, certificate_no=f"N-{case.item}", actor=who)
                deliver_case(case, actor=who)
    assert set(legs(bundle).values()) == {"CLOSED"}
    stored = BundleCase.objects.everywhere("test").get()
    assert (stored.status, stored.completed_at) == ("CLOSED", at("2025-04-25 09:30"))
    assert len(events("bundle.closed")) == 1
    assert events("bundle.closed")[0].data["results"]["RET-13"] == "DONE"
