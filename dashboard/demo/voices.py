"""What the deputies of the demo district suggested, and how it was answered."""

from datetime import date, timedelta

from common.calendar import add_months
from common.quotes import titled
from dashboard.demo.house import House
from dashboard.demo.ledger import workday
from dashboard.demo.words import FORMAL, POWER_LINE, PROMISED
from deputies.models import Body, Deputy, FieldOfConcern, Level, Term
from staff.models import User
from suggestions import actions
from suggestions.models import (
    Channel,
    How,
    Kind,
    LetterHead,
    OurRole,
    ProposerRole,
    Reply,
    ResultClass,
    StepKind,
    Suggestion,
    ToldHow,
    Verdict,
)

DEPARTMENT_OF = {
    "涉农": "三部",
    "生态环境": "三部",
    "公共安全": "三部",
    "未成年人保护": "四部",
    "妇女权益": "四部",
    "营商环境": "二部",
    "知识产权": "二部",
    "民生保障": "二部",
    "社会治理": "一部",
    "数字检察": "案管办",
}


def head_letters(house: House) -> None:
    """What letters say of the house; no telephone number begins with four noughts."""
    facts = {"reply_code": "知检函", "joint_code": "知检会", "office_code": "知检办函"}
    actions.edit_letter_head(
        head=LetterHead.objects.ours(), expected=1, by=house.office,
        contact=house.office.name, phone="0000-82000000", **facts,
    )  # fmt: skip


def play_formal(house: House, year: int, rows: slice) -> None:
    """建议 and 提案 of one session, answered within the three months of the law."""
    for n, (title, field, text, done) in enumerate(FORMAL[rows]):
        suggestion = _formal(
            house, title, field, text, date(year, 2, 26), number=str(12 + 7 * n), session=_session(year)
        )
        assigned = workday(date(year, 3, 10), house.today)
        suggestion = assign(house, suggestion, assigned)
        handler = suggestion_handler(house, suggestion)
        actions.add_step(
            suggestion=suggestion,
            happened_on=workday(assigned + timedelta(days=16), house.today),
            what="与提出人电话沟通，听取办理要求",
            by=handler,
        )
        actions.add_step(
            suggestion=suggestion,
            happened_on=workday(assigned + timedelta(days=40), house.today),
            what="实地走访并会商有关部门",
            by=handler,
        )
        day = workday(assigned + timedelta(days=62 + n), house.today)
        kind_of_result = "B" if "列入" in done or "继续" in done or "跟踪" in done else "A"
        answer = reply(
            house, suggestion, day, done, kind_of_result, in_person=n % 2 == 0, signed_by=house.leaders[n % 3]
        )
        evaluate(house, answer, day + timedelta(days=6), Verdict.MOSTLY if n % 3 == 2 else Verdict.SATISFIED)
        actions.close(suggestion=suggestion, by=house.office, on=day + timedelta(days=6))
        if kind_of_result == "B" and year == house.today.year:
            what = "会同住建部门建立无障碍设施常态巡查机制"
            later = actions.PromiseFacts(what, date(year + 1, 6, 30), handler)
            actions.add_promise(reply=answer, facts=later, by=handler)
        if kind_of_result == "B" and year < house.today.year:
            kept = workday(date(year + 1, 5, 12), house.today)
            actions.keep_promise(
                promise=answer.promises.get(),
                kept_on=kept,
                kept_how="已按承诺推进到位，向提出人二次答复。",
                class_now=ResultClass.objects.get(code="A"),
                told_how=ToldHow.LETTER,
                by=house.office,
            )


def play_open(house: House) -> None:
    """Whatever the day: one overdue, one due within a week whose answer waits for a leader, one within a month, one
    just registered, one unsatisfied."""
    ages = [(97, 0), (87, 1), (68, 2), (19, 3)]
    for age, row in ages:
        title, field, text, done = FORMAL[8 + row]
        assigned = workday(house.today - timedelta(days=age), house.today)
        suggestion = _formal(house, title, field, text, assigned - timedelta(days=3), session="闭会期间")
        if age > 20:
            suggestion = assign(house, suggestion, assigned)
        if age == 87:
            _send_for_review(house, suggestion, done)
    title, field, text, done = FORMAL[7]
    assigned = workday(house.today - timedelta(days=80), house.today)
    suggestion = _formal(house, title, field, text, assigned - timedelta(days=2), session="闭会期间")
    suggestion = assign(house, suggestion, assigned)
    answered = workday(house.today - timedelta(days=25), house.today)
    answer = reply(house, suggestion, answered, done, "A", in_person=False, signed_by=house.leaders[1])
    received = workday(house.today - timedelta(days=12), house.today)
    evaluate(house, answer, received, Verdict.UNSATISFIED, reason="台账已建，但学校门口三处井盖仍未更换到位")


def _send_for_review(house: House, suggestion: Suggestion, done: str) -> None:
    """Heard, drafted by the department, agreed to by the office: the leader in charge is next."""
    handler, day = suggestion_handler(house, suggestion), workday(house.today - timedelta(days=6), house.today)
    lead = suggestion.proposers.get(role=ProposerRole.LEAD).deputy
    actions.consult(
        suggestion=suggestion,
        happened_on=day,
        heard="希望先解决群众反映最集中的几处，再建长效机制。",
        met=[lead],
        staff=[handler],
        place=lead.unit,
        by=handler,
    )
    draft = actions.save_draft(
        suggestion=suggestion,
        text=f"您提出的{titled(suggestion.title)}收悉。我院认真研究，走访有关部门，并当面听取了您的意见。"
        f"现将办理情况答复如下。\n{done}\n感谢您对检察工作的关心和支持，欢迎继续提出宝贵意见。",
        summary=done,
        result_class=ResultClass.objects.get(code="A"),
        by=handler,
    )
    suggestion = actions.submit(suggestion=suggestion, by=handler, today=day)
    remark = "格式已核，请分管领导审阅。"
    actions.approve(suggestion=suggestion, draft=draft, remark=remark, today=house.today, by=house.office)


