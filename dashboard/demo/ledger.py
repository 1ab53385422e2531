"""Two years of contacts and activities of the demo house."""

from dataclasses import dataclass, replace
from datetime import date, time, timedelta
from itertools import cycle

from django.core.files.uploadedfile import SimpleUploadedFile

from activities import actions as activities
from activities.models import Activity, ActivityKind, CongressState, Response
from common.calendar import Calendar
from dashboard.demo.house import House
from dashboard.demo.pictures import paint
from dashboard.demo.words import FIELD_OF, SMALL_TALK, TOPICS, Topic
from deputies import actions as deputies
from deputies.models import Contact, Deputy, FieldOfConcern

CONTACTS_A_YEAR = 340


@dataclass(frozen=True)
class Plan:
    month: int
    day: int
    kind: str
    title: str
    place: str
    department: str
    scene: str
    guests: int


# The plan of the current year; what was held the year before goes by another name where a theme changes.
PLANS = [
    Plan(1, 21, "专题汇报", "检察工作情况通报会", "院多功能厅", "办公室", "hall", 18),
    Plan(3, 7, "检察开放日", "“与法同行 半边天”妇女权益保障检察开放日", "检察服务中心", "四部", "hall", 16),
    Plan(3, 15, "座谈会", "民营企业家代表委员座谈会", "嘉禾电缆有限公司", "二部", "workshop", 12),
    Plan(4, 22, "公益诉讼现场", "支浜排口整治“回头看”", "云溪河沿线", "三部", "pond", 9),
    Plan(5, 16, "检察开放日", "“携手关爱 共护未来”未成年人检察开放日", "青禾实验小学", "四部", "school", 20),
    Plan(6, 20, "公开听证", "电力设施安全监管公开听证会", "院听证室", "三部", "line", 10),
    Plan(7, 10, "视察", "代表委员视察数字检察工作", "院数字检察中心", "案管办", "hall", 14),
    Plan(8, 8, "普法宣讲", "塘边普法：涉农检察进甘露", "甘露青鱼养殖专业合作社", "三部", "pond", 11),
    Plan(9, 12, "旁听庭审", "代表委员旁听公益诉讼案件庭审", "区人民法院", "三部", "hall", 8),
    Plan(9, 26, "专题调研", "高标准农田保护专题调研", "稻香镇", "三部", "field", 10),
    Plan(10, 18, "支部共建", "与代表所在企业支部共建活动", "恒穗精密机械有限公司", "政治部", "workshop", 9),
    Plan(11, 6, "检察开放日", "企业领域代表委员走进检察院", "院史馆", "一部", "hall", 17),
    Plan(12, 4, "普法宣讲", "国家宪法日宣讲进社区", "和畅社区", "一部", "school", 12),
]
THEMES_LAST_YEAR = {
    "“与法同行 半边天”妇女权益保障检察开放日": "家庭教育指导主题检察开放日",
    "民营企业家代表委员座谈会": "商会代表委员座谈会",
    "支浜排口整治“回头看”": "河湖岸线保护现场查看",
    "“携手关爱 共护未来”未成年人检察开放日": "未成年人观护基地开放日",
    "电力设施安全监管公开听证会": "电力线路下方施工安全公开听证会",
    "代表委员视察数字检察工作": "代表委员视察公益诉讼工作",
    "塘边普法：涉农检察进甘露": "田头普法：送法进稻香",
    "代表委员旁听公益诉讼案件庭审": "代表委员旁听环境保护案件庭审",
    "高标准农田保护专题调研": "农村集体资产监管专题调研",
    "与代表所在企业支部共建活动": "与社区支部共建活动",
    "企业领域代表委员走进检察院": "基层代表委员走进检察院",
}


def workday(day: date, today: date) -> date:
    """The nearest earlier working day, and never after ``today``."""
    day, calendar = min(day, today), Calendar()
    while not calendar.is_workday(day):
        day -= timedelta(days=1)
    return day


