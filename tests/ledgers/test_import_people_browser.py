"""Importing through the browser: upload, check, preview, confirm, progress, result; scope, refusals, files."""

import csv
import datetime as dt
import io
import re
from pathlib import Path
from typing import Any

import fastexcel
import polars as pl
import pytest
from django.conf import settings
from django.test import Client
from django_tasks_db.models import DBTaskResult

from tests.support import county
from tests.support.client import PoliceClient
from tests.support.uploads import again, batch_of, upload, worker
from yizhou.core.actor import Actor
from yizhou.events.models import Event
from yizhou.ledgers import jobs, running
from yizhou.ledgers.columns import layouts
from yizhou.ledgers.models import BatchStatus, ImportBatch
from yizhou.orgs.models import Appointment
from yizhou.people.models import Person

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("world", "clock")]
PHONE = "13800138"


@pytest.fixture
def world(db: None) -> None:
    county.divisions()


@pytest.fixture
def actor(world: None, clock: object, client: PoliceClient) -> Actor:
    return county.sign_in(client, "TOWN_STATION", county.TOWN)


def content(*rows: dict[str, str]) -> bytes:
    """Rows as a csv file of the people ledger."""
    out = io.StringIO()
    writer = csv.DictWriter(out, layouts()["people"].headers, restval="")
    writer.writeheader()
    writer.writerows(rows)
    return out.getvalue().encode("utf-8-sig")


def page_of(client: Client, batch: ImportBatch) -> str:
    return client.get(batch.get_absolute_url()).content.decode()


def counts(page: str) -> dict[str, int]:
    return {
        k: int(v.replace(",", "")) for k, v in re.findall(r"<span>(\w+)</span><b[^>]*>([\d,]+)</b>", page)
    }


def file_path(batch: ImportBatch) -> Path:
    return Path(settings.IMPORTS_DIR) / batch.path


def three_faulty_of_five() -> bytes:
    return content(
        county.row("甲", serial=101, 联系电话=f"{PHONE}111"),
        county.row("乙", serial=103, 联系电话="1380013"),
        county.row("丙", serial=105, 性别="女"),
        county.row("丁", serial=107, 户籍地区划=county.OTHER_VILLAGE, 常住地区划=county.OTHER_VILLAGE),
        county.row("戊", serial=109),
    )


def test_the_whole_way_of_a_file_with_faults(client: PoliceClient, actor: Actor) -> None:
    batch = batch_of(upload(client, three_faulty_of_five()))
    assert "排队等候后台处理" in page_of(client, batch)
    assert DBTaskResult.objects.get().args_kwargs["args"] == [batch.pk]
    batch = worker(batch)
    preview = page_of(client, batch)
    assert counts(preview) == {"新增": 2, "更改": 0, "不变": 0, "拒收": 3, "提醒": 0}
    assert "写入 2 行" in preview
    for words in ("PHONE", "ID_SEX", "SCOPE"):
        assert words in preview
    assert Person.objects.everywhere("tests").count() == 0
    assert client.post(f"{batch.get_absolute_url()}confirm/").status_code == 302
    assert "正在写入" in page_of(client, batch)
    batch = worker(batch)
    done = page_of(client, batch)
    assert "导入完成" in done
    assert counts(done) == {"新增": 2, "更改": 0, "不变": 0, "拒收": 3, "提醒": 0}
    names = Person.objects.everywhere("tests").order_by("id").values_list("name", flat=True)
    assert list(names) == ["甲", "戊"]
    kinds = Event.objects.everywhere("tests").filter(account_id=actor.account_id).order_by("id")
    assert list(kinds.values_list("kind", flat=True)) == [
        "import.uploaded",
        "import.confirmed",
        "person.imported",
        "person.imported",
        "ledger.imported",
    ]
    imported = Event.objects.everywhere("tests").filter(kind="person.imported").values_list("data", flat=True)
    assert list(imported) == [{"batch": batch.uid.hex, "row": 2}, {"batch": batch.uid.hex, "row": 6}]
    assert not file_path(batch).exists()


