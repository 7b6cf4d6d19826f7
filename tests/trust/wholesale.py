"""What is done with many at once, and what is said about it, in each town of the world."""

from typing import Any

from yizhou.core import clock
from yizhou.exports.models import Export, ExportStatus
from yizhou.ledgers.models import ImportBatch
from yizhou.lifecycle.models import LifeSignal, SignalKind, SignalList
from yizhou.lists.models import BatchStatus, ClassBatch, SavedFilter
from yizhou.moves.models import Incoming
from yizhou.people.models import Person
from yizhou.reversing.models import Reversal, ReversalStatus
from yizhou.visits.models import ContactBatch
from yizhou.watching.models import UnusualReading


def wholesale(n: int, town: str, who: Person, stored: ImportBatch) -> dict[str, Any]:
    """What is done with many at once."""
    return {
        "export": export(n, town),
        "contacts": contacts(town),
        "reversal": reversal(n, town, stored),
        "reading": reading(n, town),
        "classes": classes(town),
        "saved": saved(n, town),
        "signal": signal(who),
        "signal_list": signal_list(town),
        "incoming": incoming(who),
    }


def export(n: int, town: str) -> Export:
    """Somebody's request that waits for a second person."""
    return Export.objects.create(
        number=f"DC20250425-{n}",
        source="people",
        title="一人一档名单",
        words="全部",
        columns=["姓名"],
        purpose="慰问上门",
        form="xlsx",
        rows=120,
        status=ExportStatus.WAITING,
        account_id=10**9 + n,
        actor="顾建平",
        area=town,
        areas=[town[:9]],
        asked_at=clock.now(),
    )


def reversal(n: int, town: str, stored: ImportBatch) -> Reversal:
    """Somebody's wish to take a batch back, which waits for a second person."""
    return Reversal.objects.create(
        batch=stored,
        status=ReversalStatus.AWAITING,
        reason="文件的列错了位",
        account_id=10**9 + n,
        actor="顾建平",
        area=town,
        areas=[town[:9]],
        asked_at=clock.now(),
    )


def reading(n: int, town: str) -> UnusualReading:
    """Somebody's looks that stood out."""
    return UnusualReading.objects.create(
        account_id=10**9 + n,
        actor="顾建平",
        area=town,
        rule="NIGHT",
        day="2025-04-25",
        count=4,
        limit=3,
        noticed_at=clock.now(),
    )


def contacts(town: str) -> ContactBatch:
    """A batch of contacts that moved nobody."""
    return ContactBatch.objects.create(
        area=town,
        words="全部",
        staff="职员",
        reason="原联系人调离",
        assigned_on=clock.today(),
        assigned=0,
        handed_over=0,
        skipped=0,
        actor="顾建平",
        made_at=clock.now(),
    )


def classes(town: str) -> ClassBatch:
    """A batch of contact classes that changed nobody."""
    return ClassBatch.objects.create(
        area=town,
        areas=[town[:9]],
        words="全部",
        contact_class="KEY",
        reason="重新分类",
        total=0,
        status=BatchStatus.DONE,
        actor="顾建平",
        made_at=clock.now(),
    )


def saved(n: int, town: str) -> SavedFilter:
    """A filter that somebody saved for himself."""
    return SavedFilter.objects.create(
        name="重点对象",
        query={"contact": "KEY"},
        area=town,
        account_id=900 + n,
        actor="顾建平",
        saved_at=clock.now(),
    )


def signal(who: Person) -> LifeSignal:
    """A hint about somebody."""
    return LifeSignal.objects.create(
        person=who,
        kind=SignalKind.TOLD,
        noted_on=clock.today(),
        words="邻居反映",
        actor="顾建平",
        noted_at=clock.now(),
    )


def signal_list(town: str) -> SignalList:
    """A list that matched nobody."""
    return SignalList.objects.create(
        area=town,
        areas=[town[:9]],
        kind=SignalKind.FUNERAL,
        title="火化名单",
        noted_on=clock.today(),
        rows=1,
        matched=0,
        known=0,
        absent=1,
        actor="顾建平",
        noted_at=clock.now(),
    )


def incoming(who: Person) -> Incoming:
    """Somebody who came from beyond the city; the letter named no benefit."""
    return Incoming.objects.create(
        person=who,
        moved_on="2025-04-20",
        former_office="邻省某县退役军人事务局",
        letter_no="转函 7 号",
        actor="顾建平",
        noted_at=clock.now(),
    )
