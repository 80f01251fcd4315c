"""The to-do: what is overdue, due in 7 days, in 30 days, later, and what has no date; each with its source and one verb."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from shanghui.web.home.articles import Article

KINDS = {
    "duty": "组织生活", "term": "换届", "standing": "组织设置", "campaign": "专题活动", "case": "办理事项", "invitation": "共同主办",
    "visit": "走访", "gap": "未覆盖商会", "member": "发展党员", "transfer": "组织关系", "import": "导入",
    "correction": "更正请求", "dues": "党费",
}
SHOWN = 12


@dataclass(frozen=True)
class Part:
    """One of several things told together, and where one goes for it alone."""

    title: str
    url: str


@dataclass(frozen=True)
class Item:
    """One thing to do. `due` None: no date; `text` says about what, `who` is in charge; `number`: how many it stands for;
    `parts`: into what it opens."""

    kind: str
    due: date | None
    title: str
    text: str
    url: str
    verb: str
    article: Article | None = None
    who: str = ""
    number: int = 1
    parts: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Bucket:
    """The items of one stretch of time; `more`: how many are not shown."""

    key: str
    title: str
    items: tuple[Item, ...]

    @property
    def shown(self) -> tuple[Item, ...]:
        """What fits."""
        return self.items[:SHOWN]

    @property
    def more(self) -> int:
        """What does not."""
        return len(self.items) - len(self.shown)


BUCKETS = (("late", "已逾期"), ("week", "7 天内"), ("month", "30 天内"), ("later", "30 天以后"), ("open", "没有期限"))


def bucket_of(due: date | None, today: date) -> str:
    """Where a date stands: the day itself is not overdue; 7 and 30 days include their last day."""
    if due is None:
        return "open"
    if due < today:
        return "late"
    if due <= today + timedelta(days=7):
        return "week"
    return "month" if due <= today + timedelta(days=30) else "later"


@dataclass(frozen=True)
class Todo:
    """Everything there is to do."""

    items: Sequence[Item]
    today: date
    kind: str = ""

    @property
    def chosen(self) -> list[Item]:
        """The items of the kind asked for, all where none is."""
        return [item for item in self.items if item.kind == self.kind or self.kind not in KINDS]

    @property
    def buckets(self) -> list[Bucket]:
        """By time, the earliest first; empty stretches left out."""
        ordered = sorted(self.chosen, key=lambda item: (item.due or date.max, item.title))
        listed = [
            Bucket(key, title, tuple(item for item in ordered if bucket_of(item.due, self.today) == key)) for key, title in BUCKETS
        ]
        return [bucket for bucket in listed if bucket.items]

    @property
    def choices(self) -> list[tuple[str, str, int]]:
        """The kinds that there are, to choose from."""
        counts = {kind: sum(item.kind == kind for item in self.items) for kind in KINDS}
        present = [(kind, KINDS[kind], count) for kind, count in counts.items() if count]
        return [("", "全部", len(self.items)), *present] if len(present) > 1 else []

    @property
    def sentence(self) -> str:
        """«1 件已逾期，4 件 7 天内到期。»"""
        places = [bucket_of(item.due, self.today) for item in self.items]
        late, week = places.count("late"), places.count("week")
        said = "，".join(text for count, text in ((late, f"{late} 件已逾期"), (week, f"{week} 件 7 天内到期")) if count)
        return f"{said}。" if said else "近 7 天没有到期的事。"
