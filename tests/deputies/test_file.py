"""The file of a person: one look, one timeline, a photo."""

import re
from collections.abc import Callable
from datetime import date

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from activities.models import Activity
from common.files import media_path
from deputies import actions, tasks
from deputies.models import AppointmentRole, Contact, Deputy
from staff.models import AuditEvent, User
from tests.activities.factories import closed, planned
from tests.common.pictures import data, picture
from tests.deputies.factories import logged, person
from tests.factories import AreaFactory

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]


@pytest.fixture(autouse=True)
def _today():
    with time_machine.travel("2026-11-23 10:00+08:00", tick=False):
        yield


@pytest.fixture
def deputy(office: User) -> Deputy:
    """Visited twice with words, at an open day, invited to another one, appointed."""
    known = person("张晓北", by=office, area=AreaFactory(name="甘露镇"), unit="知禾供电服务公司")
    logged(by=office, deputies=[known], happened_on=date(2025, 6, 1), note="去年走访")
    contact = logged(by=office, deputies=[known], happened_on=date(2026, 3, 5))
    actions.record_opinion(contact=contact, deputy=known, words="线路要早改", by=office)
    closed(came=[known], by=office, title="农资市场开放日", held_on=date(2026, 5, 6))
    planned(by=office, deputies=[known], title="输电线路视察", held_on=date(2026, 12, 1))
    role = AppointmentRole.objects.get(name="听证员")
    actions.appoint(deputy=known, role=role, from_on=date(2026, 4, 1), by=office)
    return known


def days(html: str) -> list[str]:
    return re.findall(r'<time datetime="([^"]+)"', html)


def test_everything_stands_in_one_line_of_time_what_lies_ahead_first(
    login: Login, office: User, deputy: Deputy
) -> None:
    page = login(office).get(f"/deputies/{deputy.pk}/").content.decode()
    assert days(page) == [
        "2026-12-01", "2026-05-06", "2026-04-01", "2026-03-05", "2026-03-05", "2025-06-01", "2022-01-10",
    ]  # fmt: skip
    assert 'data-count="7"' in page


def test_an_activity_is_told_once_although_the_ledger_has_its_contact(
    login: Login, office: User, deputy: Deputy
) -> None:
    assert Contact.objects.filter(origin_key=Activity.objects.get(title="农资市场开放日").origin_key).exists()
    page = login(office).get(f"/deputies/{deputy.pk}/").content.decode()
    assert page.count("2026-05-06") == 1


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("kind=contact", ["2026-03-05", "2025-06-01"]),
        ("kind=voice", ["2026-03-05"]),
        ("kind=activity", ["2026-12-01", "2026-05-06"]),
        ("kind=contact&year=2025", ["2025-06-01"]),
        ("kind=portrait", []),
        ("year=2019", []),
    ],
)
def test_the_timeline_is_filtered_by_kind_and_year(
    login: Login, office: User, deputy: Deputy, query: str, found: list[str]
) -> None:
    client = login(office)
    assert days(client.get(f"/deputies/{deputy.pk}/?{query}").content.decode()) == found
    assert days(client.get(f"/deputies/{deputy.pk}/timeline/?{query}").content.decode()) == found


@pytest.mark.parametrize("query", ["kind=moon", "year=1066", "year=x"])
def test_a_broken_filter_of_the_timeline_is_a_broken_link(login: Login, office: User, deputy: Deputy, query) -> None:
    assert login(office).get(f"/deputies/{deputy.pk}/timeline/?{query}").status_code == 400


def test_a_longer_life_takes_no_more_queries(
    login: Login, office: User, deputy: Deputy, django_assert_max_num_queries
) -> None:
    for day in range(1, 20):
        contact = logged(by=office, deputies=[deputy], happened_on=date(2026, 6, day))
        actions.record_opinion(contact=contact, deputy=deputy, words="灌溉", by=office)
    client = login(office)
    with django_assert_max_num_queries(26):
        client.get(f"/deputies/{deputy.pk}/")


# --- the photo ---


def jpeg() -> SimpleUploadedFile:
    return SimpleUploadedFile("x.jpg", data(picture((300, 400))), content_type="image/jpeg")


def test_a_photo_is_put_in_shown_changed_and_taken_away(login: Login, office: User, chief: User, deputy) -> None:
    client, url = login(office), f"/deputies/{deputy.pk}/photo/"
    assert "添加照片" in client.get(f"/deputies/{deputy.pk}/").content.decode()
    assert client.post(url, {"photo": jpeg()}).status_code == 302
    deputy.refresh_from_db()
    assert media_path(deputy.photo_file).is_file()
    assert tasks.face_files() == {deputy.photo_file, deputy.thumb_file}
    shown = login(chief).get(f"{url}thumb/")
    shown.getvalue()
    assert (shown["Content-Type"], shown["Cache-Control"]) == ("image/jpeg", "private, no-cache")
    assert client.get(f"{url}huge/").status_code == 404
    assert f"{url}thumb/" in login(chief).get(f"/deputies/{deputy.pk}/").content.decode()
    assert login(office).post(f"{url}remove/").status_code == 302
    assert client.get(f"{url}thumb/").status_code == 404
    told = AuditEvent.objects.filter(action__startswith="deputy.photo").values_list("action", flat=True)
    assert set(told) == {"deputy.photo_set", "deputy.photo_removed"}


def test_the_browser_asks_again_and_gets_no_bytes_twice(login: Login, office: User, deputy: Deputy) -> None:
    actions.set_photo(deputy=deputy, upload=jpeg(), by=office)
    client = login(office)
    first = client.get(f"/deputies/{deputy.pk}/photo/thumb/")
    first.getvalue()
    tag = first["ETag"]
    again = client.get(f"/deputies/{deputy.pk}/photo/thumb/", headers={"If-None-Match": tag})
    assert again.status_code == 304


def test_a_file_that_is_no_picture_is_refused_in_words(login: Login, office: User, deputy: Deputy) -> None:
    wrong = SimpleUploadedFile("x.jpg", b"<svg onload=alert(1)>", content_type="image/jpeg")
    answer = login(office).post(f"/deputies/{deputy.pk}/photo/", {"photo": wrong})
    assert answer.status_code == 422
    assert "请用手机重新拍照" in answer.content.decode()


def test_an_edit_drawn_before_the_photo_is_told(office: User, deputy: Deputy) -> None:
    before = deputy.version
    actions.set_photo(deputy=deputy, upload=jpeg(), by=office)
    deputy.refresh_from_db()
    assert deputy.version == before + 1
