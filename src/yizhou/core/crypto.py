"""National cryptography for fields at rest: SM4-GCM records, HMAC-SM3 blind indexes, keyed digests.

A record's sensitive values are sealed together in one ciphertext, bound by associated data (table and uid)
to its row:

    version 1 byte | data key id 1 byte | nonce 12 | ciphertext | tag 16

依据: GB/T 32907 (SM4)、GB/T 32905 (SM3)、GB/T 36624 (GCM). The algorithms come from OpenSSL through
``cryptography``. Keys, and how they are kept: ``yizhou.core.keyring``.
"""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from itertools import count

import orjson
from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers import Cipher, modes

from yizhou.core.keyring import KeyFileError, Keyring

__all__ = [
    "KeyFileError",
    "Keyring",
    "TamperedError",
    "blind_index",
    "blind_index_many",
    "hmac_sm3",
    "pack",
    "pack_many",
    "row_digest",
    "row_digest_many",
    "sm3",
    "sm3_of",
    "tail_index",
    "tail_index_many",
    "unpack",
    "unpack_many",
]

FORMAT_VERSION = 1
NONCE_BYTES = 12
TAG_BYTES = 16
HEADER_BYTES = 2
INDEX_BYTES = 16
TAIL_MASK = 0x7FFF_FFFF
OVERHEAD_BYTES = HEADER_BYTES + NONCE_BYTES + TAG_BYTES


class TamperedError(Exception):
    """A sealed record does not open: altered, moved to another row, or its key is not here."""


def sm3(data: bytes) -> bytes:
    """SM3 digest, 32 bytes."""
    return sm3_of([data])


def sm3_of(chunks: Iterable[bytes]) -> bytes:
    """SM3 digest of what the chunks are together."""
    digest = hashes.Hash(hashes.SM3())
    for chunk in chunks:
        digest.update(chunk)
    return digest.finalize()


def hmac_sm3(key: bytes, data: bytes) -> bytes:
    """HMAC-SM3, 32 bytes."""
    code = hmac.HMAC(key, hashes.SM3())
    code.update(data)
    return code.finalize()


def pack(keyring: Keyring, aad: bytes, values: Mapping[str, str]) -> bytes:
    """Seal one record's values under the current data key; ``aad`` names its row and must be given again to
    open.
    """
    return pack_many(keyring, [aad], [values])[0]


def pack_many(keyring: Keyring, aads: Sequence[bytes], payloads: Sequence[Mapping[str, str]]) -> list[bytes]:
    """Seal many records, in order. Raises ``ValueError`` when the two sequences differ in length.

    Random 96-bit nonces: rotate the data key long before 2^32 records (GB/T 36624, NIST SP 800-38D §8.3).
    """
    header = bytes((FORMAT_VERSION, keyring.current))
    algorithm = keyring.cipher(keyring.current)
    nonces = os.urandom(NONCE_BYTES * len(payloads))
    dumps, gcm = orjson.dumps, modes.GCM
    sealed: list[bytes] = []
    for start, aad, values in zip(count(0, NONCE_BYTES), aads, payloads, strict=False):
        nonce = nonces[start : start + NONCE_BYTES]
        encryptor = Cipher(algorithm, gcm(nonce)).encryptor()
        encryptor.authenticate_additional_data(header + aad)
        body = encryptor.update(dumps(values))
        encryptor.finalize()
        sealed.append(b"".join((header, nonce, body, encryptor.tag)))
    if not len(sealed) == len(aads) == len(payloads):
        msg = f"{len(aads)} rows named for {len(payloads)} payloads"
        raise ValueError(msg)
    return sealed


def unpack(keyring: Keyring, aad: bytes, sealed: bytes) -> dict[str, str]:
    """Open one record sealed by ``pack`` under the current or an older data key.

    Raises ``TamperedError`` when a single bit of it or of ``aad`` differs, or when its key is not on the
    ring.
    """
    sealed = bytes(sealed)
    if len(sealed) < OVERHEAD_BYTES or sealed[0] != FORMAT_VERSION:
        msg = "加密数据的格式不对：数据已损坏或被改动"
        raise TamperedError(msg)
    try:
        algorithm = keyring.ciphers.get(sealed[1]) or keyring.cipher(sealed[1])
    except KeyError:
        msg = f"加密数据使用的第 {sealed[1]} 号密钥不在密钥文件中"
        raise TamperedError(msg) from None
    nonce = sealed[HEADER_BYTES : HEADER_BYTES + NONCE_BYTES]
    decryptor = Cipher(algorithm, modes.GCM(nonce, sealed[-TAG_BYTES:])).decryptor()
    decryptor.authenticate_additional_data(sealed[:HEADER_BYTES] + aad)
    try:
        plain = decryptor.update(sealed[HEADER_BYTES + NONCE_BYTES : -TAG_BYTES]) + decryptor.finalize()
    except InvalidTag as error:
        msg = "加密数据未通过完整性校验：数据已被改动或移到了别的记录"
        raise TamperedError(msg) from error
    values: dict[str, str] = orjson.loads(plain)
    return values


def unpack_many(keyring: Keyring, aads: Sequence[bytes], sealed: Sequence[bytes]) -> list[dict[str, str]]:
    """Open many records, in order; raises ``TamperedError`` at the first that does not open."""
    return [unpack(keyring, aad, blob) for aad, blob in zip(aads, sealed, strict=True)]


def blind_index(keyring: Keyring, value: str) -> bytes:
    """16 bytes that are equal for equal values and say nothing else without the key. Normalise the value
    first.
    """
    code = keyring.index_state.copy()
    code.update(value.encode())
    index: bytes = code.finalize()[:INDEX_BYTES]
    return index


def blind_index_many(keyring: Keyring, values: Sequence[str | None]) -> list[bytes | None]:
    """``blind_index`` of each value; absent and empty values have none."""
    copy = keyring.index_state.copy
    indexes: list[bytes | None] = []
    append = indexes.append
    for value in values:
        if value:
            code = copy()
            code.update(value.encode())
            append(code.finalize()[:INDEX_BYTES])
        else:
            append(None)
    return indexes


def tail_index(keyring: Keyring, tail: str) -> int:
    """Index of a low-entropy value (last four digits of a phone) as a number from 0 to 2^31 − 1.

    Ten thousand tails can be tried by whoever holds the key: it is a key of its own, apart from the blind
    index.
    """
    code = keyring.tail_state.copy()
    code.update(tail.encode())
    return int.from_bytes(code.finalize()[:4], "big") & TAIL_MASK


def tail_index_many(keyring: Keyring, tails: Sequence[str | None]) -> list[int | None]:
    """``tail_index`` of each tail; absent and empty tails have none."""
    known: dict[str | None, int | None] = {None: None, "": None}
    for tail in set(tails).difference(known):
        if tail is not None:
            known[tail] = tail_index(keyring, tail)
    return [known[tail] for tail in tails]


def row_digest(keyring: Keyring, row: str) -> bytes:
    """16-byte keyed fingerprint of a row's stored text: equal rows, equal digests."""
    return row_digest_many(keyring, [row])[0]


def row_digest_many(keyring: Keyring, rows: Sequence[str]) -> list[bytes]:
    """``row_digest`` (keyed BLAKE2b, 16 bytes) of each row; tells a changed row from an unchanged one."""
    copy = keyring.digest_state.copy
    digests: list[bytes] = []
    append = digests.append
    for row in rows:
        code = copy()
        code.update(row.encode())
        append(code.digest())
    return digests
