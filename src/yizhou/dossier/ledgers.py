"""Ledgers of the form bound to their tables, in the order of the paper."""

from __future__ import annotations

import re
from typing import Any

from django.db.models import Model

from yizhou.dossier import models
from yizhou.dossier.checks import benefits, living, service
from yizhou.dossier.queries.beside import OfPerson, Spells, Together, last_assessment, other_benefits
from yizhou.ledgers.ledger import SPECIAL, bind

SERVICE = ("birth_on", "enlisted_on", "discharged_on")


def asks(name: str, model: type[Model], ring: str, dated: str = "", tells: str = "", **further: Any) -> None:
    """A ledger that the form asks of a person, its events named after the model; the rest as ``bind`` takes it."""
    noun = re.sub(r"\B(?=[A-Z])", "_", model.__name__).lower()
    links = {"id_number": "person", **further.pop("links", {})}
    bind(name, model, noun, links=links, ring=ring, date_field=dated, tells=tells, **further)


asks(
    "person_details",
    models.PersonDetail,
    "axis",
    rules_of_day=living.detail_rules,
    beside=OfPerson(["birth_on"]),
)
asks(
    "party_memberships",
    models.PartyMembership,
    "axis",
    rules=living.party_rules,
    beside=OfPerson(["politics"]),
    browse_permission=SPECIAL,
)
asks(
    "collections",
    models.Collection,
    "smart",
    "changed_on",
    "change_kind",
    rules=living.collection_rules,
    beside=OfPerson(["died_on", "deregistered_on"]),
)
asks(
    "service_spells",
    models.ServiceSpell,
    "axis",
    "enlisted_on",
    "rank",
    rules=service.spell_rules,
    beside=Together([OfPerson(SERVICE), Spells(models.ServiceSpell, "enlisted_on", "discharged_on")]),
)
asks(
    "service_honours",
    models.ServiceHonour,
    "glory",
    "awarded_on",
    "kind",
    rules=service.honour_rules,
    beside=OfPerson(SERVICE),
)
asks(
    "punishments",
    models.Punishment,
    "party",
    "decided_on",
    "kind",
    rules=service.punishment_rules,
    beside=OfPerson(SERVICE),
    browse_permission=SPECIAL,
)
asks(
    "placement_records",
    models.PlacementRecord,
    "axis",
    "reported_on",
    "unit_name",
    rules=service.placement_rules,
    beside=OfPerson(SERVICE),
)
asks("retirees", models.Retiree, "care", "handed_over_on", "kind")
asks(
    "benefit_standings",
    models.BenefitStanding,
    "care",
    "started_on",
    "benefit",
    rules=benefits.standing_rules,
    beside=other_benefits,
    browse_permission=SPECIAL,
)
asks(
    "benefit_adjustments",
    models.BenefitAdjustment,
    "care",
    "adjusted_on",
    "reason",
    browse_permission=SPECIAL,
)
asks(
    "disability_assessments",
    models.DisabilityAssessment,
    "care",
    "assessed_on",
    "level",
    rules=benefits.assessment_rules,
    beside=Together([OfPerson(SERVICE), last_assessment]),
    browse_permission=SPECIAL,
)
asks(
    "survivors",
    models.Survivor,
    "care",
    "died_on",
    "deceased_name",
    links={"deceased_id_number": "deceased"},
    rules=benefits.survivor_rules,
    beside=Together([OfPerson(SERVICE), OfPerson(["name", "died_on"], "deceased_id_number", "deceased_")]),
)
asks(
    "health_conditions", models.HealthCondition, "axis", rules=living.health_rules, browse_permission=SPECIAL
)
asks("houses", models.House, "axis", rules=living.house_rules, browse_permission=SPECIAL)
asks("family_economies", models.FamilyEconomy, "axis", rules=living.economy_rules, browse_permission=SPECIAL)
asks("case_helps", models.CaseHelp, "care", "started_on", "way", browse_permission=SPECIAL)
asks(
    "insurance_records",
    models.InsuranceRecord,
    "care",
    "started_on",
    "insurance",
    rules=living.insurance_rules,
    beside=Spells(models.InsuranceRecord, "started_on", "ended_on", group=["insurance"]),
)
asks(
    "insurance_breaks",
    models.InsuranceBreak,
    "care",
    "broken_on",
    "insurance",
    rules=living.insurance_rules,
    beside=Spells(models.InsuranceBreak, "broken_on", "resumed_on", group=["insurance"]),
)
asks(
    "education_spells",
    models.EducationSpell,
    "growth",
    "started_on",
    "school",
    rules=living.education_rules,
    beside=Together(
        [
            OfPerson(SERVICE),
            Spells(
                models.EducationSpell,
                "started_on",
                "ended_on",
                only=("study_mode", "FULL_TIME"),
                keys=["school"],
            ),
        ]
    ),
)
asks("training_wishes", models.TrainingWish, "growth", "stated_on", "kind")
asks("training_records", models.TrainingRecord, "growth", "started_on", "content")
asks(
    "employment_spells",
    models.EmploymentSpell,
    "growth",
    "started_on",
    "employer",
    rules=living.employment_rules,
    beside=Together(
        [OfPerson(SERVICE), Spells(models.EmploymentSpell, "started_on", "ended_on", keys=["employer"])]
    ),
)
asks("startups", models.Startup, "growth", "founded_on", "company")
asks("work_wishes", models.WorkWish, "growth", "stated_on", "cities")
asks("needs", models.Need, "care", "stated_on", "category", browse_permission=SPECIAL)
