from django.apps import AppConfig


class ActivitiesConfig(AppConfig):
    name = "activities"
    verbose_name = "活动"

    def ready(self) -> None:
        """Who is expected today comes first where a person is picked."""
        from activities.models import Attendance
        from deputies.ranking import expecting

        expecting(Attendance.objects.expected_on)
