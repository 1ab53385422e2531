from django.apps import AppConfig


class StaffConfig(AppConfig):
    name = "staff"
    verbose_name = "人员与权限"

    def ready(self) -> None:
        import staff.receivers  # noqa: F401
