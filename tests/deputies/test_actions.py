from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from uuid import uuid4

import pytest
import time_machine
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from common.denied import Denied, Stale
from deputies import actions
from deputies.models import AppointmentRole, Contact, Deputy, Origin
from staff.models import AuditEvent, Department, User
from tests.deputies.factories import DAY, logged, method, person
from tests.factories import DepartmentFactory, TermFactory

pytestmark = pytest.mark.django_db


def derived(by: User, deputies: list[Deputy], **fields):
    facts = {"happened_on": DAY, "method": method("activity"), "note": "参加检察开放日"}
    return actions.write_derived_contact(
        origin=Origin.ACTIVITY, origin_key="activity:1", by=by, deputies=deputies, **(facts | fields)
    )


# --- logging ---


def test_logging_writes_one_row_with_the_department_of_that_time(handler: User, other_department: Department) -> None:
    contact = logged(by=handler)
    handler.department = other_department
    handler.save()
    contact.refresh_from_db()
    assert contact.department.name == "第一检察部"
    assert [each.department.name for each in contact.ours.all()] == ["第一检察部"]


def test_a_contact_logged_for_a_colleague_belongs_to_his_department(office: User, handler: User) -> None:
    assert logged(by=office, staff=[handler]).department == handler.department


def test_a_double_submit_makes_one_row(handler: User) -> None:
    key, deputy = uuid4(), person(by=handler)
    first = logged(by=handler, deputies=[deputy], idempotency_key=key)
    again = logged(by=handler, deputies=[deputy], idempotency_key=key, note="第二次")
    assert first == again
    assert again.note == "谈到灌溉渠清淤"
    assert AuditEvent.objects.filter(action="contact.logged").count() == 1


def test_a_double_submit_keeps_one_opinion_and_one_thing_to_do(handler: User) -> None:
    deputy, key = person(by=handler), uuid4()
    for _ in range(2):
        contact = actions.quick_log(
            by=handler,
            idempotency_key=key,
            deputies=[deputy],
            words=(deputy, "渠要早清"),
            follow_up=("送方案", DAY),
            happened_on=DAY,
            method=method(),
            note="谈渠",
        )
    assert contact.opinions.count() == contact.follow_ups.count() == 1


def test_without_a_key_the_same_form_twice_makes_two_rows(handler: User) -> None:
    """The harm that the key prevents."""
    deputy = person(by=handler)
    logged(by=handler, deputies=[deputy])
    logged(by=handler, deputies=[deputy])
    assert Contact.objects.count() == 2


def test_somebody_elses_key_tells_nothing(handler: User, other_handler: User) -> None:
    key = uuid4()
    logged(by=handler, idempotency_key=key)
    with pytest.raises(Denied):
        logged(by=other_handler, idempotency_key=key)


def test_when_both_clicks_arrive_at_once_the_loser_reads_the_winner(handler: User, monkeypatch) -> None:
    key, deputy = uuid4(), person(by=handler)
    first = logged(by=handler, deputies=[deputy], idempotency_key=key)
    known = iter([None, first])  # the look-up came before the other's commit
    monkeypatch.setattr("deputies.actions.contacts._logged_with", lambda *_: next(known))
    assert logged(by=handler, deputies=[deputy], idempotency_key=key) == first


@pytest.mark.postgres
@pytest.mark.django_db(transaction=True, serialized_rollback=True)
def test_five_clicks_in_parallel_make_one_row(handler: User) -> None:
    if connection.vendor != "postgresql":
        pytest.skip("SQLite of the tests is in memory")
    key, deputy = uuid4(), person(by=handler)

    def click(_: int) -> int:
        try:
            return logged(by=handler, deputies=[deputy], idempotency_key=key).pk
        finally:
            connection.close()

    with ThreadPoolExecutor(5) as pool:
        assert len(set(pool.map(click, range(5)))) == 1
    assert Contact.objects.count() == 1


def test_a_contact_with_nobody_is_refused(handler: User) -> None:
    with pytest.raises(Denied, match="至少选择一位"):
        actions.log_contact(by=handler, deputies=[], happened_on=DAY, method=method(), note="x")
    assert not Contact.objects.exists()


def test_an_administrator_logs_no_contacts(sysadmin: User, office: User) -> None:
    with pytest.raises(Denied):
        logged(by=sysadmin, deputies=[person(by=office)])


