"""A secretary's project: its page, and what can happen to it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from shanghui.access.acts import Act
from shanghui.access.models import UnitKind
from shanghui.ledger.activities.queries import activities
from shanghui.ledger.programs.models import SecretaryProject
from shanghui.ledger.programs.operations import change_project, close_project, open_project
from shanghui.web.kit.answers import answer_form
from shanghui.web.kit.history import history
from shanghui.web.kit.units import unit_options
from shanghui.web.kit.visits import Visit, found, page, show
from shanghui.web.partners.alliances import SHOWN
from shanghui.web.partners.forms import CloseForm, ProjectForm


def _address(row: SecretaryProject) -> str:
    return reverse("project", kwargs={"project": row.pk})


def _mine(visit: Visit, pk: int) -> SecretaryProject:
    return found(SecretaryProject.objects.within(visit.scope_today()).select_related("unit"), pk)


@page(Act.LEDGER_VIEW, methods=("GET",))
def project(request: HttpRequest, visit: Visit, project: int) -> HttpResponse:
    """What it is for, what was done, what came of it."""
    row = _mine(visit, project)
    may_change = visit.may(Act.ACTIVITY_CHANGE) and visit.scope_today(Act.ACTIVITY_CHANGE).contains(row.unit_id)
    held = activities(visit.scope_today()).filter(project_links__project=row)[:SHOWN]
    context = {"row": row, "activities": held, "acts": history(row), "may_change": may_change, "may_undo": may_change}
    return show(request, "partners/project.html", visit, context)


@page(Act.ACTIVITY_CHANGE)
def project_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """The project of a year."""
    form = ProjectForm(request.POST or None, initial={"year": visit.today.year}, units=unit_options(visit, UnitKind.ORGANIZATION))

    def do(cleaned: dict[str, Any]) -> str:
        unit = found(visit.scope_today().units(), cleaned.pop("unit"))
        return _address(open_project(unit=unit, by=visit.user, at=visit.now, **cleaned))

    crumbs = (("书记项目", reverse("projects")), ("立项", ""))
    return answer_form(request, visit, form, do=do, heading="书记项目立项", back=reverse("projects"), verb="立项", crumbs=crumbs)


@page(Act.ACTIVITY_CHANGE)
def project_change(request: HttpRequest, visit: Visit, project: int) -> HttpResponse:
    """Another title, goal or year."""
    row = _mine(visit, project)
    form = ProjectForm(request.POST or None, initial={"year": row.year, "title": row.title, "goal": row.goal})

    def do(cleaned: dict[str, Any]) -> str:
        change_project(project=row, by=visit.user, at=visit.now, **cleaned)
        return _address(row)

    crumbs = (("书记项目", reverse("projects")), (row.title, _address(row)), ("修改", ""))
    return answer_form(request, visit, form, do=do, heading="修改书记项目", back=_address(row), crumbs=crumbs)


@page(Act.ACTIVITY_CHANGE)
def project_close(request: HttpRequest, visit: Visit, project: int) -> HttpResponse:
    """Closes a project with its result."""
    row = _mine(visit, project)
    form = CloseForm(request.POST or None, initial={"on": visit.today})

    def do(cleaned: dict[str, Any]) -> str:
        close_project(project=row, by=visit.user, at=visit.now, **cleaned)
        return _address(row)

    crumbs = (("书记项目", reverse("projects")), (row.title, _address(row)), ("结项", ""))
    return answer_form(request, visit, form, do=do, heading="书记项目结项", back=_address(row), verb="结项", crumbs=crumbs)
