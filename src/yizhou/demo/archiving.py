"""A few personnel archives as a county keeps them: most complete, some scanned, one lent past its day."""

from __future__ import annotations

import datetime as dt
import struct
import zlib

from django.core.files.uploadedfile import SimpleUploadedFile

from yizhou.archives import actions
from yizhou.archives.actions.keeping import Arrival, Line
from yizhou.archives.catalogue import lacking
from yizhou.archives.models import Archive
from yizhou.archives.rules import Wish
from yizhou.core import clock
from yizhou.core.actor import Actor
from yizhou.demo.live import Cast
from yizhou.people.models import Person

ARCHIVES = 48
WIDTH, HEIGHT = 420, 594
BOXES = 12


def archives() -> None:
    """Open them through the real actions, by the accounts of the demonstration."""
    cast = Cast()
    people = Person.objects.everywhere("the demonstration").registered(clock.today()).of_group("VET")
    page = _blank_page()
    for nth, person in enumerate(people.filter(e_archive_on__isnull=False).order_by("id")[:ARCHIVES]):
        keeper = cast.somebody("CENTER_STAFF", person.household_area)
        bureau = cast.somebody("BUREAU_STAFF", person.household_area)
        if keeper and bureau:
            archive = _archive(person, nth, page, keeper)
            _outing(archive, nth, keeper, bureau)


def _archive(person: Person, nth: int, page: bytes, keeper: Actor) -> Archive:
    shelf = f"一号库房 {1 + nth // BOXES} 柜 {1 + nth % BOXES} 盒"
    archive = actions.open_archive(
        person, Arrival(person.collected_on, "移交机构（示例）", shelf), actor=keeper
    )
    pieces = lacking(person.category_mask, [])
    for n, kind in enumerate(pieces[: len(pieces) - (nth % 4 == 0)]):
        line = Line(
            kind.code,
            kind.name,
            person.discharged_on,
            2 + (nth + n) % 5,
            remark="末页缺印" if nth == n else "",
        )
        item = actions.add_item(archive, line, actor=keeper)
        if n < 2 and nth % 3 == 0:
            scans = [SimpleUploadedFile(f"{sheet}.png", page) for sheet in range(2)]
            actions.add_pages(item, scans, actor=keeper)
    if nth % 3 == 0:
        actions.verify_archive(archive, actor=keeper)
    return archive


def _outing(archive: Archive, nth: int, keeper: Actor, bureau: Actor) -> None:
    """Every sixth is asked for; of these one waits, one is out and signed for, one is out for too long."""
    if nth % 6 != 1:
        return
    since = clock.now() - dt.timedelta(days=20)
    with clock.at(since):
        days = 10 if nth % 18 == 13 else 40
        wish = Wish(
            is_loan=True,
            taker="安置科（示例）",
            purpose="核对服役年限",
            until=clock.today() + dt.timedelta(days=days),
        )
        outing = actions.ask_outing(archive, wish, actor=keeper)
        if nth % 18 != 1:
            actions.decide_outing(outing, approve=True, actor=bureau)
            actions.hand_over_outing(outing, actor=keeper)
        if nth % 18 == 7:
            actions.sign_outing(outing, actor=bureau)


def _blank_page() -> bytes:
    """A grey sheet as PNG: nobody's paper."""
    row = b"\0" + bytes([236]) * WIDTH
    head = struct.pack(">IIBBBBB", WIDTH, HEIGHT, 8, 0, 0, 0, 0)
    chunks = [(b"IHDR", head), (b"IDAT", zlib.compress(row * HEIGHT)), (b"IEND", b"")]
    body = b"".join(
        struct.pack(">I", len(data)) + name + data + struct.pack(">I", zlib.crc32(name + data))
        for name, data in chunks
    )
    return b"\x89PNG\r\n\x1a\n" + body
