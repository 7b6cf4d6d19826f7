"""Figures about commendations, archives of honour and the pictures and films that go with them."""

from __future__ import annotations

from django.db.models import Exists, OuterRef, QuerySet

from yizhou.honours.models import Award, HonourArchive, MediaAsset
from yizhou.indicators.measures import Measure
from yizhou.indicators.registry import indicator
from yizhou.indicators.scope import Scope

FOUR = ("ledger_items", "archive_items", "image_items", "video_items")


def standing(scope: Scope, kind: str, **values: object) -> QuerySet[Award]:
    """时点未撤销 commendations of a kind, whenever they were given."""
    rows = scope.within(Award.objects.all()).filter(scope.not_ended("revoked_on"))
    return rows.filter(award_kind=kind, **values)


def given(scope: Scope, kind: str, **values: object) -> QuerySet[Award]:
    """时点未撤销 commendations of a kind given in the period."""
    return standing(scope, kind, **values).filter(scope.dated("awarded_on"))


def to_date(scope: Scope, kind: str, **values: object) -> QuerySet[Award]:
    """时点未撤销 commendations of a kind given by the last day."""
    return standing(scope, kind, **values).filter(awarded_on__lte=scope.last)


def persons(rows: QuerySet[Award]) -> Measure:
    """Whom the commendations went to, each counted once; without an identity number nobody is counted."""
    return Measure(rows, distinct="id_number_index")


def unbroken(rows: QuerySet[Award]) -> Measure:
    """Rounds from the last one back to the first gap. A division's streak is its own, not a part of a wider one."""
    before = rows.filter(round_no=OuterRef("round_no") - 1)
    starts = rows.filter(~Exists(before), round_no__isnull=False).order_by("-round_no")
    streak = rows.filter(round_no__gte=starts.values("round_no")[:1])
    return Measure(streak, distinct="round_no", area=None)


def passed_assets(scope: Scope, *kinds: str) -> QuerySet[MediaAsset]:
    """Material of these kinds made in the period that passed its review."""
    rows = scope.within(MediaAsset.objects.all()).filter(scope.dated("made_on"))
    return rows.filter(kind__in=kinds, review="PASS")


@indicator("special_work_award")
def special_work_award(scope: Scope) -> Measure:
    """Times the award for special work was given."""
    return Measure(given(scope, "SPECIAL_WORK"))


@indicator("double_support_city_streak")
def double_support_city_streak(scope: Scope) -> Measure:
    """Rounds in a row as a national model city of mutual support."""
    return unbroken(to_date(scope, "DOUBLE_SUPPORT_CITY"))


@indicator("most_beautiful_years")
def most_beautiful_years(scope: Scope) -> Measure:
    """Years in a row in which the most admirable veterans were chosen."""
    return unbroken(to_date(scope, "MOST_BEAUTIFUL"))


@indicator("essay_org_award")
def essay_org_award(scope: Scope) -> Measure:
    """Awards for organising an essay contest."""
    return Measure(given(scope, "ESSAY_ORG"))


@indicator("essay_national_first")
def essay_national_first(scope: Scope) -> Measure:
    """Essays with a national first prize."""
    return Measure(given(scope, "ESSAY", level="NATION", grade="FIRST"))


@indicator("publicity_advanced_persons")
def publicity_advanced_persons(scope: Scope) -> Measure:
    """Persons honoured for publicity work."""
    return persons(given(scope, "PUBLICITY_PERSON", recipient_type="PERSON"))


@indicator("excellent_articles")
def excellent_articles(scope: Scope) -> Measure:
    """Articles named excellent."""
    return Measure(given(scope, "ARTICLE", recipient_type="ARTICLE", grade="EXCELLENT"))


@indicator("exemplary_rep_count")
def exemplary_rep_count(scope: Scope) -> Measure:
    """Persons who spoke as models at the provincial ceremony."""
    return persons(given(scope, "EXEMPLARY_SPEECH", recipient_type="PERSON"))


@indicator("role_models")
def role_models(scope: Scope) -> Measure:
    """Persons and groups named as models."""
    return Measure(given(scope, "ROLE_MODEL", recipient_type__in=("PERSON", "GROUP")))


@indicator("role_model_35_dads")
def role_model_35_dads(scope: Scope) -> Measure:
    """Members of the group of the 35 fathers."""
    fathers = to_date(scope, "ROLE_MODEL", recipient_type="GROUP", recipient="35个爸爸")
    return Measure(fathers, total="member_count")


@indicator("national_top100_directors")
def national_top100_directors(scope: Scope) -> Measure:
    """Directors among the hundred best of the country."""
    return persons(given(scope, "TOP100_DIRECTOR"))


@indicator("china_good_person")
def china_good_person(scope: Scope) -> Measure:
    """Persons on the national list of good people."""
    return persons(given(scope, "GOOD_PERSON", recipient_type="PERSON"))


@indicator("honor_archive_veterans")
def honor_archive_veterans(scope: Scope) -> Measure:
    """Archives finished in the period with something of each of the four kinds; one a person."""
    archives = scope.within(HonourArchive.objects.all()).filter(scope.dated("completed_on"))
    all_four = {f"{field}__gte": 1 for field in FOUR}
    return Measure(archives.filter(status__in=("COMPLETE", "PUBLISHED"), **all_four))


@indicator("honor_album_copies")
def honor_album_copies(scope: Scope) -> Measure:
    """Copies of albums."""
    return Measure(passed_assets(scope, "ALBUM"), total="pieces")


@indicator("veteran_photos")
def veteran_photos(scope: Scope) -> Measure:
    """Portraits and photographed documents."""
    return Measure(passed_assets(scope, "PORTRAIT", "DOCUMENT_PHOTO"), total="pieces")


@indicator("oral_history_videos")
def oral_history_videos(scope: Scope) -> Measure:
    """Films of oral history; the parts of one count once."""
    return Measure(passed_assets(scope, "ORAL_HISTORY"), distinct="work_no")
