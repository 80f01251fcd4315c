"""An act of accepting taken back; a comparison closed, and opened again (M50)."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from shanghui.access.acts import Act
from shanghui.exchange.reconciling.accepting import take_back
from shanghui.exchange.reconciling.operations import close, reopen
from shanghui.exchange.reconciling.queries import acceptances
from shanghui.web.comparisons.seen import address, comparison_of
from shanghui.web.kit.answers import answer_question
from shanghui.web.kit.visits import Visit, found, page


@page(Act.IMPORT)
def comparison_undo(request: HttpRequest, visit: Visit, comparison: int, acceptance: int) -> HttpResponse:
    """Takes back all that was accepted at once, or says which later change stands in the way."""
    row = comparison_of(visit, comparison)
    made = found(acceptances(row), acceptance)

    def do(cleaned: dict[str, Any]) -> str:
        take_back(acceptance=made, by=visit.user, at=visit.now)
        return address(row)

    return answer_question(
        request, visit, question=f"撤销这次采用的 {made.cells_count} 处？", do=do, back=address(row), verb="撤销", asks_reason=False, cancel_verb="不撤销",
        consequences=["台账恢复到采用以前的样子，这几处回到待办。", "以后又改过其中的记录的，不能撤销，会告诉您是哪一条。"], done="已撤销。",
    )


@page(Act.IMPORT)
def comparison_close(request: HttpRequest, visit: Visit, comparison: int) -> HttpResponse:
    """It is done with and kept as it stands."""
    row = comparison_of(visit, comparison)
    waiting = row.lines.filter(waiting=True).count()

    def do(cleaned: dict[str, Any]) -> str:
        close(comparison=row, by=visit.user, at=visit.now)
        return address(row)

    return answer_question(
        request, visit, question="办结这次比对？", do=do, back=address(row), verb="办结", asks_reason=False, cancel_verb="接着办", done="已办结，结果留存。",
        consequences=[f"还有 {waiting} 行没有办，会照原样留存。" if waiting else "全部办完了。", "结果和原文件留存备查；要接着办，可以重新打开。"],
    )


@page(Act.IMPORT)
def comparison_reopen(request: HttpRequest, visit: Visit, comparison: int) -> HttpResponse:
    """It is worked on again."""
    row = comparison_of(visit, comparison)

    def do(cleaned: dict[str, Any]) -> str:
        reopen(comparison=row, by=visit.user, at=visit.now)
        return address(row)

    return answer_question(
        request, visit, question="重新打开这次比对？", do=do, back=address(row), verb="重新打开", asks_reason=False, done="已重新打开。",
        consequences=["可以接着采用、保留、撤销。台账后来有了变化的，那几处会提示重新比对。"],
    )
