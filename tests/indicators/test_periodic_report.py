"""Quarterly and monthly reports: the current number and the one since January, changes, what is left out."""

import json
import re
from pathlib import Path

import pytest

from tests.indicators.makers import (
    CITY,
    COUNTY,
    OTHER,
    at,
    call,
    divisions,
    person,
    post,
    reception,
    station,
    visit,
)
from tests.indicators.people_of_the_house import signed_in
from tests.support.client import PoliceClient
from yizhou.core.actor import Actor
from yizhou.indicators.actions import freeze_period
from yizhou.indicators.facts import facts
from yizhou.indicators.periods import Term
from yizhou.indicators.queries import compute
from yizhou.indicators.report.build import Report, Wish
from yizhou.indicators.report.periodic import periodic, periodic_facts, sentences_of
from yizhou.indicators.report.write import write_report
from yizhou.orgs.queries import console_actor

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def world() -> None:
    divisions()
    person(e_archive_on="2025-05-01")
    for month in range(1, 13):
        reception(f"2025-{month:02d}-10 10:00:00", persons=30 + month)
        reception(f"2024-{month:02d}-10 10:00:00", persons=30)


def said(kind: str, part: int, **further: object) -> dict[str, str]:
    return {sentence.id: sentence.text for sentence in made(kind, part, **further).sentences}


def made(kind: str, part: int, **further: object) -> Report:
    return periodic(Wish(2025, CITY, kind=kind, part=part, **further), console_actor())  # type: ignore[arg-type]  # given by name


def test_every_indicator_of_a_part_is_told_and_no_other() -> None:
    for part in periodic_facts().parts:
        for kind in ("monthly", "quarterly"):
            told = {
                number.code
                for sentence in sentences_of(part, kind)  # type: ignore[arg-type]  # the two kinds
                for clause in sentence.clauses
                for number in clause.numbers
                if number.code in part.codes(kind) or not clause.optional  # type: ignore[arg-type]  # as above
            }
            assert told == set(part.codes(kind)), (part.title, kind)  # type: ignore[arg-type]  # as above


def test_every_flow_has_the_number_since_january_beside_it() -> None:
    for part in periodic_facts().parts:
        for sentence in part.sentences:
            for code, form in re.findall(r"\{(\w+):([^}]+)\}", sentence.text):
                if facts()[code].nature == "flow" and form != "yoy":
                    assert f"{{{code}:yoy}}" in sentence.text, sentence.id


def test_a_quarter() -> None:
    report = made("quarterly", 3)
    assert report.title == "示范市退役军人事务局关于2025年第三季度退役军人服务保障工作情况的报告"
    assert [filled.section.title for filled in report.sections][:2] == ["一、受理", "二、联系慰问"]
    assert said("quarterly", 3)["A3.1-2"] == (
        "本季大厅来访114人次（同比增长26.7%，年初以来累计315人次）；"
        "热线受理—（台账未启用）件，直接答复并办结—（台账未启用）件。"
    )


def test_a_month_is_compared_with_the_month_before() -> None:
    assert said("monthly", 9)["A3.1-2"].startswith(
        "本月大厅来访39人次（同比增长30.0%，环比增长2.6%，年初以来累计315人次）"
    )


def test_months_of_the_spring_festival_are_compared_together() -> None:
    """It fell on 10 February 2024 and 29 January 2025."""
    assert said("monthly", 1)["A3.1-2"].startswith("本月大厅来访31人次（环比增长3.3%，年初以来累计31人次）")
    assert said("monthly", 2)["A3.1-2"].startswith(
        "本月大厅来访32人次（环比增长3.2%，年初以来累计63人次，1—2月合计同比增长5.0%）"
    )
    assert said("monthly", 3)["A3.1-2"].startswith("本月大厅来访33人次（同比增长10.0%，环比增长3.1%")


def test_different_persons_since_january_are_not_the_sum_of_the_months() -> None:
    who = person()
    for month in (2, 5, 9):
        visit(who, f"2025-{month:02d}-01 09:00:00")
    assert said("monthly", 9)["A1.3-1"] == "本月走访慰问退役老兵1人（年初以来累计1人）。"


def test_what_stands_is_told_alone_and_some_rates_only_since_january() -> None:
    post(station(), "甲")
    quarter = said("quarterly", 3)
    assert quarter["A0-2"] == "截至2025年9月30日，全市在网管理的退役军人1人。"
    assert quarter["A3.3-2"].startswith("年初以来有效联系覆盖率0.0%（0/1）")
    assert "A3.3-1" not in said("monthly", 9)


