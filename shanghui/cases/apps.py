"""The cases room."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """Work in steps."""

    name = "shanghui.cases"
    label = "cases"
    verbose_name = "办理事项"
    default_auto_field = "django.db.models.BigAutoField"
