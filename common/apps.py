from django.apps import AppConfig


class CommonConfig(AppConfig):
    name = "common"
    verbose_name = "公用"

    def ready(self) -> None:
        from common import checks, fonts  # noqa: F401

        fonts.activate()
