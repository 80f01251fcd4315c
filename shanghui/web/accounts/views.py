"""Signing in and out, one's own password, and the accounts and seats of one's part of the tree."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.views import LoginView, LogoutView
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse

from shanghui.access.acts import MAY, Act
from shanghui.access.models import Role, Seat, User
from shanghui.access.operations import create_user, end_seat, grant, set_active, set_password
from shanghui.access.queries import seats_within
from shanghui.kernel.columns import Column
from shanghui.kernel.periods import first_day_after
from shanghui.web.accounts.forms import ChangePassword, NewAccount, NewPassword, NewSeat, SignInForm
from shanghui.web.kit.answers import answer_form, answer_question
from shanghui.web.kit.days import lasting
from shanghui.web.kit.history import history
from shanghui.web.kit.listing import Filter, ListPage, answer_list
from shanghui.web.kit.routes import row_link
from shanghui.web.kit.visits import Visit, found, page, show

ACT_WORDS = {
    Act.FIGURES_VIEW: "看覆盖和各项指标", Act.LEDGER_VIEW: "看商会、党组织、活动台账", Act.LEDGER_CHANGE: "登记、修改台账",
    Act.ACTIVITY_CHANGE: "登记、修改活动",
    Act.PEOPLE_VIEW: "看人员（证件号、电话遮盖）", Act.PEOPLE_CHANGE: "登记、修改人员", Act.PEOPLE_REVEAL: "写明原因后看完整号码（留记录）",
    Act.PEOPLE_ERASE: "清除保存期满的个人信息",
    Act.IMPORT: "导入 Excel", Act.REPORT_VIEW: "看报表、上报和核校", Act.REPORT_MAKE: "做报表、上报和核校",
    Act.REPORT_READ: "看报告", Act.REPORT_WRITE: "写报告", Act.AUDIT_VIEW: "看操作记录",
    Act.TREE_CHANGE: "增设、调整机构", Act.SEATS_MANAGE: "管理账号和席位", Act.DUTY_VIEW: "看三会一课等应开未开",
    Act.DUTY_EXPLAIN: "说明没有开的原因", Act.DUTY_EXCUSE: "同意免除某一次", Act.RULES_SWITCH: "启用本地规定",
    Act.CASE_VIEW: "看办理事项", Act.CASE_WORK: "立项、办理事项的步骤", Act.CASE_DECIDE: "登记上级的批复、审批",
    Act.CAMPAIGN_LAUNCH: "发起专题活动", Act.PUBLISH: "发布公开事项", Act.VISIT_RECORD: "登记走访",
    Act.TEMPLATES_VIEW: "看 Word 模板", Act.TEMPLATES_CHANGE: "上传、启用 Word 模板",
}


class SignIn(LoginView):
    """The page everybody meets first."""

    authentication_form = SignInForm
    redirect_authenticated_user = True
    act = None


class SignOut(LogoutView):
    """By POST only."""

    act = None


@page(Act.SIGNED_IN)
def password(request: HttpRequest, visit: Visit) -> HttpResponse:
    """One's own password."""
    form = ChangePassword(request.POST or None, user=visit.user)

    def do(cleaned: dict[str, Any]) -> str:
        set_password(user=visit.user, password=cleaned["password"], by=visit.user, at=visit.now, must_change=False)
        update_session_auth_hash(request, visit.user)
        return reverse("home")

    due = ["这是第一次登录，请先改成自己的密码。"] if visit.user.must_change_password else []
    return answer_form(request, visit, form, do=do, heading="改密码", back=reverse("home"), done="密码已改。", notes=due)


