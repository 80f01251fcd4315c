"""A form whose part can no longer be changed is not shown open: it leads back to the case and says why."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect

from shanghui.cases.file import File
from shanghui.cases.operations.locks import shut


def shut_out(request: HttpRequest, file: File, *parts: str) -> HttpResponse | None:
    """The way back to the case where one of these parts can no longer be changed; None while all can."""
    said = next((words for part in parts if (words := shut(file, part))), "")
    if not said:
        return None
    messages.error(request, said)
    return redirect("case", case=file.case.pk)
