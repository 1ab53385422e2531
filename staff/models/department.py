from django.db import models

from common.constraints import not_blank


class Department(models.Model):
    """部门 of the house. Dissolved departments keep their rows (``closed_on``): history points at them."""

    name = models.CharField("名称", max_length=40, unique=True)
    short_name = models.CharField("简称", max_length=20, blank=True)
    order = models.PositiveSmallIntegerField("排序", default=0)
    closed_on = models.DateField("撤销日期", null=True, blank=True)

    class Meta:
        verbose_name = "部门"
        ordering = ["order", "name"]
        constraints = [not_blank("name", table="department")]

    def __str__(self) -> str:
        return self.short_name or self.name
