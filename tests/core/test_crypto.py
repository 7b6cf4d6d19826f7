"""Sealed records, blind indexes and the key file, against the standards' own vectors."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from hypothesis import given
from hypothesis import strategies as st

from yizhou.core import crypto
from yizhou.core.crypto import KeyFileError, Keyring, TamperedError

AAD = b"people_person:0123456789abcdef"
VALUES = {"id_number": "339900198508011019", "phone": "13800001234", "address": "某县桃源镇𠮷村"}


@pytest.fixture
def keyring() -> Keyring:
    return Keyring.generate()


def test_sm3_vectors_of_the_standard() -> None:
    """GB/T 32905-2016 附录 A."""
    assert crypto.sm3(b"abc").hex() == "66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0"
    assert (
        crypto.sm3(b"abcd" * 16).hex() == "debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732"
    )


def test_sm4_block_vector_of_the_standard() -> None:
    """GB/T 32907-2016 附录 A.1, with the very cipher that seals records."""
    key = bytes.fromhex("0123456789abcdeffedcba9876543210")
    ring = replace(Keyring.generate(), data_keys={1: key})
    block = Cipher(ring.cipher(1), modes.ECB()).encryptor().update(key)
    assert block.hex() == "681edf34d206965e86b3e94f536e4246"


def test_sm4_gcm_vector() -> None:
    """RFC 8998 附录 A.1, through the layout of a sealed record."""
    key = bytes.fromhex("0123456789ABCDEFFEDCBA9876543210")
    nonce = bytes.fromhex("00001234567800000000ABCD")
    aad = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")
    plain = bytes.fromhex(
        "AA" * 8 + "BB" * 8 + "CC" * 8 + "DD" * 8 + "EE" * 8 + "FF" * 8 + "EE" * 8 + "AA" * 8
    )
    encryptor = Cipher(algorithms.SM4(key), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(aad)
    assert (encryptor.update(plain) + encryptor.finalize()).hex().upper() == (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
    )
    assert encryptor.tag.hex().upper() == "83DE3541E4C2B58177E065A9BF7B62EC"


def test_hmac_sm3_by_its_definition() -> None:
    key, data = b"k" * 20, "一轴".encode()
    pad = key.ljust(64, b"\0")
    inner = crypto.sm3(bytes(byte ^ 0x36 for byte in pad) + data)
    assert crypto.hmac_sm3(key, data) == crypto.sm3(bytes(byte ^ 0x5C for byte in pad) + inner)


def test_a_record_opens_as_it_was_sealed(keyring: Keyring) -> None:
    sealed = crypto.pack(keyring, AAD, VALUES)
    assert crypto.unpack(keyring, AAD, sealed) == VALUES
    assert crypto.unpack(keyring, AAD, memoryview(sealed)) == VALUES  # PostgreSQL hands out memoryviews
    assert sealed[:2] == b"\x01\x01"
    assert b"339900198508011019" not in sealed


def test_the_same_record_never_looks_the_same_twice(keyring: Keyring) -> None:
    sealed = crypto.pack_many(keyring, [AAD] * 200, [VALUES] * 200)
    assert len({blob[2:14] for blob in sealed}) == 200
    assert crypto.unpack_many(keyring, [AAD] * 200, sealed) == [VALUES] * 200


def test_every_single_bit_counts(keyring: Keyring) -> None:
    sealed = crypto.pack(keyring, AAD, {"phone": "13800001234"})
    for place in range(len(sealed) * 8):
        altered = bytearray(sealed)
        altered[place // 8] ^= 1 << place % 8
        with pytest.raises(TamperedError):
            crypto.unpack(keyring, AAD, bytes(altered))


@pytest.mark.parametrize("sealed", [b"", b"\x01\x01", b"\x01\x01" + b"\0" * 28, b"\x01" * 29])
def test_rubbish_does_not_open(keyring: Keyring, sealed: bytes) -> None:
    with pytest.raises(TamperedError):
        crypto.unpack(keyring, AAD, sealed)


def test_a_record_moved_to_another_row_does_not_open(keyring: Keyring) -> None:
    sealed = crypto.pack(keyring, b"people_person:a", VALUES)
    with pytest.raises(TamperedError, match="移到了别的记录"):
        crypto.unpack(keyring, b"people_person:b", sealed)


def test_older_keys_open_older_records(keyring: Keyring) -> None:
    sealed = crypto.pack(keyring, AAD, VALUES)
    rotated = keyring.rotated()
    newer = crypto.pack(rotated, AAD, VALUES)
    assert (sealed[1], newer[1]) == (1, 2)
    assert crypto.unpack(rotated, AAD, sealed) == crypto.unpack(rotated, AAD, newer) == VALUES
    assert crypto.blind_index(rotated, "x") == crypto.blind_index(keyring, "x")
    with pytest.raises(TamperedError, match="第 2 号密钥"):
        crypto.unpack(keyring, AAD, newer)


def test_rows_and_payloads_must_match(keyring: Keyring) -> None:
    for aads, payloads in (([AAD], [VALUES, VALUES]), ([AAD, AAD], [VALUES])):
        with pytest.raises(ValueError, match="rows named for"):
            crypto.pack_many(keyring, aads, payloads)


@given(
    st.dictionaries(
        st.text(st.characters(exclude_categories=["Cs"])), st.text(st.characters(exclude_categories=["Cs"]))
    )
)
def test_any_text_survives(values: dict[str, str]) -> None:
    ring = Keyring.generate()
    assert crypto.unpack(ring, AAD, crypto.pack(ring, AAD, values)) == values


def test_blind_index_is_hmac_sm3_cut_to_16_bytes(keyring: Keyring) -> None:
    expected = crypto.hmac_sm3(keyring.index_key, b"339900198508011019")[:16]
    assert crypto.blind_index(keyring, "339900198508011019") == expected
    assert crypto.blind_index_many(keyring, ["339900198508011019", None, "", "x"]) == [
        expected,
        None,
        None,
        crypto.blind_index(keyring, "x"),
    ]
    assert crypto.blind_index(Keyring.generate(), "339900198508011019") != expected


def test_tail_index_has_its_own_key_and_fits_an_integer_column(keyring: Keyring) -> None:
    tails = [f"{number:04}" for number in range(10_000)]
    indexes = crypto.tail_index_many(keyring, [*tails, None, ""])
    assert indexes[-2:] == [None, None]
    assert all(index is not None and 0 <= index < 2**31 for index in indexes[:-2])
    assert len(set(indexes[:-2])) > 9_990
    assert indexes[1234] == crypto.tail_index(keyring, "1234")
    expected = int.from_bytes(crypto.hmac_sm3(keyring.tail_key, b"1234")[:4], "big") & 0x7FFF_FFFF
    assert indexes[1234] == expected


def test_row_digest_is_keyed_blake2b(keyring: Keyring) -> None:
    rows = ["a|b", "a|c", "a|b"]
    digests = crypto.row_digest_many(keyring, rows)
    assert digests[0] == digests[2] != digests[1]
    expected = hashlib.blake2b(b"a|b", digest_size=16, key=keyring.digest_key).digest()
    assert digests[0] == crypto.row_digest(keyring, "a|b") == expected


def test_key_file_is_private_and_stays_the_same(tmp_path: Path) -> None:
    path = tmp_path / "home" / "keys"
    made = Keyring.load_or_create(path)
    assert path.stat().st_mode & 0o777 == 0o600
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert [entry.name for entry in path.parent.iterdir()] == ["keys"]
    again = Keyring.load_or_create(path)
    assert again == made
    assert len({made.index_key, made.tail_key, made.digest_key, made.seal_key, made.data_keys[1]}) == 5


def test_rotation_survives_in_the_file(tmp_path: Path) -> None:
    path = tmp_path / "keys"
    ring = Keyring.load_or_create(path)
    ring.rotated().save(path)
    again = Keyring.load_or_create(path)
    assert again.current == 2
    assert again.data_keys[1] == ring.data_keys[1]
    assert path.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("mode", [0o640, 0o604, 0o620, 0o644, 0o660])
def test_key_file_open_to_others_is_refused(tmp_path: Path, mode: int) -> None:
    path = tmp_path / "keys"
    Keyring.load_or_create(path)
    path.chmod(mode)
    with pytest.raises(KeyFileError, match=f"权限是 {mode:o}.*chmod 600"):
        Keyring.load_or_create(path)


def test_key_directory_writable_by_others_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "home" / "keys"
    Keyring.load_or_create(path)
    path.parent.chmod(0o777)
    with pytest.raises(KeyFileError, match="chmod 700"):
        Keyring.load_or_create(path)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: "",
        lambda text: "[]",
        lambda text: text.replace('"current": 1', '"current": 7'),
        lambda text: text.replace('"seal_key": "', '"seal_key": "00'),
        lambda text: text.replace("seal_key", "other_key"),
    ],
)
def test_damaged_key_file_is_named_and_never_replaced(tmp_path: Path, damage: object) -> None:
    path = tmp_path / "keys"
    Keyring.load_or_create(path)
    text = damage(path.read_text())  # type: ignore[operator]  # parametrised
    path.write_text(text)
    with pytest.raises(KeyFileError, match="从备份恢复"):
        Keyring.load_or_create(path)
    assert path.read_text() == text


def test_keys_do_not_show_in_repr(keyring: Keyring) -> None:
    shown = repr(keyring)
    for key in (keyring.index_key, keyring.seal_key, keyring.data_keys[1]):
        assert key.hex() not in shown
        assert repr(key) not in shown


def test_processes_that_start_at_once_agree_on_one_key_file(tmp_path: Path) -> None:
    code = (
        "import sys; from pathlib import Path; from yizhou.core.crypto import Keyring;"
        "print(Keyring.load_or_create(Path(sys.argv[1])).index_key.hex())"
    )
    command = [sys.executable, "-c", code, str(tmp_path / "home" / "keys")]
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(sys.path)}
    started = [subprocess.Popen(command, stdout=subprocess.PIPE, env=environment) for _ in range(6)]
    outputs = {process.communicate()[0] for process in started}
    assert len(outputs) == 1
    assert all(process.returncode == 0 for process in started)
