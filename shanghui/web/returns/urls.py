"""Addresses of returns and their layouts."""

from django.urls import path

from shanghui.web.returns import editing, kept, versions, views

urlpatterns = [
    path("returns/", views.layouts_page, name="layouts"),
    path("returns/kept/", kept.returns_list, name="returns"),
    path("returns/kept/<int:returned>/", kept.return_download, name="return-download"),
    path("returns/burden/", kept.burden_page, name="burden"),
    path("returns/new/", editing.layout_new, name="layout-new"),
    path("returns/import/", editing.layout_import, name="layout-import"),
    path("returns/<str:layout_code>/", views.layout_page, name="layout"),
    path("returns/<str:layout_code>/make/", views.layout_make, name="layout-make"),
    path("returns/<str:layout_code>/supply/", views.layout_supply, name="layout-supply"),
    path("returns/<str:layout_code>/edit/", editing.layout_edit, name="layout-edit"),
    path("returns/<str:layout_code>/export/", editing.layout_export, name="layout-export"),
    path("returns/<str:layout_code>/versions/", versions.layout_versions, name="layout-versions"),
    path("returns/<str:layout_code>/versions/<int:number>/restore/", versions.layout_restore, name="layout-restore"),
    path("returns/<str:layout_code>/withdraw/", editing.layout_withdraw, name="layout-withdraw"),
]
