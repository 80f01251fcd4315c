"""The checker of drafts: its time against reading the file, whether it grows with the length alone, and how often it is right.

`FIGURES=file.jsonl bin/bench checking` adds precision and recall on labelled passages of one's own (see `figure_scores`).
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from docx import Document

from bench.figure_scores import passages, score
from bench.rounds import Measured, Noted, interleaved
from shanghui.reports.checking.check import check, check_draft
from shanghui.reports.checking.drafts import read_draft
from shanghui.reports.checking.verdicts import Verdict

DATA = Path(__file__).parent.parent / "tests" / "data" / "figures"
PASSAGES = DATA / "passages.jsonl"
LABELLED = (DATA / "labelled.jsonl", DATA / "second_half.jsonl", DATA / "blind.jsonl", DATA / "natural.jsonl", DATA / "public.jsonl", DATA / "wider.jsonl")
"""The half that was looked at while the checker was mended, and the half that was not."""
PAGE = 600
"""Characters on a page of an official paper (22 lines of 28)."""


def draft(pages: int) -> bytes:
    """A Word file of so many pages, made of the labelled passages."""
    document, length, place = Document(), 0, 0
    texts = [str(one["text"]) for one in passages(PASSAGES)]
    while length < pages * PAGE:
        text = texts[place % len(texts)]
        document.add_paragraph(text)
        length, place = length + len(text), place + 1
    content = BytesIO()
    document.save(content)
    return content.getvalue()


def measure(rounds: int) -> list[Measured | Noted]:
    """The ratios, then precision and recall."""
    short, long = draft(30), draft(300)
    read = {"short": read_draft("30.docx", short), "long": read_draft("300.docx", long)}
    took = interleaved({
        "read": lambda: read_draft("30.docx", short), "check": lambda: check_draft(read["short"]), "check long": lambda: check_draft(read["long"]),
    }, rounds)
    return [
        Measured("核对 30 页稿件：读文件的几倍", took["check"], took["read"]),
        Measured("核对 300 页：10 份 30 页的几倍", took["check long"], 10 * took["check"], 1.5, "不大于 1.5 倍，就是随长度线性增长"),
        _quality(PASSAGES),
        *(one for path in (*LABELLED, *map(Path, filter(None, [os.environ.get("FIGURES")]))) for one in _by_kind(path)),
    ]


def _quality(path: Path) -> Noted:
    right = called = labelled = 0
    for one in passages(path):
        text, verdicts = str(one["text"]), one["verdicts"]
        assert isinstance(verdicts, dict)
        wrong = {text[found.figure.start : found.figure.end] for found in check(text) if found.verdict is Verdict.WRONG}
        meant = {said for said, verdict in verdicts.items() if verdict == "wrong"}
        right, called, labelled = right + len(wrong & meant), called + len(wrong), labelled + len(meant)
    return Noted(f"“不一致”：{path.name}", f"说不一致的 {called} 处，对的 {right} 处；应说的 {labelled} 处，说到 {right} 处")


def _by_kind(path: Path) -> Iterator[Noted]:
    """Precision and recall on passages labelled by relations, then each kind of claim."""
    found = score(passages(path))
    said = f"准确率 {found.precision:.2f}（误报 {len(found.alarms)} 处），检出率 {found.recall:.2f}（{sum(found.found.values())}/{sum(found.wrong.values())}）"
    yield Noted(f"“不一致”：{path.name}", f"{said}，能核的核到 {sum(found.covered.values())}/{sum(found.checkable.values())}")
    for kind in found.kinds:
        checked = f"核到 {found.covered[kind]}/{found.checkable[kind]}"
        yield Noted(f"  {path.name}：{kind}", f"{checked}，写错的检出 {found.found[kind]}/{found.wrong[kind]}")