def test_the_errors_file_comes_back_corrected(client: PoliceClient, actor: Actor) -> None:
    batch = batch_of(upload(client, three_faulty_of_five()))
    batch = worker(batch)
    client.post(f"{batch.get_absolute_url()}confirm/")
    batch = worker(batch)
    link = re.search(r'href="(/ledgers/imports/[^"]+/errors/)"', page_of(client, batch))
    assert link
    workbook = fastexcel.read_excel(b"".join(client.get(link.group(1)).streaming_content))
    problems = workbook.load_sheet(0, dtypes="string").to_polars()
    assert problems.columns == ["行号", "列名", "规则", "原因", "怎么改"]
    assert problems.select("行号", "规则").rows() == [("3", "PHONE"), ("4", "ID_SEX"), ("5", "SCOPE")]
    rejected = workbook.load_sheet(1, dtypes="string").to_polars()
    assert rejected["姓名"].to_list() == ["乙", "丙", "丁"]
    corrected = rejected.with_columns(
        pl.lit("13900139222").alias("联系电话"),
        pl.lit("男").alias("性别"),
        pl.lit(county.SECOND_VILLAGE).alias("户籍地区划"),
    )
    batch = worker(batch_of(upload(client, corrected.write_csv().encode(), "改好.csv")))
    assert counts(page_of(client, batch))["新增"] == 3
    client.post(f"{batch.get_absolute_url()}confirm/")
    worker(batch)
    assert Person.objects.everywhere("tests").count() == 5


def test_the_same_file_again_changes_nothing(client: PoliceClient, actor: Actor) -> None:
    data = content(county.row("甲"), county.row("戊", serial=109))
    first = worker(batch_of(upload(client, data)))
    client.post(f"{first.get_absolute_url()}confirm/")
    worker(first)
    second = worker(batch_of(upload(client, data)))
    preview = page_of(client, second)
    assert counts(preview) == {"新增": 0, "更改": 0, "不变": 2, "拒收": 0, "提醒": 0}
    assert "没有可写入的行" in preview
    answer = client.post(f"{second.get_absolute_url()}confirm/")
    assert answer.status_code == 422
    assert again(second).status == BatchStatus.CHECKED


def test_progress_is_polled_and_leads_on(client: PoliceClient, actor: Actor) -> None:
    batch = batch_of(upload(client, content(county.row())))
    job = f"{batch.get_absolute_url()}job/"
    answer = client.get(job)
    assert 'hx-trigger="every 1s"' in answer.content.decode()
    assert "HX-Redirect" not in answer
    worker(batch)
    assert client.get(job)["HX-Redirect"] == batch.get_absolute_url()


def test_the_preview_quotes_nothing_from_sealed_columns(client: PoliceClient, actor: Actor) -> None:
    batch = worker(batch_of(upload(client, content(county.row(联系电话="1380013811")))))
    assert "1380013811" not in page_of(client, batch)
    assert "1380013811" not in str(batch.sample)


@pytest.mark.parametrize(("name", "data", "ledger", "words"), [
    ("名册.xls", b"x", "people", "只能导入 Excel（.xlsx）或 CSV 文件"),
    ("名册.csv", b"", "people", "文件是空的"),
    ("名册.csv", b"x", "nonsense", "请选择是哪一种台账"),
    ("名册.csv", b"x", "areas", "不能导入"),
])  # fmt: skip
def test_what_is_clear_at_once_is_refused_at_once(
    client: PoliceClient, actor: Actor, name: str, data: bytes, ledger: str, words: str
) -> None:
    answer = upload(client, data, name, ledger)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert not ImportBatch.objects.everywhere("tests").exists()
    assert not DBTaskResult.objects.exists()


@pytest.mark.parametrize(("name", "data", "words"), [
    ("名册.xlsx", b"PK\x03\x04 broken", "请"),
    ("名册.csv", "姓名,性别\n甲,男\n".encode(), "缺少必填列"),
])  # fmt: skip
def test_an_unreadable_file_fails_with_reason_and_can_be_tried_again(
    client: PoliceClient, actor: Actor, name: str, data: bytes, words: str
) -> None:
    batch = worker(batch_of(upload(client, data, name)))
    assert batch.status == BatchStatus.FAILED
    page = page_of(client, batch)
    assert "导入失败" in page
    assert words in page
    assert batch.error[:10] in page
    assert client.post(f"{batch.get_absolute_url()}retry/").status_code == 302
    assert again(batch).status == BatchStatus.UPLOADED
    assert DBTaskResult.objects.count() == 2
    assert worker(batch).status == BatchStatus.FAILED


def test_a_cancelled_file_is_not_stored_and_not_run(client: PoliceClient, actor: Actor) -> None:
    batch = worker(batch_of(upload(client, content(county.row()))))
    assert client.post(f"{batch.get_absolute_url()}cancel/").status_code == 302
    assert "已取消" in page_of(client, batch)
    assert not jobs.run_batch(batch.pk, running.run)
    assert client.post(f"{batch.get_absolute_url()}confirm/").status_code == 422
    assert Person.objects.everywhere("tests").count() == 0


