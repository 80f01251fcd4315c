"""The feed itself: asked by a calendar program without a session; the secret in the address is all it has.

The secret has 256 random bits, so that trying addresses is hopeless and needs no counting; a wrong one costs one query.
"""

from __future__ import annotations

from datetime import UTC, datetime, time
from hashlib import sha256

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.views.decorators.http import require_safe

from shanghui.access.acts import Act
from shanghui.access.models import User
from shanghui.access.queries import feed_key, revisions_of
from shanghui.access.scope import held_seats
from shanghui.web.feeds.calendars import Entry, Record, Revision, calendar
from shanghui.web.feeds.subjects import entries
from shanghui.web.kit.as_at import AsAt
from shanghui.web.kit.visits import Visit

UNKNOWN = "没有这个日历地址。请登录平台，在“我的日历”里重新生成。"
STOPPED = "这个日历地址已经停用。请从日历里删掉它；还要用的，登录平台在“我的日历”里重新生成。"


@require_safe
def feed(request: HttpRequest, token: str) -> HttpResponse:
    """The calendar of whoever made the address, with what that person reaches today."""
    key = feed_key(token)
    if key is None:
        return _words(UNKNOWN, 404)
    if key.revoked_at is not None or not key.user.is_active:
        return _words(STOPPED, 410)
    visit = _visit(key.user)
    listed = entries(visit)
    body = calendar(
        listed, name=_name(visit), stamp=_beginning_of_day(visit), revisions=_revisions(listed), absolute=request.build_absolute_uri
    )
    return _answer(request, body)


def _visit(user: User) -> Visit:
    """The visit of somebody who is not here: the seats held today, the day of today."""
    now = timezone.now()
    today = timezone.localdate(now)
    return Visit(user, Act.SIGNED_IN, now, today, AsAt(today, today), tuple(held_seats(user, today)))


def _name(visit: Visit) -> str:
    return f"{visit.seats[0].unit.name} · 党建待办" if visit.seats else "党建待办"


def _beginning_of_day(visit: Visit) -> datetime:
    """When what is computed was last computed anew: verdicts move with the day, so that a day has one file."""
    return timezone.make_aware(datetime.combine(visit.today, time.min)).astimezone(UTC)


def _revisions(listed: list[Entry]) -> dict[Record, Revision]:
    """By record how often it was changed and when last. One query for each table."""
    tables: dict[str, list[int]] = {}
    for table, pk in (entry.record for entry in listed if entry.record):
        tables.setdefault(table, []).append(pk)
    return {
        (table, pk): Revision(written - 1, at) for table, pks in tables.items() for pk, written, at in revisions_of(table, pks)
    }


def _answer(request: HttpRequest, body: bytes) -> HttpResponse:
    """The file, or 304 when the program has it already."""
    etag = f'"{sha256(body).hexdigest()}"'
    response = HttpResponse(body, content_type="text/calendar; charset=utf-8", headers={
        "ETag": etag, "Cache-Control": "private, no-cache", "Content-Disposition": 'inline; filename="calendar.ics"',
        "X-Robots-Tag": "noindex",
    })
    answer = get_conditional_response(request, etag=etag, response=response)
    assert answer is not None
    return answer


def _words(text: str, status: int) -> HttpResponse:
    return HttpResponse(f"{text}\n", status=status, content_type="text/plain; charset=utf-8", headers={"Cache-Control": "no-store"})
