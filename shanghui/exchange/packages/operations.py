"""What can happen between two installations: a card entered, a submission drafted, checked and sent, a package taken and answered (M46)."""

from __future__ import annotations

import hashlib
import uuid
from datetime import date, datetime
from typing import Any

from cryptography.hazmat.primitives.asymmetric.x25519 import X25519PublicKey
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import transaction
from django.utils.timezone import localtime

from shanghui.access.audit import Journal
from shanghui.access.models import AuditEntry, Unit, User
from shanghui.access.scope import Scope
from shanghui.exchange.packages.checks import remarks_on
from shanghui.exchange.packages.container import Broken, pack, unpack
from shanghui.exchange.packages.contents import parts_of
from shanghui.exchange.packages.keys import Card, own_card, own_keys
from shanghui.exchange.packages.models import Correspondent, Got, Received, Rows, Sent, Submission
from shanghui.exchange.packages.verifying import NotBelieved, Verified, verify
from shanghui.indicators.models import Snapshot, SnapshotFigure
from shanghui.indicators.snapshots import take_snapshot
from shanghui.kernel.refusals import Refused

RECEIPT = "receipt.json"


@transaction.atomic
def enter_card(*, card: Card, unit: Unit | None, by: User | None, at: datetime, on: date) -> Correspondent:
    """Another installation by its card: one that reports for `unit`, or, with None, one that we report to. Raises Refused."""
    if card.signing == own_keys().signing.public_key().public_bytes_raw().hex():
        raise Refused("这是本单位自己的名片。请登记对方发来的那一张。")
    if Correspondent.objects.filter(signing=card.signing, until=None).exists():
        raise Refused(f"“{card.name}”的这张名片已经登记过了。")
    journal = Journal(by=by, at=at, verb="登记名片")
    made = journal.create(Correspondent(
        name=card.name, code=card.code, signing=card.signing, sealing=card.sealing, unit=unit, since=on, added_by=by
    ))
    journal.close(made, unit)
    return made


@transaction.atomic
def retire_card(*, correspondent: Correspondent, by: User | None, at: datetime, on: date) -> None:
    """From `on` nothing is taken from it or sent to it any more."""
    journal = Journal(by=by, at=at, verb="停用名片")
    journal.change(correspondent, until=on)
    journal.close(correspondent, correspondent.unit)


@transaction.atomic
def draft_submission(
    *, unit: Unit, receiver: Correspondent, as_at: date, rows: Rows, reason: str = "", encrypted: bool = True, by: User | None, at: datetime
) -> Submission:
    """A new version of a unit's figures as at a day for a receiver. Raises Refused while another version is not sent yet."""
    if receiver.until is not None or not receiver.is_upper:
        raise Refused(f"“{receiver.name}”不是可以报送的上级单位，或者名片已经停用。")
    if as_at > localtime(at).date():
        raise Refused(f"截止日期{as_at}还没有到，数字还会变。请到那一天以后再报。")
    if rows == Rows.FULL and not reason.strip():
        raise Refused("报送完整名单，请写明理由和依据。")
    earlier = Submission.objects.filter(unit=unit, receiver=receiver, as_at=as_at).order_by("-version").first()
    if earlier is not None and earlier.state in (Sent.DRAFT, Sent.CHECKED):
        raise Refused(f"{as_at}的第{earlier.version}版还没有报送。请先报送或删去那一版。")
    journal = Journal(by=by, at=at, verb="拟稿上报")
    made = journal.create(Submission(
        unit=unit, receiver=receiver, as_at=as_at, rows=rows, reason=reason.strip() if rows == Rows.FULL else "", encrypted=encrypted,
        version=(earlier.version if earlier else 0) + 1, package=str(uuid.uuid4()), made_at=at, made_by=by,
    ))
    journal.close(made, unit)
    return made


@transaction.atomic
def check_submission(*, submission: Submission, by: User | None, at: datetime) -> Submission:
    """Takes the figures as they stand, and writes down what should be looked at before they go up."""
    row = _locked(submission, Sent.DRAFT, Sent.CHECKED)
    snapshot = take_snapshot(unit=row.unit, day=row.as_at, by=by, at=at)
    journal = Journal(by=by, at=at, verb="核验上报")
    journal.change(row, snapshot_id=snapshot.pk, remarks=remarks_on(row, snapshot), state=Sent.CHECKED.value)
    journal.close(row, row.unit)
    return row


@transaction.atomic
def send_submission(*, submission: Submission, sender: Card, by: User | None, at: datetime) -> Submission:
    """Signs the checked figures into one file that travels. Raises Refused when the ledger has changed since the check."""
    row = _locked(submission, Sent.CHECKED)
    assert row.snapshot is not None
    since = AuditEntry.objects.filter(pk__gt=row.snapshot.last_entry).exclude(changes=[]).exclude(subject_table__startswith="exchange_")
    if since.exclude(subject_table__startswith="reports_").exists():
        raise Refused("核验以后台账又有改动。请再核验一次，看过意见再报送。")
    receiver = X25519PublicKey.from_public_bytes(bytes.fromhex(row.receiver.sealing)) if row.encrypted else None
    content = pack(parts_of(row, sender, at), own_keys().signing, receiver)
    journal = Journal(by=by, at=at, verb="报送", reason=row.reason)
    journal.change(
        row, state=Sent.SENT.value, sent_at=at, sent_by_id=by.pk if by else None, **_put_away(content, "packages/sent", at)
    )
    journal.close(row, row.unit)
    return row


