"""The page of an activity: how far it is, where it counts, its quorum with the article; names only for who may see people."""

from __future__ import annotations

from collections.abc import Callable
from io import BytesIO
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from docx import Document

from shanghui.access.models import AuditEntry, Role
from shanghui.kernel import attachments
from shanghui.ledger.activities.models import Activity, ActivityType, Attachment, Matter, Presence
from shanghui.ledger.activities.operations import Agenda, Parts, Roll, record_activity
from shanghui.ledger.activities.rosters import expected
from shanghui.ledger.people.models import Person
from shanghui.reports.documents import pdf
from shanghui.web.kit.uploads import LimitedUpload
from tests.worked_city import AT, BRANCH, HALF_YEAR, named, neighbour

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]
THREE = (BRANCH, "云泽市餐饮业商会党支部", "云泽市再生资源行业商会党支部")
PDF = b"%PDF-1.7\n1 0 obj\n"


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def at(name: str, activity: Activity, **more: int) -> str:
    return reverse(name, kwargs={"activity": activity.pk, **more})


def record(
    *names: str, type: ActivityType = ActivityType.THEME_DAY, agenda: tuple[Agenda, ...] = (), absent: int = 0, **more: Any
) -> Activity:
    listed = expected(type, [named(name).pk for name in names], HALF_YEAR)
    rolls = [
        Roll(one.person, Presence.ABSENT if place < absent else Presence.PRESENT, one.unit, one.votes) for place, one in enumerate(listed)
    ]
    return record_activity(
        type=type, held_on=HALF_YEAR, title="六月的一次", hosts=[named(name) for name in names], by=None, at=AT, minutes="学习。",
        parts=Parts(roster=rolls, agenda=agenda), **more,
    )


@pytest.fixture
def joint() -> Activity:
    return record(*THREE, hours=1)


@pytest.fixture
def meeting() -> Activity:
    agenda = (Agenda("选举支部委员", Matter.ELECTION, "当选", in_favor=13), Agenda("其他", decision="同意", owner="组织委员"))
    return record(BRANCH, type=ActivityType.GENERAL_MEETING, agenda=agenda, absent=4)


# --- what it says


def test_a_joint_theme_day_counts_for_three(editor: Client, joint: Activity) -> None:
    page = text_of(editor.get(at("activity", joint)))

    assert "一次活动，算作 3 个党组织 2022 年 6 月的主题党日" in page
    assert "3 个单位合办" in page
    assert "几个党组织合开也只记一次" in page


def test_the_quorum_stands_with_its_article_and_the_strictest_matter_decides(editor: Client, meeting: Activity) -> None:
    voters = meeting.attendances.filter(votes=True).count()

    page = text_of(editor.get(at("activity", meeting)))

    assert f"应到有表决权的 {voters} 人，实到 {voters - 4} 人" in page
    assert "不够，会议不能进行" in page
    assert "《基层组织选举工作条例》" in page
    assert "不能表决" in page


def test_what_is_missing_is_named(editor: Client) -> None:
    held = record_activity(type=ActivityType.PARTY_CLASS, held_on=HALF_YEAR, title="党课", hosts=[named(BRANCH)], by=None, at=AT, present=9)

    assert "还差会议记录（或者议题）" in text_of(editor.get(at("activity", held)))


def test_a_guide_sees_how_many_and_not_who(as_role: AsRole, joint: Activity) -> None:
    chamber_event = record_activity(
        type=ActivityType.THEME_DAY, held_on=HALF_YEAR, title="商会活动", hosts=[named("云泽市印刷包装商会"), named(BRANCH)], by=None, at=AT,
        minutes="学习。", chair_id=joint.attendances.all()[0].person_id,
        parts=Parts(roster=[Roll(one.person_id, Presence.PRESENT, one.unit_id) for one in joint.attendances.filter(unit=named(BRANCH))]),
    )
    names = list(chamber_event.attendances.values_list("person__name", flat=True))
    guide = as_role(Role.GUIDE)

    page = text_of(guide.get(at("activity", chamber_event)))
    word = _text(guide.get(at("activity-record", chamber_event)))
    sheet = guide.get(at("activity-sign-in", chamber_event))

    assert not [name for name in names if name in page or name in word]
    assert f"{len(names)} 人在您的范围以外" in page
    assert "学习。" in page
    assert not {cell.text for cell in Document(BytesIO(sheet.content)).tables[0].columns[1].cells} & set(names)


