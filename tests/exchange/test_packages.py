"""From a city to its province by one signed file: believed only when whole, ours, new and timely; answered by a receipt (M46)."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.core.files.storage import default_storage
from django.core.management import CommandError, call_command

from shanghui.access.scope import whole
from shanghui.exchange.packages import contents, verifying
from shanghui.exchange.packages.container import Broken, pack, unpack
from shanghui.exchange.packages.contents import FIGURES, MANIFEST, ROWS, parts_of
from shanghui.exchange.packages.keys import NotACard, own_card, own_keys, read_card
from shanghui.exchange.packages.models import Correspondent, Got, Received, Rows, Sent, Submission
from shanghui.exchange.packages.operations import (
    answer_package,
    card_of,
    check_submission,
    draft_submission,
    drop_submission,
    enter_card,
    receipt_of,
    retire_card,
    send_submission,
    take_package,
    take_receipt,
)
from shanghui.exchange.packages.queries import accepted_at, differences, rows_behind
from shanghui.exchange.packages.verifying import NotBelieved
from shanghui.indicators.queries import figures
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Coverage
from shanghui.ledger.organizations.operations import end_fact
from tests.worked_city import AT, HALF_YEAR, TODAY, city, neighbour

pytestmark = pytest.mark.django_db


class Both:
    """A lower and an upper installation in one database, told apart by their keys."""

    def __init__(self, folder: Path, settings: Any) -> None:
        self._folder, self._settings = folder, settings
        with self.upper():
            upper_card = own_card("云岭省工商联", "990000")
        with self.lower():
            self.receiver = enter_card(card=upper_card, unit=None, by=None, at=AT, on=TODAY)
            self.card = card_of(city())
        with self.upper():
            self.sender = enter_card(card=self.card, unit=city(), by=None, at=AT, on=TODAY)

    @contextmanager
    def _keys(self, name: str) -> Iterator[None]:
        before = self._settings.EXCHANGE_KEYS
        self._settings.EXCHANGE_KEYS = str(self._folder / f"{name}.json")
        yield
        self._settings.EXCHANGE_KEYS = before

    def lower(self) -> Any:
        return self._keys("lower")

    def upper(self) -> Any:
        return self._keys("upper")

    def submission(self, **more: Any) -> Submission:
        with self.lower():
            drafted = draft_submission(**{"unit": city(), "receiver": self.receiver, "as_at": HALF_YEAR, "rows": Rows.NONE, "by": None, "at": AT} | more)
            checked = check_submission(submission=drafted, by=None, at=AT)
            return send_submission(submission=checked, sender=self.card, by=None, at=AT)

    def take(self, content: bytes, at: Any = AT) -> Received:
        with self.upper():
            return take_package(content=content, by=None, at=at, today=TODAY)

    def repacked(self, change: Callable[[dict[str, Any]], None], key: Ed25519PrivateKey | None = None, **more: Any) -> bytes:
        """A package whose documents were changed before it was signed."""
        sent = self.submission(encrypted=False, **more)
        with self.lower():
            opened = unpack(file_of(sent), own_keys().sealing)
            parts = {name: opened.document(name) for name in opened.parts}
            change(parts)
            return pack(parts, key or own_keys().signing)


def file_of(row: Submission | Received) -> bytes:
    with default_storage.open(row.stored) as file:
        return bytes(file.read())


@pytest.fixture
def both(tmp_path: Path, settings: Any) -> Both:
    return Both(tmp_path, settings)


def test_what_the_city_counts_arrives_verified_and_is_accepted_and_the_receipt_closes_it(both: Both) -> None:
    sent = both.submission()

    got = both.take(file_of(sent))
    with both.upper():
        answered = answer_package(received=got, accept=True, by=None, at=AT)
        receipt = receipt_of(answered)
    with both.lower():
        closed = take_receipt(content=receipt, by=None, at=AT)

    kept = {one.code: (one.numerator, one.denominator) for one in got.snapshot.figures.all()}
    live = figures(whole(HALF_YEAR).under(city()), HALF_YEAR)
    assert kept == {code: (one.numerator, one.denominator) for code, one in live.items()}
    assert kept["coverage.organization"] == (34, 40)
    assert (answered.state, closed.state) == (Got.ACCEPTED, Sent.ACCEPTED)


def test_the_rows_behind_every_figure_travel_when_asked_for_and_are_as_many_as_the_figure(both: Both) -> None:
    got = both.take(file_of(both.submission(rows=Rows.MASKED)))

    with both.upper():
        rows = unpack(file_of(got), own_keys().sealing).document(ROWS)
    counted = dict(got.snapshot.figures.values_list("code", "numerator"))
    assert len(rows["behind"]["coverage.organization"]["numerator"]) == counted["coverage.organization"] == 34
    names = {row[0] for row in rows["tables"]["chambers"]["rows"]}
    assert set(rows["behind"]["coverage.organization"]["numerator"]) <= names
    people = rows["tables"]["people"]
    assert all("*" in row[1 + people["columns"].index("姓名")] for row in people["rows"])
    assert not {"公民身份号码", "联系电话", "出生年月", "学历"} & set(people["columns"])


def test_full_rows_need_a_reason_and_never_carry_numbers_of_people(both: Both) -> None:
    with pytest.raises(Refused, match="写明理由"):
        both.submission(rows=Rows.FULL)

    sent = both.submission(rows=Rows.FULL, reason="按省工商联通知要求")

    with both.lower():
        people = parts_of(sent, both.card, AT)[ROWS]["tables"]["people"]
    assert not any("*" in str(row[1]) for row in people["rows"])
    assert not {"公民身份号码", "联系电话", "备注"} & set(people["columns"])


@pytest.mark.parametrize("place", [0, 9, 45, 110, 3000, -1])
@pytest.mark.parametrize("encrypted", [True, False])
def test_one_byte_changed_anywhere_is_refused(both: Both, place: int, encrypted: bool) -> None:
    content = bytearray(file_of(both.submission(encrypted=encrypted)))
    content[place] ^= 1

    with pytest.raises(Broken):
        both.take(bytes(content))

    assert not Received.objects.exists()


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"SHPKG01\n", b"SHPKG01\n" + b"\0" * 200])
def test_what_is_no_package_says_so(both: Both, content: bytes) -> None:
    with pytest.raises((Broken, NotBelieved)):
        both.take(content)


def test_a_package_cut_short_is_refused(both: Both) -> None:
    with pytest.raises(Broken, match="没有传完整"):
        both.take(file_of(both.submission())[:-100])


def test_an_unknown_signer_is_named_by_its_fingerprint(both: Both) -> None:
    content = both.repacked(lambda parts: None, key=Ed25519PrivateKey.generate())

    with pytest.raises(NotBelieved, match=r"没有在本平台登记过（指纹 \d{4} \d{4}"):
        both.take(content)


def test_a_retired_card_is_not_believed_any_more(both: Both) -> None:
    content = file_of(both.submission())
    retire_card(correspondent=both.sender, by=None, at=AT, on=TODAY)

    with pytest.raises(NotBelieved, match="已经停用"):
        both.take(content)


def test_a_package_of_another_format_says_so_before_anything_else_of_it_is_read(both: Both) -> None:
    with pytest.raises(NotBelieved, match="升级到同一版本"):
        both.take(both.repacked(lambda parts: parts.update({MANIFEST: {"format": 2}})))


def test_nothing_of_a_stranger_is_unpacked(both: Both, monkeypatch: pytest.MonkeyPatch) -> None:
    content = both.repacked(lambda parts: None, key=Ed25519PrivateKey.generate())
    monkeypatch.setattr(verifying, "unpack", lambda *args: pytest.fail("unpacked"))

    with pytest.raises(NotBelieved, match="没有在本平台登记过"):
        both.take(content)


def test_a_package_for_another_receiver_is_refused_encrypted_or_not(both: Both) -> None:
    other = own_card("别省工商联", "980000")
    receiver = Correspondent.objects.create(name=other.name, code=other.code, signing=other.signing, sealing=other.sealing, since=TODAY)

    with pytest.raises(Broken, match="加密给别的单位"):
        both.take(file_of(both.submission(receiver=receiver)))
    with pytest.raises(NotBelieved, match="报给别的单位"):
        both.take(file_of(both.submission(receiver=receiver, encrypted=False, as_at=date(2022, 3, 31))))


def test_the_same_package_again_is_refused(both: Both) -> None:
    content = file_of(both.submission())
    both.take(content)

    with pytest.raises(NotBelieved, match="以前收过"):
        both.take(content)


def test_an_earlier_version_after_a_later_one_is_outdated(both: Both) -> None:
    first = file_of(both.submission())
    second = file_of(both.submission())
    assert both.take(second).version == 2

    with pytest.raises(NotBelieved, match="第1版，过时"):
        both.take(first)


def test_a_package_from_the_future_is_refused(both: Both) -> None:
    with pytest.raises(NotBelieved, match="今天以后"):
        both.take(file_of(both.submission()), at=AT - timedelta(hours=1))


def test_a_sender_cannot_report_for_a_unit_that_is_not_below_it(both: Both) -> None:
    def elsewhere(parts: dict[str, Any]) -> None:
        parts[MANIFEST]["unit"] = {"name": neighbour().name, "code": neighbour().code}

    with pytest.raises(NotBelieved, match="不能代报"):
        both.take(both.repacked(elsewhere))


def _larger_than_the_whole(parts: dict[str, Any]) -> None:
    one = next(one for one in parts[FIGURES]["nodes"][0]["figures"] if one["code"] == "coverage.organization")
    one["numerator"] = one["denominator"] + 1


def _without_a_row(parts: dict[str, Any]) -> None:
    parts[ROWS]["behind"]["coverage.organization"]["numerator"].pop()


def _without_figures(parts: dict[str, Any]) -> None:
    parts[FIGURES] = {"nodes": []}


def _without_a_date(parts: dict[str, Any]) -> None:
    del parts[MANIFEST]["as_at"]


def _in_manifest(**changes: Any) -> Callable[[dict[str, Any]], None]:
    return lambda parts: parts[MANIFEST].update(changes)


def _in_figure(node: int, **changes: Any) -> Callable[[dict[str, Any]], None]:
    def change(parts: dict[str, Any]) -> None:
        nodes = parts[FIGURES]["nodes"]
        if node == len(nodes):
            nodes.append({"name": "云泽区", "code": "990299", "figures": [dict(nodes[0]["figures"][0])]})
        nodes[node]["figures"][0].update(changes)

    return change


def _without_a_column(parts: dict[str, Any]) -> None:
    parts[ROWS]["tables"]["chambers"]["columns"].pop()


@pytest.mark.parametrize(("change", "said"), [
    (_larger_than_the_whole, "自相矛盾"), (_without_a_row, "名单却有33条"), (_without_figures, "没有任何数字"), (_without_a_date, "不完整"),
    (_in_manifest(package=7), "不完整"), (_in_manifest(version=-1), "不完整"), (_in_manifest(unit="云泽"), "不完整"), (_in_manifest(rows="all"), "不完整"),
    (_in_manifest(made_at="2022-07-01T08:00:00"), "不完整"), (_in_manifest(definitions=None), "不完整"), (_in_figure(0, title=None), "不完整"),
    (_in_figure(0, numerator="40"), "不完整"), (_in_figure(0, numerator=10**12), "不完整"), (_in_figure(1, numerator=None), "不完整"),
    (_without_a_column, "不完整"),
])
def test_a_package_that_contradicts_itself_is_refused(both: Both, change: Callable[[dict[str, Any]], None], said: str) -> None:
    with pytest.raises(Broken, match=said):
        both.take(both.repacked(change, rows=Rows.MASKED))


def test_a_return_needs_a_reason_and_reaches_the_sender(both: Both) -> None:
    sent = both.submission()
    got = both.take(file_of(sent))
    with pytest.raises(Refused, match="写明原因"):
        answer_package(received=got, accept=False, by=None, at=AT)

    with both.upper():
        receipt = receipt_of(answer_package(received=got, accept=False, reason="未含云东县", by=None, at=AT))
    with both.lower():
        closed = take_receipt(content=receipt, by=None, at=AT)

    assert (closed.state, closed.answer) == (Sent.RETURNED, "未含云东县")


def test_an_accepted_later_version_corrects_the_earlier_one_on_both_sides(both: Both) -> None:
    versions = []
    for _ in range(2):
        sent = both.submission()
        got = both.take(file_of(sent))
        with both.upper():
            receipt = receipt_of(answer_package(received=got, accept=True, by=None, at=AT))
        with both.lower():
            take_receipt(content=receipt, by=None, at=AT)
        versions.append((sent, got))

    assert list(Submission.objects.order_by("version").values_list("state", flat=True)) == [Sent.CORRECTED, Sent.ACCEPTED]
    assert list(Received.objects.order_by("version").values_list("state", flat=True)) == [Got.CORRECTED, Got.ACCEPTED]


def test_a_receipt_is_taken_from_the_receiver_only_and_once(both: Both) -> None:
    got = both.take(file_of(both.submission()))
    with both.upper():
        receipt = receipt_of(answer_package(received=got, accept=True, by=None, at=AT))
    with both.lower():
        forged = pack({"receipt.json": {"package": str(got.package), "state": "accepted", "sha256": got.sha256}}, Ed25519PrivateKey.generate())
        with pytest.raises(NotBelieved, match="不是收件单位签名"):
            take_receipt(content=forged, by=None, at=AT)
        take_receipt(content=receipt, by=None, at=AT)
        with pytest.raises(NotBelieved, match="已经登记过"):
            take_receipt(content=receipt, by=None, at=AT)


def test_what_was_checked_is_sent_or_checked_again(both: Both) -> None:
    with both.lower():
        drafted = draft_submission(unit=city(), receiver=both.receiver, as_at=HALF_YEAR, rows=Rows.NONE, by=None, at=AT)
        with pytest.raises(Refused, match="草稿"):
            send_submission(submission=drafted, sender=both.card, by=None, at=AT)
        checked = check_submission(submission=drafted, by=None, at=AT)
        coverage = Coverage.objects.filter(form="own", chamber__unit__parent_links__parent=city()).order_by("pk")[0]
        end_fact(fact=coverage, subject=coverage.chamber, unit=coverage.chamber.unit, on=date(2022, 6, 1), by=None, at=AT)

        with pytest.raises(Refused, match="又有改动"):
            send_submission(submission=checked, sender=both.card, by=None, at=AT)
        again = check_submission(submission=checked, by=None, at=AT)
        sent = send_submission(submission=again, sender=both.card, by=None, at=AT)

    assert both.take(file_of(sent)).snapshot.figures.get(code="coverage.organization").numerator == 33


def test_a_version_not_sent_yet_stands_in_the_way_of_the_next_and_can_be_dropped(both: Both) -> None:
    drafted = draft_submission(unit=city(), receiver=both.receiver, as_at=HALF_YEAR, rows=Rows.NONE, by=None, at=AT)
    with pytest.raises(Refused, match="还没有报送"):
        draft_submission(unit=city(), receiver=both.receiver, as_at=HALF_YEAR, rows=Rows.NONE, by=None, at=AT)

    drop_submission(submission=drafted, by=None, at=AT)

    assert draft_submission(unit=city(), receiver=both.receiver, as_at=HALF_YEAR, rows=Rows.NONE, by=None, at=AT).version == 1


def test_a_correction_says_what_moved_since_the_accepted_version(both: Both) -> None:
    sent = both.submission()
    Submission.objects.filter(pk=sent.pk).update(state=Sent.ACCEPTED)
    coverage = Coverage.objects.filter(form="own", chamber__unit__parent_links__parent=city()).order_by("pk")[0]
    end_fact(fact=coverage, subject=coverage.chamber, unit=coverage.chamber.unit, on=date(2022, 6, 1), by=None, at=AT)

    again = both.submission()

    assert any("34/40 85.0% → 33/40 82.5%" in one for one in again.remarks)


def test_a_day_that_is_not_over_is_not_reported(both: Both) -> None:
    with pytest.raises(Refused, match="还没有到"):
        draft_submission(unit=city(), receiver=both.receiver, as_at=TODAY + timedelta(days=400), rows=Rows.NONE, by=None, at=AT)


@pytest.mark.parametrize("content", [b"", b"{}", b"\xff\xfe", b'{"format":"shanghui-card-1","name":"x","code":"","signing":"00","sealing":"00"}', b"[1]"])
def test_what_is_no_card_says_so(content: bytes) -> None:
    with pytest.raises(NotACard):
        read_card(content)


def test_a_card_is_entered_once_and_never_ones_own(both: Both) -> None:
    with both.upper():
        with pytest.raises(Refused, match="已经登记过"):
            enter_card(card=both.card, unit=city(), by=None, at=AT, on=TODAY)
        with pytest.raises(Refused, match="自己的名片"):
            enter_card(card=own_card("云岭省工商联", "990000"), unit=None, by=None, at=AT, on=TODAY)


def test_the_key_file_is_for_the_owner_only(both: Both, tmp_path: Path) -> None:
    assert (tmp_path / "lower.json").stat().st_mode & 0o777 == 0o600


def test_a_definition_has_another_version_when_its_wording_changes() -> None:
    one = next(iter(contents.registry))

    assert contents.definition_of(replace(one, definition=f"{one.definition}另")) != contents.definition_of(one)


def test_differences_name_what_our_own_ledger_says_and_what_was_accepted_before(both: Both) -> None:
    with both.upper():
        answer_package(received=both.take(file_of(both.submission())), accept=True, by=None, at=AT)
    coverage = Coverage.objects.filter(form="own", chamber__unit__parent_links__parent=city()).order_by("pk")[0]
    end_fact(fact=coverage, subject=coverage.chamber, unit=coverage.chamber.unit, on=date(2022, 6, 1), by=None, at=AT)
    got = both.take(file_of(both.submission()))

    with both.upper():
        found = {one.code: one for one in differences(got)}

    one = found["coverage.organization"]
    assert (one.reported_text, one.before_text, one.live_text) == ("33/40 82.5%", "34/40 85.0%", "33/40 82.5%")
    assert one.differs
    assert not found["charter.complete"].differs
    assert not one.other_definition


def test_a_figure_opens_into_the_rows_that_came_with_it(both: Both) -> None:
    got = both.take(file_of(both.submission(rows=Rows.MASKED)))
    without = both.take(file_of(both.submission(as_at=date(2022, 3, 31))))

    with both.upper():
        behind = rows_behind(got, "coverage.organization", "numerator")
        assert rows_behind(without, "coverage.organization", "numerator") is None

    assert behind is not None
    assert len(behind.rows) == 34
    assert behind.columns[0] == "商会名称"


def test_the_latest_accepted_figures_stand_for_a_unit(both: Both) -> None:
    for day in (date(2022, 3, 31), HALF_YEAR):
        with both.upper():
            answer_package(received=both.take(file_of(both.submission(as_at=day))), accept=True, by=None, at=AT)

    scope = whole(TODAY)
    assert accepted_at(scope, HALF_YEAR)[city().pk].as_at == HALF_YEAR
    assert accepted_at(scope, date(2022, 6, 29))[city().pk].as_at == date(2022, 3, 31)
    assert accepted_at(scope, date(2022, 1, 1)) == {}


def test_the_commands_go_from_folder_to_folder(both: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    def run(*words: str) -> Any:
        capsys.readouterr()
        call_command(*words, "--json")
        return json.loads(capsys.readouterr().out)

    with both.lower():
        sent = run("send_package", "--under", "990200", "--on", "2022-06-30", "--to", "990000", "--rows", "masked", "--out", str(tmp_path / "p.shpkg"))
    with both.upper():
        got = run("receive_package", str(tmp_path / "p.shpkg"), "--accept", "--receipt", str(tmp_path / "r.shpkg"))
    with both.lower():
        closed = run("take_receipt", str(tmp_path / "r.shpkg"))
        card = run("exchange_card", "--under", "990200", "--out", str(tmp_path / "card.json"))

    assert (sent["version"], got["state"], got["different"], closed["state"]) == (1, "accepted", [], "accepted")
    assert read_card((tmp_path / "card.json").read_bytes()).signing == card["signing"]


def test_a_package_that_was_only_looked_at_is_answered_by_the_same_file_and_its_receipt_can_be_written_again(
    both: Both, tmp_path: Path, capsys: pytest.CaptureFixture[str],
) -> None:
    package, receipts = tmp_path / "p.shpkg", [tmp_path / name for name in ("r.shpkg", "again.shpkg")]
    package.write_bytes(file_of(both.submission()))
    with both.upper():
        call_command("receive_package", str(package))
        with pytest.raises(SystemExit):
            call_command("receive_package", str(package))
        assert "正等您答复" in capsys.readouterr().out

        call_command("receive_package", str(package), "--return", "请核对组建率", "--receipt", str(receipts[0]))
        call_command("receive_package", str(package), "--receipt", str(receipts[1]))
        with pytest.raises(SystemExit):
            call_command("receive_package", str(package), "--accept")
    with both.lower():
        call_command("take_receipt", str(receipts[1]))

    assert Received.objects.get().state == Got.RETURNED
    assert Submission.objects.get().answer == "请核对组建率"


def test_what_cannot_be_written_is_not_sent(both: Both, tmp_path: Path) -> None:
    with both.lower(), pytest.raises(CommandError, match="写不进"):
        call_command("send_package", "--under", "990200", "--on", "2022-06-30", "--to", "990000", "--out", str(tmp_path / "none" / "p.shpkg"))

    assert not Submission.objects.exists()


@pytest.mark.parametrize("words", [("receive_package",), ("take_receipt",), ("enter_card",)])
def test_a_file_that_is_not_there_is_said_in_a_sentence(words: tuple[str, ...], tmp_path: Path) -> None:
    for path in (tmp_path / "none.shpkg", tmp_path):
        with pytest.raises(CommandError, match="没有找到文件"):
            call_command(*words, str(path))
