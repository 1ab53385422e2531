"""What every letter of the house says of the house itself."""

from django.db import models
from django.db.models import Q

from common.constraints import not_blank
from common.versions import Versioned

ONLY = 1


class LetterHeadQuerySet(models.QuerySet["LetterHead"]):
    def ours(self) -> "LetterHead":
        return self.get(pk=ONLY)


class LetterHead(Versioned):
    """发文代字, 联系人, 抄送单位: one row, which a migration brings along. The name of the house is a setting.

    ``congress_copy`` and ``cppcc_copy`` stand behind the level: 区 + 人大常委会代表工作委员会.
    """

    reply_code = models.CharField("答复函发文代字", max_length=20, default="×检函")
    joint_code = models.CharField("会办意见发文代字", max_length=20, default="×检会")
    office_code = models.CharField("其他函发文代字", max_length=20, default="×检办函")
    contact = models.CharField("联系人", max_length=20, blank=True)
    phone = models.CharField("联系电话", max_length=30, blank=True)
    congress_copy = models.CharField("人大抄送单位", max_length=40, default="人大常委会代表工作委员会")
    cppcc_copy = models.CharField("政协抄送单位", max_length=40, default="政协提案委员会")

    objects = LetterHeadQuerySet.as_manager()

    class Meta:
        verbose_name = "公文抬头"
        constraints = [
            models.CheckConstraint(condition=Q(id=ONLY), name="letter_head_is_one"),
            *(
                not_blank(name, table="letter_head")
                for name in ("reply_code", "joint_code", "office_code", "congress_copy", "cppcc_copy")
            ),
        ]

    def __str__(self) -> str:
        return "公文抬头"