# --- editing ---


def test_an_edit_over_an_old_version_is_refused_and_changes_nothing(handler: User) -> None:
    contact = logged(by=handler)
    actions.edit_contact(contact=contact, expected=1, by=handler, note="新内容")
    with pytest.raises(Stale):
        actions.edit_contact(contact=contact, expected=1, by=handler, note="旧页面", place="旧地点")
    contact.refresh_from_db()
    assert (contact.note, contact.place, contact.version) == ("新内容", "", 2)


def test_a_refused_edit_leaves_the_people_alone(handler: User) -> None:
    contact, other = logged(by=handler), person("李敏", by=handler)
    with pytest.raises(Stale):
        actions.edit_contact(contact=contact, expected=9, by=handler, deputies=[other])
    assert other not in contact.deputies.all()


def test_who_stays_keeps_the_department_of_that_time(handler: User, other_department: Department) -> None:
    contact = logged(by=handler)
    handler.department = other_department
    handler.save()
    actions.edit_contact(contact=contact, expected=1, by=handler, staff=[handler])
    assert contact.ours.get().department.name == "第一检察部"


def test_the_audit_trail_tells_that_a_note_changed_but_not_what_it_says(handler: User) -> None:
    contact = logged(by=handler)
    actions.edit_contact(contact=contact, expected=1, by=handler, note="秘而不宣", place="村委会")
    event = AuditEvent.objects.get(action="contact.edited")
    assert event.changes == {"note": None, "place": ["", "村委会"]}
    assert "秘而不宣" not in str(list(AuditEvent.objects.values()))


def test_a_colleague_cannot_edit_what_another_recorded(handler: User, other_handler: User) -> None:
    with pytest.raises(Denied, match="只有登记人和办公室"):
        actions.edit_contact(contact=logged(by=handler), expected=1, by=other_handler, note="x")


# --- taking back ---


def test_undo_takes_back_and_undo_of_undo_brings_back(handler: User) -> None:
    contact = logged(by=handler)
    actions.withdraw_contact(contact=contact, by=handler)
    assert not Contact.objects.touching().exists()
    actions.restore_contact(contact=contact, by=handler)
    assert Contact.objects.touching().get() == contact


def test_withdrawing_twice_is_once(handler: User) -> None:
    contact = logged(by=handler)
    actions.withdraw_contact(contact=contact, by=handler)
    actions.withdraw_contact(contact=contact, by=handler)
    assert AuditEvent.objects.filter(action="contact.withdrawn").count() == 1


def test_yesterdays_contact_is_withdrawn_by_the_office_only(handler: User, office: User) -> None:
    contact = logged(by=handler)
    with time_machine.travel(timezone.now() + timedelta(days=1), tick=False):
        with pytest.raises(Denied, match="联系办公室"):
            actions.withdraw_contact(contact=contact, by=handler)
        actions.withdraw_contact(contact=contact, by=office)
    assert not Contact.objects.standing().exists()


def test_a_withdrawn_contact_is_not_edited(handler: User) -> None:
    contact = logged(by=handler)
    actions.withdraw_contact(contact=contact, by=handler)
    with pytest.raises(Denied, match="先恢复"):
        actions.edit_contact(contact=contact, expected=1, by=handler, note="x")


# --- derived ---


def test_an_activity_writes_one_contact_however_often_it_is_closed(office: User) -> None:
    deputy, other = person(by=office), person("李敏", by=office)
    first = derived(office, [deputy, other])
    again = derived(office, [deputy], note="补记")
    assert first.pk == again.pk
    assert (again.note, list(again.deputies.all()), again.version) == ("补记", [deputy], 2)


def test_closing_again_brings_back_what_reopening_took_back(office: User) -> None:
    deputy = person(by=office)
    derived(office, [deputy])
    actions.withdraw_derived_contact(origin_key="activity:1", by=office)
    assert not Contact.objects.standing().exists()
    assert derived(office, [deputy]).withdrawn_at is None


def test_taking_back_what_was_never_written_is_no_error(office: User) -> None:
    assert actions.withdraw_derived_contact(origin_key="activity:99", by=office) is None


def test_a_derived_contact_is_not_edited_by_hand(office: User) -> None:
    contact = derived(office, [person(by=office)])
    with pytest.raises(Denied, match="请到该活动"):
        actions.edit_contact(contact=contact, expected=1, by=office, note="x")


