"""Asking for portraits, trying again, calling off; what the database refuses."""

from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.denied import Denied
from common.jobs import leases
from common.jobs.models import Job, JobState
from profiles import actions
from profiles.models import Portrait, PortraitRun
from profiles.workflow import TRANSITIONS, PortraitState
from staff.models import AuditEvent, User
from tests.deputies.factories import person
from tests.profiles.factories import YEAR, asked, made, thin

pytestmark = pytest.mark.django_db


def test_each_person_gets_one_row_and_one_job(office: User) -> None:
    run = asked(person("张禾"), person("李禾"), by=office)

    assert run.portraits.count() == 2
    assert Job.objects.of_batch(run.batch).filter(kind="portrait").count() == 2
    assert AuditEvent.objects.get(action="portrait.requested").changes["portraits"] == [0, 2]


def test_asking_again_makes_the_next_version_and_keeps_the_first(office: User) -> None:
    deputy = thin(by=office)
    made(deputy, by=office)
    asked(deputy, by=office)

    assert list(Portrait.objects.order_by("version").values_list("version", flat=True)) == [1, 2]


def test_whoever_is_still_being_made_is_not_asked_for_again(office: User, chief: User) -> None:
    deputy = person("张禾")
    asked(deputy, by=office)

    with pytest.raises(Denied, match="张禾的2026年印迹正在生成"):
        asked(deputy, person(), by=chief)
    asked(deputy, by=chief, year=2025)
    assert Portrait.objects.count() == 2


def test_a_double_click_makes_one_run(office: User) -> None:
    key = uuid4()

    assert asked(person(), by=office, idempotency_key=key) == asked(person(), by=office, idempotency_key=key)
    assert Portrait.objects.count() == 1


def test_the_key_of_somebody_else_is_refused(office: User, chief: User) -> None:
    key = uuid4()
    asked(person(), by=office, idempotency_key=key)

    with pytest.raises(Denied, match="刷新"):
        asked(person(), by=chief, idempotency_key=key)


def test_a_person_named_twice_is_made_once(office: User) -> None:
    deputy = person()

    assert asked(deputy, deputy, by=office).portraits.count() == 1


@pytest.mark.parametrize("year", [timezone.localdate().year + 1, 2099])
def test_a_year_that_has_not_come_is_refused(office: User, year: int) -> None:
    with pytest.raises(Denied, match="还没有到"):
        asked(person(), by=office, year=year)


def test_nobody_chosen_is_refused(office: User) -> None:
    with pytest.raises(Denied, match="没有可以生成"):
        asked(by=office)


def test_a_handler_cannot_have_portraits_made(handler: User) -> None:
    with pytest.raises(Denied, match="办公室"):
        asked(person(), by=handler)

    assert not PortraitRun.objects.exists()


def test_codes_are_short_unlike_and_without_letters_that_are_misread(office: User) -> None:
    run = asked(*(person(f"代表{n}") for n in range(30)), by=office)
    codes = list(run.portraits.values_list("code", flat=True))

    assert len(set(codes)) == 30
    assert all(len(code) == 14 and not set(code[5:]) & set("01OIL") for code in codes)


def test_no_state_is_forgotten_in_the_table() -> None:
    assert set(TRANSITIONS) == set(PortraitState)


def test_a_ready_portrait_never_changes_again(office: User) -> None:
    portrait = asked(person(), by=office).portraits.get()
    actions.mark_ready(portrait=portrait, facts={}, file="portraits/a.pdf", sha256="a" * 64, pages=2)

    for move in (
        lambda: actions.mark_failed(portrait=portrait, reason="x"),
        lambda: actions.retry(portrait=portrait, by=office),
        lambda: actions.mark_ready(portrait=portrait, facts={}, file="b", sha256="b", pages=1),
    ):
        with pytest.raises(Denied):
            move()


def test_of_two_who_move_it_one_is_told(office: User) -> None:
    portrait = asked(person(), by=office).portraits.get()
    same = Portrait.objects.get(pk=portrait.pk)
    actions.mark_failed(portrait=portrait, reason="字体")

    with pytest.raises(Denied, match="刷新"):
        actions.mark_failed(portrait=same, reason="另一个")


def test_retry_takes_the_same_row_and_job_back_to_the_start(office: User) -> None:
    portrait = asked(person(), by=office).portraits.get()
    leases.fail(leases.claim_next(), "字体")
    portrait.refresh_from_db()
    assert (portrait.state, portrait.reason) == (PortraitState.FAILED, "字体")

    actions.retry(portrait=portrait, by=office)

    portrait.refresh_from_db()
    assert (portrait.state, portrait.reason) == (PortraitState.REQUESTED, "")
    assert Job.objects.get().state == JobState.QUEUED


def test_called_off_portraits_can_be_made_later(office: User) -> None:
    run = asked(thin(by=office), by=office)

    assert actions.cancel(run=run, by=office) == 1
    portrait = run.portraits.get()
    assert (portrait.state, portrait.reason) == (PortraitState.FAILED, actions.CANCELLED)

    actions.retry(portrait=portrait, by=office)
    assert Job.objects.of_batch(run.batch).filter(state=JobState.QUEUED).count() == 1


def test_one_under_way_is_not_called_off(office: User) -> None:
    run = asked(person(), by=office)
    leases.claim_next()

    actions.cancel(run=run, by=office)

    assert run.portraits.get().state == PortraitState.REQUESTED


def test_the_three_administrators_see_no_portrait(
    sysadmin: User, secadmin: User, auditor: User, handler: User, office: User
) -> None:
    asked(person(), by=office)

    for user in (sysadmin, secadmin, auditor, handler):
        assert not Portrait.objects.visible_to(user).exists()
        assert not PortraitRun.objects.visible_to(user).exists()
    assert Portrait.objects.visible_to(office).exists()


@pytest.mark.parametrize(
    "broken",
    [
        {"state": "lost"},
        {"code": ""},
        {"state": "ready"},
        {"state": "ready", "file": "a.pdf"},
    ],
)
def test_the_database_refuses_nonsense(office: User, broken: dict[str, str]) -> None:
    asked(person(), by=office)

    with pytest.raises(IntegrityError), transaction.atomic():
        Portrait.objects.update(**broken)


def test_the_database_refuses_a_version_twice_a_code_twice_and_a_person_twice_in_a_run(office: User) -> None:
    first = asked(person(), by=office).portraits.get()
    same = {"run": first.run, "deputy": first.deputy, "year": YEAR, "version": 9, "code": "X"}

    for clash in ({}, {"run": asked(person(), by=office), "version": 1}, {"run": first.run, "code": first.code}):
        with pytest.raises(IntegrityError), transaction.atomic():
            Portrait.objects.create(**(same | clash))
