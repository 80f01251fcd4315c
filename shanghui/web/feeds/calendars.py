"""Entries as an iCalendar file (RFC 5545): days without times end on the day after, times stand in UTC, lines are folded."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from django.conf import settings
from django.utils.crypto import salted_hmac
from django.utils.timezone import make_aware
from icalendar import Alarm, Calendar, Event

PRODUCT = "-//shanghui//party work of chambers//ZH"
ASK_AGAIN = timedelta(hours=6)
LENGTH = timedelta(hours=1)
"""A meeting's end is not recorded; so long it is shown."""
REMIND = timedelta(days=-3, hours=9)
"""At nine in the morning, three days before."""
Record = tuple[str, int]
"""Table and key."""


@dataclass(frozen=True)
class Entry:
    """One thing in a calendar. `key` names its subject whatever its state; `url` is a path; `record`: what it is read from."""

    key: str
    title: str
    on: date
    text: str = ""
    url: str = ""
    begins: time | None = None
    place: str = ""
    reminds: bool = False
    record: Record | None = None


@dataclass(frozen=True)
class Revision:
    """How often a record was changed since it was made, and when last."""

    number: int
    at: datetime


def calendar(
    entries: Iterable[Entry], *, name: str, stamp: datetime, revisions: Mapping[Record, Revision], absolute: Callable[[str], str],
) -> bytes:
    """The file. The same entries and the same stamp give the same bytes."""
    made = Calendar()
    made.add("prodid", PRODUCT)
    made.add("version", "2.0")
    made.add("calscale", "GREGORIAN")
    made.add("method", "PUBLISH")
    made.add("name", name)
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", settings.TIME_ZONE)
    made.add("refresh-interval", ASK_AGAIN, parameters={"VALUE": "DURATION"})
    made.add("x-published-ttl", "PT6H")
    for entry in sorted(entries, key=lambda one: (one.on, one.key)):
        revision = revisions.get(entry.record) if entry.record else None
        made.add_component(_event(entry, stamp, revision, absolute))
    return bytes(made.to_ical())


def _event(entry: Entry, stamp: datetime, revision: Revision | None, absolute: Callable[[str], str]) -> Event:
    made = Event()
    made.add("uid", f"{entry.key}@{_installation()}")
    made.add("dtstamp", max(stamp, revision.at.astimezone(UTC)) if revision else stamp)
    _add_time(made, entry)
    made.add("summary", entry.title)
    address = absolute(entry.url) if entry.url else ""
    made.add("description", "\n".join(line for line in (entry.text, address) if line))
    if address:
        made.add("url", address)
    if entry.place:
        made.add("location", entry.place)
    if revision:
        made.add("sequence", revision.number)
        made.add("last-modified", revision.at.astimezone(UTC))
    if entry.reminds:
        made.add_component(_alarm(entry))
    return made


def _add_time(made: Event, entry: Entry) -> None:
    """A day has no time zone and ends, exclusively, on the next; a time is told in UTC so that no zone has to be defined."""
    if entry.begins is None:
        made.add("dtstart", entry.on)
        made.add("dtend", entry.on + timedelta(days=1))
        made.add("transp", "TRANSPARENT")
        return
    begins = make_aware(datetime.combine(entry.on, entry.begins)).astimezone(UTC)
    made.add("dtstart", begins)
    made.add("dtend", begins + LENGTH)


def _alarm(entry: Entry) -> Alarm:
    made = Alarm()
    made.add("action", "DISPLAY")
    made.add("description", entry.title)
    made.add("trigger", REMIND)
    return made


def _installation() -> str:
    """Tells the entries of two installations apart in one calendar program."""
    return f"{salted_hmac('shanghui.feeds', 'installation').hexdigest()[:12]}.shanghui"
