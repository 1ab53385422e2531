from django.db import models

from common.constraints import not_blank, one_of
from common.versions import Versioned
from staff.models import User
from suggestions.models.suggestion import Suggestion


class StepKind(models.TextChoices):
    """What was done. The last two are what came of it: they tell the story's end."""

    MEETING = "meeting", "会议"
    RESEARCH = "research", "调研"
    VISIT = "visit", "走访"
    HEARING = "hearing", "听证"
    CONSULTATION = "consultation", "会商"
    OTHER = "other", "其他"
    OUTCOME = "outcome", "成效"
    RECOGNITION = "recognition", "认可"


class Step(Versioned):
    """办理过程: one dated step of the work. Of a suggestion worked like a case (案件化办理) they make its story."""

    suggestion = models.ForeignKey(Suggestion, on_delete=models.PROTECT, related_name="steps")
    happened_on = models.DateField("日期")
    kind = models.CharField("类型", max_length=12, choices=StepKind, default=StepKind.OTHER)
    what = models.CharField("事项", max_length=200)
    place = models.CharField("地点", max_length=60, blank=True)
    people = models.CharField("参加人", max_length=100, blank=True)
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    class Meta:
        verbose_name = "办理过程"
        constraints = [one_of("kind", StepKind, table="step"), not_blank("what", table="step")]

    def __str__(self) -> str:
        return f"{self.happened_on:%Y-%m-%d} {self.what}"

    @property
    def where_and_who(self) -> str:
        return "，".join(each for each in (self.place, self.people) if each)
