"""The key file: made on first use, readable by its owner alone, with numbered data keys so that they can be
rotated.
"""

from __future__ import annotations

import hashlib
import secrets
import stat
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import orjson
from cryptography.hazmat.primitives import hashes, hmac
from cryptography.hazmat.primitives.ciphers.algorithms import SM4

from yizhou.core.durable import make_folder, replace_file, write_once

SM4_KEY_BYTES = 16
LONG_KEY_BYTES = 32
MAX_KEY_ID = 255
DIGEST_BYTES = 16
FILE_FORMAT = 1


class KeyFileError(Exception):
    """The key file cannot be used: readable by others, damaged or incomplete. The message is Chinese, for
    the operator.
    """


@dataclass(frozen=True)
class Keyring:
    """All secrets of one installation.

    ``data_keys`` maps key id (1–255) to an SM4 key; ``current`` is the one new records are sealed with, the
    others open older records. ``index_key`` is for blind indexes, ``tail_key`` for low-entropy indexes,
    ``digest_key`` for row fingerprints, ``seal_key`` for the sealed event log. Nothing of it is shown by
    ``repr``.
    """

    current: int
    data_keys: Mapping[int, bytes] = field(repr=False)
    index_key: bytes = field(repr=False)
    tail_key: bytes = field(repr=False)
    digest_key: bytes = field(repr=False)
    seal_key: bytes = field(repr=False)
    source: Path | None = field(default=None, repr=False, compare=False)

    @classmethod
    def generate(cls) -> Keyring:
        """A new ring with fresh random keys, data key 1."""
        first, second, third, fourth = (secrets.token_bytes(LONG_KEY_BYTES) for _ in range(4))
        return cls(1, {1: secrets.token_bytes(SM4_KEY_BYTES)}, first, second, third, fourth)

    @classmethod
    def load_or_create(cls, path: Path) -> Keyring:
        """Read the key file, or make it (mode 600, directory 700) when there is none.

        Two processes that start at once agree on one file. Raises ``KeyFileError`` when group or others may
        read or write it, or when it is damaged.
        """
        if not path.exists():
            make_folder(path.parent)
            write_once(path, _dump(cls.generate()))
        _refuse_open_to_others(path)
        return _parse(path)

    def rotated(self) -> Keyring:
        """The same ring with one more data key, which becomes the current one; older records still open."""
        new = max(self.data_keys) + 1
        if new > MAX_KEY_ID:
            msg = "数据密钥编号已用到 255，请先用新密钥重新加密并清理旧密钥"
            raise KeyFileError(msg)
        return replace(
            self, current=new, data_keys={**self.data_keys, new: secrets.token_bytes(SM4_KEY_BYTES)}
        )

    def save(self, path: Path) -> None:
        """Replace the key file by this ring; readers see the old file or the new one, never half of one."""
        replace_file(path, [_dump(self)])

    def cipher(self, key_id: int) -> SM4:
        """The SM4 key of that id, ready for use; one that came to the file since it was read is fetched.

        Raises ``KeyError``.
        """
        if key_id not in self.ciphers and self.source is not None:
            self.ciphers.update(_parse(self.source).ciphers)
        return self.ciphers[key_id]

    @cached_property
    def ciphers(self) -> dict[int, SM4]:
        """SM4 keys by id, ready for use."""
        return {key_id: SM4(key) for key_id, key in self.data_keys.items()}

    @cached_property
    def index_state(self) -> hmac.HMAC:
        """HMAC-SM3 with the index key already taken in: copy it, never update it."""
        return hmac.HMAC(self.index_key, hashes.SM3())

    @cached_property
    def tail_state(self) -> hmac.HMAC:
        """HMAC-SM3 with the low-entropy key already taken in: copy it, never update it."""
        return hmac.HMAC(self.tail_key, hashes.SM3())

    @cached_property
    def digest_state(self) -> hashlib.blake2b:
        """BLAKE2b with the digest key already taken in: copy it, never update it."""
        return hashlib.blake2b(digest_size=DIGEST_BYTES, key=self.digest_key)


def _refuse_open_to_others(path: Path) -> None:
    mode = stat.S_IMODE(path.stat().st_mode)
    if mode & 0o077:
        msg = f"密钥文件 {path} 的权限是 {mode:o}，同组或其他用户能够读写；请执行 chmod 600 {path} 后再启动"
        raise KeyFileError(msg)
    folder = path.parent.stat().st_mode
    if folder & 0o022 and not folder & stat.S_ISVTX:
        msg = (
            f"密钥文件所在目录 {path.parent} 允许其他用户写入，密钥可能被替换；"
            f"请执行 chmod 700 {path.parent} 后再启动"
        )
        raise KeyFileError(msg)


def _dump(ring: Keyring) -> bytes:
    names = ("index_key", "tail_key", "digest_key", "seal_key")
    content = {
        "format": FILE_FORMAT,
        "current": ring.current,
        "data_keys": {str(key_id): key.hex() for key_id, key in ring.data_keys.items()},
        **{name: getattr(ring, name).hex() for name in names},
    }
    return orjson.dumps(content, option=orjson.OPT_INDENT_2 | orjson.OPT_APPEND_NEWLINE)


def _parse(path: Path) -> Keyring:
    try:
        content = orjson.loads(path.read_bytes())
        ring = Keyring(
            current=int(content["current"]),
            data_keys={int(key_id): bytes.fromhex(key) for key_id, key in content["data_keys"].items()},
            index_key=bytes.fromhex(content["index_key"]),
            tail_key=bytes.fromhex(content["tail_key"]),
            digest_key=bytes.fromhex(content["digest_key"]),
            seal_key=bytes.fromhex(content["seal_key"]),
            source=path,
        )
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        msg = f"密钥文件 {path} 已损坏，请从备份恢复；不要删除后重建，否则已加密的数据无法解开"
        raise KeyFileError(msg) from error
    long_keys = (ring.index_key, ring.tail_key, ring.digest_key, ring.seal_key)
    sound = (
        ring.current in ring.data_keys
        and all(
            1 <= key_id <= MAX_KEY_ID and len(key) == SM4_KEY_BYTES for key_id, key in ring.data_keys.items()
        )
        and all(len(key) == LONG_KEY_BYTES for key in long_keys)
        and len(set(long_keys)) == len(long_keys)
    )
    if not sound:
        msg = f"密钥文件 {path} 不完整或密钥长度不对，请从备份恢复"
        raise KeyFileError(msg)
    return ring