@transaction.atomic
def drop_submission(*, submission: Submission, by: User | None, at: datetime) -> None:
    """Removes a version that was not sent. Raises Refused."""
    row = _locked(submission, Sent.DRAFT, Sent.CHECKED)
    journal = Journal(by=by, at=at, verb="删除上报稿")
    journal.delete(row)
    journal.close(submission, row.unit)


@transaction.atomic
def take_package(*, content: bytes, by: User | None, at: datetime, today: date, scope: Scope | None = None) -> Received:
    """Verifies a package and keeps it with its figures; nothing of the ledger changes. `scope`: what its unit must lie in.

    Raises Broken, NotBelieved, Refused; then nothing is kept.
    """
    found = verify(content, at=at, today=today)
    if scope is not None and not scope.contains(found.unit.pk):
        raise Refused("这份上报关于的单位不在您的范围里，没有收下。请交给管这个单位的办公室接收。")
    snapshot = Snapshot.objects.create(unit=found.unit, as_at=found.as_at, taken_at=found.made_at, taken_by=None)
    SnapshotFigure.objects.bulk_create(_figures(found, snapshot))
    journal = Journal(by=by, at=at, verb="收到上报")
    made = journal.create(Received(
        sender=found.sender, unit=found.unit, package=found.package, version=found.version, as_at=found.as_at, rows=found.rows,
        made_at=found.made_at, snapshot=snapshot, received_at=at, received_by=by, **_put_away(content, "packages/received", at),
    ))
    journal.close(made, found.unit)
    return made


def _figures(found: Verified, snapshot: Snapshot) -> list[SnapshotFigure]:
    return [
        SnapshotFigure(
            snapshot=snapshot, code=one["code"][:60], title=one["title"][:60], unit_of_count=one["unit"][:10], numerator=one["numerator"],
            denominator=one["denominator"],
        )
        for one in found.nodes[0]["figures"]
    ]


@transaction.atomic
def answer_package(*, received: Received, accept: bool, reason: str = "", by: User | None, at: datetime) -> Received:
    """Accepts a package (an accepted earlier version of the same day is then corrected) or returns it with a reason. Raises Refused."""
    row = Received.objects.select_for_update(of=("self",)).select_related("unit", "sender").get(pk=received.pk)
    if row.state != Got.RECEIVED:
        raise Refused(f"这一版已经答复过了（{row.get_state_display()}）。")
    if not accept and not reason.strip():
        raise Refused("退回要写明原因，对方才知道改什么。")
    journal = Journal(by=by, at=at, verb="接收上报" if accept else "退回上报", reason=reason.strip())
    if accept:
        for earlier in Received.objects.filter(unit=row.unit, as_at=row.as_at, state=Got.ACCEPTED):
            journal.change(earlier, state=Got.CORRECTED.value)
    state = Got.ACCEPTED if accept else Got.RETURNED
    journal.change(row, state=state.value, answered_at=at, answered_by_id=by.pk if by else None, answer=reason.strip())
    journal.close(row, row.unit)
    return row


def receipt_of(received: Received) -> bytes:
    """The signed receipt of an answered package, a file for the sender."""
    document = {
        "package": str(received.package), "state": received.state, "reason": received.answer, "sha256": received.sha256,
        "at": received.answered_at.isoformat() if received.answered_at else "",
    }
    return pack({RECEIPT: document}, own_keys().signing, X25519PublicKey.from_public_bytes(bytes.fromhex(received.sender.sealing)))


@transaction.atomic
def take_receipt(*, content: bytes, by: User | None, at: datetime) -> Submission:
    """What the receiver answered to a submission. Raises Broken, NotBelieved."""
    opened = unpack(content, own_keys().sealing)
    document: dict[str, Any] = opened.document(RECEIPT)
    row = Submission.objects.filter(package=str(document.get("package")), receiver__signing=opened.signer).select_related("unit").first()
    if row is None or row.sha256 != document.get("sha256"):
        raise NotBelieved("这不是本单位报送的数据的回执，或者不是收件单位签名的。")
    if row.state not in (Sent.SENT, Sent.RETURNED):
        raise NotBelieved(f"这一版的回执已经登记过了（{row.get_state_display()}）。")
    if document["state"] not in (Got.ACCEPTED, Got.RETURNED, Got.CORRECTED):
        raise Broken("回执里没有答复。请对方重新导出。")
    journal = Journal(by=by, at=at, verb="登记回执")
    if document["state"] != Got.RETURNED:
        for earlier in Submission.objects.filter(unit=row.unit, receiver=row.receiver, as_at=row.as_at, state=Sent.ACCEPTED):
            journal.change(earlier, state=Sent.CORRECTED.value)
    state = Sent.RETURNED if document["state"] == Got.RETURNED else Sent.ACCEPTED
    journal.change(row, state=state.value, answered_at=at, answer=str(document.get("reason", ""))[:300])
    journal.close(row, row.unit)
    return row


def card_of(unit: Unit) -> Card:
    """The card of this installation, in the name of a federation of ours."""
    return own_card(unit.name, unit.code)


def _locked(submission: Submission, *states: Sent) -> Submission:
    row = Submission.objects.select_for_update(of=("self",)).select_related("unit", "receiver", "snapshot").get(pk=submission.pk)
    if row.state not in states:
        raise Refused(f"这一版已经是“{row.get_state_display()}”，不能再这样做。要改，请另拟一版。")
    return row


def _put_away(content: bytes, folder: str, at: datetime) -> dict[str, Any]:
    stored = default_storage.save(f"{folder}/{localtime(at):%Y/%m}/{uuid.uuid4().hex}.shpkg", ContentFile(content))
    return {"size": len(content), "sha256": hashlib.sha256(content).hexdigest(), "stored": stored}
