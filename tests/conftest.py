"""The worked city, once for the whole run; signed-in clients by role."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from shanghui.access.models import Role
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
def editor(as_role: Callable[[Role], Client]) -> Client:
    """The office's editor, signed in."""
    return as_role(Role.EDITOR)
