"""Pages of packages: exchange of cards, a submission sent, received, compared, answered, its receipt entered (M46)."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, Seat
from shanghui.exchange.packages.keys import own_card
from shanghui.exchange.packages.models import Correspondent, Received, Submission
from tests.worked_city import city, neighbour

pytestmark = pytest.mark.django_db


class Installations:
    """Two key files used in turn: what the page says depends on whose they are."""

    def __init__(self, folder: Path, settings: Any) -> None:
        self._folder, self._settings = folder, settings
        self.be("upper")
        self.upper_card = json.dumps(own_card("云岭省工商联", "990000").document()).encode()
        self.be("lower")

    def be(self, name: str) -> None:
        self._settings.EXCHANGE_KEYS = str(self._folder / f"{name}.json")


@pytest.fixture
def both(tmp_path: Path, settings: Any) -> Installations:
    return Installations(tmp_path, settings)


def enter(client: Client, card: bytes, **more: str) -> None:
    answer = client.post(reverse("correspondent-new"), {"file": SimpleUploadedFile("名片.json", card)} | more)
    assert answer.status_code == 302, answer.content.decode()


def send(client: Client, both: Installations, **more: str) -> bytes:
    """A package as its file."""
    if not Correspondent.objects.filter(unit=None).exists():
        enter(client, both.upper_card, side="upper")
    values = {"unit": str(city().pk), "receiver": str(Correspondent.objects.get(unit=None).pk), "as_at": "2022-06-30", "rows": "none", "encrypted": "on"}
    address = client.post(reverse("submission-new"), values | more)["Location"]
    assert "报送" in client.get(address).content.decode()
    row = Submission.objects.latest("pk")
    client.post(reverse("submission-send", kwargs={"submission": row.pk}))
    return bytes(client.get(reverse("submission-download", kwargs={"submission": row.pk})).content)


def receive(client: Client, both: Installations, content: bytes) -> Any:
    if not Correspondent.objects.filter(unit=city()).exists():
        card = client.get(reverse("exchange-card")).content
        both.be("upper")
        enter(client, card, side="lower", unit=str(city().pk))
    both.be("upper")
    return client.post(reverse("received-new"), {"file": SimpleUploadedFile("p.shpkg", content)})


def test_from_the_draft_to_the_receipt(editor: Client, both: Installations) -> None:
    content = send(editor, both, rows="masked")

    answer = receive(editor, both, content)
    assert answer.status_code == 302
    row = Received.objects.get()
    shown = editor.get(reverse("received-package", kwargs={"received": row.pk})).content.decode()
    assert "都一样" in shown
    assert "34/40 85.0%" in shown
    behind = editor.get(reverse("received-figure", kwargs={"received": row.pk, "code": "coverage.organization"})).content.decode()
    assert behind.count("<tr>") == 35
    editor.post(reverse("received-accept", kwargs={"received": row.pk}))
    receipt = bytes(editor.get(reverse("received-receipt", kwargs={"received": row.pk})).content)

    both.be("lower")
    closed = editor.post(reverse("receipt-new"), {"file": SimpleUploadedFile("r.shpkg", receipt)})
    assert "已接收" in editor.get(closed["Location"]).content.decode()


def test_accepted_figures_stand_beside_the_ledger_with_source_and_day(editor: Client, both: Installations) -> None:
    receive(editor, both, send(editor, both))
    coverage = reverse("coverage")
    assert "下级上报的数" not in editor.get(f"{coverage}?on=2022-06-30").content.decode()

    editor.post(reverse("received-accept", kwargs={"received": Received.objects.get().pk}))

    shown = editor.get(f"{coverage}?on=2022-06-30").content.decode()
    assert "下级上报的数" in shown
    assert "2022-06-30 第1版" in shown
    assert "下级上报的数" not in editor.get(f"{coverage}?on=2022-06-29").content.decode()


def test_a_changed_file_is_refused_on_the_form_and_nothing_is_kept(editor: Client, both: Installations) -> None:
    content = bytearray(send(editor, both))
    content[-1] ^= 1

    answer = receive(editor, both, bytes(content))

    assert answer.status_code == 422
    assert "签名对不上" in answer.content.decode()
    assert not Received.objects.exists()


def test_a_package_about_a_unit_outside_ones_scope_is_refused_and_not_kept(editor: Client, both: Installations) -> None:
    content = send(editor, both)
    card = editor.get(reverse("exchange-card")).content
    both.be("upper")
    enter(editor, card, side="lower", unit=str(city().pk))
    Seat.objects.filter(user__username="editor").update(unit=neighbour())

    answer = editor.post(reverse("received-new"), {"file": SimpleUploadedFile("p.shpkg", content)})

    assert answer.status_code == 422
    assert "不在您的范围里" in answer.content.decode()
    assert not Received.objects.exists()


def test_a_return_needs_its_reason(editor: Client, both: Installations) -> None:
    receive(editor, both, send(editor, both))
    address = reverse("received-return", kwargs={"received": Received.objects.get().pk})

    assert editor.post(address, {"reason": ""}).status_code == 422
    assert editor.post(address, {"reason": "未含云东县"}).status_code == 302
    assert "未含云东县" in editor.get(reverse("received-package", kwargs={"received": Received.objects.get().pk})).content.decode()


def test_figures_without_rows_say_so(editor: Client, both: Installations) -> None:
    receive(editor, both, send(editor, both))

    shown = editor.get(reverse("received-figure", kwargs={"received": Received.objects.get().pk, "code": "members.total"})).content.decode()

    assert "只报了数字" in shown


def test_who_looked_at_people_of_a_package_is_noted(editor: Client, both: Installations) -> None:
    receive(editor, both, send(editor, both, rows="full", reason="按通知要求"))

    editor.get(reverse("received-figure", kwargs={"received": Received.objects.get().pk, "code": "members.total"}))

    assert AuditEntry.objects.filter(verb="查看上报名单").exists()


def test_full_rows_without_a_reason_are_refused(editor: Client, both: Installations) -> None:
    enter(editor, both.upper_card, side="upper")
    values = {"unit": str(city().pk), "receiver": str(Correspondent.objects.get().pk), "as_at": "2022-06-30", "rows": "full"}

    answer = editor.post(reverse("submission-new"), values)

    assert answer.status_code == 422
    assert "写明理由" in answer.content.decode()


def test_a_lower_card_needs_its_unit_and_what_is_no_card_says_so(editor: Client, both: Installations) -> None:
    card = SimpleUploadedFile("名片.json", both.upper_card)
    assert "请选它代表哪个单位" in editor.post(reverse("correspondent-new"), {"file": card, "side": "lower"}).content.decode()

    answer = editor.post(reverse("correspondent-new"), {"file": SimpleUploadedFile("a.json", b"{}"), "side": "upper"})

    assert "不是单位名片" in answer.content.decode()


def test_a_retired_partner_is_no_receiver_any_more(editor: Client, both: Installations) -> None:
    enter(editor, both.upper_card, side="upper")
    one = Correspondent.objects.get()

    editor.post(reverse("correspondent-retire", kwargs={"correspondent": one.pk}))

    assert "还没有登记上级单位" in editor.get(reverse("submission-new")).content.decode()


def test_the_office_next_door_finds_nothing(editor: Client, both: Installations) -> None:
    receive(editor, both, send(editor, both))
    row = Received.objects.get()
    Received.objects.update(unit=neighbour())
    Submission.objects.update(unit=neighbour())

    assert editor.get(reverse("received-package", kwargs={"received": row.pk})).status_code == 404
    assert editor.get(reverse("submission", kwargs={"submission": Submission.objects.get().pk})).status_code == 404
    assert editor.get(reverse("received-figure", kwargs={"received": row.pk, "code": "members.total"})).status_code == 404
