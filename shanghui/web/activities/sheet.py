"""The whole form of an activity: its columns, its roster and its agenda, sent together.

Buttons named `do` only show the form again with something changed: «all» everybody came, «relist» the roster asked anew,
«rows» more rows for the agenda, «show» after another type, day or host. Everything works without scripts.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest, QueryDict

from shanghui.access.models import Unit
from shanghui.ledger.activities.models import Activity, Presence
from shanghui.ledger.activities.operations import Parts, Roll
from shanghui.web.activities import roster as rosters
from shanghui.web.activities.agenda import AgendaRows
from shanghui.web.activities.forms import NUMBERS, ROSTER, ActivityForm
from shanghui.web.activities.roster import LONGEST_REASON, NUMBERS_ONLY, Roster
from shanghui.web.kit.visits import Visit

LISTS = ("hosts", "aspects", "observers", "items")
STANDS_FOR = "roster-for"
_PEOPLE = ("chair", "recorder", "lecturer")


class Sheet:
    """One form as it was asked for or sent. `row`: the activity that is changed; `others`: hosts outside one's part of the tree."""

    def __init__(
        self, request: HttpRequest, visit: Visit, *, initial: dict[str, Any], agenda: Sequence[Mapping[str, Any]] = (),
        row: Activity | None = None, others: Sequence[Unit] = (), **options: Any,
    ) -> None:
        self.visit, self.row, self.others = visit, row, others
        self.sent: QueryDict = request.POST
        self.step = str(self.sent.get("do", ""))
        self.is_checked = bool(self.sent) and not self.step
        self.saved, observers = rosters.saved(visit, row) if row is not None else (Roster(), [])
        given = initial | {"observers": observers}
        self.form = ActivityForm(
            self.sent if self.is_checked else None, initial=given | (_typed(self.sent) if self.step else {}),
            alone=not others, **options,
        )
        self.agenda = AgendaRows(self.sent or None, agenda, checked=self.is_checked, more=self.step == "rows")
        self.complaints: list[str] = []
        self.roster = Roster()
        if not self.is_checked:
            self.roster = self._shown()
            self._choose_counting()

    # --- the roster

    @property
    def is_frozen(self) -> bool:
        """Whether the roster is the one that was saved with the activity."""
        return bool(self.saved.lines or self.saved.kept) and self.step != "relist" and not self.sent.get(STANDS_FOR)

    @property
    def counts_people(self) -> bool:
        """Whether there is a roster to be marked at all."""
        return bool(self.roster.lines or self.roster.kept)

    def _shown(self) -> Roster:
        """The roster for what stands in the form now, with the marks that were sent."""
        if self.is_frozen:
            found = self.saved
        else:
            type, units, day = (self._stands(name) for name in ("type", "hosts", "held_on"))
            found = self._asked(str(type or ""), units or [], day) if day is not None else Roster(kept=self.saved.kept)
        return found.marked(self.sent, all_present=self.step == "all")

    def _asked(self, type: str, units: Sequence[int], day: date) -> Roster:
        units = [*units, *(unit.pk for unit in self.others)]
        return rosters.relisted(self.visit, self.saved, type, units, day)

    def _stands(self, name: str) -> Any:
        """The value of a field that was sent, or stands there to begin with; None when it is none."""
        field = self.form.fields[name]
        raw = self.form[name].data if self.form.is_bound else self.form.initial.get(name)
        if isinstance(raw, date) or (isinstance(raw, list) and all(isinstance(one, int) for one in raw)):
            return raw
        try:
            return field.clean(raw)
        except ValidationError:
            return None

    def _choose_counting(self) -> None:
        """Numbers for types that keep no roster, and for an activity that was saved without one."""
        initial, type = self.form.initial, self._stands("type")
        if self.row is not None and not self.sent:
            plain = self.row.present is not None and not self.saved.lines
            initial["counting"] = NUMBERS if plain else ROSTER
        elif self.step == "show" and not self.roster.is_marked and not initial.get("present"):
            initial["counting"] = NUMBERS if type in NUMBERS_ONLY else ROSTER

    # --- what was sent

    def is_valid(self) -> bool:
        """Whether everything that was sent is right. What is wrong with rows and roster stands on top of the form."""
        fine, agenda_fine = self.form.is_valid(), self.agenda.is_valid()
        self.roster = self._checked_roster() if fine else self._shown()
        complaints = [*self.agenda.faults(), *(self._faults() if fine else [])]
        for text in complaints:
            self.form.add_error(None, text)
        return fine and agenda_fine and not complaints

    def _checked_roster(self) -> Roster:
        cleaned = self.form.cleaned_data
        found = self.saved if self.is_frozen else self._asked(cleaned["type"], cleaned["hosts"], cleaned["held_on"])
        return found.marked(self.sent)

    @property
    def by_roster(self) -> bool:
        """Whether people were marked one by one."""
        chosen = self.form.cleaned_data.get("counting") or (ROSTER if STANDS_FOR in self.sent else NUMBERS)
        return bool(self.roster.kept) or (chosen == ROSTER and bool(self.roster.lines))

    def _faults(self) -> list[str]:
        if not self.by_roster or STANDS_FOR not in self.sent:
            return []
        if not self.is_frozen and self.sent.get(STANDS_FOR) != self.roster.stands_for:
            return ["类别、日期或者主办单位改了，名册已经按新的重列，请核对到会情况，再保存一次。"]
        names, observers = [line.name for line in self.roster.unmarked], self.form.cleaned_data["observers"]
        listed = {line.person: line.name for line in self.roster.lines}
        found = [f"“{listed[one]}”在应到名册里，不用再写列席。" for one in observers if one in listed]
        if names and (self.roster.is_marked or observers):
            shown = "、".join(names[:8]) + ("等" if len(names) > 8 else "")
            found.append(f"还有 {len(names)} 人没有标到会情况：{shown}。")
        found += [f"“{line.name}”的请假原因太长，写几个字就行，最多 {LONGEST_REASON} 字。" for line in self.roster.wordy]
        return found

    def values(self) -> dict[str, Any]:
        """The columns. Numbers of people are counted from the roster where there is one."""
        values = self.form.values()
        if self.by_roster:
            values |= {"expected": None, "present": None}
        elif self.saved.lines and STANDS_FOR not in self.sent:
            del values["expected"], values["present"]
        for name in _PEOPLE if self.row is not None else ():
            kept = getattr(self.row, f"{name}_id")
            if values[f"{name}_id"] is None and kept and kept not in self.form.fields[name].words:  # type: ignore[attr-defined]
                values[f"{name}_id"] = kept
        return values

    def parts(self, **more: Any) -> Parts:
        """Roster, agenda, and what it counts as besides."""
        return Parts(
            roster=self._rolls(), agenda=self.agenda.items(), aspects=self.form.also(), items=self.form.chosen_items(), **more
        )

    def _rolls(self) -> list[Roll] | None:
        if STANDS_FOR not in self.sent:
            return None
        if not self.by_roster:
            return []
        observers = [Roll(one, Presence.OBSERVER) for one in self.form.cleaned_data["observers"]]
        kept = {one.person for one in self.roster.kept}
        return [*self.roster.kept, *self.roster.rolls(), *(one for one in observers if one.person not in kept)]

    @property
    def keeps_roster_of_another_day(self) -> bool:
        """Whether the roster stayed although day, type or hosts were changed."""
        if self.row is None or not self.is_frozen:
            return False
        before, now = self.form.initial, self.form.cleaned_data
        return any(now[name] != before[name] for name in ("held_on", "type")) or set(now["hosts"]) != set(before["hosts"])


def _typed(sent: QueryDict) -> dict[str, Any]:
    """What was typed, to stand in the form again without being judged; empty places of a list are none."""
    lists = {name: [one for one in sent.getlist(name) if one.strip()] for name in LISTS}
    return {name: sent[name] for name in ActivityForm.base_fields if name in sent} | lists


def beginning(row: Activity) -> dict[str, Any]:
    """The columns of an activity as the form begins with them."""
    initial = {field.name: getattr(row, field.attname) for field in Activity._meta.concrete_fields}
    return initial | {"aspects": list(row.aspects.values_list("type", flat=True))}


def once_more(row: Activity, day: date) -> dict[str, Any]:
    """The beginnings of another activity like this one: same kind, hosts and place, on another day."""
    kept = ("type", "title", "place", "way", "begins", "hours")
    return {name: getattr(row, name) for name in kept} | {"held_on": day, "aspects": list(row.aspects.values_list("type", flat=True))}
