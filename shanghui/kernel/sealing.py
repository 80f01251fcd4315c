"""Sensitive text at rest: SM4-GCM with a key id, and a keyed digest (HMAC-SM3) to find an exact value.

The keys live in a file outside the database (`SEALING_KEYS`), made on first use with mode 0600. How to rotate them
is written in docs/operations.md. SM4 is GB/T 32907, SM3 GB/T 32905.
"""

from __future__ import annotations

import json
import os
import secrets
from dataclasses import dataclass
from functools import lru_cache
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
    """`active` names the key that seals; every key in `keys` (16 bytes each) opens; `digest` finds exact values."""

    active: int
    keys: dict[int, bytes]
    digest: bytes


def _write(path: Path, ring: Keyring) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps(
        {
            "active": ring.active,
            "keys": {str(number): key.hex() for number, key in ring.keys.items()},
            "digest": ring.digest.hex(),
        }
    )
    temporary = path.with_suffix(f".{os.getpid()}.new")
    with os.fdopen(os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
        file.write(text)
    temporary.replace(path)


def _read(path: Path) -> Keyring:
    stored = json.loads(path.read_text())
    keys = {int(number): bytes.fromhex(key) for number, key in stored["keys"].items()}
    return Keyring(int(stored["active"]), keys, bytes.fromhex(stored["digest"]))


@lru_cache(maxsize=4)
def _keyring(name: str) -> Keyring:
    path = Path(name)
    if not path.exists():
        _write(path, Keyring(1, {1: secrets.token_bytes(16)}, secrets.token_bytes(32)))
    return _read(path)


def keyring() -> Keyring:
    """The installation's keys; the file is made when there is none."""
    return _keyring(str(settings.SEALING_KEYS))


def add_key() -> int:
    """Adds a new sealing key and makes it the active one; returns its number. Old keys still open old values."""
    path = Path(settings.SEALING_KEYS)
    old = keyring()
    number = max(old.keys) + 1
    if number > 255:
        raise SealBroken("a sealed value names its key in one byte: no more than 255 keys")
    _write(path, Keyring(number, {**old.keys, number: secrets.token_bytes(16)}, old.digest))
    _keyring.cache_clear()
    return number


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
    if key is None:  # added by another process since this one read the file
        _keyring.cache_clear()
        key = keyring().keys.get(stored[0])
    if key is None:
        raise SealBroken(f"no key {stored[0]} in the key file")
    decryptor = Cipher(algorithms.SM4(key), modes.GCM(stored[1:13], stored[13:29])).decryptor()
    decryptor.authenticate_additional_data(context.encode())
    try:
        return (decryptor.update(stored[29:]) + decryptor.finalize()).decode()
    except InvalidTag as broken:
        raise SealBroken(context) from broken


def digest(text: str) -> bytes:
    """Sixteen bytes that are equal for equal text and tell nothing without the key; blank text gives b""."""
    if not text:
        return b""
    mac = HMAC(keyring().digest, SM3())
    mac.update(text.encode())
    return mac.finalize()[:16]


class SealedField(models.BinaryField[Any, Any]):
    """Text that is encrypted in the database and plain `str` in Python; blank text is stored as empty bytes."""

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
