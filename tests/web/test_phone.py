"""Recording a meeting on a telephone: one screen, once for each sending, names tapped, nothing of a talk but who."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.templatetags.static import static
from django.test import Client
from django.utils.timezone import localdate, now

from shanghui.access.models import Role
from shanghui.ledger.activities.models import Activity, ActivityType, Attendance, Occasion, Presence
from shanghui.ledger.activities.operations import open_code, record_activity, sign_in, turn_on
from shanghui.ledger.activities.rosters import expected
from shanghui.ledger.people.models import Person
from shanghui.web.phone import offline
from tests.worked_city import BRANCH, named, neighbour, user

pytestmark = pytest.mark.django_db
AsRole = Callable[[Role], Client]
OTHER = "云泽市餐饮业商会党支部"
KEY = "0f8f5c9e-1111-4222-8333-944455556666"
SCRIPT = {"headers": {"accept": "application/json"}}


def text_of(answer: Any) -> str:
    return str(answer.content.decode())


def tapped(type: str = "theme_day", unit: str = BRANCH, **states: str) -> dict[str, str]:
    """Everybody expected there; all have come but those named."""
    people = [one.person for one in expected(type, [named(unit).pk], localdate())]
    return {f"p-{pk}": "present" for pk in people} | {name.replace("_", "-"): state for name, state in states.items()}


def typed(**changes: Any) -> dict[str, Any]:
    return {
        "key": KEY, "unit": named(BRANCH).pk, "type": "theme_day", "title": "明厨亮灶回头看", "held_on": localdate().isoformat(),
        "begins": "15:00", "place": "商会会议室", "minutes": "看了三家后厨。", **tapped(), **changes,
    }


@pytest.fixture
def secretary(as_role: AsRole) -> Client:
    return as_role(Role.SECRETARY)


def first_person() -> int:
    return expected("theme_day", [named(BRANCH).pk], localdate())[0].person


def test_the_secretary_meets_the_form_of_the_branch_with_what_is_likely(secretary: Client) -> None:
    secretary.post("/record/", typed())

    page = text_of(secretary.get("/record/"))

    assert "15:00" in page
    assert "商会会议室" in page
    assert page.partition("<template")[0].count('value="present" checked') == len(tapped())


def test_a_link_names_the_kind_and_the_day(secretary: Client) -> None:
    page = text_of(secretary.get("/record/?type=party_class&on=2026-06-30"))

    assert 'value="party_class" data-group="members" data-word="党课" checked' in page
    assert 'name="held_on" value="2026-06-30"' in page
    assert secretary.get("/record/?type=nothing&on=30.6.").status_code == 200


def test_what_was_tapped_stands_in_the_ledger(secretary: Client) -> None:
    answer = secretary.post("/record/", typed(**{f"p-{first_person()}": "excused"}))

    row = Activity.objects.get(key=KEY)
    assert answer["Location"] == f"/record/{row.pk}/done/"
    assert (row.expected, row.present) == (len(tapped()), len(tapped()) - 1)
    assert Attendance.objects.get(activity=row, person_id=first_person()).state == Presence.EXCUSED
    assert list(Occasion.objects.filter(activity=row).values_list("unit", "type")) == [(named(BRANCH).pk, "theme_day")]
    page = text_of(secretary.get(answer["Location"]))
    assert "已记下" in page
    assert "已经计入" in page


def test_a_double_click_and_a_second_sending_are_answered_with_the_first(secretary: Client) -> None:
    first = secretary.post("/record/", typed())
    second = secretary.post("/record/", typed())
    third = secretary.post("/record/", typed(), **SCRIPT)

    assert first["Location"] == second["Location"] == third.json()["url"]
    assert Activity.objects.filter(title="明厨亮灶回头看").count() == 1


def test_what_is_wrong_is_said_at_its_field_to_page_and_script(secretary: Client) -> None:
    future = (localdate() + timedelta(days=1)).isoformat()

    page = secretary.post("/record/", typed(title="", held_on=future))
    said = secretary.post("/record/", typed(title="", held_on=future), **SCRIPT)

    assert (page.status_code, said.status_code) == (422, 422)
    assert "还没有到" in text_of(page)
    assert set(said.json()["errors"]) == {"title", "held_on"}


def test_somebody_who_is_expected_and_was_not_shown_is_asked_about(secretary: Client) -> None:
    sent = typed()
    del sent[f"p-{first_person()}"]

    answer = secretary.post("/record/", sent, **SCRIPT)

    assert "多了 1 人" in answer.json()["errors"]["people"]


def test_without_minutes_it_is_kept_but_does_not_count(secretary: Client) -> None:
    answer = secretary.post("/record/", typed(minutes=""))

    row = Activity.objects.get(key=KEY)
    assert not Occasion.objects.filter(activity=row).exists()
    assert "还没有算开齐" in text_of(secretary.get(answer["Location"]))
    assert f"/record/?activity={row.pk}" in text_of(secretary.get("/record/"))


def test_a_class_given_at_a_theme_day_counts_as_both(secretary: Client) -> None:
    secretary.post("/record/", typed(aspects=["party_class"], hours="1.5"))

    row = Activity.objects.get(key=KEY)
    assert set(Occasion.objects.filter(activity=row).values_list("type", flat=True)) == {"theme_day", "party_class"}
    assert str(row.hours) == "1.5"


def test_of_a_talk_only_who_with_whom_is_kept(secretary: Client) -> None:
    people = [one.person for one in expected("talk", [named(BRANCH).pk], localdate())[:4]]
    pair, others = people[:2], people[2:]
    talk = typed(type="talk", title="秘密", minutes="内容", talk=pair)

    alone = secretary.post("/record/", typed(type="talk", talk=pair[:1]), **SCRIPT)
    secretary.post("/record/", talk)
    secretary.post("/record/", typed(type="talk", talk=others, key=KEY.replace("0f", "1f")))

    assert "至少 2 人" in alone.json()["errors"]["people"]
    row = Activity.objects.get(key=KEY)
    assert (row.title, row.minutes, row.present) == ("谈心谈话", "", 2)
    assert set(row.attendances.values_list("person_id", flat=True)) == set(pair)
    assert Activity.objects.filter(type=ActivityType.TALK, held_on=localdate()).count() == 2


def test_the_names_follow_the_kind_and_keep_what_was_tapped(secretary: Client) -> None:
    names = text_of(secretary.post("/record/roster/", typed(**{f"p-{first_person()}": "absent"})))
    committee = text_of(secretary.post("/record/roster/", typed(type="committee_meeting")))
    whole = text_of(secretary.post("/record/", typed(type="committee_meeting", do="roster")))

    assert names.count('value="absent" checked') == 1
    assert committee.count("data-person") == len(expected("committee_meeting", [named(BRANCH).pk], localdate()))
    assert whole.count("data-person") == committee.count("data-person")
    assert not Activity.objects.filter(key=KEY).exists()


def test_several_branches_are_chosen_from_and_may_hold_it_together(as_role: AsRole) -> None:
    editor = as_role(Role.EDITOR)

    assert "哪个支部开的" in text_of(editor.get("/record/"))
    sent = typed(hosts=[named(OTHER).pk], **tapped(unit=OTHER))
    editor.post("/record/", sent)

    row = Activity.objects.get(key=KEY)
    assert row.hosts.count() == 2
    assert Occasion.objects.filter(activity=row).count() == 2
    assert row.expected == len(tapped() | tapped(unit=OTHER))


def test_a_branch_next_door_is_not_there(secretary: Client, as_role: AsRole) -> None:
    next_door = named("临江市茶叶商会党支部").pk

    for client in (secretary, as_role(Role.EDITOR)):
        assert client.get(f"/record/?unit={next_door}").status_code == 404
        assert client.post("/record/", typed(unit=next_door)).status_code == 404
    assert secretary.get(f"/record/?unit={neighbour().pk}").status_code == 404
    assert secretary.post("/record/", typed(hosts=[next_door]), **SCRIPT).status_code == 422


def test_signing_in_begun_from_the_page_is_finished_by_the_record(secretary: Client) -> None:
    assert secretary.post("/record/sign-in/", typed()).status_code == 422
    assert not Activity.objects.filter(title="明厨亮灶回头看").exists()
    turn_on(unit=named(BRANCH), since=localdate(), by=None, at=now())

    wall = secretary.post("/record/sign-in/", typed())
    row = Activity.objects.get(title="明厨亮灶回头看")
    again = secretary.post("/record/", typed(activity=row.pk))

    assert wall["Location"].endswith("/wall/")
    assert again["Location"] == f"/record/{row.pk}/done/"
    row.refresh_from_db()
    assert row.present == len(tapped())
    assert row.codes.get().closed_at is not None


def test_whoever_signed_in_while_the_page_was_open_stays_present(secretary: Client) -> None:
    turn_on(unit=named(BRANCH), since=localdate(), by=None, at=now())
    row = record_activity(type=ActivityType.THEME_DAY, held_on=localdate(), title="签", hosts=[named(BRANCH)], by=None, at=now())
    token = open_code(activity=row, by=None, at=now())
    member = Person.objects.get(user=user(Role.MEMBER))
    page = dict.fromkeys(tapped(), "absent")
    was = ",".join(f"{name[2:]}:absent" for name in page)

    sign_in(token=token, person=member, by=user(Role.MEMBER), at=now())
    secretary.post("/record/", typed(activity=row.pk, was=was, **page | {f"p-{first_person()}": "present"}))

    there = set(Attendance.objects.filter(activity=row, state=Presence.PRESENT).values_list("person_id", flat=True))
    assert there == {member.pk, first_person()}


def test_the_names_for_other_kinds_lie_at_hand(secretary: Client) -> None:
    committee, talk = text_of(secretary.get("/record/?type=theme_day")).split("<template data-names=")[1:]

    assert committee.startswith('"committee"')
    assert committee.count("data-person") == len(expected("committee_meeting", [named(BRANCH).pk], localdate()))
    assert talk.partition("</template>")[0].count('name="talk"') == len(tapped())


# --- without network


def test_what_was_written_without_names_is_kept_once_and_the_names_follow(secretary: Client) -> None:
    sent = {name: value for name, value in typed(names="later").items() if not name.startswith("p-")}

    first, again = (secretary.post("/record/", sent, **SCRIPT) for _ in range(2))

    row = Activity.objects.get(key=KEY)
    assert first.json() == again.json() == {"url": f"/record/{row.pk}/done/"}
    assert (row.expected, row.present, row.attendances.count(), row.occasions.count()) == (None, None, 0, 0)
    assert "还没有到会的人" in text_of(secretary.get(f"/record/{row.pk}/done/"))
    assert f"/record/?activity={row.pk}" in text_of(secretary.get("/record/"))


@pytest.mark.parametrize("changes", [{"type": "talk"}, {"names": "never"}])
def test_names_are_not_left_out_otherwise(secretary: Client, changes: dict[str, str]) -> None:
    sent = {name: value for name, value in typed(names="later").items() if not name.startswith("p-")}

    assert secretary.post("/record/", sent | changes, **SCRIPT).status_code == 422


def test_the_empty_form_holds_nothing_of_anybody(client: Client, secretary: Client) -> None:
    alone, signed_in = text_of(client.get("/record/shell/")), secretary.get("/record/shell/")

    assert text_of(signed_in) == alone
    for own in (BRANCH, user(Role.SECRETARY).display_name, "csrfmiddlewaretoken", Person.objects.get(pk=first_person()).name):
        assert own not in alone
    assert 'value="talk"' not in alone


def test_the_worker_names_its_files_and_another_file_is_another_version(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    answer = client.get("/record/worker.js")
    before = text_of(answer)
    monkeypatch.setattr(offline, "FILES", offline.FILES[:-1])

    after = text_of(client.get("/record/worker.js"))

    assert answer["Content-Type"].startswith("text/javascript")
    assert answer["Cache-Control"] == "no-cache"
    assert all(static(name) in before for name in (*offline.FILES, "phone.js"))
    versions = [re.search(r'OURS \+ "(\w{12})"', script) for script in (before, after)]
    assert versions[0] is not None
    assert versions[1] is not None
    assert versions[0][1] != versions[1][1]


def test_the_page_asks_a_fixed_number_of_questions(secretary: Client, django_assert_max_num_queries: Any) -> None:
    with django_assert_max_num_queries(35):
        assert secretary.get("/record/").status_code == 200
