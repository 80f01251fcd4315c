"""Addresses of comparisons."""

from django.urls import path

from shanghui.web.comparisons import acting, closing, listed, result

urlpatterns = [
    path("comparisons/", listed.comparisons_page, name="comparisons"),
    path("comparisons/new/", listed.comparison_new, name="comparison-new"),
    path("comparisons/<int:comparison>/", result.comparison_page, name="comparison"),
    path("comparisons/<int:comparison>/progress/", listed.comparison_progress, name="comparison-progress"),
    path("comparisons/<int:comparison>/read/", listed.comparison_read, name="comparison-read"),
    path("comparisons/<int:comparison>/workbook/", result.comparison_workbook, name="comparison-workbook"),
    path("comparisons/<int:comparison>/accept/", acting.comparison_accept, name="comparison-accept"),
    path("comparisons/<int:comparison>/keep/", acting.comparison_keep, name="comparison-keep"),
    path("comparisons/<int:comparison>/ask-again/", acting.comparison_ask_again, name="comparison-ask-again"),
    path("comparisons/<int:comparison>/settle/", acting.comparison_settle, name="comparison-settle"),
    path("comparisons/<int:comparison>/note/", acting.comparison_note, name="comparison-note"),
    path("comparisons/<int:comparison>/import/", acting.comparison_import, name="comparison-import"),
    path("comparisons/<int:comparison>/undo/<int:acceptance>/", closing.comparison_undo, name="comparison-undo"),
    path("comparisons/<int:comparison>/close/", closing.comparison_close, name="comparison-close"),
    path("comparisons/<int:comparison>/reopen/", closing.comparison_reopen, name="comparison-reopen"),
]
