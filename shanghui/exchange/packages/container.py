"""The file that travels: a zip of parts, signed as a whole (Ed25519), encrypted to its receiver when asked for (HPKE, RFC 9180).

Layout: eight bytes of magic, the signer's public key (32), the signature (64), then «P» and the zip, or «E» and the zip encrypted. The signature
covers everything else, so that no byte can change unseen; a file encrypted to somebody else still tells who signed it. Knows no database.
"""

from __future__ import annotations

import io
import json
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from cryptography.exceptions import InvalidSignature, InvalidTag
from cryptography.hazmat.primitives import hpke
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PrivateKey, X25519PublicKey

from shanghui.kernel.refusals import Refused

MAGIC = b"SHPKG01\n"
KEY, SIGNATURE = 32, 64
LARGEST = 200 * 1024 * 1024
LARGEST_UNPACKED = 1024 * 1024 * 1024
_SUITE = hpke.Suite(hpke.KEM.X25519, hpke.KDF.HKDF_SHA256, hpke.AEAD.CHACHA20_POLY1305)
_PLAIN, _ENCRYPTED = b"P", b"E"
_MOMENT = (1980, 1, 1, 0, 0, 0)


class Broken(Refused):
    """The file is no package, was changed on its way, or cannot be opened here."""


@dataclass(frozen=True)
class Opened:
    """What a package holds. `signer`: the public key it is signed with, in hexadecimal."""

    signer: str
    parts: dict[str, bytes]

    def document(self, name: str) -> Any:
        """A part that is JSON. Raises Broken for one that is missing or none."""
        try:
            return json.loads(self.parts[name])
        except (KeyError, ValueError, RecursionError) as fault:
            raise Broken(f"数据包里缺少“{name}”，或者它不完整。请对方重新导出。") from fault


def pack(parts: Mapping[str, Any], key: Ed25519PrivateKey, receiver: X25519PublicKey | None = None) -> bytes:
    """The signed file of JSON documents by name; encrypted to `receiver` when one is given."""
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, document in sorted(parts.items()):
            archive.writestr(zipfile.ZipInfo(name, _MOMENT), json.dumps(document, ensure_ascii=False, sort_keys=True, default=str), zipfile.ZIP_DEFLATED)
    body = _PLAIN + written.getvalue() if receiver is None else _ENCRYPTED + _SUITE.encrypt(written.getvalue(), receiver, MAGIC)
    public = key.public_key().public_bytes_raw()
    return MAGIC + public + key.sign(MAGIC + public + body) + body


def unpack(content: bytes, key: X25519PrivateKey) -> Opened:
    """What a package holds, once its signature was verified. `key`: opens what was encrypted to us. Raises Broken."""
    signer = signer_of(content)
    return Opened(signer, _unzipped(_decrypted(content[len(MAGIC) + KEY + SIGNATURE :], key)))


def signer_of(content: bytes) -> str:
    """The public key that signed a package, in hexadecimal; nothing is opened yet. Raises Broken for what is no package, or was changed."""
    head = len(MAGIC) + KEY
    if not content.startswith(MAGIC) or len(content) <= head + SIGNATURE:
        raise Broken("这不是上报数据包（.shpkg）。请选对方平台导出的那一个文件。")
    if len(content) > LARGEST:
        raise Broken(f"数据包超过 {LARGEST // 1024 // 1024} MB。请对方分单位上报。")
    public, signature, body = content[len(MAGIC) : head], content[head : head + SIGNATURE], content[head + SIGNATURE :]
    try:
        Ed25519PublicKey.from_public_bytes(public).verify(signature, MAGIC + public + body)
    except InvalidSignature as fault:
        raise Broken("签名对不上：数据包在路上被改过，或者没有传完整。请对方重新发送原来的文件。") from fault
    return public.hex()


def _decrypted(body: bytes, key: X25519PrivateKey) -> bytes:
    if body[:1] == _PLAIN:
        return body[1:]
    try:
        return _SUITE.decrypt(body[1:], key, MAGIC)
    except (InvalidTag, ValueError) as fault:
        raise Broken("这个数据包是加密给别的单位的，本单位打不开。请核对是不是发错了。") from fault


def _unzipped(content: bytes) -> dict[str, bytes]:
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            if sum(one.file_size for one in archive.infolist()) > LARGEST_UNPACKED:
                raise Broken("数据包解开以后太大，不像是正常的上报。请与对方核对。")
            return {one.filename: archive.read(one) for one in archive.infolist()}
    except (zipfile.BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError) as fault:
        raise Broken("数据包里的内容读不出来。请对方重新导出。") from fault
