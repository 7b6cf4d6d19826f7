"""Two counties with two towns each, and in every town one object of each type: what the matrix is walked over."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from tests.cases.makers import actor, filing, person
from tests.indicators import makers as rows
from tests.support.county import id_number
from tests.support.staff import account
from tests.trust.signed import balance, snapshot
from tests.trust.wholesale import wholesale
from yizhou.archives.models import Archive, ArchiveItem, ArchivePage, Outing
from yizhou.balances.models import ConfirmedBalance
from yizhou.cases.actions import file_case
from yizhou.cases.models import BundleCase, Case, Rating
from yizhou.core import clock, crypto
from yizhou.core.keys import keyring
from yizhou.exports.models import Export
from yizhou.files.models import StoredFile
from yizhou.files.storage import place_of
from yizhou.hall.models import HallReception, ServiceWindow
from yizhou.honours.models import Plaque, PreferentialCard
from yizhou.hotline.models import HotlineCall
from yizhou.indicators.models import Snapshot
from yizhou.ledgers.models import BatchStatus, ImportBatch, VoidedRow, WaitingRow
from yizhou.lifecycle.models import LifeEvent, LifeSignal, LifeTask, SignalList
from yizhou.lists.models import ClassBatch, SavedFilter
from yizhou.merging.models import Merge, SuspectPair
from yizhou.moves.models import Incoming, Move
from yizhou.notices.models import Message
from yizhou.orgs.actions import issue_token, seed_calendar
from yizhou.orgs.models import Account, ApiToken, Division, StaffPost, Station
from yizhou.people.models import FileChange, Person, Proposal, ProposalStatus, Source
from yizhou.reversing.models import Reversal
from yizhou.visits.models import ContactBatch, Plan, PlanMeasure, Visit
from yizhou.watching.models import UnusualReading

COUNTIES = ("339901000000", "339902000000")
TOWNS = tuple(f"{county[:6]}{town}000" for county in COUNTIES for town in ("001", "002"))
LEG_OF = "MEDICAL_INSURANCE"
"""The partner department of the tests; it handles a leg of every bundle."""
WHEN = dt.datetime(2025, 4, 25, 9, 30, tzinfo=dt.timezone(dt.timedelta(hours=8)))


@dataclass(frozen=True)
class Corner:
    """One town with everything that lies in it."""

    town: str
    person: Person
    case: Case
    leg: Case
    bundle: BundleCase
    rating: Rating
    batch: ImportBatch
    account: Account
    token: ApiToken
    station: Station
    post: StaffPost
    window: ServiceWindow
    reception: HallReception
    call: HotlineCall
    visit: Visit
    card: PreferentialCard
    plaque: Plaque
    file: StoredFile
    message: Message
    voided: VoidedRow
    waiting: WaitingRow
    snapshot: Snapshot
    balance: ConfirmedBalance
    proposal: Proposal
    change: FileChange
    archive: Archive
    item: ArchiveItem
    page: ArchivePage
    outing: Outing
    plan: Plan
    measure: PlanMeasure
    life: LifeEvent
    task: LifeTask
    pair: SuspectPair
    merge: Merge
    export: Export
    contacts: ContactBatch
    reversal: Reversal
    reading: UnusualReading
    classes: ClassBatch
    saved: SavedFilter
    signal: LifeSignal
    signal_list: SignalList
    move: Move
    incoming: Incoming

    @property
    def stored(self) -> ImportBatch:
        """A file that was stored."""
        return self.reversal.batch

    @property
    def village(self) -> str:
        """The town's first village."""
        return f"{self.town[:9]}001"


def divisions() -> None:
    """City, counties, towns, villages."""
    made = [("339900000000", "示范市", "CITY", "")]
    made += [(county, f"{n}县", "COUNTY", "339900000000") for county, n in zip(COUNTIES, "东西", strict=True)]
    for town in TOWNS:
        made.append((town, f"{town[4:9]}镇", "TOWN", f"{town[:6]}000000"))
        made.append((f"{town[:9]}001", f"{town[4:9]}村", "VILLAGE", town))
    for code, name, level, parent in made:
        Division.objects.create(area_code=code, name=name, level=level, parent_code=parent)


def build() -> list[Corner]:
    """The whole world, made at one moment of a working day; takes about a second."""
    seed_calendar([2025])
    divisions()
    with clock.at(WHEN):
        return [corner(n, town) for n, town in enumerate(TOWNS)]


