"""From the invitation to the one contact in the ledger."""

from datetime import date, timedelta

import pytest
from django.utils import timezone

from activities import actions
from activities.models import Activity, ActivityKind, Attendance, Response
from activities.workflow import TRANSITIONS, ActivityState
from common.denied import Denied, Stale
from deputies.models import Contact, Deputy, Origin
from staff.models import AuditEvent, User
from tests.activities.factories import PAST, closed, planned
from tests.factories import DeputyFactory

pytestmark = pytest.mark.django_db


def contacts(activity: Activity) -> list[Contact]:
    return list(Contact.objects.filter(origin_key=f"activity:{activity.pk}"))


def met(activity: Activity) -> set[str]:
    [contact] = contacts(activity)
    return {deputy.name for deputy in contact.deputies.all()}


def people(*names: str) -> list[Deputy]:
    return [DeputyFactory(name=name) for name in names]


def test_closing_writes_one_contact_with_exactly_those_who_came(office: User, leader: User) -> None:
    came, absent, declined = people("王芳", "李强", "赵敏")
    activity = planned(by=office, deputies=[came, absent, declined], leaders=[leader], summary="参观办案中心")
    actions.respond(attendance=activity.attendances.get(deputy=declined), response=Response.DECLINED, by=office)
    actions.tick(activity=activity, came=[came.pk], by=office)
    actions.close(activity=activity, by=office)
    [contact] = contacts(activity)
    assert met(activity) == {"王芳"}
    assert contact.origin == Origin.ACTIVITY
    assert contact.method.code == "activity"
    assert contact.happened_on == PAST
    assert contact.place == "知禾区检察院"
    assert contact.department == activity.host
    assert list(contact.staff.all()) == [leader]
    assert contact.note == "参加检察开放日“检察开放日”\n参观办案中心"


def test_who_was_not_ticked_is_recorded_as_not_come_when_closed(office: User) -> None:
    came, unknown = people("王芳", "李强")
    activity = planned(by=office, deputies=[came, unknown])
    actions.mark(attendance=activity.attendances.get(deputy=came), came=True, by=office)
    assert activity.attendances.get(deputy=unknown).came is None
    actions.close(activity=activity, by=office)
    assert activity.attendances.get(deputy=unknown).came is False


def test_reopening_mending_and_closing_again_mends_the_same_contact(office: User) -> None:
    first, second = people("王芳", "李强")
    activity = planned(by=office, deputies=[first, second])
    actions.tick(activity=activity, came=[first.pk], by=office)
    actions.close(activity=activity, by=office)
    [before] = contacts(activity)
    actions.reopen(activity=activity, by=office)
    actions.tick(activity=activity, came=[second.pk], by=office)
    actions.close(activity=activity, by=office)
    [after] = contacts(activity)
    assert after.pk == before.pk
    assert met(activity) == {"李强"}


def test_cancelling_takes_the_contact_back_and_closing_again_brings_it_back(office: User) -> None:
    activity = closed(came=people("王芳"), by=office)
    actions.reopen(activity=activity, by=office)
    actions.cancel(activity=activity, by=office)
    assert not Contact.objects.standing().exists()
    actions.reopen(activity=activity, by=office)
    actions.close(activity=activity, by=office)
    assert [contact.pk for contact in Contact.objects.standing()] == [contacts(activity)[0].pk]


def test_cancelling_what_was_never_closed_writes_nothing(office: User) -> None:
    activity = actions.cancel(activity=planned(by=office), by=office)
    assert activity.state == ActivityState.CANCELLED
    assert not Contact.objects.exists()


def test_nothing_is_closed_before_its_day(office: User) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    activity = planned(by=office, deputies=people("王芳"), held_on=tomorrow)
    activity.attendances.update(came=True)
    with pytest.raises(Denied, match="还没到日期"):
        actions.close(activity=activity, by=office)
    assert actions.close(activity=activity, by=office, today=tomorrow).state == ActivityState.CLOSED


def test_nobody_is_ticked_before_the_day(office: User) -> None:
    deputies = people("王芳")
    activity = planned(by=office, deputies=deputies, held_on=timezone.localdate() + timedelta(days=1))
    with pytest.raises(Denied, match="当天或之后"):
        actions.tick(activity=activity, came=[deputies[0].pk], by=office)
    with pytest.raises(Denied, match="当天或之后"):
        actions.mark(attendance=activity.attendances.get(), came=True, by=office)


def test_nothing_is_closed_to_which_nobody_came(office: User) -> None:
    activity = planned(by=office, deputies=people("王芳"))
    with pytest.raises(Denied, match="请先勾选到场人员"):
        actions.close(activity=activity, by=office)
    assert Activity.objects.get().state == ActivityState.PLANNED


def test_somebody_not_invited_cannot_be_ticked(office: User) -> None:
    activity = planned(by=office, deputies=1)
    with pytest.raises(Denied, match="未邀请的人"):
        actions.tick(activity=activity, came=[DeputyFactory().pk], by=office)


def test_inviting_somebody_twice_is_once_and_keeps_the_answer(office: User) -> None:
    [deputy] = people("王芳")
    activity = planned(by=office, deputies=[deputy])
    actions.respond(attendance=activity.attendances.get(), response=Response.ACCEPTED, by=office)
    actions.invite(activity=activity, deputies=[deputy, DeputyFactory()], by=office)
    assert activity.attendances.count() == 2
    assert activity.attendances.get(deputy=deputy).response == Response.ACCEPTED


