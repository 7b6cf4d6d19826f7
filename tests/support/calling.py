"""A program that calls the API with the token of an account, over Django's client or as curl would."""

import json
import shlex
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from uuid import uuid4

from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from tests.support.client import PoliceClient
from tests.support.staff import token_of
from yizhou.orgs.models import Account

ROOT = "/api/v1"


@dataclass
class Caller:
    """Sends what a method and an address say; every write has a key of its own unless one is given."""

    token: str
    client: Client = field(default_factory=PoliceClient)

    @classmethod
    def of(cls, who: Account) -> "Caller":
        """With a new token of that account."""
        return cls(token_of(who))

    def __call__(self, method: str, address: str, body: Any = None, **headers: str) -> Any:
        """One request; ``If_Match="…"`` is the header of that name, an empty one is left out."""
        path = address if address.startswith("/") else f"{ROOT}/{address}"
        given = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": uuid4().hex}
        given |= {name.replace("_", "-"): value for name, value in headers.items()}
        sent = {name: value for name, value in given.items() if value}
        data = b"" if body is None else json.dumps(body).encode()
        return self.client.generic(method, path, data, "application/json", headers=sent)

    def upload(self, ledger: str, data: bytes, name: str = "名册.csv", key: str = "") -> Any:
        """The answer to a file."""
        headers = {"Authorization": f"Bearer {self.token}", "Idempotency-Key": key or uuid4().hex}
        file = SimpleUploadedFile(name, data)
        return self.client.post(f"{ROOT}/ledgers/{ledger}/import", {"file": file}, headers=headers)


def curl(client: Client, line: str, values: dict[str, str], folder: Path) -> Any:
    """What a line of the handbook beginning with curl would be answered; $NAMES stand for the values."""
    for name, value in values.items():
        line = line.replace(f"${name}", value)
    words = iter(shlex.split(line.replace("\\\n", " "))[1:])
    method, address, headers, body, form = "GET", "", {}, b"", {}
    for word in words:
        if word == "-H":
            name, _, value = next(words).partition(": ")
            headers[name] = value
        elif word == "-d":
            method, body = "POST" if method == "GET" else method, next(words).encode()
        elif word == "-F":
            name, _, file = next(words).partition("=@")
            form[name] = SimpleUploadedFile(file, (folder / file).read_bytes())
        elif word == "-X":
            method = next(words)
        elif word == "-o":
            next(words)
        else:
            address = word
    if form:
        return client.post(address, form, headers=headers)
    return client.generic(method, address, body, headers.pop("Content-Type", ""), headers=headers)
