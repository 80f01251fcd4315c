"""The installation's own keys, in a file outside the database, and the card by which others know it.

The card (a small JSON file) carries the public keys only. Its fingerprint is read out over the telephone before a card is believed.
"""

from __future__ import annotations

import hashlib
import json
import os
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey
from django.conf import settings

from shanghui.kernel.refusals import Refused

FORMAT = "shanghui-card-1"


class NotACard(Refused):
    """The file is no card of an installation."""


@dataclass(frozen=True)
class Keys:
    """`signing` signs what we send; `sealing` opens what was encrypted to us."""

    signing: Ed25519PrivateKey
    sealing: X25519PrivateKey


@dataclass(frozen=True)
class Card:
    """Who an installation is, and its public keys in hexadecimal."""

    name: str
    code: str
    signing: str
    sealing: str

    def document(self) -> dict[str, str]:
        """As the file holds it."""
        return {"format": FORMAT, "name": self.name, "code": self.code, "signing": self.signing, "sealing": self.sealing}


def own_keys() -> Keys:
    """The keys of this installation; the file (mode 0600) is made when there is none."""
    path = Path(settings.EXCHANGE_KEYS)
    if not path.exists():
        _write(path, Keys(Ed25519PrivateKey.generate(), X25519PrivateKey.generate()))
    stored = json.loads(path.read_text())
    return Keys(
        Ed25519PrivateKey.from_private_bytes(bytes.fromhex(stored["signing"])), X25519PrivateKey.from_private_bytes(bytes.fromhex(stored["sealing"]))
    )


def _write(path: Path, keys: Keys) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"signing": keys.signing.private_bytes_raw().hex(), "sealing": keys.sealing.private_bytes_raw().hex()})
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as file:
        file.write(text)


def own_card(name: str, code: str) -> Card:
    """The card of this installation under the name and code of its uppermost federation."""
    keys = own_keys()
    return Card(name, code, keys.signing.public_key().public_bytes_raw().hex(), keys.sealing.public_key().public_bytes_raw().hex())


def read_card(content: bytes) -> Card:
    """A card from its file. Raises NotACard."""
    try:
        document: dict[str, Any] = json.loads(content.decode("utf-8-sig"))
        name, code = (text.strip() if isinstance(text, str) and text.isprintable() else "" for text in (document["name"], document["code"]))
        signing, sealing = bytes.fromhex(document["signing"]), bytes.fromhex(document["sealing"])
        known = document["format"] == FORMAT
        Ed25519PublicKey.from_public_bytes(signing)
        X25519PublicKey.from_public_bytes(sealing)
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError) as fault:
        raise NotACard("这不是单位名片文件。请对方在“上报 → 本单位名片”里下载后发来。") from fault
    card = Card(name[:100], code[:20], signing.hex(), sealing.hex())
    if not known or not card.name:
        raise NotACard("这张名片的格式不认识。请双方都升级到同一版本。")
    return card


def fingerprint(signing: str) -> str:
    """Sixteen digits in groups of four by which two people compare a key over the telephone."""
    number = int.from_bytes(hashlib.sha256(bytes.fromhex(signing)).digest()[:8], "big") % 10**16
    text = f"{number:016d}"
    return " ".join(text[place : place + 4] for place in range(0, 16, 4))
