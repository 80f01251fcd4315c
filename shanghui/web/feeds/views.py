"""«My calendar»: one makes an address to subscribe to, sees it once, and stops it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.operations import FEEDS_AT_MOST, FeedError, make_feed_key, revoke_feed_key
from shanghui.access.queries import live_feed_keys
from shanghui.web.kit.answers import answer_question
from shanghui.web.kit.visits import Visit, found, page, show


@page(Act.SIGNED_IN, methods=("GET",))
def my_calendar(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The addresses in use, how to subscribe, and what is in the calendar."""
    return _shown(request, visit)


@page(Act.SIGNED_IN, methods=("POST",))
def calendar_make(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Makes an address and shows it on this page alone: it is kept nowhere, so no redirect could show it again."""
    try:
        token = make_feed_key(user=visit.user, by=visit.user, at=visit.now)
    except FeedError as refusal:
        messages.error(request, str(refusal))
        return redirect("my-calendar")
    return _shown(request, visit, request.build_absolute_uri(reverse("feed", kwargs={"token": token})))


@page(Act.SIGNED_IN)
def calendar_revoke(request: HttpRequest, visit: Visit, feed_key: int) -> HttpResponse:
    """Stops one of one's own addresses."""
    row = found(live_feed_keys(visit.user), feed_key)

    def do(cleaned: dict[str, Any]) -> str:
        revoke_feed_key(key=row, by=visit.user, at=visit.now)
        return reverse("my-calendar")

    return answer_question(
        request, visit, question="停用这个日历地址？", do=do, back=reverse("my-calendar"), verb="停用", cancel_verb="不停用", asks_reason=False,
        consequences=["订阅了这个地址的日历不再更新。", "停用后不能恢复；还要用的，重新生成一个。"], done="日历地址已停用。",
    )


def _shown(request: HttpRequest, visit: Visit, made: str = "") -> HttpResponse:
    keys = list(live_feed_keys(visit.user))
    return show(request, "feeds/my_calendar.html", visit, {"keys": keys, "made": made, "may_make": len(keys) < FEEDS_AT_MOST})