def test_a_secretary_sees_the_names_of_his_own(as_role: AsRole, joint: Activity) -> None:
    page = text_of(as_role(Role.SECRETARY).get(at("activity", joint)))

    own, other = (joint.attendances.filter(unit=named(name)).order_by("pk")[0].person.name for name in THREE[:2])
    assert own in page
    assert other not in page


def test_a_talk_shows_who_and_nothing_else(editor: Client, as_role: AsRole) -> None:
    one, two = Person.objects.filter(pk__in=[row.person for row in expected("theme_day", [named(BRANCH).pk], HALF_YEAR)[:2]])
    held = record_activity(
        type=ActivityType.TALK, held_on=HALF_YEAR, title="谈心谈话", hosts=[named(BRANCH), named("云泽市印刷包装商会")], by=None, at=AT,
        chair_id=one.pk, parts=Parts(roster=[Roll(one.pk, Presence.PRESENT), Roll(two.pk, Presence.PRESENT)]),
    )

    assert one.name in text_of(editor.get(at("activity", held)))
    assert one.name not in text_of(as_role(Role.GUIDE).get(at("activity", held)))
    assert editor.get(at("activity-record", held)).status_code == 404


def test_the_page_asks_a_fixed_number_of_questions(editor: Client, joint: Activity, meeting: Activity, django_assert_max_num_queries: Any) -> None:
    for held in (joint, meeting):
        with django_assert_max_num_queries(24):
            editor.get(at("activity", held))


# --- to print


def _text(answer: Any) -> str:
    return "\n".join(paragraph.text for paragraph in Document(BytesIO(answer.content)).paragraphs)


def test_the_record_is_a_word_file_and_noted(editor: Client, meeting: Activity) -> None:
    said = _text(editor.get(at("activity-record", meeting)))

    for words in ("支部党员大会记录", "选举支部委员", "赞成13票", "其他：组织委员负责", "学习。"):
        assert words in said
    assert AuditEntry.objects.latest("pk").verb == "导出"


def test_the_reason_of_a_leave_stands_on_page_sheet_and_record(editor: Client, meeting: Activity) -> None:
    row = meeting.attendances.filter(state=Presence.PRESENT).select_related("person").first()
    assert row is not None
    meeting.attendances.filter(pk=row.pk).update(state=Presence.EXCUSED, reason="出差")

    page = text_of(editor.get(at("activity", meeting)))
    record = Document(BytesIO(editor.get(at("activity-record", meeting)).content))
    sheet = Document(BytesIO(editor.get(at("activity-sign-in", meeting)).content)).tables[0]

    assert f"{row.person.name}（出差）" in page
    assert f"请假：{row.person.name}（出差）" in [one.text for one in record.paragraphs]
    assert [cells[3].text for cells in (line.cells for line in sheet.rows) if cells[1].text == row.person.name] == ["请假（出差）"]


def test_the_sheet_lists_who_is_expected_before_the_meeting(editor: Client) -> None:
    held = record_activity(type=ActivityType.THEME_DAY, held_on=HALF_YEAR, title="七月", hosts=[named(BRANCH)], by=None, at=AT)
    hall = record_activity(type=ActivityType.LECTURE_HALL, held_on=HALF_YEAR, title="讲堂", hosts=[named(BRANCH)], by=None, at=AT)

    table, empty = (Document(BytesIO(editor.get(at("activity-sign-in", one)).content)).tables[0] for one in (held, hall))

    assert [cell.text for cell in table.columns[1].cells][1:3] == [row.name for row in expected("theme_day", [named(BRANCH).pk], HALF_YEAR)][:2]
    assert {cell.text for cell in empty.columns[1].cells} == {"姓名", ""}


