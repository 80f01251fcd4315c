"""Addresses of reports."""

from django.urls import path

from shanghui.web.reports import checking, drafts, files, frozen, new, records, side_by_side, views, workbook

urlpatterns = [
    path("reports/", views.reports, name="reports"),
    path("reports/check/", checking.draft_check, name="draft-check"),
    path("reports/drafts/", drafts.checked_drafts, name="checked-drafts"),
    path("reports/drafts/<int:checked>/", drafts.checked_draft, name="checked-draft"),
    path("reports/drafts/<int:checked>/download/", drafts.checked_draft_download, name="checked-draft-download"),
    path("reports/drafts/<int:checked>/remove/", drafts.checked_draft_remove, name="checked-draft-remove"),
    path("reports/drafts/<int:checked>/findings/<str:finding_key>/", drafts.checked_finding, name="checked-finding"),
    path("reports/drafts/<int:checked>/findings/<str:finding_key>/open/", drafts.checked_finding_open, name="checked-finding-open"),
    path("reports/workbook/", workbook.report_workbook, name="report-workbook"),
    path("reports/compare/", side_by_side.reports_compared, name="reports-compared"),
    path("reports/new/", new.report_new, name="report-new"),
    path("reports/new/<str:report_kind>/", new.report_new_of, name="report-new-of"),
    path("reports/<int:report>/", views.report, name="report"),
    path("reports/<int:report>/text/", views.report_text, name="report-text"),
    path("reports/<int:report>/recompile/", views.report_recompile, name="report-recompile"),
    path("reports/<int:report>/freeze/", views.report_freeze, name="report-freeze"),
    path("reports/<int:report>/download/", files.report_download, name="report-download"),
    path("reports/<int:report>/changes/", frozen.report_changes, name="report-changes"),
    path("reports/<int:report>/records/<str:counted>/", records.report_records, name="report-records"),
    path("reports/<int:report>/figures/<str:code>/", frozen.report_figure, name="report-figure"),
]
