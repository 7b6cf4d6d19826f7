"""Tables of 信息采集表: one row a spell or record, of one person each."""

from yizhou.dossier.models.benefits import BenefitAdjustment, BenefitStanding, DisabilityAssessment, Survivor
from yizhou.dossier.models.living import (
    CaseHelp,
    FamilyEconomy,
    HealthCondition,
    House,
    InsuranceBreak,
    InsuranceRecord,
)
from yizhou.dossier.models.service import PlacementRecord, Punishment, Retiree, ServiceHonour, ServiceSpell
from yizhou.dossier.models.standing import Collection, PartyMembership, PersonDetail
from yizhou.dossier.models.working import (
    EducationSpell,
    EmploymentSpell,
    Need,
    Startup,
    TrainingRecord,
    TrainingWish,
    WorkWish,
)

__all__ = [
    "BenefitAdjustment",
    "BenefitStanding",
    "CaseHelp",
    "Collection",
    "DisabilityAssessment",
    "EducationSpell",
    "EmploymentSpell",
    "FamilyEconomy",
    "HealthCondition",
    "House",
    "InsuranceBreak",
    "InsuranceRecord",
    "Need",
    "PartyMembership",
    "PersonDetail",
    "PlacementRecord",
    "Punishment",
    "Retiree",
    "ServiceHonour",
    "ServiceSpell",
    "Startup",
    "Survivor",
    "TrainingRecord",
    "TrainingWish",
    "WorkWish",
]
