"""Whether a received package may be believed: who signed it, for whom, about whom, when, and whether it says one thing only (M46)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from shanghui.access.models import Unit, UnitKind
from shanghui.access.scope import whole
from shanghui.exchange.packages.container import Broken, Opened, signer_of, unpack
from shanghui.exchange.packages.contents import FIGURES, FORMAT, MANIFEST, ROWS
from shanghui.exchange.packages.keys import fingerprint, own_keys
from shanghui.exchange.packages.models import Correspondent, Got, Received, Rows
from shanghui.indicators.registry import registry
from shanghui.kernel.refusals import Refused

AHEAD = timedelta(minutes=10)
"""How far the clock of another machine may be ahead of ours."""
LARGEST = 2**31 - 1
"""The largest number that a figure is kept as."""


class NotBelieved(Refused):
    """The package is whole, and is not accepted: an unknown signer, another receiver, seen before, outdated, from the future."""


@dataclass(frozen=True)
class Verified:
    """A package that may be believed. `nodes`: the unit's figures, then those of the federations below it."""

    sender: Correspondent
    unit: Unit
    package: str
    version: int
    as_at: date
    made_at: datetime
    rows: str
    definitions: Mapping[str, str]
    nodes: list[dict[str, Any]]
    opened: Opened


def verify(content: bytes, *, at: datetime, today: date) -> Verified:
    """The package of a file. Raises Broken for one that was changed or cannot be read, NotBelieved with the reason otherwise."""
    sender = _sender(signer_of(content), today)  # before anything of a stranger is unpacked
    opened = unpack(content, own_keys().sealing)
    manifest = opened.document(MANIFEST)
    if not isinstance(manifest, dict) or manifest.get("format") != FORMAT:
        raise NotBelieved("数据包的格式与本平台不同版本。请双方都升级到同一版本。")
    try:
        found = Verified(
            sender, _unit(manifest["unit"], sender, date.fromisoformat(manifest["as_at"])), str(UUID(manifest["package"])), int(manifest["version"]),
            date.fromisoformat(manifest["as_at"]), datetime.fromisoformat(manifest["made_at"]), str(Rows(manifest["rows"])),
            dict(manifest["definitions"]), list(opened.document(FIGURES)["nodes"]), opened,
        )
        receiver, ahead = manifest["to"]["signing"], found.made_at - at
        _refuse_shapeless(found)
    except (KeyError, TypeError, ValueError, AttributeError) as fault:
        raise Broken("数据包里的说明不完整。请对方升级后重新导出。") from fault
    if receiver != own_keys().signing.public_key().public_bytes_raw().hex():
        raise NotBelieved("这个数据包是报给别的单位的，不是报给本单位的。请退回对方核对。")
    if ahead > AHEAD or found.as_at > today:
        raise NotBelieved("数据包的日期在今天以后。请对方核对电脑的时间和截止日期。")
    _refuse_seen(found)
    for contradiction in contradictions(found):
        raise Broken(contradiction)
    return found


def _sender(signer: str, today: date) -> Correspondent:
    """Who signed it, among those whose card was entered and holds today."""
    known = Correspondent.objects.filter(signing=signer, unit__isnull=False).select_related("unit").order_by("-since")
    for one in known:
        if one.until is None or today < one.until:
            return one
    if known:
        raise NotBelieved(f"“{known[0].name}”的名片已经停用，不再接收它签名的数据。对方换了密钥的，请先登记新的名片。")
    if signer == own_keys().signing.public_key().public_bytes_raw().hex():
        raise NotBelieved("这是本单位自己签名的文件，不是下级报来的。请选对方发来的那一个文件。")
    above = Correspondent.objects.filter(signing=signer, until=None).first()
    if above is not None:
        raise NotBelieved(f"这是“{above.name}”签名的文件，它是我们报送的上级：是回执的，请到“登记回执”里登记。")
    raise NotBelieved(f"签名人没有在本平台登记过（指纹 {fingerprint(signer)}）。请先登记对方的名片，并打电话核对指纹。")


def _unit(about: Mapping[str, str], sender: Correspondent, day: date) -> Unit:
    """The federation it is about: the sender's own, or one below it."""
    assert sender.unit_id is not None
    scope = whole(day).under(sender.unit_id)
    found = scope.units().filter(kind=UnitKind.FEDERATION, code=about["code"]).exclude(code="").first()
    if found is None:
        raise NotBelieved(f"“{sender.name}”不能代报“{about['name']}”：截至{day}，它不在“{sender.unit}”下面。")
    return found


def _refuse_shapeless(found: Verified) -> None:
    """Raises ValueError, TypeError, KeyError for figures or rows that are not written as ours are: nothing later has to ask again."""
    for node in found.nodes:
        for one in node["figures"]:
            words, counts = (node["name"], one["code"], one["title"], one["unit"]), (one["numerator"], one["denominator"] or 0)
            if not all(type(word) is str for word in words) or not all(type(count) is int and -LARGEST <= count <= LARGEST for count in counts):
                raise ValueError(one)
    if not 0 < found.version <= LARGEST:
        raise ValueError(found.version)
    if found.rows == Rows.NONE:
        return
    rows = found.opened.document(ROWS)
    for behind in rows["behind"].values():
        if not all(type(behind[part]) is list for part in ("numerator", "denominator")):
            raise ValueError(behind)
    for table in rows["tables"].values():
        if any(len(row) != len(table["columns"]) + 1 for row in table["rows"]):
            raise ValueError(table["columns"])


def _refuse_seen(found: Verified) -> None:
    before = Received.objects.filter(package=found.package).first()
    if before is not None:
        todo = "，正等您答复" if before.state == Got.RECEIVED else ""
        raise NotBelieved(f"这个数据包以前收过了（第{before.version}版，{before.get_state_display()}{todo}），不重复接收。请在“收到的上报”里看。")
    later = Received.objects.filter(unit=found.unit, as_at=found.as_at, version__gte=found.version).order_by("-version").first()
    if later is not None:
        raise NotBelieved(f"已经收到过“{found.unit}”{found.as_at}的第{later.version}版，这是第{found.version}版，过时了。")


def contradictions(found: Verified) -> Iterator[str]:
    """What in the package does not agree with itself: a part larger than its whole, a figure without its rows."""
    behind = found.opened.document(ROWS)["behind"] if found.rows != Rows.NONE else {}
    seen = set()
    for one in found.nodes[0]["figures"] if found.nodes else ():
        whole_of = one["denominator"]
        if one["code"] in seen or one["numerator"] < 0 or (whole_of is not None and not 0 <= one["numerator"] <= whole_of):
            yield f"“{one['title']}”自相矛盾：{one['numerator']}/{whole_of}。请对方核对后重新报送。"
        seen.add(one["code"])
        keys, about = behind.get(one["code"]), registry.get(one["code"])
        if keys is not None and about is not None and not about.total and len(keys["numerator"]) != one["numerator"]:
            yield f"“{one['title']}”是{one['numerator']}，名单却有{len(keys['numerator'])}条。请对方核对后重新报送。"
    if not seen:
        yield "数据包里没有任何数字。请对方重新导出。"
