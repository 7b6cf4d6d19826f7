"""Two counties with two towns each, and in every town one object of each type: what the matrix is walked over."""

import datetime as dt
import uuid
from dataclasses import dataclass
from typing import Any

from tests.cases.makers import actor, filing, person
from tests.indicators import makers as rows
from tests.support.county import id_number
from tests.support.staff import account
from yizhou.balances.models import ConfirmedBalance
from yizhou.cases.actions import file_case
from yizhou.cases.models import BundleCase, Case, Rating
from yizhou.core import clock, crypto
from yizhou.core.keys import keyring
from yizhou.exports.models import Export, ExportStatus
from yizhou.files.models import StoredFile
from yizhou.files.storage import place_of
from yizhou.hall.models import HallReception, ServiceWindow
from yizhou.honours.models import Plaque, PreferentialCard
from yizhou.hotline.models import HotlineCall
from yizhou.indicators.models import Snapshot
from yizhou.ledgers.models import BatchStatus, ImportBatch, VoidedRow, WaitingRow
from yizhou.notices.models import Message
from yizhou.orgs.actions import issue_token, seed_calendar
from yizhou.orgs.models import Account, ApiToken, Division, StaffPost, Station
from yizhou.people.models import Person
from yizhou.visits.models import ContactBatch, Visit

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
    export: Export
    contacts: ContactBatch

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
    station = rows.station(area=town, level="TOWN")
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
        station=station,
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
        export=export(n, town),
        contacts=contacts(town),
    )


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


def snapshot(town: str) -> Snapshot:
    """A frozen report without a sentence."""
    empty: dict[str, Any] = {"notes": [], "sections": [], "tables": [], "definition_rows": [], "checks": []}
    return Snapshot.objects.create(
        period="2024",
        area=town,
        form="county",
        version=1,
        actor="顾建平",
        frozen_at=clock.now(),
        definitions="0",
        values={},
        document={**empty, "title": "报告", "org": "局", "everything": False, "drawn_at": f"{clock.now()}"},
    )


def balance(town: str) -> ConfirmedBalance:
    """A confirmed balance without a line."""
    return ConfirmedBalance.objects.create(
        balance="people",
        area=town,
        period="2024",
        last=dt.date(2024, 12, 31),
        version=1,
        actor="顾建平",
        confirmed_at=clock.now(),
        document={
            "title": "平衡表",
            "unit": "人",
            "columns": [],
            "lines": [],
            "total": ["合计", {}],
            "areas": [],
            "area_total": ["合计", {}],
            "checks": [],
            "opening": "",
        },
        names=b"",
    )


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


def batch(n: int, town: str) -> ImportBatch:
    """A file that was checked and waits."""
    return ImportBatch.objects.create(
        ledger="people",
        file_name=f"people{n}.csv",
        path="-",
        account_id=None,
        actor="上传人",
        area=town,
        areas=[town[:9]],
        status=BatchStatus.CHECKED,
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
