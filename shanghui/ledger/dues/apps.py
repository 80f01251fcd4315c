from django.apps import AppConfig


class DuesConfig(AppConfig):
    """See models.py."""

    name = "shanghui.ledger.dues"
    label = "dues"
    verbose_name = "党费"
    default_auto_field = "django.db.models.BigAutoField"
