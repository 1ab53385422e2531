"""What the office keeps as lists of its own: 届, 板块, 代表团 and 界别, 关注领域."""

from django.db import models
from django.db.models import Q

from common.choices import OfficeChoice
from common.constraints import not_before, not_blank, one_of


class Body(models.TextChoices):
    CONGRESS = "congress", "人大"
    CPPCC = "cppcc", "政协"


class Level(models.TextChoices):
    """Congress has five levels, CPPCC four (no township)."""

    NATIONAL = "national", "全国"
    PROVINCE = "province", "省"
    CITY = "city", "市"
    DISTRICT = "district", "区"
    TOWN = "town", "镇"


class Area(OfficeChoice):
    """板块: a town or sub-district of the district."""

    name = models.CharField("名称", max_length=20, unique=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "板块"
        ordering = ["order", "name"]
        constraints = [not_blank("name", table="area")]

    def __str__(self) -> str:
        return self.name


class FieldOfConcern(OfficeChoice):
    """关注领域, a row that the office edits (涉农, 营商环境, 未成年人保护 …)."""

    name = models.CharField("名称", max_length=20, unique=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "关注领域"
        ordering = ["order", "name"]
        constraints = [not_blank("name", table="field")]

    def __str__(self) -> str:
        return self.name


class SeatGroup(OfficeChoice):
    """代表团 of a congress or 界别 of a committee, per level: what forms offer. A seat keeps its words (``group``)."""

    body = models.CharField("性质", max_length=8, choices=Body)
    level = models.CharField("层级", max_length=8, choices=Level)
    name = models.CharField("名称", max_length=40)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "代表团和界别"
        ordering = ["body", "level", "order", "name"]
        constraints = [
            not_blank("name", table="seat_group"),
            one_of("body", Body, table="seat_group"),
            one_of("level", Level, table="seat_group"),
            models.CheckConstraint(
                condition=~Q(body=Body.CPPCC, level=Level.TOWN), name="seat_group_no_cppcc_in_towns"
            ),
            models.UniqueConstraint(fields=["body", "level", "name"], name="seat_group_once"),
        ]

    def __str__(self) -> str:
        return self.name


class Term(OfficeChoice):
    """A 届 of one congress or committee. ``ends_on`` is known only when the next 届 first meets (代表法 2)."""

    body = models.CharField("性质", max_length=8, choices=Body)
    level = models.CharField("层级", max_length=8, choices=Level)
    place = models.CharField("地区", max_length=20, help_text="如“知禾区”“江南省”；全国写“全国”")
    number = models.PositiveSmallIntegerField("届次")
    starts_on = models.DateField("开始日期")
    ends_on = models.DateField("结束日期", null=True, blank=True)

    class Meta:
        verbose_name = "届"
        ordering = ["body", "level", "place", "-number"]
        constraints = [
            one_of("body", Body, table="term"),
            one_of("level", Level, table="term"),
            not_before("ends_on", "starts_on", table="term"),
            models.CheckConstraint(condition=~Q(body=Body.CPPCC, level=Level.TOWN), name="term_no_cppcc_in_towns"),
            models.UniqueConstraint(fields=["body", "level", "place", "number"], name="term_once"),
        ]

    def __str__(self) -> str:
        return f"{self.place}第{self.number}届{self.get_body_display()}"

    @property
    def seat_name(self) -> str:
        """What somebody with this seat is called: 全国人大代表, 市政协委员."""
        return f"{self.get_level_display()}{'人大代表' if self.body == Body.CONGRESS else '政协委员'}"
