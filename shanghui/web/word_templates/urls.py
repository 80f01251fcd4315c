"""Addresses of Word templates."""

from django.urls import path

from shanghui.web.word_templates import changing, trying, views

urlpatterns = [
    path("templates/", views.templates_page, name="templates"),
    path("templates/versions/<int:template>/", views.template_page, name="template"),
    path("templates/versions/<int:template>/file/", views.template_file, name="template-file"),
    path("templates/versions/<int:template>/try/", trying.template_try, name="template-try"),
    path("templates/versions/<int:template>/start/", changing.template_start, name="template-start"),
    path("templates/versions/<int:template>/end/", changing.template_end, name="template-end"),
    path("templates/<str:document>/", views.template_document, name="template-document"),
    path("templates/<str:document>/fields/", views.template_fields, name="template-fields"),
    path("templates/<str:document>/shipped/", views.template_shipped, name="template-shipped"),
    path("templates/<str:document>/upload/", changing.template_upload, name="template-upload"),
]
