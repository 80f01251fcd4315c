from django.apps import AppConfig


class AccessConfig(AppConfig):
    """The tree, seats, scope and audit (M01, M48)."""

    name = "shanghui.access"
    label = "access"
    verbose_name = "组织架构与权限"
    default_auto_field = "django.db.models.BigAutoField"
