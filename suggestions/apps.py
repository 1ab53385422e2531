from django.apps import AppConfig


class SuggestionsConfig(AppConfig):
    name = "suggestions"
    verbose_name = "建议提案"

    def ready(self) -> None:
        from suggestions import holdings, timeline  # noqa: F401
