"""Receiving files without holding what is too large anywhere: beyond the limit the bytes are let go, only their number is kept."""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.core.files.uploadhandler import TemporaryFileUploadHandler


class LimitedUpload(TemporaryFileUploadHandler):
    """Writes a file to disk piece by piece up to the largest that any form takes; its size stays true, so that the form can say
    that it is too large."""

    def receive_data_chunk(self, raw_data: bytes, start: int) -> Any:
        """Keeps the piece as long as the file may still be kept."""
        return super().receive_data_chunk(raw_data, start) if start <= settings.UPLOAD_LARGEST else None
