"""What ours heard in session: one delegation in January, all of it answered; the standing committee lately, half done."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from uuid import NAMESPACE_URL, uuid5

from django.utils import timezone

from dashboard.demo.house import House
from dashboard.demo.ledger import workday
from deputies.models import Body, Deputy, Level, Term
from suggestions import actions
from suggestions.models import Channel, Hearing, Meeting, Point, ResultClass, Utterance, Verdict

Said = list[tuple[int | None, str]]  # which of the speakers (None: nobody knows who), the words

SESSION: Said = [
    (0, "涉农案件办得实，但检察官离村里还是远。联络点最好设到村委会，赶集那天有人在就行。"),
    (1, "我们村去年两起土地承包的事，老百姓不晓得能找检察院。建议把联络点和电话贴到村务公开栏。"),
    (2, "检察院的报告一年比一年实在，数字少了，事情多了，我赞成。"),
    (3, "电动车停在楼道里充电，物业管不住、消防跑不过来。检察建议能不能盯一盯，发了以后也要看改没改。"),
    (4, "同意前面的意见。老小区飞线充电，去年差点出事，希望几家单位坐下来一起管。"),
    (0, "再补一句，农资店卖过期农药，罚了又开，公益诉讼可以查一查。"),
    (5, "未成年人保护，职校这一块是空当，法治副校长要真去讲课。"),
    (6, "公开听证我参加过两次，办得规范，值得肯定。"),
]
# said by which of the rows above → 归纳意见, and what each department did
POINTS = [
    ([0, 1], "把涉农检察联络点延伸到村，公布联系检察官", {"三部": "在十二个村设联络点，联系检察官姓名电话上墙，逢集日到点值守。"}),
    ([3, 4], "推动多部门共治电动车楼道和飞线充电", {
        "三部": "会同消防、住建和街道会商，制发检察建议，四十六个老旧小区新增充电桩。",
        "二部": "为物业企业梳理管理责任清单，与区物业协会联合培训六十人。",
    }),
    ([5], "监督整治销售过期农药", {"三部": "督促主管部门检查农资店八十七家，下架过期农药，建立回收点。"}),
    ([6], "法治副校长到职校实地授课", {"四部": "与三所职校约定每学期授课不少于四次，已授课七次。"}),
]  # fmt: skip
PRAISE = [2, 7]
LATELY: Said = [
    (7, "检察建议发出去以后，回函写得好，落地怎么样，建议半年后再看一次。"),
    (8, "检察建议“回头看”要请代表一起去，看过才有数。"),
    (9, "河道边的垃圾，公益诉讼办完又有人倒，长效机制要跟上。"),
    (None, "小区里的烟花爆竹售卖点离学校太近，请检察院关注。"),
    (10, "知识产权保护，希望给小微企业多讲讲怎么存证据。"),
]


@dataclass
class Scene:
    """One hearing and what was said there, by row."""

    house: House
    hearing: Hearing
    said: list[Utterance]

    def point(self, rows: list[int], summary: str, departments: list[str], due_on: date | None = None) -> Point:
        return actions.decompose(
            utterances=[self.said[row] for row in rows],
            summary=summary,
            departments=[self.house.departments[short] for short in departments],
            leader=self.house.leaders[1],
            due_on=due_on,
            by=self.house.office,
        )


def play_hearings(house: House) -> None:
    _play_session(house)
    scene = _listen(house, workday(house.today - timedelta(days=6), house.today), Meeting.JOINT, "常委会会议", LATELY)
    scene.point([0, 1], "检察建议“回头看”请代表参加", ["一部"], due_on=house.today + timedelta(days=60))


def _play_session(house: House) -> None:
    """The yearly session: heard, decomposed, answered within a month and closed, all before today."""
    year = house.today.year if house.today > date(house.today.year, 5, 1) else house.today.year - 1
    session = f"{'一二三四五六'[(year - 2022) % 6]}次会议"
    scene = _listen(house, date(year, 1, 9), Meeting.DELEGATION, session, SESSION)
    actions.set_aside(utterances=[scene.said[row] for row in PRAISE], reason="肯定工作", by=house.office)
    for rows, summary, done in POINTS:
        _answer(house, scene.point(rows, summary, list(done)), year, done)


def _listen(house: House, day: date, meeting: Meeting, session: str, rows: Said) -> Scene:
    group = "甘露镇代表团" if meeting == Meeting.DELEGATION else ""
    term = Term.objects.get(body=Body.CONGRESS, level=Level.DISTRICT, ends_on=None)
    hearing = actions.open_hearing(
        by=house.office,
        term=term,
        session=session,
        meeting=meeting,
        group=group,
        held_on=day,
        place="区会议中心三楼会议室" if group else "区人大常委会会议厅",
        listeners=[house.leaders[1], house.handler_of("三部")],
    )
    seated = house.sitting_in(Body.CONGRESS)
    speakers = [each for each in seated if each.mandates.filter(term=term, group=group).exists()] if group else seated
    said = [_say(house, hearing, place, words, _one(speakers, who)) for place, (who, words) in enumerate(rows)]
    actions.close_hearing(hearing=hearing, by=house.office)
    return Scene(house, hearing, said)


def _one(speakers: list[Deputy], who: int | None) -> Deputy | None:
    return None if who is None else speakers[who % len(speakers)]


def _say(house: House, hearing: Hearing, place: int, words: str, speaker: Deputy | None) -> Utterance:
    at = datetime.combine(hearing.held_on, time(9, 10 + 4 * place), tzinfo=timezone.get_current_timezone())
    return actions.record_utterance(
        hearing=hearing,
        by=house.handler_of("三部"),
        words=words,
        speaker=speaker,
        heard_as="" if speaker else "后排一位女代表",
        said_at=at,
        idempotency_key=uuid5(NAMESPACE_URL, f"demo:{hearing.held_on}:{place}"),
    )


def _answer(house: House, point: Point, year: int, done: dict[str, str]) -> None:
    actions.assign_shares(
        shares=point.shares.all(), assigned_on=workday(date(year, 1, 19), house.today), by=house.office
    )
    for share in point.shares.select_related("suggestion"):
        share.suggestion.refresh_from_db()
        reply = actions.reply(
            suggestion=share.suggestion,
            replied_on=workday(date(year, 2, 10), house.today),
            summary=done[share.department.short_name],
            result_class=ResultClass.objects.get(code="A"),
            signed_by=house.leaders[1],
            by=house.office,
        )
        for deputy in reply.unheard():
            actions.evaluate(
                reply=reply,
                deputy=deputy,
                attitude=Verdict.SATISFIED,
                result=Verdict.SATISFIED,
                channel=Channel.PHONE,
                received_on=workday(date(year, 2, 12), house.today),
                by=house.office,
            )
        actions.close(suggestion=share.suggestion, by=house.office, on=workday(date(year, 2, 13), house.today))
