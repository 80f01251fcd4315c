from django.apps import AppConfig


class OrganizationsConfig(AppConfig):
    """See models.py."""

    name = "shanghui.ledger.organizations"
    label = "organizations"
    verbose_name = "商会与党组织"
    default_auto_field = "django.db.models.BigAutoField"