def test_a_derived_contact_is_not_withdrawn_by_hand(office: User) -> None:
    contact = derived(office, [person(by=office)])
    with pytest.raises(Denied, match="请到该活动"):
        actions.withdraw_contact(contact=contact, by=office)


def test_the_database_itself_keeps_one_row_per_origin(office: User) -> None:
    contact = derived(office, [person(by=office)])
    contact.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        contact.save(force_insert=True)


# --- people ---


def test_a_person_is_registered_with_seat_and_reading(office: User) -> None:
    deputy = person("单小明", by=office, unit="知禾电缆")
    assert (deputy.pinyin, deputy.initials) == ("shan xiao ming", "sxm")
    assert deputy.seat_names == "区人大代表"


def test_a_corrected_reading_stays_when_other_facts_change(office: User) -> None:
    deputy = person("乐乐", by=office, pinyin="yue le")
    actions.edit_deputy(deputy=deputy, expected=1, by=office, unit="新单位")
    assert (deputy.pinyin, deputy.initials) == ("yue le", "yl")
    assert Deputy.objects.found_by("新单位 yuele").get() == deputy


def test_a_new_name_is_read_anew(office: User) -> None:
    deputy = person("张三", by=office)
    actions.edit_deputy(deputy=deputy, expected=1, by=office, name="李四", pinyin="zhang san")
    assert deputy.initials == "ls"


@pytest.mark.parametrize("name", ["\uf979玉", "𬍛明", "阿卜杜拉•艾山", "王", "名" * 60])
def test_a_name_is_stored_as_typed(office: User, name: str) -> None:
    deputy = person(name, by=office)
    deputy.refresh_from_db()
    assert deputy.name == name
    assert Deputy.objects.found_by(name).get() == deputy


def test_the_audit_trail_never_holds_a_phone(office: User) -> None:
    deputy = person(by=office, phone="13812345678")
    actions.edit_deputy(deputy=deputy, expected=1, by=office, phone="13987654321")
    actions.reveal_phone(deputy=deputy, by=office)
    trail = str(list(AuditEvent.objects.values()))
    assert "138" not in trail
    assert "139" not in trail
    assert AuditEvent.objects.get(action="deputy.edited").changes == {"phone": None}
    assert AuditEvent.objects.filter(action="deputy.phone_revealed").count() == 1


def test_the_same_seat_twice_is_refused_in_words(office: User) -> None:
    deputy = person(by=office)
    with pytest.raises(Denied, match="不用重复登记"):
        actions.give_seat(deputy=deputy, term=TermFactory(), by=office)


def test_the_same_appointment_at_one_time_is_refused_and_a_renewal_is_not(office: User) -> None:
    deputy, role = person(by=office), AppointmentRole.objects.get(name="听证员")
    first = {"deputy": deputy, "role": role, "by": office}
    actions.appoint(**first, from_on=date(2025, 1, 1), to_on=date(2025, 12, 31))
    with pytest.raises(Denied, match="已聘任为听证员"):
        actions.appoint(**first, from_on=date(2025, 6, 1))
    actions.appoint(**first, from_on=date(2026, 1, 1))
    assert deputy.appointments.in_force(date(2026, 3, 5)).count() == 1


# --- words and things to do ---


def test_words_belong_to_somebody_who_was_there(handler: User) -> None:
    contact, absent = logged(by=handler), person("李敏", by=handler)
    with pytest.raises(Denied, match="不在这次联络"):
        actions.record_opinion(contact=contact, deputy=absent, words="不在场", by=handler)


def test_a_thing_to_do_is_finished_once_by_who_owes_it(handler: User, other_handler: User) -> None:
    thing = actions.add_follow_up(contact=logged(by=handler), what="送方案", owner=handler, due_on=DAY, by=handler)
    with pytest.raises(Denied, match="负责"):
        actions.finish_follow_up(follow_up=thing, by=other_handler)
    actions.finish_follow_up(follow_up=thing, by=handler)
    with pytest.raises(Denied, match="已经完成"):
        actions.finish_follow_up(follow_up=thing, by=handler)


def test_the_department_of_the_other_house_is_not_invented(office: User) -> None:
    somewhere = DepartmentFactory(name="第九检察部")
    assert derived(office, [person(by=office)], department=somewhere).department == somewhere
