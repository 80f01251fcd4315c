"""Our own reports run through the checker before they are frozen (M44): none of ours is refused, a wrong paragraph is."""

from __future__ import annotations

import pytest

from shanghui.access.models import AuditEntry, Role
from shanghui.access.scope import whole
from shanghui.reports.models import Report
from shanghui.reports.operations import Unsound, compile_report, content_of, freeze, write_own_text
from shanghui.reports.soundness import unsound
from tests.worked_city import AT, HALF_YEAR, city, user

pytestmark = pytest.mark.django_db


@pytest.fixture
def draft() -> Report:
    return compile_report(kind="half-year", unit=city(), day=HALF_YEAR, by=user(Role.EDITOR), at=AT)


def test_the_worked_citys_report_has_no_fault(draft: Report) -> None:
    assert list(unsound(content_of(draft), whole(HALF_YEAR).under(city()))) == []


@pytest.mark.parametrize(("text", "said"), [
    ("商会党员362人，其中正式党员331人、预备党员32人。", "写的是362人"),
    ("截至2022年6月30日，商会现有预备党员33名。", "与台账不符"),
])
def test_a_paragraph_that_does_not_add_up_is_named_with_its_section_and_nothing_is_frozen(draft: Report, text: str, said: str) -> None:
    write_own_text(report=draft, texts={"cover": text}, by=None, at=AT)

    with pytest.raises(Unsound, match=said):
        freeze(report=draft, by=None, at=AT)

    draft.refresh_from_db()
    assert draft.snapshot_id is None


def test_explained_it_is_frozen_and_the_explanation_stays_on_record(draft: Report) -> None:
    write_own_text(report=draft, texts={"cover": "截至2022年6月30日，商会现有预备党员33名。"}, by=None, at=AT)

    freeze(report=draft, by=None, at=AT, explanation="含两名关系未转入的")

    assert AuditEntry.objects.filter(verb="冻结报告").latest("pk").reason == "口径说明：含两名关系未转入的"
