"""People: who they are, which seats they hold, what they are appointed to."""

from datetime import date
from typing import TYPE_CHECKING, Any

from django.db import models
from django.db.models import Case, Count, Exists, F, OuterRef, Prefetch, Q, QuerySet, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat

from common.constraints import not_blank, one_of
from common.pinyin import search_key, search_words
from common.versions import Versioned
from deputies.models.basics import Area, FieldOfConcern, Level, Term
from deputies.workflow import TRANSITIONS, MandateState
from staff.permissions import P, may

if TYPE_CHECKING:
    from deputies.models.contact import Contact, ContactDeputy
    from staff.models import User


class Sex(models.TextChoices):
    MALE = "male", "男"
    FEMALE = "female", "女"


class DeputyQuerySet(models.QuerySet["Deputy"]):
    def visible_to(self, user: object) -> "DeputyQuerySet":
        """The roster is open to everybody who works with deputies; the three administrators see nobody."""
        return self.kept() if may(user, P.DEPUTY_VIEW) else self.none()

    def kept(self) -> "DeputyQuerySet":
        """Without those whose file went over into another one."""
        return self.filter(merged_into=None)

    def serving(self) -> "DeputyQuerySet":
        """Those with at least one seat now held (在任)."""
        return self.seated().filter(retired_at=None)

    def former(self) -> "DeputyQuerySet":
        """Those who hold no seat now: all ended, or the file is retired."""
        return self.filter(~Exists(_seats_held()) | Q(retired_at__isnull=False))

    def seated(self, body: str = "", level: str = "", *, ever: bool = False, **seat: object) -> "DeputyQuerySet":
        """Those who hold (or ``ever`` held) one seat that is of this body and level, and of this term and group."""
        wanted = {name: value for name, value in (("term__body", body), ("term__level", level)) if value} | seat
        seats = Mandate.objects.filter(deputy=OuterRef("pk")) if ever else _seats_held()
        return self.filter(Exists(seats.filter(**wanted)))

    def found_by(self, query: str) -> "DeputyQuerySet":
        """Each word of ``query`` occurs in name, pinyin, initials, unit or post (see ``common.pinyin``)."""
        deputies = self
        for word in search_words(query):
            deputies = deputies.filter(search_text__contains=word)
        return deputies

    def named(self, name: str) -> "DeputyQuerySet":
        """Those of this name, whichever dot stands between its parts."""
        return self.kept().filter(search_text__startswith=f" {search_key(name)} ")

    def reached_in(self, year: int, contacts: "QuerySet[Contact] | None" = None) -> "DeputyQuerySet":
        """Those with at least one touching contact in ``year``, among ``contacts`` (default: all of the house)."""
        return self.filter(Exists(_meetings(contacts, year)))

    def met_in(self, touches: QuerySet[Any], method: int | None = None) -> "DeputyQuerySet":
        """Those with a row in ``touches`` (see ``models.last_contact``), by this method if one is named."""
        met = touches.filter(deputy=OuterRef("pk"))
        return self.filter(Exists(met.filter(by=method) if method else met))

    def not_met_in(self, touches: QuerySet[Any]) -> "DeputyQuerySet":
        return self.filter(~Exists(touches.filter(deputy=OuterRef("pk"))))

    def paired_with(self, leader: "User | None", today: date) -> "DeputyQuerySet":
        """Whom this leader looks after, alone or with the area; without a ``leader`` those whom nobody does."""
        from deputies.models.pairing import Pairing  # pairings stand on the people

        in_force = Pairing.objects.in_force(today)
        if leader:
            return self.filter(pk__in=in_force.filter(leader=leader).deputies().values("pk"))
        return self.exclude(pk__in=in_force.deputies().values("pk"))

    def with_figures(self, year: int, contacts: "QuerySet[Contact]") -> "DeputyQuerySet":
        """Add ``last_contact_on`` and ``contacts_in_year``, both of touching ``contacts``."""
        return self.annotate(
            last_contact_on=Subquery(
                _meetings(contacts).order_by("-contact__happened_on").values("contact__happened_on")[:1]
            ),
            contacts_in_year=Coalesce(
                Subquery(_meetings(contacts, year).values("deputy").annotate(times=Count("pk")).values("times")), 0
            ),
        )

    def with_namesake_hint(self) -> "DeputyQuerySet":
        """Add ``namesake_hint``: what tells somebody from all others of the name, nothing where there are none.

        The unit; with the post where two share the unit; with the number of the file where they share that too.
        """
        others = Deputy.objects.kept().filter(name=OuterRef("name")).exclude(pk=OuterRef("pk"))
        colleagues = others.filter(unit=OuterRef("unit"))
        unit = Case(When(unit="", then=Value("单位未登记")), default=F("unit"))
        hint = Case(
            When(~Exists(others), then=Value("")),
            When(~Exists(colleagues), then=unit),
            When(~Exists(colleagues.filter(post=OuterRef("post"))), then=Concat(unit, "post")),
            default=Concat(unit, "post", Value("，档案"), Cast("pk", models.CharField())),
        )
        return self.annotate(namesake_hint=hint)

    def with_seats(self) -> "DeputyQuerySet":
        """Ready for ``deputy.seats`` and the area: a constant number of queries."""
        seats = Mandate.objects.select_related("term")
        return self.select_related("area").prefetch_related(Prefetch("mandates", queryset=seats))

    def by_name(self) -> "DeputyQuerySet":
        return self.order_by("pinyin", "name", "pk")


