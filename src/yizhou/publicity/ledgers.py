"""Ledgers of the package bound to their tables."""

from __future__ import annotations

from yizhou.ledgers.ledger import bind
from yizhou.publicity.models import HonourWall, MediaArticle, PublicityEvent, PublicityMaterial, Video

bind(
    "honour_walls",
    HonourWall,
    "honour_wall",
    date_field="built_on",
    ring="glory",
)
bind(
    "publicity_events",
    PublicityEvent,
    "publicity_event",
    links={"school_no": "school"},
    date_field="held_on",
    ring="glory",
)
bind(
    "publicity_materials",
    PublicityMaterial,
    "publicity_material",
    date_field="issued_on",
    ring="glory",
)
bind(
    "media_articles",
    MediaArticle,
    "media_article",
    date_field="published_on",
    ring="glory",
)
bind(
    "videos",
    Video,
    "video",
    date_field="published_on",
    ring="glory",
)