def test_others_do_not_see_it_and_overseers_cannot_decide(client: PoliceClient, actor: Actor) -> None:
    batch = worker(batch_of(upload(client, three_faulty_of_five())))
    colleague, centre, elsewhere = Client(), PoliceClient(), Client()
    county.sign_in(colleague, "TOWN_STATION", county.TOWN)
    county.sign_in(elsewhere, "CENTER_STAFF", "339903000000")
    county.sign_in(centre, "CENTER_STAFF", county.COUNTY)
    for page in ("", "job/", "errors/"):
        url = f"{batch.get_absolute_url()}{page}"
        assert [other.get(url).status_code for other in (colleague, elsewhere)] == [404, 404]
    seen = page_of(centre, batch)
    assert "确认后入库" in seen
    assert "下载错误文件" not in seen
    assert centre.get(f"{batch.get_absolute_url()}errors/").status_code == 404
    assert centre.post(f"{batch.get_absolute_url()}confirm/").status_code == 422
    assert centre.post(f"{batch.get_absolute_url()}cancel/").status_code == 422
    assert again(batch).status == BatchStatus.CHECKED


def test_a_right_withdrawn_meanwhile_stops_the_import(client: PoliceClient, actor: Actor) -> None:
    batch = worker(batch_of(upload(client, content(county.row()))))
    client.post(f"{batch.get_absolute_url()}confirm/")
    Appointment.objects.filter(account_id=actor.account_id).update(until=dt.date(2026, 3, 1))
    batch = worker(batch)
    assert batch.status == BatchStatus.FAILED
    assert "已没有可以导入它的任职" in batch.error
    assert Person.objects.everywhere("tests").count() == 0


def test_a_run_that_was_killed_after_storing_tells_what_it_stored(client: PoliceClient, actor: Actor) -> None:
    batch = worker(batch_of(upload(client, content(county.row("甲"), county.row("乙", serial=103)))))
    client.post(f"{batch.get_absolute_url()}confirm/")
    worker(batch)
    # As a kill -9 between the commit and the note would leave it.
    ImportBatch.objects.everywhere("tests").filter(pk=batch.pk).update(status=BatchStatus.LOADING, created=2)
    batch = worker(batch)
    assert (batch.status, batch.created, batch.unchanged) == (BatchStatus.DONE, 2, 0)
    assert Person.objects.everywhere("tests").count() == 2


def test_a_run_that_was_killed_before_storing_is_begun_again(client: PoliceClient, actor: Actor) -> None:
    batch = worker(batch_of(upload(client, content(county.row("甲")))))
    client.post(f"{batch.get_absolute_url()}confirm/")
    ImportBatch.objects.everywhere("tests").filter(pk=batch.pk).update(status=BatchStatus.LOADING)
    batch = worker(batch)
    assert (batch.status, batch.created) == (BatchStatus.DONE, 1)


def test_what_nobody_begins_again_is_given_up(client: PoliceClient, actor: Actor, clock: Any) -> None:
    batch = batch_of(upload(client, content(county.row())))
    held = ImportBatch.objects.everywhere("tests").filter(pk=batch.pk)
    held.update(status=BatchStatus.CHECKING, attempted_at=dt.datetime.now(dt.UTC))
    jobs.clean()
    assert again(batch).status == BatchStatus.CHECKING
    clock.shift(dt.timedelta(hours=2))
    jobs.clean()
    assert again(batch).status == BatchStatus.FAILED


def test_files_past_their_time_are_removed(client: PoliceClient, actor: Actor) -> None:
    batch = worker(batch_of(upload(client, three_faulty_of_five())))
    errors = Path(settings.IMPORTS_DIR) / batch.errors_path
    assert file_path(batch).exists()
    assert errors.exists()
    old = dt.datetime.now(dt.UTC) - dt.timedelta(days=jobs.KEEP_DAYS, minutes=1)
    ImportBatch.objects.everywhere("tests").filter(pk=batch.pk).update(submitted_at=old)
    assert jobs.clean() == 1
    assert not file_path(batch).exists()
    assert not errors.exists()
    assert again(batch).status == BatchStatus.CANCELLED
    assert jobs.clean() == 0


def test_nothing_of_the_given_name_reaches_the_disk(client: PoliceClient, actor: Actor) -> None:
    batch = batch_of(upload(client, content(county.row()), "../../etc/passwd.csv"))
    assert re.fullmatch(r"[0-9a-f]{32}\.csv", batch.path)
    assert file_path(batch).parent == Path(settings.IMPORTS_DIR)
    assert batch.file_name == "passwd.csv"


def test_without_the_right_nothing_is_uploaded() -> None:
    plain = Client()
    county.sign_in(plain, "GRID", county.TOWN)
    assert upload(plain, content(county.row())).status_code == 403
    assert plain.get("/ledgers/import/").status_code == 403
    assert not ImportBatch.objects.everywhere("tests").exists()
