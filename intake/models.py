"""What an import remembers: headings mapped by hand, runs, and what each run made or changed."""

from django.db import models

from common.constraints import not_blank, one_of, together
from intake.workflow import OPEN, WORKING, RunState
from staff.models import User
from staff.permissions import P, may


class LedgerKind(models.TextChoices):
    ROSTER = "roster", "代表委员名册"
    CONTACTS = "contacts", "联络台账"
    ACTIVITIES = "activities", "活动台账"
    SUGGESTIONS = "suggestions", "建议提案台账"


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


class AliasOf(models.TextChoices):
    DEPARTMENT = "department", "部门"
    METHOD = "method", "联络方式"
    KIND = "kind", "活动类型"
    SEAT = "seat", "层级和性质"


class Alias(models.Model):
    """Another word of this office for a department, a way of contact, a kind of activity, a level and body.

    ``word`` is kept in the form in which words are compared. ``means`` is the id of the row (which is never deleted,
    and may be renamed), for a seat its level and body ("district-congress").
    """

    of = models.CharField("对照什么", max_length=10, choices=AliasOf)
    word = models.CharField("本院的写法", max_length=40)
    means = models.CharField("读作", max_length=20)

    class Meta:
        verbose_name = "叫法对照"
        constraints = [
            one_of("of", AliasOf, table="alias"),
            not_blank("word", table="alias"),
            not_blank("means", table="alias"),
            models.UniqueConstraint(fields=["of", "word"], name="alias_once"),
        ]

    def __str__(self) -> str:
        return self.word


class ImportRunQuerySet(models.QuerySet["ImportRun"]):
    def visible_to(self, user: object) -> "ImportRunQuerySet":
        return self.all() if may(user, P.IMPORT) else self.none()

    def open(self) -> "ImportRunQuerySet":
        """Not imported yet: the file is still needed."""
        return self.filter(state__in=OPEN)


class ImportRun(models.Model):
    """One import of one file: read, looked at, written, perhaps undone; as a whole or not at all.

    ``counts``, ``sheets`` and ``notices`` are those of the last reading, ``digest`` tells its plan: what is written is
    what was looked at, or nothing. ``chosen`` holds who is meant where a row does not tell (``report.choice_key``).
    ``reason`` says why the last step did not succeed.
    """

    file_name = models.CharField("文件", max_length=200)
    sha256 = models.CharField("文件指纹", max_length=64)
    file = models.CharField("保存位置", max_length=80, blank=True)
    state = models.CharField("状态", max_length=10, choices=RunState, default=RunState.READING)
    kind = models.CharField("台账", max_length=12, choices=LedgerKind, blank=True)
    hidden_rows = models.BooleanField("包括隐藏行", default=False)
    chosen = models.JSONField("同名认定", default=dict)
    counts = models.JSONField("行数", default=dict)
    sheets = models.JSONField("工作表", default=list)
    notices = models.JSONField("提示", default=list)
    digest = models.CharField("预览指纹", max_length=64, blank=True)
    reason = models.CharField("原因", max_length=300, blank=True)
    by = models.ForeignKey(User, verbose_name="导入人", on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField("上传时间", auto_now_add=True)
    done_at = models.DateTimeField("导入时间", null=True)
    undone_at = models.DateTimeField("撤销时间", null=True)
    undone_by = models.ForeignKey(User, verbose_name="撤销人", null=True, on_delete=models.PROTECT, related_name="+")

    objects = ImportRunQuerySet.as_manager()

    class Meta:
        verbose_name = "导入"
        constraints = [
            one_of("state", RunState, table="import_run"),
            not_blank("file_name", table="import_run"),
            together("undone_at", "undone_by", table="import_run"),
            models.CheckConstraint(
                condition=models.Q(state=RunState.UNDONE, undone_at__isnull=False)
                | (~models.Q(state=RunState.UNDONE) & models.Q(undone_at__isnull=True)),
                name="import_run_undone_has_a_time",
            ),
            models.CheckConstraint(
                condition=models.Q(done_at__isnull=False)
                | ~models.Q(state__in=[RunState.DONE, RunState.UNDOING, RunState.UNDONE]),
                name="import_run_done_has_a_time",
            ),
        ]

    def __str__(self) -> str:
        return f"导入“{self.file_name}”"

    @property
    def scope(self) -> str:
        """By which its jobs are known on the job list."""
        return f"import:{self.pk}"

    @property
    def is_working(self) -> bool:
        return self.state in WORKING

    @property
    def is_open(self) -> bool:
        return self.state in OPEN


class Outcome(models.TextChoices):
    NEW = "new", "新增"
    UPDATED = "updated", "更新"
    SAME = "same", "相同"
    ERROR = "error", "出错"
    IGNORED = "ignored", "忽略"


class ImportRow(models.Model):
    """One row of the file as it was last read: what becomes of it, and why.

    ``more`` holds further problems and warnings, ``choices`` who may be meant. ``cells`` (texts by column) are kept of
    error rows and of titles, headings and sections only: from them the error workbook is made.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="rows")
    sheet = models.CharField("工作表", max_length=100)
    row = models.PositiveIntegerField("行")
    outcome = models.CharField("结果", max_length=8, choices=Outcome)
    label = models.CharField("内容", max_length=60, blank=True)
    code = models.CharField("代码", max_length=30, blank=True)
    column = models.CharField("列", max_length=60, blank=True)
    sentence = models.CharField("说明", max_length=500, blank=True)
    more = models.JSONField("其他说明", default=list)
    changes = models.JSONField("变动", default=dict)
    choices = models.JSONField("可能的人", default=list)
    cells = models.JSONField("原文", default=dict)

    class Meta:
        verbose_name = "导入的一行"
        constraints = [one_of("outcome", Outcome, table="import_row")]
        indexes = [models.Index(fields=["run", "outcome"], name="import_row_by_outcome")]

    def __str__(self) -> str:
        return f"{self.sheet} {self.row}"


class Thing(models.TextChoices):
    """What a run can make or change; the order of undoing is that of making, backwards."""

    TERM = "term", "届"
    AREA = "area", "板块"
    CONCERN = "concern", "关注领域"
    DEPUTY = "deputy", "代表委员"
    MANDATE = "mandate", "代表委员身份"
    CONTACT = "contact", "联络"
    OPINION = "opinion", "意见"
    ACTIVITY = "activity", "活动"
    SUGGESTION = "suggestion", "建议提案"


class ImportChange(models.Model):
    """One record that a run created (``before`` is null) or changed (``before`` holds the old values).

    ``version`` is the record's version as the run left it: who changed it since stands in the way of undoing.
    """

    run = models.ForeignKey(ImportRun, on_delete=models.CASCADE, related_name="changes")
    sheet = models.CharField("工作表", max_length=100, blank=True)
    row = models.PositiveIntegerField("行", null=True)
    thing = models.CharField("对象", max_length=12, choices=Thing)
    object_id = models.BigIntegerField("对象编号")
    version = models.PositiveIntegerField("版本", null=True)
    before = models.JSONField("原值", null=True)

    class Meta:
        verbose_name = "导入变动"
        constraints = [one_of("thing", Thing, table="import_change")]
        indexes = [models.Index(fields=["thing", "object_id"], name="import_change_by_object")]

    def __str__(self) -> str:
        return f"{self.get_thing_display()} {self.object_id}"