def corner(n: int, town: str) -> Corner:
    """Everything of one town; values that identify a person differ from town to town."""
    clerk = actor("WINDOW", account=None, areas=("",))
    who = person(number_of(n), name=f"柳青{'甲乙丙丁'[n]}", household_area=f"{town[:9]}001")
    single = file_case(filing(who, "RET-11", ("RET-11",), accept=True), actor=clerk)
    bundle = file_case(filing(who, "return_home", accept=True), actor=clerk)
    assert isinstance(single, Case)
    assert isinstance(bundle, BundleCase)
    leg = Case.objects.everywhere("test").get(bundle=bundle, department=LEG_OF)
    return Corner(
        town=town,
        person=who,
        case=single,
        leg=leg,
        bundle=bundle,
        rating=Rating.objects.create(
            rating_no=f"P{n}", source="CASE", case=single, rated_on="2025-04-25", level="1", area=town
        ),
        batch=batch(n, town),
        account=(staff := account("WINDOW", town, name=f"clerk{n}")),
        token=issue_token(staff.appointments.get(), "试验", clock.today() + dt.timedelta(days=30))[0],
        station=(station := rows.station(area=town, level="TOWN")),
        post=rows.post(station, f"职员{n}"),
        window=rows.window(area=town),
        reception=sealed(rows.reception("2025-04-25 09:00:00", area=town), {"id_number": number_of(n)}),
        call=sealed(rows.call("2025-04-25 09:00:00", area=town), {"phone": f"1390000{n:04}"}),
        visit=rows.visit(who, "2025-04-25 09:00:00"),
        card=PreferentialCard.objects.create(
            card_no=f"Y{n}", person=who, case=single, kind="退役军人优待证", issued_on="2025-04-25"
        ),
        plaque=Plaque.objects.create(plaque_no=f"G{n}", person=who, kind="1", hung_on="2025-04-25"),
        file=scan(who, who.household_area),
        message=message(n, who, town),
        voided=voided(n, town),
        waiting=waiting(n, town),
        snapshot=snapshot(town),
        balance=balance(town),
        **papers(n, who),
        **wholesale(n, town, who, batch(n + 50, town, BatchStatus.DONE)),
    )


def pair(n: int, who: Person) -> SuspectPair:
    """Another file that may be of the same person."""
    other = person(number_of(n + 100), name=who.name, household_area=who.household_area)
    return SuspectPair.objects.create(
        first=who, second=other, rules="NAMESAKE", strength="CERTAIN", digest=b"0" * 16, found_at=clock.now()
    )


def merge(n: int, who: Person) -> Merge:
    """A file that went into the person's; what it held is not kept here."""
    return Merge.objects.create(
        kept=who,
        now=who,
        lost_id=9_000_000 + n,
        lost_uid=uuid.uuid4(),
        lost_name=who.name,
        lost_area=who.household_area,
        lost_number_index=crypto.sm3(f"lost {n}".encode())[:16],
        kept_number_index=who.id_number_index,
        note="同一人",
        actor="顾建平",
        merged_at=clock.now(),
    )


def move(n: int, who: Person) -> Move:
    """Somebody asks for the person's file, from another village of the town: its neighbours have no part in it."""
    return Move.objects.create(
        number=f"QY20250425-{n}",
        person=who,
        from_area=who.household_area,
        to_area=f"{who.household_area[:9]}002",
        moved_on="2025-04-20",
        document_no="12345",
        asked_by_id=10**9 + n,
        asked_by="顾建平",
        asked_at=clock.now(),
        answer_by="2025-05-12",
    )


