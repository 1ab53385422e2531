from django.apps import AppConfig


class ProfilesConfig(AppConfig):
    name = "profiles"
    verbose_name = "检察印迹"

    def ready(self) -> None:
        from profiles import holdings, timeline  # noqa: F401