def test_money_of_the_festivals_is_told_in_their_months_or_where_there_is_any() -> None:
    assert "A4.4-1" in said("monthly", 8)
    assert "A4.4-1" not in said("monthly", 9)


def test_problems_name_the_rate_and_the_division() -> None:
    for month, handled in ((8, True), (9, False)):
        for year in (2024, 2025):
            call(
                f"{year}-{month:02d}-02 10:00:00",
                due_on=f"{year}-{month:02d}-20",
                closed_at=at(f"{year}-{month:02d}-03 10:00:00") if handled or year == 2024 else None,
                area=(COUNTY, OTHER)[month == 9],
            )
    quarter = said("quarterly", 3)
    assert quarter[
        "P-hotline_on_time_rate"
    ] == "热线按时办结率：本级 50.0%，比上年同期降低50.0个百分点。".replace(" ", "")
    assert (
        quarter[f"P-hotline_on_time_rate-{OTHER}"]
        == "热线按时办结率：西县0.0%，比上年同期降低100.0个百分点。"
    )
    assert f"P-hotline_on_time_rate-{COUNTY}" not in quarter
    assert "P-hotline_on_time_rate" not in said("monthly", 9)


def test_divisions_are_compared_with_what_was_frozen_as_the_whole_is() -> None:
    call("2024-08-02 10:00:00", due_on="2024-08-20", closed_at=at("2024-08-03 10:00:00"))
    call("2025-08-02 10:00:00", due_on="2025-08-20")
    bureau = Actor(1, "定稿人", areas=("3399",), permissions=frozenset({"indicators.freeze_period"}))
    freeze_period(Wish(2024, CITY, kind="quarterly", part=3), "", actor=bureau)
    for day in range(10, 20):
        call(f"2024-08-{day} 10:00:00", due_on="2024-08-30")
    quarter = said("quarterly", 3)
    for at_place in ("", f"-{COUNTY}"):
        assert quarter[f"P-hotline_on_time_rate{at_place}"].endswith("比上年同期降低100.0个百分点。")


def test_a_rate_under_its_aim_is_a_problem() -> None:
    station()
    text = said("quarterly", 3, targets={"station_five_room_complete_rate": 90.0})
    assert text["P-station_five_room_complete_rate"].endswith("本级0.0%，低于目标90%。")


def test_numbers_are_those_of_the_indicators(tmp_path: Path) -> None:
    for kind, part in (("quarterly", 3), ("monthly", 9)):
        path = tmp_path / f"{kind}.json"
        report = write_report(Wish(2025, CITY, kind=kind, part=part), path, console_actor())  # type: ignore[arg-type]  # the two kinds
        held = json.loads(path.read_text(encoding="utf-8"))
        period, year = (
            compute(None, scope) for scope in (report.scope, report.scope.during(*report.term.since_january))
        )
        numbers = [
            n
            for s in held["sections"]
            for t in s["sentences"]
            for n in t["numbers"]
            if n["format"] not in ("nd", "yoy")
        ]
        assert any(n.get("cumulative") for n in numbers)
        for n in numbers:
            only = n["code"] in periodic_facts().cumulative_only
            figure = (year if n.get("cumulative") or only else period)[n["code"]]
            value = {"num": figure.numerator, "den": figure.denominator}.get(n["format"], figure.value)
            assert n["value"] == value or n["reason"] or n.get("area"), n


@pytest.mark.parametrize("suffix", ["docx", "html", "json"])
def test_pages_and_files(client: PoliceClient, suffix: str) -> None:
    signed_in(client)
    page = client.get(f"/reports/quarterly/2025/3/?area={CITY}").content.decode()
    assert "本季大厅来访 " in page
    assert 'href="/reports/monthly/2025/9/' in page
    links = re.findall(r'class="number[^"]*" href="([^"]+)"', page)
    assert any("from=2025-01-01&amp;to=2025-09-30" in link for link in links)
    assert client.post(f"/reports/monthly/2025/9/report.{suffix}").status_code == 200
    assert "V01" in client.get("/reports/quarterly/2025/3/checks/").content.decode()
    for path in (
        "quarterly/2025/5/",
        "monthly/2025/13/",
        "annual/2025/1/",
        "weekly/2025/1/",
        "monthly/2999/1/",
    ):
        assert client.get(f"/reports/{path}").status_code == 404


def test_terms() -> None:
    for code in ("2025", "2025-Q1", "2025-12"):
        assert Term.of(code).code == code
    assert Term.of("2025-01").previous == Term.of("2024-12")
    for odd in ("25", "2025-13", "2025-Q5", "2025-1"):
        with pytest.raises(ValueError, match=odd):
            Term.of(odd)