def play_power_line(house: House) -> None:
    """The national deputy's words on power lines, worked like a case for nine months, answered in person at a hearing."""
    year = house.today.year if house.today >= date(house.today.year, 6, 21) else house.today.year - 1
    answered = workday(date(year, 6, 20), house.today)
    suggestion = register(
        house,
        Kind.EVERYDAY,
        "关于加强特高压架空输电线路安全监管的意见",
        "特高压架空输电线路跨越田野、鱼塘和工地，线下施工、垂钓、植树的隐患点多面广，单靠企业巡线发现得了、制止不了。"
        "希望检察机关用法律监督把几家的责任串起来。",
        house.national_deputy,
        _back(answered, *POWER_LINE[0][:2]),
        field="公共安全",
        level=Level.NATIONAL,
    )
    suggestion = actions.assign(
        suggestion=suggestion,
        department=house.departments["三部"],
        assigned_on=_back(answered, *POWER_LINE[0][:2]),
        due_on=answered.replace(day=30),
        due_source="与提出意见的全国人大代表商定，按案件化方式办理，六月底前答复",
        our_role=OurRole.SOLE,
        by=house.office,
    )
    for months, day, kind, what, place, people in POWER_LINE:
        actions.add_step(
            suggestion=suggestion,
            happened_on=_back(answered, months, day),
            kind=StepKind(kind),
            what=what,
            place=place,
            people=people,
            as_case=True,
            by=house.handler_of("三部"),
        )
    answer = reply(
        house,
        suggestion,
        answered,
        "历时九个月按案件化方式办理：排查隐患点位一百一十六处，制发检察建议推动整改全部销号，"
        "会同企业研发电力设施保护法律监督模型，建立多部门联合巡护机制。在公开听证会上当面答复。",
        "A",
        in_person=True,
        signed_by=house.chief,
    )
    evaluate(house, answer, answered, Verdict.SATISFIED)
    actions.close(suggestion=suggestion, by=house.office, on=answered)


def _session(year: int) -> str:
    """The yearly session of the 届 that first met in 2022."""
    return f"{'一二三四五六'[(year - 2022) % 6]}次会议"


def _back(day: date, months: int, of_month: int) -> date:
    """``of_month`` in the month that lies ``months`` before ``day``."""
    first = add_months(day.replace(day=1), -months)
    return first.replace(day=min(of_month, 28))


def suggestion_handler(house: House, suggestion: Suggestion) -> User:
    return next(user for user in house.handlers if user.department_id == suggestion.department_id)


def _formal(
    house: House, title: str, field: str, text: str, received: date, *, number: str = "", session: str
) -> Suggestion:
    kind = Kind.PROPOSAL if title.endswith("提案") else Kind.SUGGESTION
    body = Body.CPPCC if kind == Kind.PROPOSAL else Body.CONGRESS
    able = house.sitting_in(body)
    deputy = house.random.choice([d for d in able if house.field_of(d) == field] or able)
    return register(house, kind, title, text, deputy, received, field=field, number=number, session=session)


def register(
    house: House,
    kind: Kind,
    title: str,
    text: str,
    deputy: Deputy,
    received: date,
    *,
    field: str,
    level: Level = Level.DISTRICT,
    number: str = "",
    session: str = "",
) -> Suggestion:
    body = Body.CPPCC if kind == Kind.PROPOSAL else Body.CONGRESS
    return actions.register(
        by=house.office,
        kind=kind,
        body=body,
        level=level,
        term=Term.objects.get(body=body, level=level, ends_on=None),
        session=session,
        number=number,
        title=title,
        text=text,
        field=FieldOfConcern.objects.get(name=field),
        received_on=received,
        proposers=[(deputy, ProposerRole.LEAD)],
    )


def assign(house: House, suggestion: Suggestion, day: date) -> Suggestion:
    field = suggestion.field.name if suggestion.field else "社会治理"
    department = house.departments[DEPARTMENT_OF[field]]
    return actions.assign(
        suggestion=suggestion,
        department=department,
        leader=house.leaders[suggestion.pk % 3],
        assigned_on=day,
        our_role=OurRole.SOLE,
        by=house.office,
    )


def reply(
    house: House, suggestion: Suggestion, day: date, summary: str, letter: str, *, in_person: bool, signed_by: User
) -> Reply:
    year, serial = day.year, suggestion.pk
    handler = suggestion_handler(house, suggestion)
    due_on = day + timedelta(days=150)
    promises = [actions.PromiseFacts(PROMISED[suggestion.title], due_on, handler)] if letter in "BC" else []
    return actions.reply(
        suggestion=suggestion,
        replied_on=day,
        summary=summary,
        result_class=ResultClass.objects.get(code=letter),
        how=How.IN_PERSON if in_person else How.HANDED,
        signed_by=signed_by,
        number=f"知检函〔{year}〕{serial}号",
        promises=promises,
        by=house.office,
    )


def evaluate(house: House, reply: Reply, day: date, verdict: Verdict, reason: str = "") -> None:
    lead = reply.suggestion.proposers.get(role=ProposerRole.LEAD).deputy
    actions.evaluate(
        reply=reply,
        deputy=lead,
        attitude=Verdict.SATISFIED,
        result=verdict,
        channel=Channel.IN_PERSON if reply.in_person else Channel.FORM,
        received_on=min(day, house.today),
        reason=reason,
        by=house.office,
    )
