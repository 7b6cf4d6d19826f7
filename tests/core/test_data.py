"""The facts that ship with the software hang together: types, references, counts and placeholders."""

from __future__ import annotations

import csv
import re
from typing import Any

import pytest

from yizhou.core.configured import Configured, configured, parameter, parameters
from yizhou.core.facts import FactError, fact_file, fact_files, read_all, read_toml

PLAIN = {"text", "int", "decimal", "money_yuan", "date", "datetime", "bool", "area", "id_number", "phone"}
LEDGERS = sorted((table for table in read_all("ledgers").values()), key=lambda table: table["order"])
CODES = {table["table"]: table for table in read_all("codes").values()}
INDICATORS = [row for table in read_all("indicators").values() for row in table["indicator"]]
COLUMN_KEYS = {
    *("header", "field", "type", "required", "key", "rule", "note", "not_before", "not_future", "min"),
    *(
        "above",
        "range",
        "check",
        "required_when",
        "area_level",
        "digits",
        "month",
        "multi",
        "essential",
        "second_person",
    ),
    *("area_owner", "ends", "mask"),
}
CHECKS = {"AREA_ZEROS", "ID_SEX", "ID_BIRTH", "AGE_ENLIST", "PARTY", "DISABILITY", "USCC"}


OF_THE_CONTRACT = LEDGERS[:54]


def test_the_54_ledgers_of_the_contract_come_first_numbered_in_their_order() -> None:
    assert [table["order"] for table in OF_THE_CONTRACT] == list(range(1, 55))
    assert OF_THE_CONTRACT[-1]["name"] == "policy_docs"
    assert [table["name"] for table in LEDGERS[:5]] == [
        "areas",
        "stations",
        "staff_posts",
        "people",
        "family_members",
    ]
    assert sum(len(table["column"]) for table in OF_THE_CONTRACT) == 529


def test_further_ledgers_follow_each_with_a_place_of_its_own() -> None:
    further = [table["order"] for table in LEDGERS[54:]]
    assert further == sorted(set(further))
    assert min(further) > 54


@pytest.mark.parametrize("table", LEDGERS, ids=[table["name"] for table in LEDGERS])
def test_ledger_is_well_formed(table: dict[str, Any]) -> None:
    columns = table["column"]
    headers = {column["header"]: column for column in columns}
    assert len(headers) == len(columns)
    assert len({column["field"] for column in columns}) == len(columns)
    assert any(column.get("key") for column in columns)
    owners = [c["field"] for c in columns if c.get("area_owner")]
    through = [table["area_through"]] if "area_through" in table else []
    assert len(owners + through) == 1
    earlier = {t["name"]: {c["field"] for c in t["column"]} for t in LEDGERS if t["order"] <= table["order"]}
    for column in columns:
        assert set(column) <= COLUMN_KEYS
        assert not column.get("key") or column["required"]
        assert set(column.get("check", ())) <= CHECKS
        kind, _, rest = column["type"].partition(":")
        if kind == "code":
            assert rest == "item" or rest in CODES
        elif kind == "ref":
            ledger, _, field = rest.partition(".")
            assert field in earlier[ledger]
        else:
            assert column["type"] in PLAIN
        if "not_before" in column:
            assert column["not_before"] in headers
        check_required_when(column, headers)


def check_required_when(column: dict[str, Any], headers: dict[str, dict[str, Any]]) -> None:
    if "required_when" not in column:
        return
    when = column["required_when"]
    other = headers[when["header"]]["type"]
    if "values" in when and other != "bool":
        known = {code["code"] for code in CODES[other.removeprefix("code:")]["code"]}
        assert set(when["values"]) <= known
    else:
        assert when.get("present", when.get("values")) in (True, [True])


@pytest.mark.parametrize("name", sorted(CODES))
def test_code_table_names_each_thing_once(name: str) -> None:
    table = CODES[name]
    codes = [row["code"] for row in table["code"]]
    words = [word for row in table["code"] for word in (row["name"], *row.get("synonyms", ()))]
    assert len(set(codes)) == len(codes)
    assert len(set(words)) == len(words)


def test_person_categories_have_stable_bits_and_groups() -> None:
    rows = CODES["person_category"]["code"]
    assert [row["bit"] for row in rows] == list(range(28))
    groups = {g: {row["code"] for row in rows if g in row["groups"]} for g in ("VET", "CARE")}
    assert groups["VET"] == {*(f"V{n:02d}" for n in (*range(1, 6), *range(11, 19)))} | {
        *("D01", "A01", "A02", "A03", "A04", "A06")
    }
    assert groups["CARE"] == {
        *(f"D{n:02d}" for n in range(1, 6)),
        *("S01", "S02", "S03"),
        *(f"A{n:02d}" for n in range(1, 7)),
        "V18",
    }


def test_there_are_165_indicators_from_known_ledgers() -> None:
    names = {table["name"] for table in LEDGERS}
    assert sorted(row["order"] for row in INDICATORS) == list(range(1, 166))
    assert len({row["code"] for row in INDICATORS}) == 165
    for row in INDICATORS:
        assert ("config" in row) == (row["nature"] == "config")
        assert ("numerator" in row) == (row["kind"] == "rate") == ("denominator" in row)
        assert set(row.get("computed_from", ())) <= names


