"""`report KIND --under CODE --on DATE --out FILE`: a report in Word (or PDF), and the figures it names (M43)."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from shanghui.access.models import Unit, UnitKind
from shanghui.kernel.rates import Rate
from shanghui.kernel.word_templates.rendering import Unfillable
from shanghui.reports.content import Content, Number, Section
from shanghui.reports.documents.pdf import NoConverter, to_pdf
from shanghui.reports.models import Report
from shanghui.reports.registry import NotReported, ReportKind, kind_with_code, registry
from shanghui.reports.word_templates.documents import report_code
from shanghui.reports.word_templates.filling import report_to_word
from shanghui.reports.word_templates.models import WordTemplate
from shanghui.reports.word_templates.queries import Damaged, in_force
from shanghui.web.management.commands._base import ChineseCommand, a_day, federation, put, today, wrong_usage

MAKERS = (".docx", ".pdf")


class Command(ChineseCommand):
    """Compiles from the ledger as it is now; nothing is written to the database."""

    help = "生成报告（Word 或 PDF）"

    def arguments(self, parser: ArgumentParser) -> None:
        """KIND --under CODE [--on DATE] --out FILE."""
        kinds = "、".join(f"{one.code}（{one.title}）" for one in registry)
        parser.add_argument("kind", metavar="KIND", help=f"报告类别：{kinds}")
        parser.add_argument("--under", required=True, metavar="CODE", help="工商联的代码；写一个党组织或商会的报告时，写它的名称")
        parser.add_argument("--on", type=a_day, metavar="DATE", help="截至哪一天，不写就照这种报告的习惯")
        parser.add_argument("--out", required=True, metavar="FILE", help="写到哪个文件，.docx 或 .pdf")

    def act(self, **options: Any) -> tuple[Any, str, int]:
        """The file, its figures with their codes, and what is missing."""
        kind = _kind(options["kind"])
        unit = _unit(kind, options["under"])
        day = options["on"] or kind.default_day(today())
        target = _target(options["out"])
        content = kind.compile(unit=unit, day=day, made_on=today(), own_text={})
        template = in_force(report_code(kind.code), unit, today())
        _write(target, content, Report(kind=kind.code, unit=unit, as_at=day), template)
        document = _document(content, kind, target) | {"template": f"{template.unit.name} 第{template.version}版" if template else None}
        return document, _words(document), 0


def _kind(code: str) -> ReportKind:
    try:
        return kind_with_code(code)
    except NotReported as unknown:
        wrong_usage(str(unknown))


def _unit(kind: ReportKind, named: str) -> Unit:
    """The federation by its code, the chamber or party organization by its name."""
    if kind.units == (UnitKind.FEDERATION,):
        return federation(named)
    found = list(Unit.objects.filter(kind__in=kind.units, name=named)[:2])
    words = "、".join(UnitKind(one).label for one in kind.units)
    if not found:
        wrong_usage(f"没有叫“{named}”的{words}。{kind.title}请在 --under 后面写{words}的全称。")
    if len(found) > 1:
        wrong_usage(f"有几个{words}都叫“{named}”。请在网页上选。")
    return found[0]


def _target(name: str) -> Path:
    path = Path(name)
    if path.suffix.lower() not in MAKERS:
        wrong_usage(f"不知道“{path.name}”要存成什么。文件名请以 .docx 或 .pdf 结尾。")
    if not path.parent.is_dir():
        wrong_usage(f"没有文件夹“{path.parent}”。请先建好，或换一个位置。")
    return path


def _write(target: Path, content: Content, report: Report, template: WordTemplate | None) -> None:
    try:
        written = report_to_word(content, report, template)
        if target.suffix.lower() == ".pdf":
            written = to_pdf(written)
    except (NoConverter, Damaged, Unfillable) as refusal:
        wrong_usage(str(refusal))
    put(target, written)


def _document(content: Content, kind: ReportKind, target: Path) -> dict[str, Any]:
    return {
        "file": str(target), "kind": kind.code, "title": "".join(content.title), "as_at": content.as_at,
        "figures": [_figure(section, one) for section, one in content.numbers() if not one.on and not one.under],
        "figures_elsewhere": [
            _figure(section, one) | {"as_at": one.on or content.as_at, "unit": one.under or None}
            for section, one in content.numbers() if one.on or one.under
        ],
        "gaps": [{"section": section.heading, "missing": gap.missing, "advice": gap.advice} for section, gap in content.gaps()],
    }


def _figure(section: Section, one: Number) -> dict[str, Any]:
    return {
        "code": one.code, "title": one.title, "part": one.part, "text": one.text, "value": _value(one),
        "numerator": one.numerator, "denominator": one.denominator, "section": section.heading,
    }


def _value(one: Number) -> int | float | None:
    """The figure's value as `indicators` gives it: the share for a rate whichever part the text shows."""
    if one.denominator is None:
        return one.numerator
    share = Rate(one.numerator, one.denominator).value
    return None if share is None else round(float(share), 6)


def _words(document: dict[str, Any]) -> str:
    lines = [f"已写入“{document['file']}”：{document['title']}，{len(document['figures'])}个数字。"]
    lines += [f"待补充（{gap['section']}）：{gap['missing']}。{gap['advice']}" for gap in document["gaps"]]
    return "\n".join(lines)
