"""What a party organization is and is called holds from a day: what changes today moves no figure, list or report of last month."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from shanghui.access.models import AuditEntry, FormerName
from shanghui.access.naming import names_on
from shanghui.access.scope import whole
from shanghui.access.undo import undo
from shanghui.indicators.queries import figures
from shanghui.kernel.refusals import Refused
from shanghui.ledger.organizations.models import Form, OrganizationKind, PartyOrganization
from shanghui.ledger.organizations.operations import change_organization, dissolve_organization, set_form
from shanghui.ledger.organizations.queries import declared_committee, described, kind_on, organizations
from shanghui.ledger.people.ledgers import chamber_ledger, organization_ledger
from shanghui.reports.catalogue.half_year import HalfYear
from shanghui.rules.standing import standing
from tests.worked_city import AT, BRANCH, CHAMBER, HALF_YEAR, TODAY, city, named

pytestmark = pytest.mark.django_db
GENERAL = OrganizationKind.GENERAL_BRANCH
NEW = "云泽市汽配机电商会党总支"
BEFORE = date(2022, 5, 31)


def body() -> PartyOrganization:
    return PartyOrganization.objects.select_related("unit").get(unit__pk=named(BRANCH).pk)


def everything(day: date) -> Any:
    """All figures of the day, the two ledgers as they are exported, and what the standing rules find."""
    scope = whole(day).under(city())
    rows = organization_ledger(scope, day).values_list("called", "kind", "form", "committee_members")
    chambers = chamber_ledger(scope, day).values_list("called", "form", "organization_name")
    found = [(one.stand.unit, one.stand.message) for one in standing(scope, day)]
    return figures(scope, day), list(rows), list(chambers), found


def changed(organization: PartyOrganization, since: date | None = TODAY) -> None:
    change_organization(organization=organization, name=NEW, since=since, kind=GENERAL, committee_members=7, by=None, at=AT)


def test_a_change_of_today_moves_nothing_of_last_month() -> None:
    then, one = everything(HALF_YEAR), body()
    changed(one)
    set_form(organization=one, form=Form.AREA, since=TODAY, with_coverages=True, by=None, at=AT)

    now = everything(HALF_YEAR)
    assert now == then
    assert everything(TODAY) != now
    scope = whole(TODAY).under(city())
    counted = figures(scope, TODAY, ["organizations.general", "organizations.branches"])
    assert (counted["organizations.general"].numerator, kind_on(one, HALF_YEAR), kind_on(one, TODAY)) == (1, "branch", GENERAL)
    assert (declared_committee(one, HALF_YEAR), declared_committee(one, TODAY)) != (7, 7)


def test_it_is_called_as_on_the_day_in_lists_and_reports(editor: Client) -> None:
    one = body()
    changed(one)

    assert names_on(HALF_YEAR, [one.pk]) == {one.pk: BRANCH}
    page, today = (editor.get(reverse("organization", kwargs={"organization": one.pk}) + query) for query in ("?on=2022-06-30", ""))
    assert f"<h1>{BRANCH}</h1>" in page.content.decode()
    assert f"<h1>{NEW}</h1>" in today.content.decode()
    assert f"更名为“{NEW}”" in today.content.decode()
    chamber = editor.get(reverse("chamber", kwargs={"chamber": named(CHAMBER).pk}) + "?on=2022-06-30").content.decode()
    assert BRANCH in chamber
    assert NEW not in chamber.replace(f"更名为“{NEW}”", "")


def test_a_report_of_an_earlier_day_bears_the_names_of_that_day() -> None:
    committee = city().federation.committee
    assert committee is not None
    old = committee.unit.name
    change_organization(organization=committee, name="云泽市商会综合党委", since=TODAY, by=None, at=AT)

    def issuer(day: date) -> str:
        return HalfYear().compile(unit=city(), day=day, made_on=TODAY, own_text={}).issuer

    assert (issuer(HALF_YEAR), issuer(TODAY)) == (old, "云泽市商会综合党委")


def test_what_was_written_wrong_is_put_right_for_all_days() -> None:
    one = body()
    changed(one, since=None)

    assert (kind_on(one, HALF_YEAR), declared_committee(one, HALF_YEAR)) == (GENERAL, 7)
    assert not FormerName.objects.exists()
    assert one.periods.count() == 1


def test_an_earlier_change_stands_until_the_later_one() -> None:
    """The number of members, said from June on, is not lost when the kind changes in May."""
    one = body()
    change_organization(organization=one, since=date(2022, 6, 15), committee_members=9, by=None, at=AT)
    change_organization(organization=one, since=BEFORE, kind=GENERAL, by=None, at=AT)

    told = [(day, kind_on(one, day), declared_committee(one, day)) for day in (BEFORE - timedelta(days=1), BEFORE, date(2022, 6, 15))]
    assert [one[1] for one in told] == ["branch", GENERAL, GENERAL]
    assert (told[1][2] == 9, told[2][2]) == (False, 9)


def test_a_change_before_one_that_is_known_is_refused() -> None:
    one = body()
    change_organization(organization=one, since=TODAY, kind=GENERAL, by=None, at=AT)
    with pytest.raises(Refused, match="类型自2022-07-08起另有记录"):
        change_organization(organization=one, since=BEFORE, kind=OrganizationKind.COMMITTEE, by=None, at=AT)
    with pytest.raises(Refused, match="不存在"):
        change_organization(organization=one, since=date(1949, 1, 1), kind=GENERAL, by=None, at=AT)


def test_names_follow_one_another_() -> None:
    one = body()
    change_organization(organization=one, name="云泽市汽配商会党支部", since=BEFORE, by=None, at=AT)
    changed(one)

    days = (BEFORE - timedelta(days=1), BEFORE, TODAY)
    assert [names_on(day, [one.pk]).get(one.pk, one.unit.name) for day in days] == [BRANCH, "云泽市汽配商会党支部", NEW]
    with pytest.raises(Refused, match="自2022-07-08起用"):
        change_organization(organization=one, name="云泽市机电商会党总支", since=BEFORE, by=None, at=AT)


def test_a_change_is_taken_back_as_one() -> None:
    then, one = everything(TODAY), body()
    changed(one)
    undo([AuditEntry.objects.latest("pk")], by=None, at=AT)

    assert everything(TODAY) == then
    assert not FormerName.objects.exists()


def test_what_is_gone_keeps_what_it_was_and_comes_back_as_that() -> None:
    one = body()
    changed(one)
    gone = TODAY + timedelta(days=5)
    dissolve_organization(organization=one, on=gone, reason="撤销", by=None, at=AT)

    row = organizations(whole(gone).under(city()), gone).get(pk=one.pk)
    assert (row.kind, row.committee_members, row.in_being) == (GENERAL, 7, False)
    set_form(organization=one, form=Form.OWN, since=gone + timedelta(days=5), with_coverages=False, by=None, at=AT)
    again = described(one, gone + timedelta(days=5))
    assert again is not None
    assert again.kind == GENERAL


def test_the_form_asks_whether_it_changed_or_was_wrong(editor: Client) -> None:
    branch = body()
    url = reverse("organization-change", kwargs={"organization": branch.pk})
    sent = {"name": NEW, "kind": "general_branch", "committee_members": "7"}
    neither, dayless = editor.post(url, sent), editor.post(url, {**sent, "how": "changed"})
    assert (neither.status_code, dayless.status_code) == (422, 422)
    assert "请选是情况变了，还是原来登记错了。" in neither.content.decode()
    assert "请填从哪一天起变的" in dayless.content.decode()

    ahead = editor.post(url, {**sent, "how": "changed", "since": "2999-01-01"})
    assert "还没有到那一天。请到那一天再登记。" in ahead.content.decode()
    assert editor.post(url, {**sent, "how": "changed", "since": "2022-07-01"}).status_code == 302
    assert (kind_on(branch, date(2022, 6, 30)), kind_on(branch, date(2022, 7, 1))) == ("branch", GENERAL)