def papers(n: int, who: Person) -> dict[str, Any]:
    """The person's archive with a line, a page, and somebody who asks for it; a plan with a measure; a change and
    one that waits."""
    archive = Archive.objects.create(
        person=who, shelf=f"柜{n}", received_on="2025-04-25", received_from="12345"
    )
    item = ArchiveItem.objects.create(archive=archive, position=1, kind="RANK", title="命令")
    page = ArchivePage.objects.create(item=item, position=1, file=scan(who, who.household_area))
    outing = Outing.objects.create(
        archive=archive, way="LOAN", until="2025-05-25", taker="科室", purpose="核档", asked_at=WHEN
    )
    plan = Plan.objects.create(
        person=who, goals="修屋顶", from_on="2025-04-01", to_on="2025-12-31", drawn_at=WHEN
    )
    measure = PlanMeasure.objects.create(plan=plan, text="修", owner="村委", due_on="2025-05-01")
    life = LifeEvent.objects.create(
        person=who, kind="DISCHARGED", happened_on="2025-04-01", found_on="2025-04-25"
    )
    task = LifeTask.objects.create(
        event=life, code="FILE", title="建档", level="VILLAGE", due_on="2025-05-25"
    )
    return {
        "move": move(n, who),
        "pair": pair(n, who),
        "merge": merge(n, who),
        "proposal": proposal(n, who),
        "change": change(n, who),
        "life": life,
        "task": task,
        "archive": archive,
        "item": item,
        "page": page,
        "outing": outing,
        "plan": plan,
        "measure": measure,
    }


def proposal(n: int, who: Person) -> Proposal:
    """A change of the file that waits for its second person."""
    made = Proposal(
        person=who,
        fields="name;phone",
        guarded="身份",
        reason="对照户口簿",
        status=ProposalStatus.WAITING,
        actor="提交人",
        asked_at=WHEN,
    )
    made.seal({"old.name": who.name, "new.name": "柳绿", "new.phone": f"1366666{n:04}"})
    made.save()
    return made


def change(n: int, who: Person) -> FileChange:
    """A change that was made to the file."""
    made = FileChange(
        person=who, file=who.uid, changed_at=WHEN, source=Source.FORM, fields="phone", actor="经办人"
    )
    made.seal({"old.phone": f"1355555{n:04}"})
    made.save()
    return made


def voided(n: int, town: str) -> VoidedRow:
    """A reception that was taken out of its ledger."""
    return VoidedRow.objects.create(
        ledger="hall_receptions",
        row_uid=uuid.uuid4(),
        row_id=90_000 + n,
        title=f"V{n}",
        area=town,
        digest=crypto.sm3(str(n).encode())[:16],
        reason="重复登记",
        actor="顾建平",
        voided_at=clock.now(),
    )


def waiting(n: int, town: str) -> WaitingRow:
    """A row of a visit to somebody who is not on file."""
    return WaitingRow.objects.create(
        ledger="visits",
        digest=crypto.sm3(f"waiting {n}".encode())[:16],
        title=f"W{n}",
        reason="服务对象身份证号：不存在",
        actor="顾建平",
        area=town,
        areas=[town[:9]],
        waiting_since=clock.now(),
    )


def scan(who: Person, town: str) -> StoredFile:
    """A paper of the person; its bytes lie where the product keeps them."""
    kept = StoredFile.objects.create(
        title="退役证",
        name="scan.png",
        suffix=".png",
        media_type="image/png",
        size=4,
        checksum=crypto.sm3(b"scan"),
        person_id=who.pk,
        area=town,
        actor="上传人",
        stored_at=WHEN,
    )
    place = place_of(kept.uid, kept.suffix)
    place.parent.mkdir(parents=True, exist_ok=True)
    place.write_bytes(b"scan")
    return kept


def message(n: int, who: Person, town: str) -> Message:
    """A text message that did not go out."""
    made = Message(
        key=f"m{n}",
        kind="case.filed",
        person_id=who.pk,
        area=town,
        status="FAILED",
        created_at=WHEN,
        due_at=WHEN,
    )
    made.seal({"phone": f"1397777{n:04}", "text": "您的申请已收到"})
    made.save()
    return made


def batch(n: int, town: str, status: BatchStatus = BatchStatus.CHECKED) -> ImportBatch:
    """A file that was checked and waits, unless the status says otherwise."""
    return ImportBatch.objects.create(
        ledger="people",
        file_name=f"people{n}.csv",
        workbook=uuid.uuid4(),
        path="-",
        account_id=None,
        actor="上传人",
        area=town,
        areas=[town[:9]],
        status=status,
    )


def number_of(n: int) -> str:
    """A valid identity number, another one for each ``n``."""
    return id_number("19850801", n + 11, "339900")


def sealed(row: Any, values: dict[str, str]) -> Any:
    """The row with sealed values."""
    row.seal(values)
    row.id_number_index = crypto.blind_index(keyring(), values.get("id_number", "x"))
    type(row).objects.everywhere("test").filter(pk=row.pk).update(secret=row.secret)
    return row