def told_apart(lookup: str) -> Prefetch:
    """For ``prefetch_related``: the persons under ``lookup`` know of their namesakes."""
    return Prefetch(lookup, queryset=Deputy.objects.with_namesake_hint())


def _seats_held() -> "QuerySet[Mandate]":
    return Mandate.objects.filter(deputy=OuterRef("pk"), state=MandateState.SERVING)


def _meetings(contacts: "QuerySet[Contact] | None", year: int | None = None) -> "QuerySet[ContactDeputy]":
    """The rows in which the deputy of the outer query was touched."""
    from deputies.models.contact import Contact, ContactDeputy  # the ledger stands on the people

    touching = (Contact.objects.all() if contacts is None else contacts).filter(
        withdrawn_at=None, method__is_touch=True
    )
    if year is not None:
        touching = touching.filter(happened_on__range=(date(year, 1, 1), date(year, 12, 31)))
    return ContactDeputy.objects.filter(deputy=OuterRef("pk"), contact__in=touching)


class Deputy(Versioned):
    """A 人大代表 or 政协委员 as a person; one person may hold several seats (:class:`Mandate`).

    Kept out on purpose: ID number, home address, religion, native place.
    ``search_text`` and ``pinyin`` are written by ``deputies.actions`` (``common.pinyin``).
    """

    name = models.CharField("姓名", max_length=60)
    pinyin = models.CharField("拼音", max_length=120, blank=True, help_text="多音字读错时请改正，如“单 → shan”")
    initials = models.CharField("拼音首字母", max_length=20, blank=True)
    search_text = models.TextField(editable=False, default="")
    sex = models.CharField("性别", max_length=6, choices=Sex, blank=True)
    ethnic_group = models.CharField("民族", max_length=20, blank=True)
    born_on = models.DateField("出生年月", null=True, blank=True, help_text="只用年和月")
    party = models.CharField("党派", max_length=20, blank=True)
    second_party = models.CharField("第二党派", max_length=20, blank=True)
    education = models.CharField("学历", max_length=20, blank=True)
    unit = models.CharField("工作单位", max_length=80, blank=True)
    post = models.CharField("职务", max_length=60, blank=True)
    profession = models.CharField("专业背景", max_length=80, blank=True)
    fields_of_concern = models.ManyToManyField(FieldOfConcern, verbose_name="关注领域", blank=True, related_name="+")
    area = models.ForeignKey(Area, verbose_name="板块", null=True, blank=True, on_delete=models.PROTECT)
    phone = models.CharField("联系电话", max_length=20, blank=True)
    preferred_contact = models.CharField("方便的联系方式", max_length=60, blank=True)
    photo_consent = models.BooleanField("同意使用照片", default=False)
    words_consent = models.BooleanField("同意引用发言", default=False)
    # Paths below MEDIA_ROOT, written by ``common.photos`` in two sizes.
    photo_file = models.CharField("照片", max_length=120, blank=True, editable=False)
    thumb_file = models.CharField("照片缩略图", max_length=120, blank=True, editable=False)
    # The file that this one went over into (see DeputyMerge); old addresses lead there.
    merged_into = models.ForeignKey(
        "self", verbose_name="并入", null=True, blank=True, on_delete=models.PROTECT, related_name="+", editable=False
    )
    retired_at = models.DateTimeField("停用时间", null=True, blank=True)
    created_at = models.DateTimeField("建档时间", auto_now_add=True)

    objects = DeputyQuerySet.as_manager()

    class Meta:
        verbose_name = "代表委员"
        constraints = [
            not_blank("name", table="deputy"),
            models.CheckConstraint(
                condition=Q(merged_into=None) | Q(retired_at__isnull=False), name="deputy_merged_is_retired"
            ),
            models.CheckConstraint(condition=~Q(merged_into=F("id")), name="deputy_not_merged_into_itself"),
            models.CheckConstraint(condition=Q(sex="") | Q(sex__in=Sex.values), name="deputy_sex_known"),
        ]
        indexes = [
            models.Index(fields=["pinyin"], name="deputy_by_pinyin"),
            models.Index(fields=["name"], name="deputy_by_name"),  # is there a namesake?
        ]

    def __str__(self) -> str:
        return self.told_apart

    @property
    def told_apart(self) -> str:
        """The name, of a namesake with the unit where the query knows it (see ``with_namesake_hint``)."""
        hint = getattr(self, "namesake_hint", "")
        return f"{self.name}（{hint}）" if hint else self.name

    @property
    def seats(self) -> "list[Mandate]":
        """All seats, those held first, then from the nation down."""
        levels = list(Level)
        return sorted(self.mandates.all(), key=lambda seat: (not seat.is_held, levels.index(Level(seat.term.level))))

    @property
    def seat_names(self) -> str:
        """全国人大代表、市政协委员: the seats held."""
        return "、".join(seat.term.seat_name for seat in self.seats if seat.is_held)

    @property
    def masked_phone(self) -> str:
        """138****1234; short numbers show only their last two digits."""
        if len(self.phone) >= 7:
            return f"{self.phone[:3]}****{self.phone[-4:]}"
        return f"****{self.phone[-2:]}" if self.phone else ""


