"""What can happen to a report: compiled, compiled again, written in, frozen. A frozen report never changes."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, User
from shanghui.access.scope import whole
from shanghui.indicators.snapshots import take_snapshot
from shanghui.kernel.refusals import Refused
from shanghui.reports.content import Content, to_json
from shanghui.reports.models import Report
from shanghui.reports.registry import kind_with_code
from shanghui.reports.soundness import unsound
from shanghui.reports.word_templates.documents import report_code
from shanghui.reports.word_templates.queries import in_force

LONGEST = 5000


class FrozenReport(Refused):
    """A frozen report is not changed any more."""


class TooEarly(Refused):
    """The as-at day is not over yet."""


class Unsound(Refused):
    """A figure of the text does not follow from the others, or is not the ledger's."""


class NoSuchSection(Refused):
    """The report has no section of this name."""


@transaction.atomic
def compile_report(
    *, kind: str, unit: Unit, day: date, by: User | None, at: datetime, report: Report | None = None
) -> Report:
    """A draft about the unit as at the day; `report`: that draft, compiled again (also for another day).

    There is one draft of a kind, unit and day: asked for again, it is the same, with the user's own paragraphs.
    Raises FrozenReport, NotReported.
    """
    content = kind_with_code(kind).compile(unit=unit, day=day, made_on=_day_of(at), own_text={})
    draft = _locked(report) if report else Report.objects.filter(kind=kind, unit=unit, as_at=day, snapshot=None).first()
    journal = Journal(by=by, at=at, verb="重新生成报告" if draft else "生成报告")
    written = {"as_at": day, "title": "".join(content.title)[:120], "made_at": at, "made_by_id": by.pk if by else None}
    if draft:
        journal.change(draft, **written)
    else:
        draft = journal.create(Report(kind=kind, unit=unit, **written))
    journal.close(draft, unit)
    return draft


@transaction.atomic
def write_own_text(*, report: Report, texts: Mapping[str, str], by: User | None, at: datetime) -> bool:
    """The user's paragraphs by section (one a line; empty: none); sections not named keep theirs. Says whether anything changed.

    Raises FrozenReport, NoSuchSection, Refused.
    """
    draft = _locked(report)
    _refuse_wrong(texts, {one.code: one.heading for one in content_of(draft).sections()})
    kept = draft.own_text | {section: text.strip() for section, text in texts.items()}
    journal = Journal(by=by, at=at, verb="修改报告段落")
    changed = journal.change(draft, own_text={section: text for section, text in kept.items() if text})
    journal.close(draft, draft.unit)
    report.own_text = draft.own_text
    return changed


def _refuse_wrong(texts: Mapping[str, str], headings: Mapping[str, str]) -> None:
    for section, text in texts.items():
        if section not in headings:
            raise NoSuchSection("这份报告没有这一节。请回到报告页重新打开。")
        if len(text) > LONGEST:
            raise Refused(f"“{headings[section]}”一节最多写{LONGEST}字，现在有{len(text)}字。请删短一些，或导出 Word 后再补。")


@transaction.atomic
def freeze(*, report: Report, by: User | None, at: datetime, explanation: str = "") -> Report:
    """Takes the snapshot and keeps the text, and the Word template in force, as they stand now; nothing moves them afterwards (database trigger).

    The text goes through the checker first (M44); `explanation`: why figures called wrong stand as they are, kept on record.
    Raises FrozenReport, TooEarly, Unsound.
    """
    draft = _locked(report)
    if draft.as_at > _day_of(at):
        raise TooEarly(f"截止日期{draft.as_at}还没有到，数字还会变。请到那一天以后再冻结，或改用较早的截止日期。")
    draft.made_at, draft.made_by = at, by
    content = content_of(draft)
    _refuse_unsound(content, draft, explanation)
    draft.frozen_content = to_json(content)
    draft.save(update_fields=["frozen_content", "made_at", "made_by"])
    earlier = [take_snapshot(unit=draft.unit, day=day, by=by, at=at) for day in content.other_days()[:1]]
    snapshot = take_snapshot(unit=draft.unit, day=draft.as_at, by=by, at=at)
    journal = Journal(by=by, at=at, verb="冻结报告", reason=f"口径说明：{explanation}" if explanation else "")
    template = in_force(report_code(draft.kind), draft.unit, _day_of(at))
    journal.change(
        draft, snapshot_id=snapshot.pk, earlier_id=earlier[0].pk if earlier else None, template_id=template.pk if template else None
    )
    journal.close(draft, draft.unit)
    return draft


def _refuse_unsound(content: Content, draft: Report, explanation: str) -> None:
    if explanation:
        return
    faults = list(unsound(content, whole(draft.as_at).under(draft.unit)))
    if faults:
        raise Unsound("有数对不上，先改好再冻结：" + "；".join(fault.words for fault in faults) + "。确实无误的，写一句口径说明再冻结。")


def content_of(draft: Report) -> Content:
    """A draft's text from the ledger as it is now."""
    kind = kind_with_code(draft.kind)
    made_on = _day_of(draft.made_at)
    return kind.compile(unit=draft.unit, day=draft.as_at, made_on=made_on, own_text=draft.own_text)


def _locked(report: Report) -> Report:
    locked = Report.objects.select_for_update(of=("self",)).select_related("unit__federation__committee__unit").get(pk=report.pk)
    if locked.snapshot_id is not None:
        raise FrozenReport("这份报告已经冻结，不再改动。需要新的版本，请新建一份报告。")
    return locked


def _day_of(at: datetime) -> date:
    return at.astimezone(timezone.get_current_timezone()).date()
