"""The house as an import sees it: its words and 届, loaded once; what a run adds is known at once."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.conf import settings
from django.db.models import Model

from activities.models import ActivityKind
from deputies import actions as deputies
from deputies.models import Area, Body, ContactMethod, FieldOfConcern, Level, Term
from intake.aliases import aliases, seat_meant
from intake.models import AliasOf, Thing
from intake.reading.cells import Refusal, plain
from intake.reading.identity import Identity
from intake.reading.nearest import Words, department_aliases
from staff.models import Department, User
from suggestions.models import ResultClass

METHOD_ALIASES = {
    "visit": "上门走访 实地走访 登门走访 走访慰问 走访调研 走访联络 上门 走访座谈 慰问 上门拜访 拜访",
    "talk": "座谈会 座谈交流 召开座谈会 集中座谈 座谈走访",
    "phone": "电话联系 电联 致电 电话联络 通话 打电话 电话沟通 电话回访",
    "reception": "接待 来院 约见 接待来访 来访接待 来电来访 来院座谈",
    "wechat": "微信联系 微信联络 微信沟通 短信 微信、短信 微信/短信 短信微信 微信群",
    "consult": "面商沟通 当面商办 面谈 当面沟通",
    "reply": "面复 当面回复 登门答复 上门答复 面对面答复",
    "activity": "邀请参加活动 受邀参加活动 参与活动 邀请活动 邀请参加 活动 参加检察活动",
    "mail": "邮寄 寄送 寄送资料 赠阅 送阅 送达材料 寄送刊物 邮寄材料 送材料",
}
KIND_ALIASES = {
    "检察开放日": "开放日 检察开放日活动 公众开放日 检营活动 走进检察院 检察院开放日",
    "公开听证": "听证 听证会 公开听证会 检察听证 案件听证 听证活动 听证评议",
    "视察": "代表视察 委员视察 视察活动 集中视察 视察检察工作 持证视察",
    "专题调研": "调研 调研活动 专题调研活动 联合调研 实地调研",
    "座谈会": "座谈 座谈交流 座谈活动 代表委员座谈会 征求意见座谈会 意见征询会 座谈交流会",
    "旁听庭审": "庭审观摩 观摩庭审 旁听 庭审旁听 旁听观摩庭审",
    "公益诉讼现场": "公益诉讼 公益诉讼回头看 公益诉讼活动 公益诉讼现场活动 现场监督 公益诉讼实地察看",
    "普法宣讲": "普法 法治宣讲 普法宣传 法治讲座 宣讲 普法活动 法治宣传",
    "支部共建": "共建 党建共建 党支部共建 党建活动 主题党日",
    "专题汇报": "汇报 工作汇报 专项汇报 专题报告 专项工作报告",
    "其他": "其它 其他活动",
}
PLACE_OF = {"national": "全国", "province": "本省", "city": "本市", "district": "本区", "town": "本镇"}
CYCLE_FROM = {"national": date(2023, 3, 1), "province": date(2023, 1, 1)}
LOCAL_CYCLE_FROM = date(2022, 1, 1)
YEARS_OF_A_TERM = 5

# (what, id, version after, values before or None, (sheet, row)): written down for undoing
Remember = Callable[[Thing, int, int | None, dict[str, Any] | None, tuple[str, int]], None]


@dataclass
class Office:
    """``at`` is the row that is being written; ``opened`` tells of 届 that the run opens."""

    by: User
    today: date
    remember: Remember
    at: tuple[str, int] = ("", 0)
    opened: list[str] = field(default_factory=list)
    # By day, (code of the method, number of the person): who was met by activities and answers (``encounters``).
    met: dict[date, set[tuple[str, int]]] = field(default_factory=dict)
    planned: dict[date, set[tuple[str, int]]] = field(default_factory=dict)

    def __post_init__(self) -> None:
        self.aliases = aliases()
        self.seats = {word: seat_meant(means) for word, means in self.aliases[AliasOf.SEAT]}
        self.areas = {plain(area.name): area for area in Area.objects.all()}
        self.concerns = {plain(concern.name): concern for concern in FieldOfConcern.objects.offered()}
        self.departments = Words(
            (row, row.name, department_aliases(row.name, row.short_name) | self._own(AliasOf.DEPARTMENT, row))
            for row in Department.objects.filter(closed_on=None)
        )
        self.methods = Words(
            (row, row.name, {*METHOD_ALIASES.get(row.code or "", "").split(), *self._own(AliasOf.METHOD, row)})
            for row in ContactMethod.objects.offered()
        )
        self.kinds = Words(
            (row, row.name, {*KIND_ALIASES.get(row.name, "").split(), *self._own(AliasOf.KIND, row)})
            for row in ActivityKind.objects.offered()
        )
        self.results = list(ResultClass.objects.offered())
        self.terms = list(Term.objects.order_by("-starts_on"))
        self.staff: dict[str, list[User]] = {}
        for user in User.objects.filter(is_active=True):
            self.staff.setdefault(plain(user.name), []).append(user)

    def _own(self, of: AliasOf, row: Model) -> set[str]:
        return {word for word, means in self.aliases[of] if means == str(row.pk)}

    def note(
        self,
        thing: Thing,
        pk: int,
        version: int | None = None,
        before: dict[str, Any] | None = None,
        *,
        at: tuple[str, int] | None = None,
    ) -> None:
        """Write down a record that the run made (``before`` is None) or changed."""
        self.remember(thing, pk, version, before, at or self.at)

    def area(self, name: str) -> Area:
        """The area of that name or one that holds it (甘露 = 甘露镇); a new one if it is named like an area."""
        key = plain(name)
        found = self.areas.get(key) or next(
            (area for known, area in self.areas.items() if key + known[-1:] == known), None
        )
        if found:
            return found
        if not re.search("(镇|乡|街道|区|板块|社区|村)$", key) or len(key) > 20:
            raise Refusal("unknown_area", f"没有“{name}”这个板块，请核对写法。")
        self.areas[key] = Area(name=key)
        return self.areas[key]

    def saved_area(self, area: Area) -> Area:
        if area.pk is None:
            saved = deputies.add_choice(model=Area, by=self.by, name=area.name)
            area.pk = saved.pk
            self.note(Thing.AREA, saved.pk)
        return area

    def term(self, who: Identity) -> Term:
        """The 届 that is meant; a new one if its number is told and no row has it."""
        same = [term for term in self.terms if (term.body, term.level) == (who.body, who.level)]
        if who.place:
            same = [term for term in same if term.place == who.place or term.place == PLACE_OF[who.level]]
        if who.number is not None:
            same = [term for term in same if term.number == who.number]
        else:
            same = [term for term in same if term.ends_on is None or term.ends_on >= self.today] or same[:1]
        if len(same) == 1:
            return same[0]
        label = f"{Level(who.level).label}{Body(who.body).label}"
        if len(same) > 1:
            names = "、".join(str(term) for term in same[:4])
            raise Refusal("several_terms", f"{label}有多个届次（{names}），请在“届次”列写明地区和届次。")
        if who.number is None:
            raise Refusal("no_term", f"系统里还没有{label}的届次，表里也没有写。请在“届次”列写明，如“{label}第五届”。")
        return self._planned_term(who)

    def _planned_term(self, who: Identity) -> Term:
        first = CYCLE_FROM.get(who.level, LOCAL_CYCLE_FROM)
        cycles = (self.today.year - first.year) // YEARS_OF_A_TERM
        term = Term(
            body=who.body,
            level=who.level,
            number=who.number or 0,
            place=who.place or self._place(who.level),
            starts_on=first.replace(year=first.year + cycles * YEARS_OF_A_TERM),
        )
        self.terms.append(term)
        self.opened.append(
            f"新建届次“{term}”，开始日期按换届周期推定为{term.starts_on:%Y年%m月%d日}，请在基础资料中核对。"
        )
        return term

    def _place(self, level: str) -> str:
        """Where the house stands, by its own name; else the place that other 届 of the level name."""
        known = next((term.place for term in self.terms if term.level == level and term.pk), "")
        if level == Level.DISTRICT and not known:
            known = settings.HOUSE_NAME.removesuffix("人民检察院")[:20]
        return known or PLACE_OF[level]

    def saved_term(self, term: Term) -> Term:
        if term.pk is None:
            facts = {name: getattr(term, name) for name in ("body", "level", "place", "number", "starts_on")}
            term.pk = deputies.add_choice(model=Term, by=self.by, **facts).pk
            self.note(Thing.TERM, term.pk)
        return term

    def members(self, text: str) -> tuple[list[User], list[str]]:
        """(staff named in ``text``, names that are not one member of staff)."""
        found: dict[int, User] = {}
        unknown: list[str] = []
        for name in filter(None, (part.strip() for part in re.split(r"[、,，;；/\n]+|\s{2,}", text))):
            users = self.staff.get(plain(re.sub(r"[(（].*?[)）]", "", name)), [])
            if len(users) == 1:
                found[users[0].pk] = users[0]
            else:
                unknown.append(name)
        return list(found.values()), unknown
