"""What a deputy is, and no longer is: seats moved and corrected, appointments ended, files closed."""

import re
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.test import Client
from django.urls import reverse

from common.denied import Denied, Stale
from deputies import actions
from deputies.models import AppointmentRole, Deputy, Mandate, MandateState, NeutralReason
from staff.models import AuditEvent, User
from tests.deputies.factories import person
from tests.factories import TermFactory

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
ENDED = {"on": "2026-11-20", "reason": "transferred", "version": 1}


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


@pytest.fixture
def deputy(office: User) -> Deputy:
    return person("赵新", by=office)


@pytest.fixture
def seat(deputy: Deputy) -> Mandate:
    return deputy.mandates.get()


def move(seat: Mandate, state: str) -> str:
    return reverse("deputies:seat-move", args=[seat.pk, state])


def serving(client: Client) -> list[str]:
    return re.findall(r'class="name[^"]*">([^<]+)<', client.get("/deputies/").content.decode())


# --- seats ---


def test_an_ended_seat_leaves_the_list_of_those_serving_and_comes_back(
    login: Login, office: User, seat: Mandate
) -> None:
    client = login(office)
    assert serving(client) == ["赵新"]
    assert client.post(move(seat, "ended"), ENDED).status_code == 302
    assert serving(client) == []
    html = client.get(f"/deputies/{seat.deputy_id}/").content.decode()
    assert "2026-11-20 调离" in html
    assert client.post(move(seat, "serving"), {"on": "2026-11-23", "version": 2}).status_code == 302
    assert serving(client) == ["赵新"]
    seat.refresh_from_db()
    assert seat.state_reason == ""


def test_a_suspended_seat_does_not_count_until_it_is_resumed(login: Login, office: User, seat: Mandate) -> None:
    client = login(office)
    client.post(move(seat, "suspended"), ENDED | {"reason": "other"})
    assert serving(client) == []
    client.post(move(seat, "serving"), {"on": "2026-11-23", "version": 2})
    assert serving(client) == ["赵新"]


def test_the_file_offers_the_moves_that_are_possible(login: Login, office: User, seat: Mandate) -> None:
    client, url = login(office), f"/deputies/{seat.deputy_id}/"
    html = client.get(url).content.decode()
    assert [move(seat, state) in html for state in MandateState.values] == [False, True, True]
    client.post(move(seat, "ended"), ENDED)
    html = client.get(url).content.decode()
    assert [move(seat, state) in html for state in MandateState.values] == [True, False, False]


@pytest.mark.parametrize(
    ("wrong", "sentence"),
    [
        ({"reason": ""}, "必填"),
        ({"reason": "因涉嫌受贿"}, "不在可用的选项中"),
        ({"on": "2022-01-09"}, "不能早于本届开始的 2022-01-10"),
        ({"on": "2026-11-24"}, "不能晚于今天"),
    ],
)
def test_a_seat_is_left_on_a_possible_day_for_one_of_the_neutral_reasons(
    login: Login, office: User, seat: Mandate, wrong: dict, sentence: str
) -> None:
    response = login(office).post(move(seat, "ended"), ENDED | wrong)
    assert response.status_code == 422
    assert sentence in response.content.decode()
    seat.refresh_from_db()
    assert seat.is_held


def test_a_seat_is_not_ended_twice(login: Login, office: User, seat: Mandate) -> None:
    client = login(office)
    client.post(move(seat, "ended"), ENDED)
    refused = client.post(move(seat, "ended"), ENDED | {"version": 2})
    assert refused.status_code == 409
    assert "现为“终止”" in refused.content.decode()


def test_a_move_over_somebody_elses_correction_is_told(office: User, seat: Mandate) -> None:
    actions.edit_seat(seat=seat, expected=1, by=office, group="第四代表团")
    with pytest.raises(Stale):
        actions.move_seat(
            seat=seat,
            state=MandateState.ENDED,
            on=date(2026, 11, 20),
            reason=NeutralReason.RESIGNED,
            expected=1,
            by=office,
        )


def test_the_dialog_of_a_move_says_what_to_do_then(login: Login, office: User, seat: Mandate) -> None:
    actions.edit_seat(seat=seat, expected=1, by=office, group="第四代表团")
    answer = login(office).post(reverse("deputies:seat-move", args=[seat.pk, "ended"]), ENDED)
    assert answer.status_code == 409
    assert "请关闭后重新打开" in answer.content.decode()


def test_a_move_needs_the_version_and_a_state_that_exists(login: Login, office: User, seat: Mandate) -> None:
    client = login(office)
    assert client.post(move(seat, "ended"), ENDED | {"version": ""}).status_code == 400
    assert client.get(move(seat, "lost")).status_code == 404


def test_the_auditor_reads_that_a_seat_was_moved(login: Login, office: User, auditor: User, seat: Mandate) -> None:
    login(office).post(move(seat, "ended"), ENDED)
    event = AuditEvent.objects.get(action="deputy.seat_moved")
    assert event.changes["state"] == ["serving", "ended"]
    assert "变动任职状态" in login(auditor).get(reverse("staff:audit")).content.decode()


def test_a_seat_is_corrected_and_the_second_sees_both(login: Login, office: User, seat: Mandate) -> None:
    client, url = login(office), reverse("deputies:seat-edit", args=[seat.pk])
    assert client.post(url, {"group": "第四代表团", "certificate_no": "0512", "version": 1}).status_code == 302
    told = client.post(url, {"group": "第五代表团", "version": 1}, headers={"HX-Request": "true"})
    html = told.content.decode()
    assert told.status_code == 409
    assert "第四代表团" in html
    assert 'value="第五代表团"' in html
    seat.refresh_from_db()
    assert (seat.group, seat.certificate_no) == ("第四代表团", "0512")


