from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    name = "common.jobs"
    label = "jobs"
    verbose_name = "后台任务"

    def ready(self) -> None:
        """Every app's ``tasks.py`` registers its jobs, in the web process too: an unknown kind fails at the click."""
        autodiscover_modules("tasks")
