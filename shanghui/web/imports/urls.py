"""Addresses of imports."""

from __future__ import annotations

from django.urls import path

from shanghui.web.imports import columns, problems, rows, runs, templates

urlpatterns = [
    path("imports/", runs.imports, name="imports"),
    path("imports/new/", runs.import_new, name="import-new"),
    path("imports/templates/<str:kind>/", templates.import_template, name="import-template"),
    path("imports/<int:run>/", runs.import_run, name="import"),
    path("imports/<int:run>/progress/", runs.import_progress, name="import-progress"),
    path("imports/<int:run>/read/", runs.import_read, name="import-read"),
    path("imports/<int:run>/apply/", runs.import_apply, name="import-apply"),
    path("imports/<int:run>/undo/", runs.import_undo, name="import-undo"),
    path("imports/<int:run>/discard/", runs.import_discard, name="import-discard"),
    path("imports/<int:run>/files/<int:file>/", runs.import_file, name="import-file"),
    path("imports/<int:run>/columns/", columns.import_mapping, name="import-mapping"),
    path("imports/<int:run>/answer/", problems.import_answer, name="import-answer"),
    path("imports/<int:run>/rows/", rows.import_rows, name="import-rows"),
]