@page(Act.SIGNED_IN)
def my_access(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Why I see what I see: each seat, since when, given by whom, and what it allows."""
    seats = [(seat, [ACT_WORDS[act] for act in MAY[Role(seat.role)]]) for seat in visit.seats]
    return show(request, "accounts/my_access.html", visit, {"seats": seats})


SEAT_COLUMNS = (
    Column("name", "姓名", lambda s: s.user.display_name, sort="user__display_name"),
    Column("username", "账号", lambda s: s.user.username, sort="user__username"),
    Column("role", "角色", lambda s: s.get_role_display(), sort="role"),
    Column("unit", "单位", lambda s: s.unit.name, sort="unit__name", width=30),
    Column("days", "有效期", lambda s: lasting(s.valid_from, s.valid_to), sort="valid_from", width=24),
    Column("given_by", "设置人", lambda s: s.granted_by.display_name if s.granted_by else "系统管理命令"),
    Column("active", "登录", lambda s: "可登录" if s.user.is_active else "已停用", sort="user__is_active"),
)


@page(Act.SEATS_MANAGE)
def seats(request: HttpRequest, visit: Visit) -> HttpResponse:
    """Every seat on units within one's part of the tree: who may do what where."""
    from django.db.models import Q

    roles = Filter("role", "角色", Role.choices, lambda rows, value: rows.filter(role=value))
    listed = ListPage(
        title="账号与席位", rows=seats_within(visit.scope_today(), visit.day).order_by("unit__name", "user__username", "pk"),
        columns=SEAT_COLUMNS, shown=("name", "username", "role", "unit", "days", "given_by", "active"), small=("name", "role", "unit"),
        link=row_link("account", "user", "user_id"), unit="个席位", dated=False, filters=(roles,),
        search=lambda text: Q(user__display_name__contains=text) | Q(user__username__icontains=text) | Q(unit__name__contains=text),
        search_hint="姓名、账号、单位", lead="席位到期自动失效，人员变动后请及时结束。",
        actions=((reverse("account-new"), "开设账号", "user-plus"),), empty_title="还没有席位",
    )
    return answer_list(request, visit, listed)


@page(Act.SEATS_MANAGE)
def account_new(request: HttpRequest, visit: Visit) -> HttpResponse:
    """An account and its first seat in one step."""
    form = NewAccount(request.POST or None, units=visit.scope_today().units().order_by("kind", "code", "name"))

    def do(cleaned: dict[str, Any]) -> str:
        from django.db import transaction

        with transaction.atomic():
            user = create_user(
                username=cleaned["username"], display_name=cleaned["display_name"], password=cleaned["password"],
                by=visit.user, at=visit.now, unit=cleaned["unit"],
            )
            grant(user=user, role=Role(cleaned["role"]), unit=cleaned["unit"], since=visit.today, by=visit.user, at=visit.now)
        return reverse("account", kwargs={"user": user.pk})

    crumbs = (("账号与席位", reverse("seats")), ("开设账号", ""))
    return answer_form(
        request, visit, form, do=do, heading="开设账号", back=reverse("seats"), verb="开设", crumbs=crumbs,
        done="账号已开设。请把账号和初始密码当面告诉本人，第一次登录会要求改密码。",
    )


def _account(visit: Visit, pk: int) -> User:
    """An account with a seat, now or before, on a unit within one's part of the tree."""
    held = Seat.objects.filter(visit.scope_today().condition("unit_id"))
    return found(User.objects.filter(pk__in=held.values("user_id")), pk)


@page(Act.SEATS_MANAGE)
def account(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """One account: its seats now and before, and what was done to it."""
    row = _account(visit, user)
    held = Seat.objects.filter(visit.scope_today().condition("unit_id"), user=row).select_related("unit", "granted_by")
    context = {"account": row, "held": held.order_by("-valid_from", "-pk"), "acts": history(row)}
    return show(request, "accounts/account.html", visit, context)


@page(Act.SEATS_MANAGE)
def seat_new(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """One more seat; the operation refuses what the visitor may not give."""
    row = _account(visit, user)
    form = NewSeat(request.POST or None, units=visit.scope_today().units().order_by("kind", "code", "name"))
    back = reverse("account", kwargs={"user": row.pk})

    def do(cleaned: dict[str, Any]) -> str:
        until = first_day_after(cleaned["until"]) if cleaned["until"] else None
        grant(user=row, role=Role(cleaned["role"]), unit=cleaned["unit"], since=visit.today, until=until, by=visit.user, at=visit.now)
        return back

    return answer_form(request, visit, form, do=do, heading=f"给{row.display_name}设置席位", back=back, done="席位已设置。")


@page(Act.SEATS_MANAGE)
def seat_end(request: HttpRequest, visit: Visit, seat: int) -> HttpResponse:
    """Ends a seat from today."""
    row = found(Seat.objects.filter(visit.scope_today().condition("unit_id")).select_related("user", "unit"), seat)
    back = reverse("account", kwargs={"user": row.user_id})

    def do(cleaned: dict[str, Any]) -> str:
        end_seat(seat=row, on=visit.today, by=visit.user, at=visit.now)
        return back

    return answer_question(
        request, visit, question=f"结束{row.user.display_name}在“{row.unit.name}”的“{row.get_role_display()}”席位？", do=do, back=back,
        verb="结束席位", asks_reason=False, consequences=["从今天起，这个席位不再有效。", "以前做的记录都保留。"], done="席位已结束。",
    )


@page(Act.SEATS_MANAGE)
def account_password(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """A new first password for somebody who forgot; to be changed at the next sign-in."""
    row = _account(visit, user)
    back = reverse("account", kwargs={"user": row.pk})

    def do(cleaned: dict[str, Any]) -> str:
        set_password(user=row, password=cleaned["password"], by=visit.user, at=visit.now, must_change=True)
        return back

    form = NewPassword(request.POST or None, user=row)
    return answer_form(request, visit, form, do=do, heading=f"重设{row.display_name}的密码", back=back, done="密码已重设，下次登录须改。")


@page(Act.SEATS_MANAGE, methods=("POST",))
def account_active(request: HttpRequest, visit: Visit, user: int) -> HttpResponse:
    """Stops an account, or lets it sign in again; nobody stops himself."""
    row = _account(visit, user)
    if row.pk == visit.user.pk:
        messages.error(request, "不能停用自己的账号。请由另一位管理员办理。")
    else:
        set_active(user=row, active=not row.is_active, by=visit.user, at=visit.now)
        messages.success(request, f"账号已{'启用' if row.is_active else '停用'}。")
    return redirect("account", user=row.pk)