# --- appointments ---


def appointed(deputy: Deputy, office: User, **fields: date):
    role = AppointmentRole.objects.all()[0]
    return actions.appoint(deputy=deputy, role=role, from_on=date(2026, 1, 1), by=office, **fields)


def test_an_ended_appointment_is_no_longer_in_force_and_can_be_given_anew(
    login: Login, office: User, deputy: Deputy
) -> None:
    appointment, client = appointed(deputy, office), login(office)
    url = reverse("deputies:appointment-end", args=[appointment.pk])
    assert url in client.get(f"/deputies/{deputy.pk}/").content.decode()
    assert client.post(url, {"on": "2026-11-20", "reason": "工作调整"}).status_code == 302
    assert "无在聘" in client.get(f"/deputies/{deputy.pk}/").content.decode()
    assert AuditEvent.objects.get(action="deputy.appointment_ended").reason == "工作调整"
    assert client.post(url, {"on": "2026-11-20", "reason": "工作调整"}).status_code == 409
    appointed(deputy, office)


@pytest.mark.parametrize(
    "wrong", [{"on": "2025-12-31"}, {"on": "2027-01-01"}, {"reason": ""}, {"reason": "（2026）苏0205刑初12号"}]
)
def test_an_appointment_ends_within_its_span_for_a_reason(
    login: Login, office: User, deputy: Deputy, wrong: dict
) -> None:
    appointment = appointed(deputy, office, to_on=date(2026, 12, 31))
    url = reverse("deputies:appointment-end", args=[appointment.pk])
    assert login(office).post(url, {"on": "2026-11-20", "reason": "工作调整"} | wrong).status_code == 422


# --- files ---


def test_a_file_with_a_seat_stays_open_and_the_page_says_what_to_do(
    login: Login, office: User, deputy: Deputy
) -> None:
    client = login(office)
    html = client.get(f"/deputies/{deputy.pk}/").content.decode()
    assert "区人大代表身份尚未终止" in html
    assert reverse("deputies:retire", args=[deputy.pk]) not in html
    assert client.post(reverse("deputies:retire", args=[deputy.pk])).status_code == 409
    deputy.refresh_from_db()
    assert deputy.retired_at is None


def test_a_suspended_seat_and_an_appointment_keep_a_file_open_too(office: User, seat: Mandate) -> None:
    today, day = date(2026, 11, 23), date(2026, 11, 20)
    reason = NeutralReason.OTHER
    actions.move_seat(seat=seat, state=MandateState.SUSPENDED, on=day, reason=reason, expected=1, by=office)
    with pytest.raises(Denied, match="尚未终止"):
        actions.retire_deputy(deputy=seat.deputy, today=today, by=office)
    actions.move_seat(seat=seat, state=MandateState.ENDED, on=day, reason=reason, expected=2, by=office)
    appointed(seat.deputy, office)
    with pytest.raises(Denied, match="解聘"):
        actions.retire_deputy(deputy=seat.deputy, today=today, by=office)


def test_a_leader_who_looks_after_somebody_keeps_the_file_open(office: User, leader: User) -> None:
    deputy = person(by=office, seated=False)
    pairing = actions.pair(leader=leader, with_=deputy, from_on=date(2026, 12, 1), by=office)
    with pytest.raises(Denied, match=f"仍由{leader}挂钩"):
        actions.retire_deputy(deputy=deputy, today=date(2026, 11, 23), by=office)
    actions.end_pairing(pairing=pairing, on=date(2026, 12, 1), by=office)
    actions.retire_deputy(deputy=deputy, today=date(2026, 12, 2), by=office)


def test_a_closed_file_is_out_of_the_picker_and_opens_again(login: Login, office: User) -> None:
    deputy, client = person("钱一", by=office, seated=False), login(office)
    assert client.post(reverse("deputies:retire", args=[deputy.pk])).status_code == 302
    assert "钱一" not in client.get("/deputies/pick/?q=qy").content.decode()
    assert "恢复档案" in client.get(f"/deputies/{deputy.pk}/").content.decode()
    assert client.post(reverse("deputies:restore", args=[deputy.pk])).status_code == 302
    assert "钱一" in client.get("/deputies/pick/?q=qy").content.decode()
    events = AuditEvent.objects.filter(action__in=["deputy.retired", "deputy.restored"])
    assert events.count() == 2


def test_a_closed_file_gets_no_seat_and_no_appointment(login: Login, office: User, seat: Mandate) -> None:
    client, deputy = login(office), seat.deputy
    client.post(move(seat, "ended"), ENDED)
    client.post(reverse("deputies:retire", args=[deputy.pk]))
    deputy.refresh_from_db()
    with pytest.raises(Denied, match="先恢复档案"):
        actions.give_seat(deputy=deputy, term=TermFactory(number=6), by=office)
    with pytest.raises(Denied, match="先恢复档案"):
        appointed(deputy, office)
    refused = client.post(move(seat, "serving"), {"on": "2026-11-23", "version": 2})
    assert "先恢复档案" in refused.content.decode()
    html = client.get(f"/deputies/{deputy.pk}/").content.decode()
    assert move(seat, "serving") not in html
