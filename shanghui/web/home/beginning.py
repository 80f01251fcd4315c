"""How an installation without records begins: four tasks in their order; what cannot start says why."""

from __future__ import annotations

from dataclasses import dataclass

from shanghui.access.acts import Act
from shanghui.access.models import Role, UnitKind
from shanghui.access.queries import federations, seats_within
from shanghui.ledger.organizations.models import Chamber
from shanghui.ledger.people.models import Person
from shanghui.web.kit.links import address
from shanghui.web.kit.visits import Visit


@dataclass(frozen=True)
class Task:
    """One step: done, to be started (`url`, `verb`), or waiting (`waits`: for what, or whom to ask)."""

    title: str
    text: str
    done: bool
    url: str = ""
    verb: str = ""
    waits: str = ""


@dataclass(frozen=True)
class Beginning:
    """The tasks, and where one stands."""

    tasks: tuple[Task, ...]

    @property
    def done(self) -> int:
        """How many are done."""
        return sum(task.done for task in self.tasks)

    @property
    def left(self) -> int:
        """How many are not."""
        return len(self.tasks) - self.done

    @property
    def next(self) -> Task | None:
        """The one to start now: its button is the page's primary one."""
        return next((task for task in self.tasks if not task.done and task.url), None)


def has_chambers(visit: Visit) -> bool:
    """Whether there is anything to show figures of. One query."""
    return Chamber.objects.within(visit.scope_today(Act.FIGURES_VIEW)).exists()


def beginning(visit: Visit, chambers: bool) -> Beginning:
    """The four tasks for the visitor's part of the tree. Three queries."""
    people = Person.objects.within(visit.scope_today(Act.PEOPLE_VIEW)).filter(memberships__isnull=False).exists()
    invited = seats_within(visit.scope_today(Act.FIGURES_VIEW), visit.today).filter(role__in=(Role.SECRETARY, Role.GUIDE)).exists()
    return Beginning((
        _institution(visit), _ledger(visit, chambers), _roster(visit, chambers, people), _accounts(visit, chambers, invited),
    ))


def _institution(visit: Visit) -> Task:
    own = [seat.unit for seat in visit.seats if seat.unit.kind == UnitKind.FEDERATION]
    unit = own[0] if own else federations(visit.scope_today(Act.FIGURES_VIEW)).select_related("federation__committee__unit").first()
    federation = getattr(unit, "federation", None)
    committee = federation.committee if federation is not None else None
    text = f"{unit.name}，党建领导机构是{committee.unit.name}" if unit and committee else unit.name if unit else "还没有登记工商联"
    return Task("核对机构", text, unit is not None, address("tree") if visit.may(Act.TREE_CHANGE) else "", "去看")


def _ledger(visit: Visit, chambers: bool) -> Task:
    may = visit.may(Act.IMPORT)
    return Task(
        "导入商会和党组织台账", "用现成的 Excel，不用改表", chambers, address("import-new") if may else "", "导入台账",
        "" if may else "请办公室经办导入",
    )


def _roster(visit: Visit, chambers: bool, people: bool) -> Task:
    may = chambers and visit.may(Act.IMPORT)
    waits = "等第 2 步" if not chambers else "" if may else "请办公室经办导入"
    return Task(
        "导入党员名册", "导入后自动算出党员数、交叉任职、转正期限", people, address("import-new") if may else "", "导入名册", waits,
    )


def _accounts(visit: Visit, chambers: bool, invited: bool) -> Task:
    may = chambers and visit.may(Act.SEATS_MANAGE)
    waits = "等第 2 步" if not chambers else "" if may else "请系统管理员开账号"
    return Task(
        "请支部书记和指导员进来", "开账号、设席位，打开网址就能用，不用装应用", invited, address("account-new") if may else "", "开账号", waits,
    )
