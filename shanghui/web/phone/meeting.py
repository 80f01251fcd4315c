"""One meeting being recorded: which branches, which form, which names; and writing it."""

from __future__ import annotations

import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any

from django.db import transaction
from django.http import HttpRequest, QueryDict

from shanghui.access.acts import Act
from shanghui.access.models import Unit, UnitKind
from shanghui.kernel.refusals import Refused
from shanghui.ledger.activities.models import Activity, ActivityType, Attendance, Presence
from shanghui.ledger.activities.operations import Parts, Roll, change_activity, close_code, open_code, record_activity
from shanghui.ledger.activities.queries import last_of
from shanghui.web.kit.visits import Visit
from shanghui.web.phone import people
from shanghui.web.phone.due import Kind, due_kinds
from shanghui.web.phone.forms import RecordForm, new_key, sound_key

TOGETHER_AT_MOST = 60
"""So many of one's other branches are offered for a joint meeting."""


@dataclass
class Meeting:
    """What the page shows and what is sent. `activity`: an activity begun already, None for a new one; `asked`: the kind
    and the day a link named (`?type=`, `?on=`)."""

    visit: Visit
    unit: Unit
    activity: Activity | None
    sent: QueryDict | None
    asked: Mapping[str, str]

    @classmethod
    def of(cls, request: HttpRequest, visit: Visit, unit: Unit, activity: Activity | None) -> Meeting:
        """The meeting of a request."""
        return cls(visit, unit, activity, request.POST if request.method == "POST" else None, request.GET)

    @cached_property
    def others(self) -> list[Unit]:
        """The visitor's other branches."""
        units = self.visit.scope_today(Act.ACTIVITY_CHANGE).units().filter(kind=UnitKind.ORGANIZATION)
        being = units.filter(organization__periods__valid_to=None, organization__periods__valid_from__lte=self.visit.today)
        return list(being.exclude(pk=self.unit.pk).distinct().order_by("name")[:TOGETHER_AT_MOST])

    @cached_property
    def held_by(self) -> list[Unit]:
        """All hosts of an activity begun already, in the visitor's part of the tree or not."""
        if self.activity is None:
            return []
        return [host.unit for host in self.activity.hosts.select_related("unit").order_by("pk")]

    @cached_property
    def kinds(self) -> list[Kind]:
        """What to offer first."""
        return due_kinds(self.visit, self.unit)

    @cached_property
    def form(self) -> RecordForm:
        """The form, with what was sent or with what is likely."""
        return RecordForm(self.sent, initial=self._initial(), others=self.others, today=self.visit.today, auto_id="r-%s")

    def _initial(self) -> dict[str, Any]:
        if self.activity is not None:
            stands: dict[str, Any] = {name: getattr(self.activity, name) for name in (
                "type", "title", "held_on", "begins", "place", "minutes", "way", "hours", "expected", "present")}
            held_by = [unit.pk for unit in self.held_by]
            return stands | {"aspects": list(self.activity.aspects.values_list("type", flat=True)), "hosts": held_by}
        last = last_of(self.unit.pk)
        likely = {"begins": last.begins, "place": last.place} if last else {}
        return {"type": self._asked_type(), "held_on": self._asked_day(), "way": "room", **likely}

    def _asked_type(self) -> str:
        named = self.asked.get("type", "")
        return named if named in ActivityType.values else self.kinds[0].type.value

    def _asked_day(self) -> date:
        try:
            return min(date.fromisoformat(self.asked.get("on", "")), self.visit.today)
        except ValueError:
            return self.visit.today

    def value(self, name: str) -> Any:
        """What a field says now: as sent where that is sound, else as it was likely."""
        if self.form.is_bound and name not in self.form.errors:
            return self.form.cleaned_data.get(name)
        return self.form.initial.get(name)

    @property
    def type(self) -> str:
        """The kind chosen."""
        return str(self.value("type"))

    @property
    def day(self) -> date:
        """The day chosen."""
        day: date = self.value("held_on")
        return day

    @property
    def hosts(self) -> list[Unit]:
        """The branches that hold it and for which the visitor records, his own first."""
        chosen = set(self.value("hosts") or ())
        return [self.unit, *(one for one in self.others if one.pk in chosen)]

    @cached_property
    def names(self) -> list[people.Named]:
        """Who is expected, with what stands or was tapped for each."""
        return self.names_for(self.type)

    def names_for(self, type: str) -> list[people.Named]:
        """The same, had another kind been chosen."""
        tapped: Mapping[str, str] = self.sent or {}
        return people.named(type, [one.pk for one in self.hosts], self.day, self.activity, tapped)

    @property
    def names_follow(self) -> bool:
        """Whether it was written without network, where no names are: who came is said afterwards (phone/shell.html)."""
        told = self.sent is not None and self.sent.get("names") == "later"
        return told and self.activity is None and self.type != ActivityType.TALK

    @property
    def key(self) -> str:
        """What this submission is named."""
        return sound_key(self.sent.get("key", "")) if self.sent else new_key()

    def write(self) -> Activity:
        """The meeting in the ledger; sent a second time, it is the same. Raises Refused."""
        roster = None if self.names_follow else self._roster()
        kept = () if roster is None else self._elsewhere(roster)
        parts = Parts(
            roster=None if roster is None else [*roster, *kept],
            aspects=[ActivityType(one) for one in self.form.cleaned_data["aspects"]],
        )
        values = self.form.values() | ({} if roster is not None or self.names_follow else self._numbers())
        return self._new(parts, values) if self.activity is None else self._changed(self.activity, parts, values)

    @transaction.atomic
    def begin(self) -> str:
        """A code to sign in by, before the meeting is recorded. Raises Refused, and then nothing has begun."""
        return open_code(activity=self.activity or self._begun(), by=self.visit.user, at=self.visit.now)

    def _begun(self) -> Activity:
        """Today's activity; its own key follows from the page's, so that the record is not taken for it."""
        title = self.value("title") or str(ActivityType(self.type).label)
        key = str(uuid.uuid5(uuid.UUID(self.key), "sign-in"))
        return record_activity(
            type=ActivityType(self.type), held_on=self.visit.today, title=title, hosts=self.hosts, begins=self.value("begins"),
            place=self.value("place") or "", by=self.visit.user, at=self.visit.now, key=key,
        )

    def _new(self, parts: Parts, values: dict[str, Any]) -> Activity:
        kind = ActivityType(values.pop("type"))
        return record_activity(type=kind, hosts=self.hosts, parts=parts, key=self.key, by=self.visit.user, at=self.visit.now, **values)

    @transaction.atomic
    def _changed(self, activity: Activity, parts: Parts, values: dict[str, Any]) -> Activity:
        own = {self.unit.pk, *(one.pk for one in self.others)}
        hosts = [*self.hosts, *(one for one in self.held_by if one.pk not in own)]
        change_activity(activity=activity, hosts=hosts, parts=parts, by=self.visit.user, at=self.visit.now, **values)
        close_code(activity=activity, by=self.visit.user, at=self.visit.now)
        return activity

    def _roster(self) -> list[Roll] | None:
        if not self.names:
            return None
        assert self.sent is not None
        if self.type == ActivityType.TALK:
            return people.talkers(self.names, self.sent.getlist("talk"))
        return people.rolls(self.names, self.sent)

    def _elsewhere(self, roster: Sequence[Roll]) -> list[Roll]:
        """Observers, and those on the rosters of hosts outside the visitor's part of the tree, stay as they are."""
        if self.activity is None:
            return []
        own = {one.pk for one in (self.unit, *self.others)}
        rows = Attendance.objects.filter(activity=self.activity).exclude(person_id__in=[one.person for one in roster])
        stay = [one for one in rows if one.state == Presence.OBSERVER or one.unit_id not in own]
        return [Roll(one.person_id, Presence(one.state), one.unit_id, one.votes, one.reason) for one in stay]

    def _numbers(self) -> dict[str, Any]:
        if self.type == ActivityType.TALK:
            raise Refused("台账里还没有本支部的党员，记不了谁和谁谈。请先登记人员。")
        return {name: self.form.cleaned_data[name] for name in ("expected", "present")}
