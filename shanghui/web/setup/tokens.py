"""The word that only whoever started the program knows: it opens the first page of an empty installation."""

from __future__ import annotations

import hmac

from django.conf import settings
from django.utils.crypto import salted_hmac


def setup_token() -> str:
    """Sixteen characters that follow from the installation's secret."""
    return salted_hmac("shanghui.setup", "first account", secret=settings.SECRET_KEY).hexdigest()[:16]


def is_right(given: str) -> bool:
    """Compared without telling how much of it was right."""
    return hmac.compare_digest(given.encode(), setup_token().encode())
