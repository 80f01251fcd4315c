"""The papers of a case, drafted from its facts: on screen with every gap leading to where it is filled in, as Word, as PDF."""

from __future__ import annotations

from dataclasses import dataclass

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.audit import note
from shanghui.cases.file import File, file_of
from shanghui.cases.letters import DAY, Letter, Piece, gap, pieces
from shanghui.cases.merger_papers import MEETING_DAY
from shanghui.cases.models import Ballot, Design
from shanghui.cases.papers import DAY_NAMES
from shanghui.cases.progress import place_of
from shanghui.cases.registry import Paper
from shanghui.kernel.word_templates.rendering import Unfillable
from shanghui.reports.content import chinese_day
from shanghui.reports.documents.layout import HEADING, SUBHEADING
from shanghui.reports.documents.letter import face_of
from shanghui.reports.documents.pdf import NoConverter, to_pdf
from shanghui.reports.word_templates.documents import paper_code
from shanghui.reports.word_templates.filling import paper_to_word, template_of_paper
from shanghui.reports.word_templates.queries import Damaged
from shanghui.web.cases.page import case_within
from shanghui.web.cases.parts import form_of_part
from shanghui.web.cases.steps import address_of_case
from shanghui.web.kit.listing import attachment
from shanghui.web.kit.visits import Visit, page, show
from shanghui.web.reports.files import by_template
from shanghui.web.word_templates.sources import shown_of

WORD = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
STEPS = {name: step for step, name in DAY_NAMES.items()}
PARTS = {
    **{str(column.verbose_name): "design" for column in Design._meta.concrete_fields},
    **{str(column.verbose_name): "ballot" for column in Ballot._meta.concrete_fields},
    "编入党员": "people", "人选": "nominees", "得票": "ballot", "商会": "chambers", "到会委员": "plenary", "任命": "posting",
    "一起合并的党组织": "organizations",
}
"""{a missing fact: the part of the case in whose form it is filled in}."""
LATER = {
    "开会时间": "登记选举会议以后写入；请示的时候在 Word 里填写",
    MEETING_DAY: "党支部登记这次党员大会以后写入", "实到会人数": "在 Word 里填写", "表决结果": "在 Word 里填写",
}
"""{a missing fact that no form of the case asks for: when it is known, or where it is written}."""
TAGS = {HEADING: "h2", SUBHEADING: "h3"}


@dataclass(frozen=True)
class Shown:
    """A piece of the text; `url`: where the missing fact is filled in, "" where that cannot be said."""

    text: str
    is_gap: bool = False
    url: str = ""


def paper_of(file: File, code: str) -> Paper:
    """A paper of a case; 404 for one that its kind does not draft."""
    paper = file.kind.draft(file, code)
    if paper is None:
        raise Http404
    return paper


@page(Act.CASE_VIEW, methods=("GET",))
def case_draft(request: HttpRequest, visit: Visit, case: int, draft: str) -> HttpResponse:
    """A drafted paper; `?format=docx` or `?format=pdf` as a file, which is noted."""
    file = file_of(case_within(visit, case), visit.today)
    paper = paper_of(file, draft)
    letter = paper.write(file)
    if request.GET.get("format") in ("docx", "pdf"):
        return _download(request, visit, file, paper, letter)
    places = _places(file, paper) if visit.may(Act.CASE_WORK) and file.is_open else {}
    blocks = [(TAGS.get(face_of(text), "p"), _shown(pieces(text), places)) for text in letter.paragraphs]
    shown = {
        "file": file, "paper": paper, "letter": letter, "back": address_of_case(case), "blocks": blocks,
        "title": _shown(pieces(letter.title), places), "to": _shown(pieces(letter.to), places),
        "issuer": _shown(pieces(letter.issuer), places), "day": _shown(pieces(chinese_day(letter.day) if letter.day else gap(DAY)), places),
        "table": [[_shown(pieces(cell), places) for cell in row] for row in letter.table],
        "lacking": _lacking(file, paper, letter, places), "template": template_of_paper(file, paper, letter, visit.today),
        "document_code": paper_code(file.kind.code, paper.of or paper.code), "may_templates": visit.may(Act.TEMPLATES_VIEW),
    }
    return show(request, "cases/draft.html", visit, shown)


def _download(request: HttpRequest, visit: Visit, file: File, paper: Paper, letter: Letter) -> HttpResponse:
    template = template_of_paper(file, paper, letter, visit.today)
    try:
        written, kind, ending = paper_to_word(letter, file, template, shown_of(visit, file)), WORD, "docx"
        if request.GET.get("format") == "pdf":
            written, kind, ending = to_pdf(written), "application/pdf", "pdf"
    except (NoConverter, Damaged, Unfillable) as refusal:
        messages.error(request, str(refusal))
        return redirect("case-draft", case=file.case.pk, draft=paper.code)
    state = f"（草稿，{letter.gaps}处待补充）" if letter.gaps else ""
    reason = f"{paper.title} {ending.upper()}{state}{by_template(template)}"
    note(by=visit.user, at=visit.now, verb="导出", subject=file.case, unit=file.case.office, reason=reason)
    return attachment(written, f"{_plain(letter.title)}{state}.{ending}", kind)


def _plain(title: str) -> str:
    """A title as the name of a file: gaps are left out."""
    return "".join(piece.text for piece in pieces(title) if piece.missing is None)[:80]


def _places(file: File, paper: Paper) -> dict[str, str]:
    """{a missing fact: the address of its form}; the day of the paper is that of its step."""
    asked = {part for step in file.kind.steps if step.applies(file) for part in step.asks} | {"chambers"}
    found = {name: form_of_part(part, file.case.pk) for name, part in PARTS.items() if part in asked}
    for name, step in _days(paper, file):
        place = place_of(file, step)
        if place is not None and not place.is_settled and not place.waits_for:
            found[name] = reverse("case-step", kwargs={"case": file.case.pk, "step": step})
    return found


def _days(paper: Paper, file: File) -> list[tuple[str, str]]:
    """(name of a day, the step on which it is known)."""
    own = next((step.code for step in file.kind.steps if (paper.of or paper.code) in step.papers), "")
    return [*STEPS.items(), *([(DAY, own)] if paper.dated else [])]


def _shown(found: list[Piece], places: dict[str, str]) -> list[Shown]:
    return [Shown(one.text, one.missing is not None, places.get(one.missing or "", "")) for one in found]


def _lacking(file: File, paper: Paper, letter: Letter, places: dict[str, str]) -> list[tuple[str, str, str]]:
    """The missing facts, each once: (name, address of its form, otherwise when it will be known)."""
    titles = {name: step.title for name, code in _days(paper, file) if (step := file.kind.step(code)) is not None}
    return [
        (name, places.get(name, ""), f"办“{titles[name]}”那一步时登记" if name in titles else LATER.get(name, ""))
        for name in dict.fromkeys(letter.missing) if name
    ]