class NeutralReason(models.TextChoices):
    """Why a seat is no longer held. Never a case, whatever happened."""

    EXPIRED = "expired", "届满"
    TRANSFERRED = "transferred", "调离"
    RESIGNED = "resigned", "辞职"
    MOVED = "moved", "迁出"
    OTHER = "other", "其他"


class MandateQuerySet(models.QuerySet["Mandate"]):
    def held(self) -> "MandateQuerySet":
        """Those that somebody on the roster holds now (see ``DeputyQuerySet.serving``)."""
        return self.filter(state=MandateState.SERVING, deputy__retired_at=None)


class Mandate(Versioned):
    """One seat: deputy × term. What happened to it is a day and a :class:`NeutralReason`."""

    deputy = models.ForeignKey(Deputy, verbose_name="代表委员", on_delete=models.PROTECT, related_name="mandates")
    term = models.ForeignKey(Term, verbose_name="届", on_delete=models.PROTECT, related_name="mandates")
    group = models.CharField("代表团/界别", max_length=40, blank=True)
    certificate_no = models.CharField("证号", max_length=20, blank=True)
    committee_post = models.CharField("常委会/专委会职务", max_length=40, blank=True)
    state = models.CharField("状态", max_length=10, choices=MandateState, default=MandateState.SERVING)
    state_reason = models.CharField("原因", max_length=12, choices=NeutralReason, blank=True)
    state_on = models.DateField("变动日期", null=True, blank=True)

    objects = MandateQuerySet.as_manager()

    class Meta:
        verbose_name = "代表委员身份"
        constraints = [
            one_of("state", MandateState, table="mandate"),
            models.UniqueConstraint(fields=["deputy", "term"], name="mandate_once_per_term"),
            models.CheckConstraint(
                condition=Q(state=MandateState.SERVING, state_reason="")
                | (~Q(state=MandateState.SERVING) & Q(state_on__isnull=False, state_reason__in=NeutralReason.values)),
                name="mandate_left_on_a_day_for_a_reason",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.deputy} {self.term.seat_name}"

    @property
    def is_held(self) -> bool:
        return self.state == MandateState.SERVING

    @property
    def moves(self) -> list[MandateState]:
        """Where this seat can be moved now."""
        return TRANSITIONS[MandateState(self.state)]
