"""A row that may mean several: a person says which, then both are compared; nobody is guessed (M50)."""

from __future__ import annotations

import pytest

from shanghui.access.models import AuditEntry, Role
from shanghui.exchange.recognition import SourceFile
from shanghui.exchange.reconciling.models import Comparison, ComparisonLine, Verdict
from shanghui.exchange.reconciling.settling import ALIKE, settle_as
from shanghui.kernel.refusals import Refused
from shanghui.ledger.people.models import Person
from tests.exchange.reconciling.spoiled import compared
from tests.web.somebody import OTHER, somebody
from tests.worked_city import AT, user

pytestmark = pytest.mark.django_db


def elsewhere(heading: str = "所在党支部", more: str = "") -> tuple[Comparison, ComparisonLine, Person]:
    """方云泽 stands in the file in another branch, without a number."""
    person = somebody()
    comparison = compared(SourceFile("国库.csv", f"姓名,{heading},学历\n方云泽,{OTHER},大学\n{more}".encode()), "members-national")
    return comparison, comparison.lines.filter(verdict=Verdict.UNCLEAR).earliest("pk"), person


def settle(comparison: Comparison, line: ComparisonLine, record: int) -> int:
    return settle_as(comparison=comparison, line=line, record=record, by=user(Role.EDITOR), at=AT)


def test_said_to_be_the_same_both_are_compared() -> None:
    comparison, line, person = elsewhere()

    assert settle(comparison, line, person.pk) == 2

    line.refresh_from_db()
    assert (line.verdict, line.record, line.waiting) == (Verdict.DIFFERENT, person.pk, True)
    assert sorted(line.cells.values_list("key", flat=True)) == ["branch_name", "education"]
    assert AuditEntry.objects.filter(verb="比对认作同一个", by=user(Role.EDITOR)).exists()


def test_with_no_difference_it_is_done() -> None:
    person = somebody()
    twin = Person.objects.exclude(pk=person.pk).filter(affiliations__organization__unit__name=OTHER).earliest("pk")
    Person.objects.filter(pk=twin.pk).update(name="方云泽", id_number="", id_digest=b"")
    Person.objects.filter(pk=person.pk).update(id_number="", id_digest=b"")
    comparison = compared(SourceFile("国库.csv", "姓名,性别\n方云泽,男\n".encode()), "members-national")
    line = comparison.lines.get(verdict=Verdict.UNCLEAR)
    assert {pk for pk, _ in line.candidates} == {person.pk, twin.pk}

    assert settle(comparison, line, person.pk) == 0

    line.refresh_from_db()
    assert (line.note, line.waiting) == (ALIKE, False)
    assert comparison.lines.filter(verdict=Verdict.OURS, record=twin.pk).exists()


@pytest.mark.parametrize("record", [0, -1, 999_999])
def test_only_one_of_those_named_can_be_meant(record: int) -> None:
    comparison, line, _ = elsewhere()

    with pytest.raises(Refused, match="不可能是这一个"):
        settle(comparison, line, record)


def test_nobody_is_meant_by_two_rows() -> None:
    comparison, line, person = elsewhere(more=f"方云泽,{OTHER.replace('餐饮业', '物流业')},大专\n")
    other = comparison.lines.filter(verdict=Verdict.UNCLEAR).exclude(pk=line.pk).earliest("pk")
    settle(comparison, line, person.pk)

    with pytest.raises(Refused, match="已经和表里另一行对上"):
        settle(comparison, other, person.pk)


def test_without_the_file_it_is_said_to_compare_again() -> None:
    comparison, line, person = elsewhere()
    Comparison.objects.filter(pk=comparison.pk).update(stored="")

    with pytest.raises(Refused, match="重新上传"):
        settle(comparison, line, person.pk)
