"""Files on their way into a ledger through the browser, and the worker that takes them up."""

from typing import Any

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from yizhou.ledgers import jobs, running
from yizhou.ledgers.models import ImportBatch


def upload(client: Client, data: bytes, name: str = "名册.csv", ledger: str = "people", **more: str) -> Any:
    """The answer to an upload."""
    return client.post("/ledgers/import/", {"ledger": ledger, "file": SimpleUploadedFile(name, data), **more})


def batch_of(answer: Any) -> ImportBatch:
    """The batch that an upload led to."""
    assert answer.status_code == 302, answer.content.decode()
    return ImportBatch.objects.everywhere("tests").get(uid=answer["Location"].rstrip("/").rpartition("/")[2])


def again(batch: ImportBatch) -> ImportBatch:
    """The batch as it is stored now."""
    return ImportBatch.objects.everywhere("tests").get(pk=batch.pk)


def worker(batch: ImportBatch) -> ImportBatch:
    """What the background worker does, in this process."""
    assert jobs.run_batch(batch.pk, running.run)
    return again(batch)
