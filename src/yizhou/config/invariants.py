"""What must hold between rows at all times, checked set-wise where rows alone tell; `yizhou invariants` runs them.

Rules inside one row are the database's own constraints; these are the ones that span tables, derived columns
and files.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from django.db import connection
from django.db.models import Exists, F, OuterRef, Q, QuerySet

from yizhou.cases.models import BundleCase, Case, CasePause
from yizhou.cases.rules.bundles import BundleStatus
from yizhou.cases.rules.states import FINAL, PAUSED
from yizhou.core import clock
from yizhou.events.models import Event, Seal
from yizhou.files.models import StoredFile
from yizhou.files.queries import damaged
from yizhou.ledgers.attached import displaced
from yizhou.ledgers.ledger import LEDGERS, Ledger
from yizhou.ledgers.models import BatchStatus, ImportBatch, VoidedRow
from yizhou.notices.models import Message, Status
from yizhou.orgs.models import Account, Appointment, Division, Station
from yizhou.orgs.permissions import roles
from yizhou.people.categories import mask_of
from yizhou.people.models import Person

STUCK = dt.timedelta(hours=2)
WHY = "invariants over the whole database"

Check = Callable[[], tuple[int, str]]
"""Counts the offenders and names the first, without anything personal."""


@dataclass(frozen=True, slots=True)
class Found:
    """The outcome of one invariant; ``count`` 0 means that it holds."""

    code: str
    title: str
    count: int
    first: str


INVARIANTS: dict[str, tuple[str, Check]] = {}


def invariant(code: str, title: str) -> Callable[[Check], Check]:
    """Declare a check; the title says what must hold."""

    def add(check: Check) -> Check:
        INVARIANTS[code] = (title, check)
        return check

    return add


def check_all() -> list[Found]:
    """Every invariant with its outcome."""
    found = [Found(code, title, *check()) for code, (title, check) in INVARIANTS.items()]
    return [*found, *_ledger_areas(), *_ledger_order()]


def broken_invariants() -> list[Found]:
    """Those that do not hold."""
    return [found for found in check_all() if found.count]


def _offenders(rows: QuerySet[Any], shown: str = "id") -> tuple[int, str]:
    count = rows.count()
    first = rows.order_by("pk").values_list(shown, flat=True).first() if count else ""
    return count, f"{rows.model._meta.verbose_name} {first}" if count else ""


@invariant("AREA_PARENT", "每个区划的上级都存在，且代码前缀一致")
def area_parent() -> tuple[int, str]:
    """Divisions nest by prefix."""
    parent = Division.objects.filter(area_code=OuterRef("parent_code"))
    orphans = Division.objects.exclude(parent_code="").filter(~Exists(parent))
    return _offenders(orphans, "area_code")


@invariant("STATION_AREA", "每个站点的所属区划都存在，层级一致")
def station_area() -> tuple[int, str]:
    """A station of a level stands in a division of that level."""
    division = Division.objects.filter(area_code=OuterRef("area"), level=OuterRef("level"))
    return _offenders(Station.objects.everywhere(WHY).filter(~Exists(division)), "station_no")


@invariant("ROLE_KNOWN", "每项任职的角色都在角色表中，区划都存在")
def role_known() -> tuple[int, str]:
    """Posts name known roles and divisions."""
    division = Division.objects.filter(area_code=OuterRef("area"))
    unknown = ~Q(role__in=list(roles())) | (~Q(area="") & ~Exists(division))
    return _offenders(Appointment.objects.filter(unknown))


@invariant("ADMIN_APART", "系统管理员不兼任业务角色")
def admin_apart() -> tuple[int, str]:
    """Whoever keeps the system sees no business data."""
    now = Appointment.objects.filter(
        Q(until__isnull=True) | Q(until__gte=clock.today()), account=OuterRef("pk")
    )
    both = Exists(now.filter(role="SYS_ADMIN")) & Exists(now.exclude(role="SYS_ADMIN"))
    return _offenders(Account.objects.filter(both, is_active=True), "username")


@invariant("AREA_FOLLOWS", "办件、联办件、附件、作废记录的区划都是本人现在的户籍地，台账记录的附件随记录")
def area_follows() -> tuple[int, str]:
    """Whoever moved took his cases and papers along, and so did a row that says something else now."""
    elsewhere = Person.objects.everywhere(WHY).filter(pk=OuterRef("person_id"))
    elsewhere = elsewhere.exclude(household_area=OuterRef("area"))
    wrong = [
        _offenders(model.objects.everywhere(WHY).filter(Exists(elsewhere)))
        for model in (Case, BundleCase, StoredFile, VoidedRow)
    ]
    files = StoredFile.objects.everywhere(WHY).exclude(about="").order_by("about")
    # What is about no ledger, as the pages of archives, lies with its person, which was asked above.
    about = [name for name in files.values_list("about", flat=True).distinct() if name in LEDGERS]
    wrong += [_offenders(displaced(LEDGERS[name])) for name in about]
    return sum(count for count, _ in wrong), next((first for _, first in wrong if first), "")


@invariant("CATEGORY_BITS", "人员的类别位与类别代码一致")
def category_bits() -> tuple[int, str]:
    """The derived bits say what the codes say."""
    pairs = (
        Person.objects.everywhere(WHY).values_list("category", "other_categories", "category_mask").distinct()
    )
    wrong = [
        (category, others)
        for category, others, mask in pairs.order_by()
        if mask != mask_of(filter(None, [category, *others.split(";")]))
    ]
    return len(wrong), f"类别 {wrong[0][0]};{wrong[0][1]}" if wrong else ""


@invariant("NAME_INDEX", "每个人都在姓名检索索引中，索引里没有多余的人")
def name_index() -> tuple[int, str]:
    """The index of names holds exactly the persons."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT p.id FROM people_person p LEFT JOIN people_search s ON s.rowid = p.id WHERE s.rowid IS NULL"
            " UNION SELECT s.rowid FROM people_search s LEFT JOIN people_person p ON s.rowid = p.id WHERE p.id IS NULL"
            " ORDER BY 1"
        )
        rows = cursor.fetchall()
    return len(rows), f"服务对象 {rows[0][0]}" if rows else ""


