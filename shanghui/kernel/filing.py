"""Where the bytes of a paper go once it was looked into (kernel.attachments)."""

from __future__ import annotations

import uuid
from datetime import datetime
from pathlib import PurePath
from typing import Any

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.utils.timezone import localtime

from shanghui.kernel.attachments import LookedInto


def put_away(file: LookedInto, content: bytes, folder: str, at: datetime) -> dict[str, Any]:
    """Keeps the bytes in the file storage; gives the columns of the row that stands for them."""
    place = f"{folder}/{localtime(at):%Y/%m}/{uuid.uuid4().hex}{PurePath(file.name).suffix.lower()}"
    stored = default_storage.save(place, ContentFile(content))
    return {"name": file.name, "media_type": file.media_type, "size": len(content), "sha256": file.sha256, "stored": stored}
