from django.apps import AppConfig


class RulesConfig(AppConfig):
    """See models.py."""

    name = "shanghui.rules"
    label = "rules"
    verbose_name = "规则"
    default_auto_field = "django.db.models.BigAutoField"
