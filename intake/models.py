"""What an import remembers: headings mapped by hand, runs, and what each run made or changed."""

from django.db import models

from common.constraints import not_blank, one_of, together
from staff.models import User
from staff.permissions import P, may


class LedgerKind(models.TextChoices):
    ROSTER = "roster", "代表委员名册"
    CONTACTS = "contacts", "联络台账"


class HeadingSynonym(models.Model):
    """Another heading for a field, as this office writes it. Mapped by hand once, known from then on.

    ``heading`` is kept in the form in which headings are compared. An empty ``field`` says: known, not imported.
    """

    kind = models.CharField("台账", max_length=12, choices=LedgerKind)
    heading = models.CharField("表头", max_length=60)
    field = models.CharField("对应内容", max_length=30, blank=True)

    class Meta:
        verbose_name = "表头对照"
        constraints = [
            one_of("kind", LedgerKind, table="synonym"),
            not_blank("heading", table="synonym"),
            models.UniqueConstraint(fields=["kind", "heading"], name="synonym_once"),
        ]

    def __str__(self) -> str:
        return self.heading


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: object) -> "ImportRunQuerySet":
        return self.all() if may(user, P.IMPORT) else self.none()


class ImportRun(models.Model):
    """One import of one file. ``counts`` holds the figures of the report; undone as a whole or not at all."""

    file_name = models.CharField("文件", max_length=200)
    sha256 = models.CharField("文件指纹", max_length=64)
    counts = models.JSONField("行数", default=dict)
    by = models.ForeignKey(User, verbose_name="导入人", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("导入时间", auto_now_add=True)
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_by = models.ForeignKey(User, verbose_name="撤销人", null=True, on_delete=models.PROTECT, related_name="+")

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "导入"
        constraints = [
            not_blank("file_name", table="import_run"),
            together("undone_at", "undone_by", table="import_run"),
        ]

    def __str__(self) -> str:
        return f"导入“{self.file_name}”"


class Thing(models.TextChoices):
    """What a run can make or change; the order of undoing is that of making, backwards."""

    TERM = "term", "届"
    AREA = "area", "板块"
    CONCERN = "concern", "关注领域"
    DEPUTY = "deputy", "代表委员"
    MANDATE = "mandate", "代表委员身份"
    CONTACT = "contact", "联络"
    OPINION = "opinion", "意见"


class ImportChange(models.Model):
    """One record that a run created (``before`` is null) or changed (``before`` holds the old values).

    ``version`` is the record's version as the run left it: who changed it since stands in the way of undoing.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes")
    sheet = models.CharField("工作表", max_length=100, blank=True)
    row = models.PositiveIntegerField("行", null=True)
    thing = models.CharField("对象", max_length=10, choices=Thing)
    object_id = models.BigIntegerField("对象编号")
    version = models.PositiveIntegerField("版本", null=True)
    before = models.JSONField("原值", null=True)

    class Meta:
        verbose_name = "导入变动"
        constraints = [one_of("thing", Thing, table="import_change")]

    def __str__(self) -> str:
        return f"{self.get_thing_display()} {self.object_id}"