def play_contacts(house: House, year: int) -> None:
    """Visits, talks and calls of one year, up to today."""
    last = min(date(year, 12, 31), house.today)
    share = (last - date(year, 1, 1)).days / 365
    seldom = set(house.random.sample([d.pk for d in house.roster[1:]], len(house.roster) // 3))
    often = [deputy for deputy in house.roster if deputy.pk not in seldom]
    busy = house.roster[:1] + house.random.sample(often, 14)
    for _ in range(round(CONTACTS_A_YEAR * share)):
        day = workday(
            date(year, 1, 4) + timedelta(days=house.random.randint(0, max(0, (last - date(year, 1, 4)).days))), last
        )
        deputy = house.random.choice(busy if house.random.random() < 0.22 else often)
        _one_contact(house, deputy, day)


def _one_contact(house: House, deputy: Deputy, day: date) -> None:
    code = house.random.choices(["visit", "talk", "phone", "reception", "wechat", "mail"], [40, 12, 26, 6, 10, 6])[0]
    topic = _new_topic(house, deputy) if code in {"visit", "talk", "phone"} else None
    handler = house.random.choice(house.handlers)
    ours = [house.random.choice(house.leaders)] if code in {"visit", "talk"} and house.random.random() < 0.45 else []
    contact = deputies.log_contact(
        by=handler,
        deputies=[deputy],
        happened_on=day,
        method=house.method(code),
        note=_note(house, code, topic),
        place=house.people[deputy.pk].unit if code in {"visit", "talk"} else "",
        staff=[*ours, handler],
        started_at=time(house.random.choice([9, 10, 14, 15, 16]), house.random.choice([0, 30])),
    )
    if topic and house.random.random() < 0.6:
        _opinion_and_follow_up(house, contact, deputy, topic)


def _new_topic(house: House, deputy: Deputy) -> Topic | None:
    """Something this person has not yet been asked about: first of the own field, then of any."""
    every = [topic for topics in TOPICS.values() for topic in topics]
    told = house.told.setdefault(deputy.pk, [])
    fresh = [topic for topic in TOPICS[house.field_of(deputy)] if topic not in told]
    fresh = fresh or [topic for topic in every if topic not in told]
    if not fresh:
        return None
    told.append(house.random.choice(fresh))
    return told[-1]


def _note(house: House, code: str, topic: Topic | None) -> str:
    if code == "mail":
        return "寄送《检察工作动态》一期。"
    if topic and code != "phone":
        return f"{topic.seen}。"
    return f"{house.random.choice(SMALL_TALK)}。"


def _opinion_and_follow_up(house: House, contact: Contact, deputy: Deputy, topic: Topic) -> None:
    age = (house.today - contact.happened_on).days
    deputies.record_opinion(
        contact=contact,
        deputy=deputy,
        words=topic.said,
        field=FieldOfConcern.objects.get(name=FIELD_OF[topic]),
        outcome=topic.done if age > 45 and house.random.random() < 0.75 else "",
        by=contact.recorded_by,
    )
    if house.random.random() < 0.4:
        follow_up = deputies.add_follow_up(
            contact=contact,
            what="向代表委员反馈意见办理情况",
            owner=contact.recorded_by,
            due_on=contact.happened_on + timedelta(days=30),
            by=contact.recorded_by,
        )
        if age > 36 or house.random.random() < 0.2:
            deputies.finish_follow_up(follow_up=follow_up, by=contact.recorded_by)


def play_activities(house: House, year: int) -> None:
    """The year's activities: those of the past are closed, those ahead are invited to."""
    seeds = cycle(range(100))
    for plan in PLANS:
        day = workday(date(year, plan.month, plan.day), date(year, 12, 31))
        if year < house.today.year:
            plan = replace(plan, title=THEMES_LAST_YEAR.get(plan.title, plan.title))
        if day <= house.today:
            hold(house, plan, day, next(seeds), close=(house.today - day).days > 3)
        elif (day - house.today).days < 60:
            _schedule(house, plan, day)


def play_coming(house: House) -> None:
    """Whatever the day, something lies ahead and one activity waits to be closed."""
    ahead = [
        (6, Plan(1, 1, "公开听证", "老旧小区消防通道治理公开听证会", "院听证室", "三部", "hall", 7)),
        (13, Plan(1, 1, "视察", "人大代表视察检察建议落实情况", "北仓街道", "一部", "workshop", 9)),
        (27, Plan(1, 1, "座谈会", "政协委员界别座谈会", "区政协会议室", "办公室", "hall", 12)),
    ]
    for days, plan in ahead:
        _schedule(house, plan, Calendar().next_workday(house.today + timedelta(days=days)))
    plan = Plan(1, 1, "座谈会", "新就业群体权益保障座谈会", "快达配送站", "二部", "workshop", 8)
    hold(house, plan, workday(house.today - timedelta(days=4), house.today), 7, close=False)


def _schedule(house: House, plan: Plan, day: date) -> Activity:
    near = [d for d in house.roster if house.field_of(d) in _fields_of(plan)] or house.roster
    guests = house.random.sample(near, min(plan.guests, len(near)))
    leader = house.random.choice(house.leaders)
    activity = activities.schedule(
        by=house.office,
        kind=ActivityKind.objects.get(name=plan.kind),
        title=plan.title,
        held_on=day,
        starts_at=time(9, 30),
        ends_at=time(11, 30),
        place=plan.place,
        host=house.departments[plan.department],
        deputies=guests,
        leaders=[leader],
        congress_state=house.random.choice([CongressState.PLANNED, CongressState.PLANNED, CongressState.REPORTED]),
        summary=f"邀请代表委员参加{plan.title}，听取意见建议。",
    )
    for row in activity.attendances.select_related("deputy", "activity").order_by("pk"):
        answer = house.random.choices([Response.ACCEPTED, Response.DECLINED, Response.INVITED], [80, 8, 12])[0]
        if answer != Response.INVITED:
            activities.respond(attendance=row, response=answer, by=house.office)
    return activity


def _fields_of(plan: Plan) -> set[str]:
    """Who is likely to be asked to such an activity."""
    return {
        "四部": {"未成年人保护", "妇女权益", "民生保障"},
        "二部": {"营商环境", "知识产权", "社会治理"},
        "三部": {"涉农", "生态环境", "公共安全"},
    }.get(plan.department, set(TOPICS))


def hold(house: House, plan: Plan, day: date, seed: int, *, close: bool) -> Activity:
    """Hold one activity; the national deputy comes to the hearing about power lines and to some others."""
    activity = _schedule(house, plan, day)
    if plan.scene in {"line", "field"} or plan.kind == "视察":
        activities.invite(activity=activity, deputies=[house.national_deputy], by=house.office)
    if not close:
        return activity
    expected = activity.attendances.exclude(response=Response.DECLINED).select_related("deputy").order_by("pk")
    invited = [row.deputy for row in expected]
    star = house.national_deputy
    came = [d for d in invited if d == star or house.random.random() < 0.82] or invited[:1]
    activities.tick(activity=activity, came=[d.pk for d in came], by=house.office)
    seen = [d for d in came if d.photo_consent][:3]
    if star in came and star not in seen:
        seen = [star, *seen[:2]]
    activities.add_photo(
        activity=activity,
        upload=SimpleUploadedFile(f"{plan.scene}{seed}.jpg", paint(plan.scene, seed + day.year), "image/jpeg"),
        caption=f"代表委员参加{plan.title}",
        deputies=seen,
        by=house.office,
    )
    return activities.close(activity=activity, by=house.office)
