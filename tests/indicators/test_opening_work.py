"""Numbers about work, talents, tasks, documents and volunteers open into the very rows that make them."""

import pytest

from tests.indicators.makers import AFTER, LAST, divisions, station
from tests.indicators.opened import known, opened
from tests.jobs.makers import (
    attendance,
    employer,
    entry,
    fair,
    fair_post,
    job_post,
    loan,
    outcome,
    park,
    seeker,
    subsidy,
)
from tests.petitions.makers import advisor
from tests.policy.makers import document
from tests.support.client import PoliceClient
from tests.tasks.makers import task
from tests.training.makers import talent
from tests.volunteers.makers import points, team, volunteer
from yizhou.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def one_of_each() -> None:
    """One row that counts for every figure below, and one besides that does not."""
    divisions()
    somebody = known("330483197001015532", name="军人甲")
    _work(somebody)
    _loans(somebody)
    for kind in ("VILLAGE_RESERVE", "ENTREPRENEUR", "CRAFTSMAN"):
        talent(somebody, kind=kind, goal=f"目标{kind}")
    talent(somebody, batch_year=2026, started_on=AFTER, goal="无关")
    for kind in ("PARTY_HISTORY", "LIVELIHOOD", "KEY_PROJECT"):
        task(type=kind, task_no=f"N-{kind}", done_on=LAST)
    task(task_no="无关", started_on=AFTER, due_on=AFTER)
    _documents_and_people(somebody)


def _work(somebody: Person) -> None:
    here = employer(name="甲公司", resident_from=LAST)
    employer(name="无关")
    job_post(here, post_no="W-1")
    job_post(here, post_no="无关", opened_on=AFTER)
    seeker(somebody, intent="驾驶")
    outcome(somebody, outcome_no="O-1")
    outcome(somebody, outcome_no="O-2", source="ALLIANCE")
    outcome(somebody, outcome_no="无关", voided=True)
    veterans, all_comers = fair(title="专场甲"), fair(title="无关", target="GENERAL")
    for held in (veterans, all_comers):
        attendance(held, "无关" if held is all_comers else "到场甲")
        fair_post(held, here, title="无关" if held is all_comers else "保安")
    for grade in ("FIRST", "SECOND"):
        entry(here, project_name=f"项目{grade}", award_level="PROVINCE", award_grade=grade, awarded_on=LAST)
    entry(here, project_name="无关", held_on=AFTER)
    park(name="甲园", total_investment_fen=130_000_000_00, floor_area=80_000)
    park(name="无关", closed_on=LAST)


def _loans(somebody: Person) -> None:
    subsidy(loan(somebody, loan_no="L-1"), subsidy_no="I-1", amount_fen=20_000_00)
    other = loan(somebody, loan_no="无关", disbursed_on=AFTER, qualified_on=None, qualification="PENDING")
    subsidy(other, subsidy_no="无关", status="REJECTED")


def _documents_and_people(somebody: Person) -> None:
    master = document("MASTER", doc_no="M-1").doc_no
    document("SUPPORTING", doc_no="S-1", parent_no=master)
    document("SPEC", doc_no="B-1")
    document("DEVELOPMENT_PLAN", doc_no="G-1", plan_years=5)
    document("SPEC", doc_no="无关", effective_from=AFTER)
    advisor("导师甲", batch_no=1)
    advisor("律师甲", kind="LEGAL")
    advisor("无关", term_from=AFTER, term_to=AFTER)
    here, gone = team(station(), name="甲队"), team(station(), name="无关", dissolved_on=LAST)
    volunteer(here, "志愿甲")
    volunteer(gone, "无关")
    points(somebody, event_no="P-1")
    points(somebody, event_no="无关", review="FAIL")


@pytest.mark.usefixtures("one_of_each")
@pytest.mark.parametrize(
    ("code", "number", "row"),
    [
        ("job_seekers_registered", "1人", "驾驶"),
        ("job_hotline_employers", "1家", "甲公司"),
        ("alliance_posts", "2个", "W-1"),
        ("job_hotline_placed", "1人", "O-1"),
        ("alliance_employed", "1名", "O-2"),
        ("spouse_fair_sessions", "1次", "专场甲"),
        ("spouse_fair_participants", "1人次", "到场甲"),
        ("fair_served_veterans", "1名", "到场甲"),
        ("fair_enterprises", "1家", "保安"),
        ("fair_posts", "3个", "保安"),
        ("contest_enterprises", "1家", "项目FIRST"),
        ("contest_edition", "2届", "项目FIRST"),
        ("contest_provincial_first", "1个", "项目FIRST"),
        ("contest_provincial_second", "1个", "项目SECOND"),
        ("startup_loan_cases", "1笔", "L-1"),
        ("startup_loan_amount", "0.001亿元", "L-1"),
        ("loan_qualified_persons", "1名", "L-1"),
        ("loan_qualified_amount", "10万元", "L-1"),
        ("avg_loan_per_person", "10万元", "L-1"),
        ("interest_subsidy_persons", "1名", "I-1"),
        ("interest_subsidy_amount", "2万元", "I-1"),
        ("incubator_parks", "1个", "甲园"),
        ("park_investment", "1.3亿元", "甲园"),
        ("park_floor_area", "8万平方米", "甲园"),
        ("talent_300_village", "1名", "目标VILLAGE_RESERVE"),
        ("talent_300_entrepreneur", "1名", "目标ENTREPRENEUR"),
        ("talent_300_craftsman", "1名", "目标CRAFTSMAN"),
        ("talent_300_total", "1名", "目标CRAFTSMAN"),
        ("party_history_activities", "1项", "N-PARTY_HISTORY"),
        ("livelihood_projects", "1件", "N-LIVELIHOOD"),
        ("key_projects_count", "1项", "N-KEY_PROJECT"),
        ("quarter_key_tasks_done_rate", "100%", "N-KEY_PROJECT"),
        ("policy_master_plans", "1个", "M-1"),
        ("policy_supporting_plans", "1个", "S-1"),
        ("service_standards_total", "1项", "B-1"),
        ("dev_plan_years", "5年", "G-1"),
        ("startup_mentors", "1名", "导师甲"),
        ("mentor_team_first_batch", "1名", "导师甲"),
        ("legal_advisors", "1名", "律师甲"),
        ("volunteer_teams", "1支", "甲队"),
        ("volunteers", "1名", "志愿甲"),
        ("points_program_participants", "1人", "P-1"),
    ],
)
def test_a_number_opens_into_its_rows(client: PoliceClient, code: str, number: str, row: str) -> None:
    found, html = opened(client, code)
    assert found == number
    assert row in html
    assert "无关" not in html
