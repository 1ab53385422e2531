"""Who may do what with the list and with a visit, now."""

from datetime import date

from common.calendar import cn_day
from common.denied import Denied
from staff.models import Role, User
from staff.permissions import P, may
from suggestions.models import FirstTask, FirstVisit, VisitState


def check_can_keep(user: User) -> None:
    if not may(user, P.SUGGESTION_REGISTER):
        raise Denied("第一任务的名单由办公室拟定，请与办公室联系。")


def check_can_draw_up(user: User, year: int, today: date) -> None:
    """From January on; a past year may still be put on record."""
    check_can_keep(user)
    if year > today.year:
        raise Denied(f"{year}年的名单从{year}年1月1日起拟定。")
    if task := FirstTask.objects.filter(year=year).select_related("drawn_up_by").first():
        raise Denied(f"{task.drawn_up_by}已拟定{year}年的名单，请刷新页面，在名单上修改。")


def check_can_change(user: User, task: FirstTask) -> None:
    """Who is on the list and who goes: only while it is not fixed."""
    check_can_keep(user)
    if task.fixed_at:
        raise Denied("名单已经定稿。需要改动的，请先点“重新拟定”，改好后再次送审。")


def check_can_fix(user: User, task: FirstTask) -> None:
    check_can_change(user, task)
    if not task.visits.listed().exists():
        raise Denied("名单还是空的，请先添加要走访的代表委员。")


def check_can_reopen(user: User, task: FirstTask) -> None:
    """What came of the visits is not lost under a new list."""
    check_can_keep(user)
    if not task.fixed_at:
        raise Denied("名单还在拟定，可以直接修改。")
    if task.visits.filter(state__in=[VisitState.MET, VisitState.NOT_MET]).exists():
        raise Denied("已经登记走访结果，名单不再重新拟定；走访人有变的，请在登记结果时更正。")


def check_can_decide(user: User, task: FirstTask) -> None:
    if user.role != Role.CHIEF:
        raise Denied("第一任务的名单由检察长审定。")
    if not task.fixed_at:
        raise Denied("名单还没有定稿，请等办公室送审。")
    if task.confirmed_at:
        raise Denied("名单已经审定，请刷新页面查看。")


def check_day_is_known(day: date | None) -> date:
    if day is None:
        raise Denied("当年放假安排还没有公布，走访日待定。请办公室在“基础资料—节假日”录入后再审定。")
    return day


def check_can_plan(user: User, visit: FirstVisit) -> None:
    """When, where, with whom: until the result is there."""
    check_can_keep(user)
    if visit.state != VisitState.PLANNED:
        raise Denied(f"{visit.deputy}目前为“{visit.get_state_display()}”，不能再调整安排。")


def check_can_drop(user: User, visit: FirstVisit) -> None:
    check_can_change(user, visit.task)
    check_can_plan(user, visit)


def check_can_put_back(user: User, visit: FirstVisit) -> None:
    check_can_change(user, visit.task)
    if visit.state != VisitState.DROPPED:
        raise Denied(f"{visit.deputy}已在名单中。")


def check_can_record(user: User, visit: FirstVisit, today: date) -> None:
    """The office, the leader who goes, and whoever goes along; not before the day."""
    if visit.state == VisitState.DROPPED:
        raise Denied(f"{visit.deputy}没有列入名单。")
    _check_was_there(user, visit)
    if not visit.task.fixed_at:
        raise Denied("名单还没有定稿，定稿以后登记走访结果。")
    day = check_day_is_known(visit.task.the_day)
    if today < day:
        raise Denied(f"走访日是{cn_day(day)}，走访以后再登记结果。")


def check_can_undo(user: User, visit: FirstVisit) -> None:
    _check_was_there(user, visit)
    if not visit.has_result:
        raise Denied("还没有登记走访结果。")


def _check_was_there(user: User, visit: FirstVisit) -> None:
    goes_along = user.pk == visit.leader_id or user in visit.company.all()
    if not (goes_along or may(user, P.SUGGESTION_REGISTER)):
        raise Denied("走访结果由走访领导、陪同人员或办公室登记。")
