"""The worked city, once for the whole run; signed-in clients by role."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from typing import Any

import pytest
from django.test import Client

from shanghui.access.models import Role
from shanghui.ledger.activities.models import Activity, ActivityHost, ActivityType
from shanghui.ledger.organizations.models import PartyOrganization
from tests import worked_city


@pytest.fixture(scope="session")
def django_db_setup(django_db_setup: None, django_db_blocker: Any) -> None:
    """The test database, filled once."""
    with django_db_blocker.unblock():
        worked_city.build()


@pytest.fixture
def as_role(db: None) -> Callable[[Role], Client]:
    """A client signed in as the user of a role."""

    def sign_in(role: Role) -> Client:
        client = Client()
        client.force_login(worked_city.user(role), backend="django.contrib.auth.backends.ModelBackend")
        return client

    return sign_in


@pytest.fixture
def with_records(db: None) -> None:
    """Something was recorded of every organization, long ago: what it misses now is told period by period."""
    held = Activity.objects.create(type=ActivityType.OTHER, held_on=date(2012, 1, 1), title="从前的一次")
    ActivityHost.objects.bulk_create(ActivityHost(activity=held, unit_id=pk) for pk in PartyOrganization.objects.values_list("pk", flat=True))


@pytest.fixture
def editor(as_role: Callable[[Role], Client]) -> Client:
    """The office's editor, signed in."""
    return as_role(Role.EDITOR)
