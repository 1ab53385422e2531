from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = "活动"

    def ready(self) -> None:
        from activities import holdings, timeline  # noqa: F401
        from activities.models import Attendance
        from deputies.ranking import expecting

        expecting(Attendance.objects.expected_on)  # who is expected today comes first where a person is picked
