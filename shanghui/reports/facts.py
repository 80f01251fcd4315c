"""The facts a report is compiled from, and the sentences made of them: nothing is said that the ledger does not hold."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from string import Formatter

from shanghui.access.models import Unit, UnitKind
from shanghui.access.naming import names_on
from shanghui.access.scope import Scope, whole
from shanghui.indicators.queries import Figure, Figures, figures
from shanghui.indicators.registry import registry
from shanghui.kernel.periods import Period, half_year_to, next_half_year, year_to, years_before
from shanghui.ledger.activities.models import Activity, ActivityType
from shanghui.ledger.activities.queries import activities
from shanghui.reports.content import HALF_YEAR, YEAR, Counted, Gap, Number, Paragraph, Piece, Words

Pieces = tuple[Piece, ...]
TITLES_SHOWN = 6


def say(*what: str | Piece | Pieces) -> Pieces:
    """Words and pieces in a row; empty words fall away."""
    said: list[Piece] = []
    for one in what:
        if isinstance(one, str):
            said += [Words(one)] if one else []
        else:
            said += one if isinstance(one, tuple) else (one,)
    return tuple(said)


def paragraph(*what: str | Piece | Pieces) -> Paragraph:
    """One paragraph of these."""
    return Paragraph(say(*what))


def joined(several: Iterable[Pieces], mark: str = "、") -> Pieces:
    """Pieces with a mark between them."""
    said: Pieces = ()
    for one in several:
        said += say(mark if said else "", one)
    return said


@dataclass(frozen=True)
class Facts:
    """What the ledger says about a unit as at a day. Sentences name figures by code: «{coverage.organization:rate}».

    `span`: whether what was held is told of the half year or of the year; «{activities.training}» is then the year's figure.
    """

    unit: Unit
    day: date
    span: str = HALF_YEAR

    @cached_property
    def issuer(self) -> str:
        """Who signs: the federation's leading party committee, else the unit itself, as it was called on the day."""
        federation = getattr(self.unit, "federation", None)
        committee = federation.committee if federation else None
        signing = committee.unit if committee else self.unit
        return names_on(self.day, [signing.pk]).get(signing.pk, str(signing.name))

    @property
    def scope(self) -> Scope:
        """What stands below the unit on the day."""
        return whole(self.day).under(self.unit)

    @property
    def period(self) -> Period:
        """The half year, or the year, the report speaks of."""
        return year_to(self.day) if self.span == YEAR else half_year_to(self.day)

    @property
    def word(self) -> str:
        """«上半年», «全年», or «本年» while the year is not over."""
        if self.span == YEAR:
            return "全年" if (self.day.month, self.day.day) == (12, 31) else "本年"
        return self.period.title.removeprefix(f"{self.day.year}年")

    @property
    def coming(self) -> str:
        """What comes after the period, as the report names it."""
        return f"{self.day.year + 1}年" if self.span == YEAR else next_half_year(self.day)

    @property
    def hosts(self) -> str:
        """Who held what was held: «各党组织» of an office's report, "" where one organization speaks of itself."""
        return "各党组织" if self.unit.kind == UnitKind.FEDERATION else ""

    @cached_property
    def before(self) -> Facts:
        """The same a year before; its figures are named with their day."""
        return Facts(self.unit, years_before(self.day, 1), self.span)

    @cached_property
    def called(self) -> str:
        """What the unit was called on the day."""
        return names_on(self.day, [self.unit.pk]).get(self.unit.pk, str(self.unit.name))

    @cached_property
    def figures(self) -> Figures:
        """Every figure of the unit as at the day."""
        return figures(self.scope, self.day)

    def figure(self, code: str) -> Figure:
        """A figure by its code; of what was held, that of the report's period."""
        theme, _, name = code.partition(".")
        return self.figures[f"activities_year.{name}" if self.span == YEAR and theme == "activities" else code]

    def count(self, code: str) -> int:
        """A figure's numerator."""
        return self.figure(code).numerator

    def number(self, code: str, part: str = "numerator", *, on: str = "") -> Number:
        """A figure as a piece of text: its numerator, denominator or rate («85%»). `on`: its day where that is not the report's."""
        figure = self.figure(code)
        shown = {"numerator": str(figure.numerator), "denominator": str(figure.denominator)}
        if figure.rate is not None:
            shown["rate"] = figure.rate.short_percent()
        return Number(figure.indicator.code, figure.indicator.title, part, shown[part], figure.numerator, figure.denominator, on)

    def sentence(self, template: str) -> Pieces:
        """The template with its figures filled in, each traceable."""
        said: Pieces = ()
        for words, code, part, _ in Formatter().parse(template):
            said += say(words) if code is None else say(words, self.number(code, part or "numerator"))
        return said

    def present(self, *templates: str) -> Pieces:
        """Those templates whose first figure is not 0, joined by 、."""
        return joined(self.sentence(one) for one in templates if self.count(_first_code(one)))

    def definition(self, code: str) -> str:
        """A figure's title and definition, as printed at the end."""
        indicator = registry.get(code)
        assert indicator is not None, code
        return f"{indicator.title}：{indicator.definition.replace('分子：', '分子为').replace('分母：', '分母为')}"

    @cached_property
    def held(self) -> dict[str, list[Activity]]:
        """What was held in the period up to the day, by type, the earliest first."""
        found: dict[str, list[Activity]] = {}
        within = activities(self.scope).held(self.period.first, self.period.last).prefetch_related(None)
        for one in within.order_by("held_on", "pk"):
            found.setdefault(one.type, []).append(one)
        return found

    def sessions(self, **words: str) -> Pieces:
        """«会长之家2期（“…”）、民企大讲堂3期（…）» for {type of activity: measure word}; nothing for types not held."""
        return joined(
            say(self.sentence(f"{ActivityType(kind).label}{{activities.{kind}}}{measure}"), self._titles(kind))
            for kind, measure in words.items()
            if self.count(f"activities.{kind}")
        )

    def _titles(self, kind: str) -> str:
        titles = list(dict.fromkeys(quoted(one.title) for one in self.held.get(kind, [])))
        more = "等" if len(titles) > TITLES_SHOWN else ""
        return f"（{''.join(titles[:TITLES_SHOWN])}{more}）" if titles else ""


def quoted(title: str) -> str:
    """A title in quotation marks; marks inside become single ones."""
    return f"“{title.replace('“', '‘').replace('”', '’')}”"


def counted(code: str, title: str, records: str, keys: Iterable[int]) -> Counted:
    """How many records there are, with them."""
    found = tuple(keys)
    return Counted(code, title, str(len(found)), records, found)


def missing(what: str, advice: str, place: str, *, open: bool = False) -> Paragraph:
    """A paragraph that is one visible blank."""
    return paragraph(Gap(what, advice, place, open))


def _first_code(template: str) -> str:
    return next(code for _, code, _, _ in Formatter().parse(template) if code)