COUNTS = {
    "honor_archive_element_types": 4,
    "village_model_threshold": 100,
    "station_facility_elements": 7,
    "green_channel_types": 6,
    "bundle_items": 13,
    "law_publicity_lines": 3,
    "petition_six_steps": 6,
    "placement_four_open_types": 5,
    "ledger_types": 2,
    "task_list_levels": 2,
    "four_persistences": 4,
    "five_engineering_projects": 5,
    "six_in_place": 6,
    "pilot_batch_no": 6,
    "fengqiao_outline_count": 14,
    "axis_rings": 6,
    "lifecycle_items": 67,
    "offline_platforms": 3,
    "online_platforms": 3,
    "three_back_issues": 3,
    "four_projects_ten_actions": 10,
    "talent_goals": 4,
    "training_kinds": 4,
    "aid_methods": 3,
    "party_mechanism": 6,
    "return_four_ones": 4,
    "talent_force_areas": 3,
    "petition_eight_methods": 8,
    "consult_channels": 3,
    "five_focus": 5,
    "five_in_place": 5,
    "five_grips": 5,
    "service_platforms_total": 7,
}


def test_configured_indicators_have_the_published_values() -> None:
    references = {row["code"]: row["config"] for row in INDICATORS if "config" in row}
    values = {code: configured(reference) for code, reference in references.items()}
    assert {code: found.value for code, found in values.items() if found} == COUNTS


def test_configured_numbers_carry_their_names() -> None:
    assert configured("dict:honour_archive_element") == Configured(4, ("台账", "档案", "图片", "视频"))
    assert configured("codes:law_line") == Configured(3, ("学", "宣", "干"))
    assert configured("param:standard_pilot_batch_no") == Configured(6)
    assert configured("param:no_such_parameter") is None
    with pytest.raises(FactError, match="没有参数“no_such_parameter”"):
        parameter("no_such_parameter")
    with pytest.raises(FactError, match="不认识的配置出处"):
        configured("moon:full")


def test_parameters_carry_unit_and_basis() -> None:
    assert parameter("village_model_min_persons") == 100
    assert all(found.unit and found.label and found.basis for found in parameters().values())


def sentences(name: str) -> list[dict[str, Any]]:
    return [s for section in read_toml(f"report/{name}.toml")["section"] for s in section.get("sentence", ())]


def test_report_sentences_name_known_indicators() -> None:
    known = {row["code"] for row in INDICATORS}
    both = sentences("annual") + sentences("annual_county")
    used = {c for s in both for c in re.findall(r"\{(?:@target:)?([a-z][a-z0-9_]*)(?::|\})", s["text"])}
    assert used == known
    assert len(both) == len({s["id"] for s in both}) == 92
    assert len(sentences("annual")) == 51


def test_report_checks_and_periodic_parts_name_known_indicators() -> None:
    known = {row["code"] for row in INDICATORS}
    checks = read_toml("report/checks.toml")["check"]
    assert [check["id"] for check in checks] == [*(f"V{n:02d}" for n in range(1, 11)), "W1", "W2", "W3", "W4"]
    words = {w for c in checks for text in c.get("assert", ()) for w in re.findall(r"[a-z][a-z0-9_]+", text)}
    assert words - {"num", "den"} <= known
    for part in read_toml("report/periodic.toml")["part"]:
        assert set(part["monthly"]) | set(part["quarterly"]) <= known


def test_departments_roles_and_dictionaries_name_each_thing_once() -> None:
    for file, key in (("departments", "department"), ("roles", "role"), ("stages", "stage")):
        codes = [row["code"] for row in read_toml(f"{file}.toml")[key]]
        assert len(set(codes)) == len(codes)
    for file in fact_files("dictionaries"):
        assert configured(f"dict:{file.split('/')[1].removesuffix('.toml')}") is not None


def test_the_demo_city_is_a_tree_of_valid_codes() -> None:
    with fact_file("divisions/demo.csv").open(encoding="utf-8", newline="") as lines:
        rows = list(csv.DictReader(lines))
    assert [column["header"] for column in LEDGERS[0]["column"]] == list(rows[0])
    zeros = {"市": 8, "县": 6, "乡镇街道": 3, "村社区": 0}
    seen: dict[str, str] = {}
    for row in rows:
        code, parent = row["区划代码"], row["上级代码"]
        assert re.fullmatch(r"3399\d{8}", code)
        assert code.endswith("0" * zeros[row["层级"]])
        length = {"市": 0, "县": 4, "乡镇街道": 6, "村社区": 9}[row["层级"]]
        assert parent == (code[:length].ljust(12, "0") if length else "")
        assert parent == "" or parent in seen
        seen[code] = row["区划名称"]
    levels = [row["层级"] for row in rows]
    assert [levels.count(level) for level in zeros] == [1, 2, 8, 48]
