"""The ledger of touches."""

from datetime import date

from django.db import models
from django.db.models import Prefetch, Q

from common.choices import OfficeChoice
from common.constraints import not_blank, one_of, together
from common.pinyin import search_words
from common.versions import Versioned
from deputies.models.basics import FieldOfConcern
from deputies.models.deputy import Deputy
from staff.models import Department, Role, User
from staff.permissions import P, may


class ContactMethod(OfficeChoice):
    """联络方式, a row that the office edits. ``is_touch`` is False for mass mailings: they never count as contact.

    Only the seeded rows have a ``code``; two of them are what activities and replies in person write.
    """

    WRITTEN_BY_THE_PROGRAM = ("activity", "reply")

    name = models.CharField("名称", max_length=20, unique=True)
    code = models.SlugField("代码", max_length=20, null=True, unique=True, editable=False)
    is_touch = models.BooleanField("计入联络", default=True)
    order = models.PositiveSmallIntegerField("排序", default=0)

    class Meta:
        verbose_name = "联络方式"
        ordering = ["order", "name"]
        constraints = [not_blank("name", table="method")]

    def __str__(self) -> str:
        return self.name

    @property
    def is_relied_on(self) -> bool:
        return self.code in self.WRITTEN_BY_THE_PROGRAM


class Origin(models.TextChoices):
    HAND = "hand", "手工登记"
    ACTIVITY = "activity", "活动转入"
    REPLY = "reply", "建议提案转入"
    IMPORT = "import", "导入"


class ContactQuerySet(models.QuerySet["Contact"]):
    def visible_to(self, user: object) -> "ContactQuerySet":
        """Leaders and the office see every contact; a handler those of the own department or of himself."""
        return self.within_reach_of(user).standing()

    def within_reach_of(self, user: object) -> "ContactQuerySet":
        """Like ``visible_to``, with those taken back: to look at and to restore one."""
        if not (isinstance(user, User) and may(user, P.CONTACT_VIEW)):
            return self.none()
        if user.role != Role.HANDLER:
            return self.all()
        return self.filter(
            Q(department=user.department) | Q(recorded_by=user) | Q(pk__in=ContactStaff.objects.of(user))
        )

    def of(self, user: User) -> "ContactQuerySet":
        """Those that ``user`` recorded or took part in."""
        return self.filter(Q(recorded_by=user) | Q(pk__in=ContactStaff.objects.of(user)))

    def found_by(self, query: str) -> "ContactQuerySet":
        """Each word occurs in the note, in the place or under one of the deputies met."""
        contacts = self
        for word in search_words(query):
            met = ContactDeputy.objects.filter(deputy__search_text__contains=word)
            contacts = contacts.filter(
                Q(note__icontains=word.strip()) | Q(place__icontains=word.strip()) | Q(pk__in=met.values("contact"))
            )
        return contacts

    def newest_first(self) -> "ContactQuerySet":
        return self.order_by("-happened_on", "-pk")

    def with_people(self) -> "ContactQuerySet":
        """Ready to be listed: a constant number of queries however many rows."""
        return self.select_related("method", "department", "recorded_by").prefetch_related(
            Prefetch("deputies", queryset=Deputy.objects.with_namesake_hint().by_name()), "staff"
        )

    def standing(self) -> "ContactQuerySet":
        """Without those taken back by undo."""
        return self.filter(withdrawn_at=None)

    def touching(self) -> "ContactQuerySet":
        """Those that count as contact (no mass mailings)."""
        return self.standing().filter(method__is_touch=True)

    def between(self, first: date, last: date) -> "ContactQuerySet":
        return self.filter(happened_on__range=(first, last))

    def in_year(self, year: int) -> "ContactQuerySet":
        """By the Beijing calendar day on which it happened."""
        return self.between(date(year, 1, 1), date(year, 12, 31))


