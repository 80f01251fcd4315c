from django.apps import AppConfig


class ProgramsConfig(AppConfig):
    """See models.py."""

    name = "shanghui.ledger.programs"
    label = "programs"
    verbose_name = "项目与承诺"
    default_auto_field = "django.db.models.BigAutoField"
