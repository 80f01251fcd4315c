"""The larger demonstrations: a province and a nation, with accounts on several levels (architecture.md, `demo --scale`)."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction

from shanghui.access.models import Axis, Role, Unit, UnitKind
from shanghui.access.queries import children_of, unit_with_code
from shanghui.ledger.organizations.models import Form, OrganizationKind, PartyOrganization
from shanghui.web.demonstration.accounts import begin, open_account, remember
from shanghui.web.demonstration.large import nation, province

OFFICE = (("wangmin", "王敏", Role.EDITOR), ("chenlei", "陈蕾", Role.EDITOR), ("lizhuo", "李卓", Role.READER), ("admin", "管理员", Role.ADMINISTRATOR))
BELOW, SECRETARY = ("shiji", "孙立", Role.EDITOR), ("shuji", "龙泽兴", Role.SECRETARY)


def load_province(*, at: datetime, people: int = 70_000, chambers: int = 4_000) -> str:
    """A province of 1,401 federations, as at 2022-06-30; returns the password. Raises Refused when the installation is not empty."""
    password = begin()
    with transaction.atomic():
        province.build(people, chambers)
        _accounts("990000", password, since=province.DAY, at=at)
    remember(password)
    return password


def load_nation(*, at: datetime, share: float = 1) -> str:
    """A nation of 55,000 chambers (or a share of it), as at 2022-12-20; returns the password. Raises Refused as above."""
    password = begin()
    nation.build(share)
    with transaction.atomic():
        _accounts(nation.CODE, password, since=date(nation.LAST_YEAR, 1, 1), at=at)
    remember(password)
    return password


def _accounts(code: str, password: str, *, since: date, at: datetime) -> None:
    """On the topmost office, on the first office below it, and on a branch with its own chamber."""
    top = unit_with_code(code)
    assert top is not None
    below = children_of(top, axis=Axis.SUPERVISION, day=since).filter(kind=UnitKind.FEDERATION)[0]
    branch = PartyOrganization.objects.filter(
        periods__kind=OrganizationKind.BRANCH, periods__form=Form.OWN, periods__valid_to=None, coverages__valid_to=None,
    ).order_by("pk").select_related("unit")[0].unit
    held: list[tuple[tuple[str, str, Role], Unit]] = [*((one, top) for one in OFFICE), (BELOW, below), (SECRETARY, branch)]
    for (username, name, role), unit in held:
        open_account(username, name, role, unit, password=password, since=since, at=at)