def test_who_came_cannot_be_taken_off_the_list(office: User) -> None:
    activity = planned(by=office, deputies=people("王芳", "李强"))
    first, second = activity.attendances.order_by("pk")
    actions.mark(attendance=first, came=True, by=office)
    with pytest.raises(Denied, match="已登记到场"):
        actions.uninvite(attendance=first, by=office)
    actions.uninvite(attendance=second, by=office)
    assert list(Attendance.objects.all()) == [first]


@pytest.mark.parametrize("verb", ["edit", "invite", "tick", "mark", "respond", "uninvite", "close", "cancel"])
def test_a_closed_activity_is_changed_only_after_reopening(office: User, verb: str) -> None:
    activity = closed(came=people("王芳"), by=office)
    attendance = activity.attendances.get()
    attempts = {
        "edit": lambda: actions.edit(activity=activity, expected=activity.version, by=office, title="x"),
        "invite": lambda: actions.invite(activity=activity, deputies=[], by=office),
        "tick": lambda: actions.tick(activity=activity, came=[], by=office),
        "mark": lambda: actions.mark(attendance=attendance, came=False, by=office),
        "respond": lambda: actions.respond(attendance=attendance, response=Response.DECLINED, by=office),
        "uninvite": lambda: actions.uninvite(attendance=attendance, by=office),
        "close": lambda: actions.close(activity=activity, by=office),
        "cancel": lambda: actions.cancel(activity=activity, by=office),
    }
    with pytest.raises(Denied, match="重新打开"):
        attempts[verb]()


def test_a_handler_registers_and_edits_only_for_the_own_department(
    handler: User, other_handler: User, office: User
) -> None:
    activity = planned(by=handler, deputies=people("王芳"))
    for stranger in (other_handler,):
        with pytest.raises(Denied, match="只有办公室和承办部门"):
            actions.edit(activity=activity, expected=1, by=stranger, title="x")
        with pytest.raises(Denied, match="只能登记本部门"):
            planned(by=stranger, host=handler.department)
    with pytest.raises(Denied, match="只能登记本部门"):
        actions.edit(activity=activity, expected=1, by=handler, host=other_handler.department)
    assert actions.edit(activity=activity, expected=1, by=office, host=other_handler.department).version == 2


@pytest.mark.parametrize("role", ["chief", "leader", "sysadmin", "secadmin", "auditor"])
def test_who_only_looks_registers_nothing(role: str, office: User, request: pytest.FixtureRequest) -> None:
    looker = request.getfixturevalue(role)
    with pytest.raises(Denied):
        planned(by=looker, host=office.department)
    with pytest.raises(Denied):
        actions.cancel(activity=planned(by=office), by=looker)


def test_the_second_of_two_editors_is_told_and_overwrites_nothing(office: User) -> None:
    activity = planned(by=office)
    actions.edit(activity=activity, expected=1, by=office, place="法治广场")
    with pytest.raises(Stale):
        actions.edit(activity=activity, expected=1, by=office, place="别处")
    assert Activity.objects.get().place == "法治广场"


def test_a_form_drawn_before_the_closing_is_stale_after_reopening(office: User) -> None:
    activity = closed(came=people("王芳"), by=office)
    reopened = actions.reopen(activity=activity, by=office)
    assert reopened.version == 3
    with pytest.raises(Stale):
        actions.edit(activity=activity, expected=1, by=office, title="x")


def test_every_move_of_the_state_is_in_the_table(office: User) -> None:
    for state, verb in [
        (ActivityState.PLANNED, actions.reopen),
        (ActivityState.CANCELLED, actions.close),
        (ActivityState.CANCELLED, actions.cancel),
    ]:
        activity = planned(by=office)
        if state == ActivityState.CANCELLED:
            actions.cancel(activity=activity, by=office)
        with pytest.raises(Denied):
            verb(activity=activity, by=office)
    assert set(TRANSITIONS) == set(ActivityState)


def test_each_verb_leaves_one_audit_event_that_names_it(office: User) -> None:
    activity = closed(came=people("王芳"), by=office)
    actions.reopen(activity=activity, by=office)
    actions.cancel(activity=activity, by=office)
    events = AuditEvent.objects.filter(action__startswith="activity.").order_by("pk")
    assert [event.action.removeprefix("activity.") for event in events] == [
        "scheduled", "ticked", "closed", "reopened", "cancelled",
    ]  # fmt: skip
    assert {event.actor_name for event in events} == {office.name}


def test_every_kind_the_trade_knows_is_there_from_the_start() -> None:
    names = set(ActivityKind.objects.values_list("name", flat=True))
    assert {"检察开放日", "公开听证", "视察", "专题调研", "座谈会", "旁听庭审", "公益诉讼现场", "其他"} <= names


def test_an_activity_of_another_year_counts_in_its_own_year(office: User) -> None:
    closed(came=people("王芳"), by=office, held_on=date(2025, 12, 31))
    assert Activity.objects.in_year(2025).count() == 1
    assert not Activity.objects.in_year(2026).exists()