class Contact(Versioned):
    """One encounter: when, how, where, who of ours, which deputies, what was said (``note``).

    Written only by ``deputies.actions``. ``department`` is the department of ours *at that time*.
    ``idempotency_key`` makes a double submit one row; ``origin_key`` ("activity:12", "reply:7") makes the
    row that an activity or a reply writes one row. Undo withdraws, it does not delete.
    """

    happened_on = models.DateField("日期")
    started_at = models.TimeField("时间", null=True, blank=True)
    method = models.ForeignKey(ContactMethod, verbose_name="方式", on_delete=models.PROTECT, related_name="+")
    place = models.CharField("地点", max_length=60, blank=True)
    note = models.TextField("联络内容", max_length=2000)
    deputies = models.ManyToManyField(
        Deputy, verbose_name="代表委员", through="ContactDeputy", related_name="contacts"
    )
    staff = models.ManyToManyField(User, verbose_name="我院人员", through="ContactStaff", related_name="+")
    department = models.ForeignKey(
        Department, verbose_name="部门", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    origin = models.CharField("来源", max_length=10, choices=Origin, default=Origin.HAND)
    origin_key = models.CharField("来源编号", max_length=40, null=True, unique=True)
    idempotency_key = models.UUIDField("防重键", null=True, unique=True)
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)
    withdrawn_at = models.DateTimeField("撤回时间", null=True)
    withdrawn_by = models.ForeignKey(
        User, verbose_name="撤回人", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ContactQuerySet.as_manager()

    class Meta:
        verbose_name = "联络"
        constraints = [
            one_of("origin", Origin, table="contact"),
            not_blank("note", table="contact"),
            together("withdrawn_at", "withdrawn_by", table="contact"),
            models.CheckConstraint(
                condition=Q(origin__in=[Origin.HAND, Origin.IMPORT]) | Q(origin_key__isnull=False),
                name="contact_derived_has_origin_key",
            ),
        ]
        indexes = [models.Index(fields=["-happened_on", "-id"], name="contact_newest_first")]

    def __str__(self) -> str:
        return f"{self.happened_on:%Y-%m-%d} {self.method}"


class ContactDeputy(models.Model):
    """One deputy met at one contact: the unit 人次."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="met")
    deputy = models.ForeignKey(Deputy, verbose_name="代表委员", on_delete=models.PROTECT, related_name="met")

    class Meta:
        verbose_name = "联络人次"
        constraints = [models.UniqueConstraint(fields=["contact", "deputy"], name="contact_meets_a_deputy_once")]

    def __str__(self) -> str:
        return f"{self.contact_id}–{self.deputy_id}"


class ContactStaffQuerySet(models.QuerySet["ContactStaff"]):
    def of(self, user: User) -> models.QuerySet["ContactStaff", int]:
        """Ids of the contacts that ``user`` took part in."""
        return self.filter(user=user).values_list("contact_id", flat=True)


class ContactStaff(models.Model):
    """One of ours at one contact, with the department he or she belonged to at that time."""

    contact = models.ForeignKey(Contact, on_delete=models.CASCADE, related_name="ours")
    user = models.ForeignKey(User, verbose_name="我院人员", on_delete=models.PROTECT, related_name="+")
    department = models.ForeignKey(
        Department, verbose_name="当时部门", null=True, on_delete=models.PROTECT, related_name="+"
    )

    objects = ContactStaffQuerySet.as_manager()

    class Meta:
        verbose_name = "我院参加人员"
        constraints = [models.UniqueConstraint(fields=["contact", "user"], name="contact_has_a_member_of_staff_once")]

    def __str__(self) -> str:
        return f"{self.contact_id}–{self.user_id}"


class OpinionQuerySet(models.QuerySet["Opinion"]):
    def visible_to(self, user: object) -> "OpinionQuerySet":
        return self.filter(contact__in=Contact.objects.visible_to(user))


class Opinion(models.Model):
    """意见: the verbatim words of one deputy, said at a contact. Counted in 条. May become a suggestion."""

    contact = models.ForeignKey(Contact, verbose_name="联络", on_delete=models.PROTECT, related_name="opinions")
    deputy = models.ForeignKey(Deputy, verbose_name="代表委员", on_delete=models.PROTECT, related_name="opinions")
    words = models.TextField("原话", max_length=1000)
    field = models.ForeignKey(
        FieldOfConcern, verbose_name="领域", null=True, blank=True, on_delete=models.PROTECT, related_name="+"
    )
    outcome = models.TextField("办理落实", max_length=1000, blank=True, help_text="院里据此做了什么")
    recorded_by = models.ForeignKey(User, verbose_name="登记人", on_delete=models.PROTECT, related_name="+")
    recorded_at = models.DateTimeField("登记时间", auto_now_add=True)

    objects = OpinionQuerySet.as_manager()

    class Meta:
        verbose_name = "意见"
        constraints = [not_blank("words", table="opinion")]

    def __str__(self) -> str:
        return f"{self.deputy}的意见"


class FollowUpQuerySet(models.QuerySet["FollowUp"]):
    def visible_to(self, user: object) -> "FollowUpQuerySet":
        if not isinstance(user, User):
            return self.none()
        return self.filter(Q(contact__in=Contact.objects.visible_to(user)) | Q(owner=user))

    def standing(self) -> "FollowUpQuerySet":
        """Without those of contacts taken back."""
        return self.filter(contact__withdrawn_at=None)

    def open(self) -> "FollowUpQuerySet":
        return self.standing().filter(done_at=None)

    def overdue(self, today: date) -> "FollowUpQuerySet":
        return self.open().filter(due_on__lt=today)


class FollowUp(models.Model):
    """后续事项 promised at a contact: what, who of ours, by when."""

    contact = models.ForeignKey(Contact, verbose_name="联络", on_delete=models.PROTECT, related_name="follow_ups")
    what = models.CharField("事项", max_length=200)
    owner = models.ForeignKey(User, verbose_name="责任人", on_delete=models.PROTECT, related_name="+")
    due_on = models.DateField("期限")
    done_at = models.DateTimeField("完成时间", null=True)
    done_by = models.ForeignKey(User, verbose_name="完成人", null=True, on_delete=models.PROTECT, related_name="+")

    objects = FollowUpQuerySet.as_manager()

    class Meta:
        verbose_name = "后续事项"
        constraints = [not_blank("what", table="follow_up"), together("done_at", "done_by", table="follow_up")]

    def __str__(self) -> str:
        return self.what

    def state_on(self, today: date) -> str:
        """已完成, 已逾期 or 未完成."""
        if self.done_at:
            return "已完成"
        return "已逾期" if self.due_on < today else "未完成"
