"""Who is asking, for which act, on which day: every view gets a Visit, and rows come narrowed to it (M48).

`@page(Act.LEDGER_VIEW)` over `view(request, visit, **kwargs)`: signed out leads to the sign-in, an act that no seat
allows is 403, and a row outside the scope does not exist (404, through `found`). The generated test walks every address
with every role and reads the act from `view.act`.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from functools import cached_property, wraps
from typing import Any, TypeVar

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.db.models import Model, QuerySet
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render
from django.utils import timezone

from shanghui.access.acts import MAY, Act, roles_that_may
from shanghui.access.models import Role, Seat, User
from shanghui.access.scope import Scope, held_seats, reached_among, scope_of_seats
from shanghui.ledger.people.models import Person
from shanghui.ledger.people.privacy import Sight, Viewer, least_of, sight_of
from shanghui.web.kit.as_at import AsAt, read_as_at

Row = TypeVar("Row", bound=Model)
View = Callable[..., HttpResponse]


@dataclass(frozen=True)
class Visit:
    """One request of a signed-in visitor. `day` is the as-at day asked for; `now` and `today` are read here, once."""

    user: User
    act: Act
    now: datetime
    today: date
    asked: AsAt
    seats: tuple[Seat, ...]

    @property
    def day(self) -> date:
        """The as-at day."""
        return self.asked.day

    @cached_property
    def acts(self) -> frozenset[Act]:
        """Everything some seat of the visitor allows."""
        return frozenset(act for seat in self.seats for act in MAY[Role(seat.role)]) | {Act.SIGNED_IN}

    def may(self, act: Act) -> bool:
        """Whether some seat allows the act."""
        return act in self.acts

    def scope(self, act: Act | None = None) -> Scope:
        """What the visitor reaches for the act (the page's own by default), by the tree of the as-at day."""
        return scope_of_seats(self.seats, act or self.act, user=self.user, day=self.day)

    def scope_today(self, act: Act | None = None) -> Scope:
        """The same by the tree of today: for changes and pickers."""
        return scope_of_seats(self.seats, act or self.act, user=self.user, day=self.today)

    def sight(self, act: Act | None = None) -> Sight:
        """What the visitor sees of everybody reached for the act (the page's own by default): for lists, searches and exports."""
        roles = roles_that_may(act or self.act) if (act or self.act) != Act.SIGNED_IN else list(Role)
        return least_of(self._roles_over[seat.unit_id] for seat in self.seats if seat.role in roles)

    def sight_of(self, person: Person) -> Sight:
        """What the visitor sees of one person: as each role whose seats reach him, and as himself."""
        viewers: set[Viewer | str] = {Viewer.SELF} if person.user_id == self.user.pk else set()
        roles = {seat.role for seat in self.seats} & set(roles_that_may(Act.PEOPLE_VIEW))
        for role in roles:
            seats = [seat for seat in self.seats if seat.role == role]
            reached = replace(scope_of_seats(seats, Act.PEOPLE_VIEW, user=self.user, day=self.day), user_id=None)
            if (len(roles) == 1 and not viewers) or Person.objects.within(reached).filter(pk=person.pk).exists():
                viewers.add(role)
        return sight_of(viewers)

    @cached_property
    def _roles_over(self) -> dict[int, set[str]]:
        """By unit of a seat the roles the visitor has there or above. One query where he sits in several places."""
        units = {seat.unit_id for seat in self.seats}
        over = {(pk, pk) for pk in units} | (reached_among(units, self.day) if len(units) > 1 else set())
        return {pk: {seat.role for seat in self.seats if (seat.unit_id, pk) in over} for pk in units}

    @property
    def query(self) -> str:
        """«?on=2022-06-30» to be carried along by links, "" for today."""
        return "" if self.day == self.today else f"?on={self.day.isoformat()}"


def visit_of(request: HttpRequest, act: Act) -> Visit:
    """Reads the clock, the as-at day and the seats held today: one query, once a request."""
    now = timezone.now()
    today = timezone.localdate(now)
    known: Visit | None = getattr(request, "visit", None)
    user = request.user
    assert isinstance(user, User)
    seats = known.seats if known is not None else tuple(held_seats(user, today))
    return Visit(user, act, now, today, read_as_at(request.GET, today), seats)


def page(act: Act, *, methods: Iterable[str] = ("GET", "POST")) -> Callable[[View], View]:
    """Declares the act a view needs; see the module."""
    allowed = ("HEAD", *methods)

    def declare(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, **kwargs: Any) -> HttpResponse:
            if not request.user.is_authenticated:
                return redirect_to_login(request.get_full_path())
            if request.method not in allowed:
                return HttpResponseNotAllowed(list(methods), render(request, "405.html").content)
            visit = visit_of(request, act)
            request.visit = visit  # type: ignore[attr-defined]
            if not visit.may(act):
                raise PermissionDenied
            return view(request, visit, **kwargs)

        answer.act = act  # type: ignore[attr-defined]
        return answer

    return declare


def found(rows: QuerySet[Row], pk: int) -> Row:
    """The row with this key among rows already narrowed to the scope; otherwise 404."""
    row = rows.filter(pk=pk).first()
    if row is None:
        raise Http404
    return row


def show(request: HttpRequest, template: str, visit: Visit, context: dict[str, Any] | None = None, *, dated: bool = False,
         status: int = 200) -> HttpResponse:
    """Renders a page. `dated` shows the as-at control: for pages whose content depends on the day."""
    shown: dict[str, Any] = {"visit": visit, "today": visit.today}
    if dated:
        shown |= visit.asked.context
    return render(request, template, shown | (context or {}), status=status)
