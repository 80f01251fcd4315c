"""What can happen to a template: uploaded after its check, put in force from a day, ended. A version is never changed or deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.db.models import Max
from django.utils.timezone import localtime

from shanghui.access.audit import Journal
from shanghui.access.models import Unit, User
from shanghui.kernel.filing import put_away
from shanghui.kernel.refusals import Refused
from shanghui.kernel.word_templates.checking import Problem, check
from shanghui.kernel.word_templates.opening import look_at
from shanghui.reports.word_templates.documents import Document, document_of
from shanghui.reports.word_templates.models import TemplateUse, WordTemplate


class Faulty(Refused):
    """What is wrong in a template, place by place."""

    def __init__(self, problems: Sequence[Problem]) -> None:
        """`problems`: in the order of the text."""
        super().__init__("；".join(map(str, problems)))
        self.problems = problems


@transaction.atomic
def upload_template(
    *, document: Document, unit: Unit, name: str, content: bytes, by: User | None, at: datetime, note: str = ""
) -> WordTemplate:
    """Keeps a new version for a unit; it is not in force yet. Nothing is written where it is refused.

    Raises Unfit for a file that may not be a template, Faulty for fields and loops that cannot be filled, Refused for the same file again.
    """
    looked_into = look_at(name, content)
    checked = check(content, document.fields(unit, localtime(at).date()))
    if checked.problems:
        raise Faulty(checked.problems)
    kept = WordTemplate.objects.select_for_update().filter(document=document.code, unit=unit)
    same = kept.filter(sha256=looked_into.sha256).first()
    if same is not None:
        raise Refused(f"这个文件和第{same.version}版一样，没有再存。要启用它，请打开第{same.version}版。")
    version = (kept.aggregate(last=Max("version"))["last"] or 0) + 1
    journal = Journal(by=by, at=at, verb="上传 Word 模板")
    made = journal.create(WordTemplate(
        document=document.code, unit=unit, version=version, note=note.strip(), fields=sorted(checked.used), made_at=at, made_by=by,
        **put_away(looked_into, content, "templates", at),
    ))
    journal.close(made, unit, title=title_of(made))
    return made


@transaction.atomic
def start_template(*, template: WordTemplate, since: date, by: User | None, at: datetime) -> TemplateUse:
    """Puts a version in force from a day; the one before it ends then. Raises Refused where a later beginning stands already."""
    document, unit = template.document, template.unit
    uses = list(TemplateUse.objects.select_for_update().filter(document=document, unit=unit).select_related("template").order_by("valid_from"))
    later = next((one for one in uses if one.valid_from > since), None)
    if later is not None:
        raise Refused(f"第{later.template.version}版定在{later.valid_from}起用。请选那一天或更晚的一天，或者先停用那一版。")
    running = next((one for one in uses if one.valid_to is None or one.valid_to > since), None)
    if running is not None and running.template_id == template.pk and running.valid_to is None:
        raise Refused(f"第{template.version}版从{running.valid_from}起已经在用。")
    journal = Journal(by=by, at=at, verb="启用 Word 模板")
    if running is not None:
        _cut(journal, running, since)
    made = journal.create(TemplateUse(template=template, document=document, unit=unit, valid_from=since))
    journal.close(template, unit, title=title_of(template))
    return made


@transaction.atomic
def end_template(*, template: WordTemplate, on: date, by: User | None, at: datetime) -> None:
    """A version is no longer in force from `on`: then the one of the unit above holds again, or the one of the platform. Raises Refused."""
    use = TemplateUse.objects.select_for_update().filter(template=template, valid_to=None).first()
    if use is None:
        raise Refused(f"第{template.version}版没有在用，不用停。")
    journal = Journal(by=by, at=at, verb="停用 Word 模板")
    _cut(journal, use, on)
    journal.close(template, template.unit, title=title_of(template))


def _cut(journal: Journal, use: TemplateUse, on: date) -> None:
    """Ends a use; one that would not have held on a single day goes."""
    if use.valid_from >= on:
        journal.delete(use)
    else:
        journal.change(use, valid_to=on)


def title_of(template: WordTemplate) -> str:
    """«半年工作总结 第2版», with the kind of case before a paper."""
    document = document_of(template.document)
    if document is None:
        return f"{template.name} 第{template.version}版"
    return f"{'' if document.report else f'{document.group}：'}{document.title} 第{template.version}版"
