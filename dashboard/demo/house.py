"""The demo house: staff, departments, areas, terms and the people on the roster."""

from dataclasses import dataclass, field
from datetime import date
from random import Random

from dashboard.demo.people import SECTORS, Person, invent
from dashboard.demo.words import Topic
from deputies import actions as deputies
from deputies.models import AppointmentRole, Area, Body, ContactMethod, Deputy, FieldOfConcern, Level, Sex, Term
from staff import actions as staff
from staff.models import Department, Role, User

PASSWORD = "Zhihe-demo-2026"

DEPARTMENTS = [
    ("办公室", "办公室"),
    ("第一检察部（刑事检察）", "一部"),
    ("第二检察部（民事行政检察）", "二部"),
    ("第三检察部（公益诉讼检察）", "三部"),
    ("第四检察部（未成年人检察）", "四部"),
    ("案件管理办公室", "案管办"),
    ("政治部", "政治部"),
]
# (username, name, role, department, title): one of each role first, they are the log-ins that are shown.
STAFF = [
    ("jianchazhang", "程知远", Role.CHIEF, "办公室", "党组书记、检察长"),
    ("fujian", "苏望舒", Role.LEADER, "办公室", "党组副书记、副检察长"),
    ("bangong", "林清禾", Role.OFFICE, "办公室", "办公室主任"),
    ("lianluo", "周穗", Role.HANDLER, "三部", "检察官"),
    ("xitong", "系统管理员", Role.SYSADMIN, "办公室", "系统管理员"),
    ("anquan", "安全管理员", Role.SECADMIN, "办公室", "安全管理员"),
    ("shenji", "审计管理员", Role.AUDITOR, "办公室", "审计管理员"),
    ("fujian2", "秦秉文", Role.LEADER, "办公室", "副检察长"),
    ("fujian3", "闻雅", Role.LEADER, "政治部", "政治部主任"),
    ("bangong2", "方小满", Role.OFFICE, "办公室", "联络专员"),
    ("lianluo1", "陶然", Role.HANDLER, "一部", "检察官"),
    ("lianluo2", "柏舟", Role.HANDLER, "二部", "检察官助理"),
    ("lianluo4", "许晴川", Role.HANDLER, "四部", "检察官"),
    ("lianluo5", "尹一鸣", Role.HANDLER, "案管办", "检察官助理"),
]
AREAS = ["甘露镇", "稻香镇", "荷塘镇", "双桥镇", "青禾街道", "云溪街道", "北仓街道", "科创园区"]
# body, level, place, number, first day, how many of ours hold such a seat
TERMS = [
    (Body.CONGRESS, Level.NATIONAL, "全国", 14, date(2023, 3, 5), 2),
    (Body.CPPCC, Level.NATIONAL, "全国", 14, date(2023, 3, 4), 1),
    (Body.CONGRESS, Level.PROVINCE, "江南省", 14, date(2023, 1, 15), 9),
    (Body.CPPCC, Level.PROVINCE, "江南省", 13, date(2023, 1, 14), 6),
    (Body.CONGRESS, Level.CITY, "禾城市", 17, date(2022, 1, 18), 30),
    (Body.CPPCC, Level.CITY, "禾城市", 15, date(2022, 1, 17), 26),
    (Body.CONGRESS, Level.DISTRICT, "知禾区", 5, date(2022, 1, 8), 150),
    (Body.CPPCC, Level.DISTRICT, "知禾区", 5, date(2022, 1, 7), 96),
]
NATIONAL_DEPUTY = Person(
    name="顾云舟",
    sex="男",
    field="公共安全",
    unit="知禾供电服务公司",
    post="线路班班长、高级技师",
    profession="输电运维",
    party="中共",
    ethnic_group="汉族",
    birth_year=1978,
    birth_month=4,
    phone="10000000001",
)


@dataclass
class House:
    """Who and what the demo year is played with."""

    random: Random
    today: date
    staff: dict[str, User]
    departments: dict[str, Department]
    people: dict[int, Person] = field(default_factory=dict)
    roster: list[Deputy] = field(default_factory=list)
    seats: dict[int, list[Term]] = field(default_factory=dict)
    told: dict[int, list[Topic]] = field(default_factory=dict)

    @property
    def chief(self) -> User:
        return self.staff["jianchazhang"]

    @property
    def office(self) -> User:
        return self.staff["bangong"]

    @property
    def leaders(self) -> list[User]:
        return [user for user in self.staff.values() if user.role in (Role.CHIEF, Role.LEADER)]

    @property
    def handlers(self) -> list[User]:
        return [user for user in self.staff.values() if user.role == Role.HANDLER]

    @property
    def national_deputy(self) -> Deputy:
        return self.roster[0]

    def method(self, code: str) -> ContactMethod:
        return ContactMethod.objects.get(code=code)

    def field_of(self, deputy: Deputy) -> str:
        """The field in which the deputy works and speaks."""
        return self.people[deputy.pk].field

    def sitting_in(self, body: Body) -> list[Deputy]:
        """Those with a seat in the district's own congress or committee."""
        return [
            deputy
            for deputy in self.roster
            if any(term.body == body and term.level == Level.DISTRICT for term in self.seats[deputy.pk])
        ]

    def handler_of(self, department: str) -> User:
        return next(user for user in self.handlers if user.department == self.departments[department])


