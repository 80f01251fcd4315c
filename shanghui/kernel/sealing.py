"""Sensitive text at rest: SM4-GCM with a key id, and a keyed digest (HMAC-SM3) to find an exact value.

The keys live in a file outside the database (`SEALING_KEYS`), made on first use with mode 0600. How to rotate them
is written in docs/operations.md. SM4 is GB/T 32907, SM3 GB/T 32905.
"""

from __future__ import annotations

import json
import os
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache, partial
from pathlib import Path
from typing import Any

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers import Cipher, algorithms, modes
from cryptography.hazmat.primitives.hashes import SM3
from cryptography.hazmat.primitives.hmac import HMAC
from django.conf import settings
from django.db import models


class SealBroken(Exception):
    """A sealed value cannot be opened: wrong key file, or the stored bytes were altered."""


@dataclass(frozen=True)
class Keyring:
    """`active` names the key that seals; every key in `keys` (16 bytes each) opens; `digest` finds exact values.

    `before`: digest keys that were in use until a rotation; values digested with them are found until they are dropped.
    """

    active: int
    keys: dict[int, bytes]
    digest: bytes
    before: tuple[bytes, ...] = ()


def _write(path: Path, ring: Keyring) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(
        {
            "active": ring.active,
            "keys": {str(number): key.hex() for number, key in ring.keys.items()},
            "digest": ring.digest.hex(),
            "digests_before": [key.hex() for key in ring.before],
        }
    )
    temporary = path.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    temporary.replace(path)


def _read(path: Path) -> Keyring:
    stored = json.loads(path.read_text())
    keys = {int(number): bytes.fromhex(key) for number, key in stored["keys"].items()}
    before = tuple(bytes.fromhex(key) for key in stored.get("digests_before", ()))
    return Keyring(int(stored["active"]), keys, bytes.fromhex(stored["digest"]), before)


@lru_cache(maxsize=4)
def _keyring(name: str, version: tuple[int, int]) -> Keyring:
    return _read(Path(name))


def keyring() -> Keyring:
    """The installation's keys as the file says now, so that a running process follows a rotation; made when there is none."""
    name = str(settings.SEALING_KEYS)
    try:
        file = os.stat(name)
    except FileNotFoundError:
        _write(Path(name), Keyring(1, {1: secrets.token_bytes(16)}, secrets.token_bytes(32)))
        file = os.stat(name)
    return _keyring(name, (file.st_mtime_ns, file.st_ino))


def add_key() -> int:
    """Adds a new sealing key and a new digest key and makes them the active ones; returns the number of the sealing key.

    Old keys still open old values, and old digests are still found, until `drop_old_keys`.
    """
    old = keyring()
    free: list[int] = [number for number in (*range(old.active + 1, 256), *range(1, old.active)) if number not in old.keys]
    if not free:
        raise SealBroken("a sealed value names its key in one byte: no more than 255 keys")
    ring = Keyring(free[0], {**old.keys, free[0]: secrets.token_bytes(16)}, secrets.token_bytes(32), (old.digest, *old.before))
    _write(Path(settings.SEALING_KEYS), ring)
    return free[0]


def drop_old_keys() -> list[int]:
    """Leaves only the active keys in the file; returns the numbers of those that went. What they sealed does not open any more."""
    ring = keyring()
    _write(Path(settings.SEALING_KEYS), Keyring(ring.active, {ring.active: ring.keys[ring.active]}, ring.digest))
    return sorted(ring.keys.keys() - {ring.active})


def seal(text: str, context: str) -> bytes:
    """Encrypts `text`; `context` (table.column) is bound to it, so that a value cannot be moved to another column."""
    ring = keyring()
    nonce = os.urandom(12)
    encryptor = Cipher(algorithms.SM4(ring.keys[ring.active]), modes.GCM(nonce)).encryptor()
    encryptor.authenticate_additional_data(context.encode())
    body = encryptor.update(text.encode()) + encryptor.finalize()
    return bytes([ring.active]) + nonce + encryptor.tag + body


def unseal(stored: bytes, context: str) -> str:
    """Opens what `seal` made for the same context. Raises SealBroken."""
    key = keyring().keys.get(stored[0])
    if key is None:
        raise SealBroken(f"no key {stored[0]} in the key file")
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(stored[1:13], stored[13:29])).decryptor()
    decryptor.authenticate_additional_data(context.encode())
    try:
        return (decryptor.update(stored[29:]) + decryptor.finalize()).decode()
    except InvalidTag as broken:
        raise SealBroken(context) from broken


def _digest(key: bytes, text: str) -> bytes:
    if not text:
        return b""
    mac = HMAC(key, SM3())
    mac.update(text.encode())
    return mac.finalize()[:16]


def digest(text: str) -> bytes:
    """Sixteen bytes that are equal for equal text and tell nothing without the key; blank text gives b""."""
    return _digest(keyring().digest, text)


def digester() -> Callable[[str], bytes]:
    """`digest` for many texts in a row: the keys are looked up once."""
    return partial(_digest, keyring().digest)


def digests(text: str) -> list[bytes]:
    """What the text may be found by: its digest, and those of earlier keys that a rotation has not dropped yet."""
    ring = keyring()
    return [_digest(key, text) for key in (ring.digest, *ring.before)]


class SealedField(models.BinaryField[Any, Any]):
    """Text that is encrypted in the database and plain `str` in Python; blank text is stored as empty bytes."""

    def __init__(self, *args: Any, found_by: str = "", **kwargs: Any) -> None:
        """`found_by`: the column with the digest by which an exact value is found; a rotation renews both together."""
        self.found_by = found_by
        super().__init__(*args, **kwargs)

    def _check_str_default_value(self) -> list[Any]:
        return []  # Python's side of this field is text, so a text default is right

    def context(self) -> str:
        """What the value is bound to."""
        return f"{self.model._meta.db_table}.{self.column}"

    def from_db_value(self, value: Any, expression: Any, connection: Any) -> str | None:
        if value is None:
            return None
        return unseal(bytes(value), self.context()) if value else ""

    def get_prep_value(self, value: Any) -> Any:
        if isinstance(value, str):
            return seal(value, self.context()) if value else b""
        return super().get_prep_value(value)


def mask_id_number(number: str) -> str:
    """`110105********002X`: region and the last four stay, the day of birth goes (regulations.md §8.2)."""
    return f"{number[:6]}{'*' * (len(number) - 10)}{number[-4:]}" if len(number) >= 15 else "*" * len(number)


def mask_phone(number: str) -> str:
    """`154****2048`; anything too short to mask is hidden whole."""
    return f"{number[:3]}{'*' * (len(number) - 7)}{number[-4:]}" if len(number) >= 8 else "*" * len(number)
