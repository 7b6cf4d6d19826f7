"""An import that waits or has failed stands on its uploader's workbench, and on nobody else's."""

import io

import pytest

from tests.support import county
from tests.support.client import PoliceClient
from yizhou.ledgers import actions, jobs, running

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("divisions", "clock")]


def test_a_failed_import_reaches_its_uploader(client: PoliceClient) -> None:
    actor = county.sign_in(client, "TOWN_STATION", county.TOWN)
    assert "待处理的导入" in client.get("/").content.decode()
    batch = actions.upload_file("people", io.BytesIO(b"\x00" * 9), "坏文件.xlsx", 9, actor=actor)
    jobs.run_batch(batch.pk, running.run)
    bench = client.get("/").content.decode()
    assert "坏文件.xlsx" in bench
    assert "导入失败" in bench
    county.sign_in(client, "CENTER_STAFF", county.COUNTY)
    assert "坏文件.xlsx" not in client.get("/").content.decode()