@invariant("SECRET_THERE", "有身份证号索引的人都有密封字段")
def secret_there() -> tuple[int, str]:
    """No person lost what is sealed."""
    return _offenders(Person.objects.everywhere(WHY).filter(secret__isnull=True))


@invariant("SEALS_JOIN", "封存各段首尾相接，不重不漏")
def seals_join() -> tuple[int, str]:
    """Every sealed range begins after the one before."""
    after, wrong = 0, []
    for first, last in Seal.objects.order_by("last_id").values_list("first_id", "last_id"):
        if first <= after or last < first:
            wrong.append(first)
        after = last
    return len(wrong), f"封存段 {wrong[0]}" if wrong else ""


@invariant("EVENT_TIME", "工作动态没有未来的时间")
def event_time() -> tuple[int, str]:
    """No event is dated after now, give or take a clock's drift."""
    limit = clock.now() + dt.timedelta(minutes=5)
    return _offenders(Event.objects.everywhere(WHY).filter(at__gt=limit))


@invariant("IMPORT_STUCK", "没有停滞的导入批次")
def import_stuck() -> tuple[int, str]:
    """A batch under way is not older than two hours (trust.md D9: nothing fails silently)."""
    under_way = [BatchStatus.CHECKING, BatchStatus.CONFIRMED, BatchStatus.LOADING]
    old = ImportBatch.objects.everywhere(WHY).filter(
        status__in=under_way, submitted_at__lt=clock.now() - STUCK
    )
    return _offenders(old)


@invariant("BUNDLE_JOIN", "联办件在全部子项结束时、且只在那时办结")
def bundle_join() -> tuple[int, str]:
    """A bundle is closed exactly when no leg is open."""
    legs = Case.objects.everywhere(WHY).filter(bundle=OuterRef("pk"))
    unfinished = Exists(legs.exclude(status__in=FINAL))
    closed = Q(status=BundleStatus.CLOSED)
    wrong = (closed & unfinished) | (~closed & Exists(legs) & ~unfinished)
    return _offenders(BundleCase.objects.everywhere(WHY).filter(wrong), "case_no")


@invariant("CLOCK_PAUSE", "停钟的办件都有未结束的暂停，走钟的都没有")
def clock_pause() -> tuple[int, str]:
    """A pause is open exactly when the clock stands; it never ran before acceptance, and imports bring no pauses."""
    stands = Q(status__in=PAUSED)
    paused = Exists(CasePause.objects.filter(case=OuterRef("pk"), end_on__isnull=True))
    filed_here = Q(application__isnull=False, accepted_at__isnull=False)
    wrong = (~stands & paused) | (stands & filed_here & ~paused)
    return _offenders(Case.objects.everywhere(WHY).filter(wrong), "case_no")


@invariant("NOTICE_OUT", "没有到期超过一天还没发出的通知")
def notice_out() -> tuple[int, str]:
    """Messages go out or are given up, and then stand on the worklist (trust.md D9)."""
    day_ago = clock.now() - dt.timedelta(days=1)
    unsent = [Status.WAITING, Status.SENDING]
    return _offenders(Message.objects.everywhere(WHY).filter(status__in=unsent, due_at__lt=day_ago))


@invariant("FILE_WHOLE", "每份附件都在，内容与存入时一致")
def file_whole() -> tuple[int, str]:
    """The bytes on disk are those that were stored."""
    found = damaged()
    return len(found), f"附件 {found[0].uid}（{found[0].stored_at:%Y-%m-%d} 上传）" if found else ""


def _ledger_areas() -> Iterator[Found]:
    """Every row of a ledger belongs to a division that exists."""
    for bound in LEDGERS.values():
        if bound.name == "areas" or "__" in bound.area:
            continue
        division = Division.objects.filter(area_code=OuterRef(bound.area))
        rows = bound.model._base_manager.exclude(**{bound.area: ""}).filter(~Exists(division))
        yield Found(f"AREA_OF_{bound.name}", f"{bound.title}：归属区划都存在", *_offenders(rows))


def _ledger_order() -> Iterator[Found]:
    """Dates stand in the order that the columns' facts ask for, also after changes made on pages."""
    for bound in LEDGERS.values():
        wrong = _out_of_order(bound)
        if wrong:
            yield Found(
                f"ORDER_OF_{bound.name}",
                f"{bound.title}：日期先后正确",
                *_offenders(bound.model._base_manager.filter(wrong)),
            )


def _out_of_order(bound: Ledger) -> Q:
    condition = Q()
    for column in bound.layout.columns:
        if not column.not_before:
            continue
        earlier = bound.layout.by_header(column.not_before)
        if column.kind == earlier.kind:
            condition |= Q(**{f"{column.stored}__lt": F(earlier.stored)})
    return condition