def test_without_a_converter_word_is_offered(editor: Client, meeting: Activity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "converter", lambda: None)

    answer = editor.get(at("activity-record", meeting) + "?format=pdf", follow=True)

    assert "请先下载 Word" in text_of(answer)


# --- papers


def upload(editor: Client, held: Activity, *files: tuple[str, bytes]) -> Any:
    return editor.post(at("activity-papers", held), {"papers": [SimpleUploadedFile(name, content) for name, content in files]}, follow=True)


def test_papers_are_kept_and_handed_out_as_downloads(editor: Client, joint: Activity) -> None:
    page = text_of(upload(editor, joint, ("签到表.pdf", PDF), ("通知.txt", b"notice"), ("又.pdf", PDF)))

    assert "不得上传涉密内容" in page
    assert [one.name for one in joint.attachments.order_by("pk")] == ["签到表.pdf", "通知.txt"]
    answer = editor.get(at("activity-paper", joint, paper=joint.attachments.get(name="签到表.pdf").pk))
    assert answer.content == PDF
    assert answer["Content-Disposition"].startswith("attachment")
    assert answer["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in answer["Content-Security-Policy"]


def test_what_may_not_be_kept_is_said_beside_the_field_and_the_rest_is_kept(editor: Client, joint: Activity) -> None:
    answer = upload(editor, joint, ("照片.jpg", b"MZ\x90\x00"), ("签到表.pdf", PDF))

    assert answer.status_code == 422
    assert "“照片.jpg”的内容不是 jpg 文件" in text_of(answer)
    assert joint.attachments.count() == 1


def test_one_that_is_too_large_is_refused_in_plain_words(editor: Client, joint: Activity, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("shanghui.web.activities.papers_form.LARGEST", 10)

    assert "超过 20 MB" in text_of(upload(editor, joint, ("签到表.pdf", PDF)))
    assert not joint.attachments.exists()
    assert attachments.LARGEST == 20 * 1024 * 1024


def test_beyond_the_limit_nothing_is_kept_while_receiving_but_the_size(settings: Any) -> None:
    settings.UPLOAD_LARGEST = 10
    handler = LimitedUpload()
    handler.new_file("papers", "大.pdf", "application/pdf", 0)
    for start in range(0, 100, 5):
        handler.receive_data_chunk(b"12345", start)

    file = handler.file_complete(100)

    assert file.size == 100
    assert len(file.read()) == 15


def test_a_removed_paper_is_taken_back_from_the_history(editor: Client, joint: Activity) -> None:
    upload(editor, joint, ("签到表.pdf", PDF))
    paper = joint.attachments.get()

    editor.post(at("activity-paper-remove", joint, paper=paper.pk))
    assert not joint.attachments.exists()
    editor.post(reverse("undo", kwargs={"entry": AuditEntry.objects.latest("pk").pk}))

    assert editor.get(at("activity-paper", joint, paper=paper.pk)).content == PDF


def test_papers_of_another_activity_or_outside_do_not_exist(editor: Client, as_role: AsRole, joint: Activity, meeting: Activity) -> None:
    upload(editor, joint, ("签到表.pdf", PDF))
    paper = joint.attachments.get()
    away = record_activity(type=ActivityType.OTHER, held_on=HALF_YEAR, title="邻市", hosts=[neighbour()], by=None, at=AT)
    elsewhere = Attachment.objects.create(activity=away, name="a.txt", media_type="text/plain", size=1, sha256="0", stored=paper.stored)

    assert editor.get(at("activity-paper", meeting, paper=paper.pk)).status_code == 404
    assert editor.get(at("activity-paper", away, paper=elsewhere.pk)).status_code == 404
    assert as_role(Role.READER).post(at("activity-papers", joint)).status_code == 403
