"""People and originals kept long enough: a preview, and after it the erasing (PRIV-05, PRIV-11)."""

from __future__ import annotations

import hashlib
from typing import Any

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.exchange.erasing import Due, due, erase_expired
from shanghui.kernel.refusals import Refused
from shanghui.ledger.people.retention import TERMS
from shanghui.web.kit.answers import answer_question
from shanghui.web.kit.forms import ReasonForm
from shanghui.web.kit.visits import Visit, page, show

SHOWN = 200


class EraseForm(ReasonForm):
    """Why, and what the preview listed."""

    stamp = forms.CharField(widget=forms.HiddenInput)


def stamp(found: Due) -> str:
    """Changes when another person or file is in the list."""
    keys = f"{[one.person.pk for one in found.people]}{[run.pk for run in found.runs]}{[one.pk for one in found.comparisons]}"
    return hashlib.sha256(keys.encode()).hexdigest()[:16]


@page(Act.PEOPLE_ERASE, methods=("GET",))
def expired(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Who left so long ago that the record is reduced, under which rule; what goes and what has to stay."""
    found = due(visit.scope_today(), visit.today)
    context = {
        "people": found.people[:SHOWN], "more": max(0, len(found.people) - SHOWN), "runs": found.runs[:SHOWN], "terms": TERMS,
        "comparisons": found.comparisons[:SHOWN], "any": bool(found.people or found.runs or found.comparisons),
    }
    return show(request, "privacy/expired.html", visit, context)


@page(Act.PEOPLE_ERASE)
def expired_erase(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Asks once more and erases what the preview listed; refuses when the list has changed since."""
    found = due(visit.scope_today(), visit.today)
    if not (found.people or found.runs or found.comparisons):
        return redirect("expired")
    form = EraseForm(request.POST or None, initial={"stamp": stamp(found)})

    def do(cleaned: dict[str, Any]) -> str:
        if cleaned["stamp"] != stamp(found):
            raise Refused("名单在您打开这一页以后有变化。请返回重新核对名单。")
        erase_expired(found, by=visit.user, at=visit.now, reason=cleaned["reason"])
        return reverse("expired")

    told = [
        f"{len(found.people)} 人的姓名、号码、电话、单位、备注从台账和操作记录里清除，不能恢复。",
        f"{len(found.runs)} 次导入、{len(found.comparisons)} 次比对的原始文件和逐行明细清除；有这些人的导入、比对也一并清除。",
        "性别、民族、学历、出生、入党和转正时间，人员类别、组织关系、职务的起止保留，以前各天的数字不变。",
        "会议记录、公开事项、报告和附件正文里写到的名字不在这里清除；以前的备份按备份的保存期处理。",
    ]
    return answer_question(
        request, visit, question="清除保存期满的个人信息？", do=do, back=reverse("expired"), verb="清除", consequences=told, form=form,
        done="已清除，操作记录里各有一条。", cancel_verb="不清除",
    )
