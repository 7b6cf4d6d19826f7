"""The papers of a case or bundle as its page lists them."""

from __future__ import annotations

from collections.abc import Sequence

from django.urls import reverse

from yizhou.cases.models import BundleCase, Case, CaseMaterial
from yizhou.core.actor import Actor
from yizhou.files.queries import titles_kept


def papers_shown(
    papers: Sequence[CaseMaterial], row: Case | BundleCase, actor: Actor
) -> list[dict[str, str]]:
    """The papers; one whose scan is on file about the person leads to it."""
    may = actor.may("people.view_person") and actor.may("files.open_file")
    kept = titles_kept(row.person_id, [paper.name for paper in papers], actor) if may else set()
    url = reverse("people:panel", args=[row.person.uid, "files"])
    return [_material(paper, url if paper.name in kept else "") for paper in papers]


def _material(material: CaseMaterial, scan_url: str) -> dict[str, str]:
    states = {"PROVIDED": "ok", "REUSED": "ok", "DEFERRED": "warn", "MISSING": "late"}
    note = f"{material.provided_on} 收到" if material.provided_on else ""
    if material.due_on:
        note = f"应于 {material.due_on} 前补交"
    if scan_url:
        note = "；".join(filter(None, (note, "已有扫描件")))
    return {
        "title": material.name,
        "note": note,
        "tag": CaseMaterial.State(material.state).label,
        "state": states[material.state],
        "url": scan_url,
    }
