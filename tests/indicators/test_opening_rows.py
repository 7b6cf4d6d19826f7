"""Numbers open into the very rows that make them, whatever they are made of."""

import datetime as dt

import pytest

from tests.aid.makers import aided, listed
from tests.benefits.makers import line
from tests.indicators.makers import FIRST, divisions, post, station, visit
from tests.indicators.opened import known, opened
from tests.petitions.makers import legal, petition
from tests.resettlement.makers import registered, supplement, taken_over
from tests.support.client import PoliceClient
from tests.visits.makers import comfort, contact
from yizhou.people.models import Person

pytestmark = pytest.mark.django_db
OFFICER, SOLDIER = "330483********4441", "330483********5532"


@pytest.fixture
def one_of_each() -> None:
    """One row that counts for every figure below, and persons besides who do not."""
    divisions()
    known("330483197001011235", name="无关甲")
    officer = taken_over("OFFICER", known("330483197001014441"), placement_mode="SELF_CAREER")
    registered(officer)
    soldier = known("330483197001015532")
    taken_over("NCO", soldier, letter_on=FIRST, unit_nature="SOE_CITY")
    supplement(soldier, cutoff_on=dt.date(2025, 10, 28))
    served = known("330483197001016623", name="重点丙", category="F01", contact_class="KEY")
    post(station(), "联系人")
    contact(served, card_signed_on=FIRST, plan_from=FIRST, plan_executed_on=FIRST)
    visit(served, "2025-06-01 09:00:00")
    comfort(served, activity="EVER_WITH_PARTY", payment_no="Q-1", amount_fen=1_500_000)
    _money(served)
    petition("1", "2", "3", "4", "5", "6", petition_no="X-1", persons=4)
    legal(service_no="F-1", reply_due_on=FIRST, replied_on=FIRST, rating="5")


def _money(served: Person) -> None:
    aided(served, aid_no="B-1", amount_fen=2_500_000)
    listed(served, family_no="J-1")
    line(served, line_no="M-1", base_amount_fen=3_500_000)


@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize(
    ("code", "number", "row"),
    [
        ("received_cadres", "1名", OFFICER),
        ("cadre_household_done", "1名", OFFICER),
        ("cadre_household_rate", "100%", OFFICER),
        ("received_soldiers", "1名", SOLDIER),
        ("assign_soe_rate", "100%", SOLDIER),
        ("si_supplement_done", "1人", SOLDIER),
        ("key_work_dates", "2025-10-28", SOLDIER),
        ("liaison_coverage_rate", "25.0%", "重点丙"),
        ("one_to_one_contact_rate", "100%", "重点丙"),
        ("one_person_one_card_rate", "25.0%", "重点丙"),
        ("one_person_one_plan_rate", "100%", "重点丙"),
        ("active_family_visit_rate", "100%", "重点丙"),
        ("activity_consolation_amount", "1.5万元", "Q-1"),
        ("festival_consolation_amount", "1.5万元", "Q-1"),
        ("aid_cases", "1笔", "B-1"),
        ("aid_amount", "2.5万元", "B-1"),
        ("low_income_families", "1户", "J-1"),
        ("pension_total_amount", "3.5万元", "M-1"),
        ("petition_reception_times", "4人次", "X-1"),
        ("petition_step_complete_rate", "100%", "X-1"),
        ("legal_service_times", "1人次", "F-1"),
        ("legal_reply_rate", "100%", "F-1"),
        ("legal_satisfaction_rate", "100%", "F-1"),
    ],
)
def test_a_number_opens_into_its_rows(client: PoliceClient, code: str, number: str, row: str) -> None:
    found, html = opened(client, code)
    assert found == number
    assert row in html
    assert "无关甲" not in html


def test_rows_of_a_sensitive_ledger_stay_closed_to_other_posts(client: PoliceClient) -> None:
    aided(known("339901197001010018"), aid_no="B-1")
    number, html = opened(client, "aid_cases", "CENTER_STAFF")
    assert number == "1笔"
    assert "B-1" not in html
    assert "仅限授权岗位查看记录" in html
