"""What the frame of every page needs: the navigation a visitor's seats allow, whose office it is."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.http import HttpRequest

from shanghui.access.acts import Act
from shanghui.web.kit.routes import route
from shanghui.web.kit.visits import visit_of
from shanghui.web.navigation import navigation

OWN_PAGES = (("me", "我的记录"), ("my-access", "我能看到什么"), ("privacy", "谁能看到什么"), ("my-calendar", "我的日历"), ("digest", "摘要预览"))

FRAME = ("logout", "password", "search")
"""Addresses in the frame: «logout_url» …"""


def frame(request: HttpRequest) -> dict[str, Any]:
    """Context processor."""
    shown: dict[str, Any] = {"duty_phone": settings.DUTY_PHONE, **{f"{name}_url": route(name) for name in FRAME}}
    user = getattr(request, "user", None)
    if user is None or not user.is_authenticated:
        return shown
    visit = visit_of(request, Act.SIGNED_IN)
    seat = visit.seats[0] if visit.seats else None
    return shown | {
        "nav": navigation(visit, request.path),
        "office_name": seat.unit.name if seat else "",
        "seat_title": f"{seat.get_role_display()} · {seat.unit.name}" if seat else "没有席位",
        "user_menu": [{"label": label, "url": route(name)} for name, label in OWN_PAGES],
    }
