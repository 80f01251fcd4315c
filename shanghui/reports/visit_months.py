"""What the month sheet of a guide says (M06): produced from visits and facts, never written. Plain values, nothing is asked for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from shanghui.reports.content import chinese_day, chinese_number

NOTHING = "本月没有走访记录，联系的商会在台账里也没有变化。"
NO_VISIT = "本月没有走访记录。"


@dataclass(frozen=True)
class VisitLine:
    """One visit, as far as it was written down."""

    day: date
    met: str = ""
    missing: str = ""
    agreed: str = ""
    help_wanted: str = ""
    next_on: date | None = None

    @property
    def facts(self) -> list[tuple[str, str]]:
        """(label, text) of what was written, in its order."""
        next_on = f"{self.next_on.month}月{self.next_on.day}日" if self.next_on else ""
        pairs = (
            ("见到", self.met), ("还差", self.missing), ("说定", self.agreed), ("要上级帮忙", self.help_wanted), ("下次", next_on),
        )
        return [(label, text) for label, text in pairs if text]

    @property
    def told(self) -> str:
        """The visit in a line: «6月3日走访。见到：…；说定：…。»."""
        said = "；".join(f"{label}：{text}" for label, text in self.facts)
        return f"{self.day.month}月{self.day.day}日走访。{said}{'。' if said else ''}"


@dataclass(frozen=True)
class ChamberMonth:
    """A chamber the guide looked after or visited: how it stands at the end, the visits, what changed in the ledger."""

    chamber: int
    name: str
    standing: str
    visits: tuple[VisitLine, ...] = ()
    changes: tuple[str, ...] = ()


@dataclass(frozen=True)
class VisitMonth:
    """The sheet. `last`: the month's last day, or the day it was asked for while the month runs."""

    guide: str
    office: str
    first: date
    last: date
    chambers: tuple[ChamberMonth, ...]

    @property
    def title(self) -> str:
        """«郭丽静2022年6月走访月报»."""
        return f"{self.guide}{self.first.year}年{self.first.month}月走访月报"

    @property
    def visits(self) -> int:
        """How many visits."""
        return sum(len(one.visits) for one in self.chambers)

    @property
    def visited(self) -> list[ChamberMonth]:
        """The chambers visited."""
        return [one for one in self.chambers if one.visits]

    @property
    def changed(self) -> list[ChamberMonth]:
        """The chambers about which the ledger tells of a change."""
        return [one for one in self.chambers if one.changes]

    @property
    def unvisited(self) -> list[ChamberMonth]:
        """The chambers looked after and not visited."""
        return [one for one in self.chambers if not one.visits]

    @property
    def parts(self) -> list[tuple[str, list[str]]]:
        """(numbered heading, its lines): the visits by chamber, what changed, which chambers were not visited, as far as there are any."""
        visits = [text for one in self.visited for text in (f"{one.name}（{one.standing}）", *(visit.told for visit in one.visits))]
        changes = [f"{one.name}：{'；'.join(one.changes)}。" for one in self.changed]
        unvisited = [f"{one.name}：{one.standing}。" for one in self.unvisited]
        listed = [one for one in (("走访情况", visits), ("台账里的变化", changes), ("本月没有走访的商会", unvisited)) if one[1]]
        return [(f"{chinese_number(place)}、{title}", lines) for place, (title, lines) in enumerate(listed, start=1)]

    @property
    def origin(self) -> str:
        """The last line: where all this is from, and as at which day."""
        return f"（按走访记录和台账自动生成，数据截至{chinese_day(self.last)}。）"

    @property
    def summary(self) -> str:
        """The first sentence: an empty month says so plainly."""
        if not self.chambers:
            return "本月没有联系的商会，也没有走访记录。"
        if not self.visits:
            return NO_VISIT if self.changed else NOTHING
        return f"联系商会 {len(self.chambers)} 家，走访 {len(self.visited)} 家、{self.visits} 次。"