def build(today: date, random: Random) -> House:
    """Staff, departments, areas, terms and about 320 people on four levels."""
    departments = {
        short: staff.create_department(name=name, short_name=short, order=order, by=None)
        for order, (name, short) in enumerate(DEPARTMENTS)
    }
    users = {row[0]: _employ(departments, *row) for row in STAFF}
    house = House(random, today, users, departments)
    _fill_roster(house)
    _appoint(house)
    return house


def _employ(
    departments: dict[str, Department], username: str, name: str, role: Role, department: str, title: str
) -> User:
    """An account as the administrators open it, its one-time password already replaced by the known one."""
    user = staff.create_user(username=username, name=name, department=departments[department], title=title, by=None)
    staff.admit(user=user, role=role, by=None)
    return staff.change_own_password(by=user, password=PASSWORD)


def _fill_roster(house: House) -> None:
    areas = [
        deputies.add_choice(model=Area, by=house.office, name=name, order=order) for order, name in enumerate(AREAS)
    ]
    fields = {row.name: row for row in FieldOfConcern.objects.all()}
    terms = [
        deputies.add_choice(
            model=Term, by=house.office, body=body, level=level, place=place, number=number, starts_on=starts_on
        )
        for body, level, place, number, starts_on, _ in TERMS
    ]
    seats = [term for term, row in zip(terms, TERMS, strict=True) for _ in range(row[-1])]
    people = [NATIONAL_DEPUTY, *invent(house.random, len(seats) - 1)]
    for person, term in zip(people, seats, strict=True):
        area = house.random.choice(areas)
        deputy = _register(house, person, area)
        deputy.fields_of_concern.set([fields[person.field], *house.random.sample(list(fields.values()), 1)])
        house.seats[deputy.pk] = [term]
        if term.level == Level.CITY and house.random.random() < 0.25:
            house.seats[deputy.pk].append(next(t for t in terms if t.level == Level.DISTRICT and t.body == term.body))
        for seat in house.seats[deputy.pk]:
            deputies.give_seat(deputy=deputy, term=seat, by=house.office, group=_group(person, seat, area))
        house.people[deputy.pk] = person
        house.roster.append(deputy)


def _group(person: Person, term: Term, area: Area) -> str:
    if term.body == Body.CPPCC:
        return SECTORS[person.field]
    return {Level.DISTRICT: f"{area.name}代表团", Level.CITY: "知禾代表团", Level.PROVINCE: "禾城代表团"}.get(
        Level(term.level), "江南省代表团"
    )


def _register(house: House, person: Person, area: Area) -> Deputy:
    return deputies.register_deputy(
        by=house.office,
        name=person.name,
        sex=Sex.MALE if person.sex == "男" else Sex.FEMALE,
        ethnic_group=person.ethnic_group,
        born_on=date(person.birth_year, person.birth_month, 1),
        party=person.party,
        education=house.random.choice(["大专", "大学本科", "大学本科", "硕士研究生", "博士研究生"]),
        unit=person.unit,
        post=person.post,
        profession=person.profession,
        area=area,
        phone=person.phone,
        preferred_contact=house.random.choice(["", "", "电话，工作日上午", "先发短信"]),
        photo_consent=house.random.random() < 0.8,
        words_consent=house.random.random() < 0.9,
    )


def _appoint(house: House) -> None:
    """Some 24 appointments, the national deputy among them."""
    roles = list(AppointmentRole.objects.order_by("order"))
    observer = next(role for role in roles if role.name == "公益诉讼观察员")
    start = date(house.today.year - 1, 3, 12)
    chosen = [(house.national_deputy, observer)]
    chosen += [(deputy, house.random.choice(roles)) for deputy in house.random.sample(house.roster[1:], 23)]
    for number, (deputy, role) in enumerate(chosen, start=1):
        deputies.appoint(
            deputy=deputy,
            role=role,
            from_on=start,
            to_on=date(start.year + 3, 3, 11),
            number=f"知检聘〔{start.year}〕{number}号",
            by=house.office,
        )
    Deputy.objects.filter(pk=house.national_deputy.pk).update(photo_consent=True, words_consent=True)
