from django.apps import AppConfig


class ExchangeConfig(AppConfig):
    """See docs/architecture.md."""

    name = "shanghui.exchange"
    label = "exchange"
    verbose_name = "导入与上报"
    default_auto_field = "django.db.models.BigAutoField"
