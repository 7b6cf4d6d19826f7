"""Ledgers of the package bound to their tables."""

from __future__ import annotations

from yizhou.ledgers.ledger import bind
from yizhou.training.models import Talent, TrainingEnrolment

bind(
    "training_enrolments",
    TrainingEnrolment,
    "training_enrolment",
    links={"id_number": "person"},
    date_field="started_on",
    ring="growth",
    tells="class_name",
)
bind(
    "talents",
    Talent,
    "talent",
    links={"id_number": "person"},
    date_field="started_on",
    ring="growth",
    tells="kind",
)
