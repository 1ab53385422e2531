"""A roster and a ledger as large as the goals name them; fictional, the same each time."""

import random
from datetime import date, timedelta
from itertools import product
from typing import Any

SURNAMES = (
    "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕苏卢蒋蔡贾丁魏薛叶阎单仇查解"
)
GIVEN = "伟芳娜敏静丽强磊军洋勇艳杰娟涛明超霞平刚桂英华玉兰晓北小满雪梅青禾知春秋云海山川文武德志建国立新"
UNITS = [
    "供电服务公司",
    "中心小学",
    "人民医院",
    "合作社",
    "书店",
    "机械厂",
    "农业科技有限公司",
    "律师事务所",
    "村委会",
    "商会",
]
NOTES = ["谈到灌溉渠清淤", "希望加强涉农普法", "关心校园周边安全", "建议公开听证多到村里", "谈高压线路改造"]


def fill(people: int, contacts: int) -> Any:
    """Returns the handler who logs: paired with fifty people and one area."""
    from django.db import connection, transaction

    chance = random.Random(20261123)
    with transaction.atomic():
        staff, areas = _house()
        ids = _people(people, areas, chance)
        _ledger(contacts, ids, staff, chance)
        _pair(staff[0], ids, areas[0])
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")
    return staff[0]


def _house() -> tuple[list[Any], list[Any]]:
    from deputies.models import Area
    from staff.models import Department, Role, User

    department = Department.objects.create(name="第一检察部")
    staff = [
        User.objects.create(username=f"bench{n}", name=f"联络{n}", role=Role.HANDLER, department=department)
        for n in range(20)
    ]
    return staff, [Area.objects.create(name=f"{name}镇", order=n) for n, name in enumerate(["甘露", "禾塘", "双桥"])]


def _people(count: int, areas: list[Any], chance: random.Random) -> list[int]:
    from common.pinyin import reading, search_text
    from deputies.models import Body, Deputy, Level, Mandate, Term

    term = Term.objects.create(
        body=Body.CONGRESS, level=Level.DISTRICT, place="知禾区", number=5, starts_on=date(2026, 1, 1)
    )
    names = ["".join(parts) for parts in product(SURNAMES, GIVEN, GIVEN)]
    rows = []
    for number, name in enumerate(chance.sample(names, count)):
        unit = f"知禾{number % 997}{chance.choice(UNITS)}"
        pinyin, initials = reading(name)
        text = search_text(name, unit, pinyin=pinyin)
        rows.append(
            Deputy(name=name, pinyin=pinyin, initials=initials, search_text=text, unit=unit, area=areas[number % 3])
        )
    made = Deputy.objects.bulk_create(rows, batch_size=2000)
    Mandate.objects.bulk_create([Mandate(deputy=each, term=term) for each in made], batch_size=2000)
    return [each.pk for each in made]


def _ledger(count: int, ids: list[int], staff: list[Any], chance: random.Random) -> None:
    from django.utils import timezone

    from deputies.models import Contact, ContactDeputy, ContactMethod, ContactStaff

    methods, today = list(ContactMethod.objects.all()[:6]), timezone.localdate()
    rows = []
    for number in range(count):
        by = staff[number % len(staff)]
        day = today - timedelta(days=chance.randrange(1100))
        rows.append(
            Contact(
                happened_on=day,
                method=methods[number % 6],
                note=NOTES[number % 5],
                recorded_by=by,
                department=by.department,
            )
        )
    made = Contact.objects.bulk_create(rows, batch_size=2000)
    ContactDeputy.objects.bulk_create(
        [ContactDeputy(contact=each, deputy_id=chance.choice(ids)) for each in made], batch_size=5000
    )
    ContactStaff.objects.bulk_create(
        [ContactStaff(contact=each, user=each.recorded_by, department=each.department) for each in made],
        batch_size=5000,
    )


def _pair(user: Any, ids: list[int], area: Any) -> None:
    from deputies.models import Pairing

    first = date(2026, 1, 1)
    Pairing.objects.bulk_create(
        Pairing(leader=user, deputy_id=pk, from_on=first, created_by=user) for pk in ids[::400]
    )
    Pairing.objects.create(leader=user, area=area, from_on=first, created_by=user)
