"""The pages through HTTP: choose, watch, open, pack, verify."""

import io
import re
from typing import Any
from uuid import uuid4
from zipfile import ZipFile

import pytest
from django.test import Client
from django.urls import reverse

from common.files import media_path
from deputies.models import Area
from profiles.models import Portrait, PortraitRun
from staff.models import AuditEvent, User
from tests.deputies.factories import person
from tests.factories import TermFactory
from tests.profiles.factories import asked, made, rich, thin, work

pytestmark = pytest.mark.django_db
NEW = "profiles:new"


def choose(client: Client, *, htmx: bool = False, **fields: Any) -> Any:
    data = {"year": 2026, "scope": "everybody", "idempotency_key": uuid4()} | fields
    if htmx:
        return client.get(reverse(NEW), data, headers={"HX-Request": "true"})
    return client.post(reverse(NEW), data)


def text(answer: Any) -> str:
    return re.sub(r"<[^>]+>|\s", "", answer.content.decode())


def count(answer: Any) -> int:
    return int(re.search(r'data-count="(\d+)"', answer.content.decode())[1])


def test_the_form_says_how_many_there_will_be_before_the_click(login: Any, office: User) -> None:
    thin(by=office)
    rich(by=office)
    person("无人联络", by=office)

    answer = choose(login(office), htmx=True)

    assert "将生成2份" in text(answer)
    assert "<html" not in answer.content.decode()


def test_the_form_names_those_of_whom_nothing_is_known(login: Any, office: User) -> None:
    area = Area.objects.create(name="禾塘镇")
    thin(by=office, area=area)
    person("周未见", by=office, area=area)

    answer = choose(login(office), htmx=True, scope="area", area=area.pk)

    assert "将生成1份" in text(answer)
    assert "周未见" in text(answer)


def test_a_choice_of_nobody_cannot_be_sent(login: Any, office: User) -> None:
    answer = choose(login(office), scope="persons", deputies=[person(by=office).pk])

    assert answer.status_code == 422
    assert "没有可以印出的内容" in text(answer)
    assert not PortraitRun.objects.exists()


@pytest.mark.parametrize(
    "fields",
    [
        {"scope": "area"},
        {"scope": "seat", "seat": ""},
        {"scope": "persons"},
        {"scope": "persons", "deputies": ["9" * 30]},
        {"scope": "x"},
        {"year": 1999},
    ],
)
def test_a_form_half_filled_is_drawn_again(login: Any, office: User, fields: dict[str, Any]) -> None:
    assert choose(login(office), **fields).status_code == 422


def test_by_level_takes_those_seats_only(login: Any, office: User) -> None:
    thin(by=office, term=TermFactory(level="city", place="禾城市"))
    thin("李禾", by=office)

    choose(login(office), scope="seat", seat="congress-city")

    assert [portrait.deputy.name for portrait in Portrait.objects.all()] == ["张禾"]


def test_a_run_is_named_after_those_who_get_one(login: Any, office: User) -> None:
    there = [thin(by=office, name=name) for name in ("白禾", "丁穗", "高稻", "王谷")]
    nothing = person("安未见", by=office)

    choose(login(office), scope="persons", deputies=[one.pk for one in [nothing, *there]])

    assert PortraitRun.objects.get().selection == "2026年白禾、丁穗、高稻等"


def test_a_double_click_leads_to_the_same_run(login: Any, office: User) -> None:
    thin(by=office)
    key = uuid4()

    first, second = (choose(login(office), idempotency_key=key) for _ in range(2))

    assert first.url == second.url
    assert Portrait.objects.count() == 1


def test_the_run_is_watched_until_it_is_finished_then_the_page_is_quiet(login: Any, office: User) -> None:
    run = asked(thin(by=office), by=office)
    url = reverse("profiles:run", args=[run.pk])
    before = login(office).get(url).content.decode()
    work()
    after = login(office).get(url, headers={"HX-Request": "true"}).content.decode()

    assert 'hx-trigger="every 1s"' in before
    assert 'data-finished="no"' in before
    assert "every 1s" not in after
    assert 'data-finished="yes"' in after
    assert "<html" not in after


def test_a_failure_is_shown_with_its_cause_and_can_be_tried_again(login: Any, office: User) -> None:
    deputy = thin("陈\U0002a6a5", by=office)
    (portrait,) = made(deputy, by=office)
    url = reverse("profiles:run", args=[portrait.run_id])

    assert "缺少“\U0002a6a5”字" in text(login(office).get(url))
    deputy.name = "陈禾"
    deputy.save()
    again = login(office).post(reverse("profiles:retry", args=[portrait.pk]), headers={"HX-Request": "true"})
    work()

    assert 'hx-trigger="every 1s"' in again.content.decode()
    assert "已生成1份" in text(login(office).get(url))


def test_all_failures_are_tried_again_with_one_click(login: Any, office: User) -> None:
    portraits = made(thin("陈\U0002a6a5", by=office), thin("李\U0002a6a5", by=office), by=office)

    login(office).post(reverse("profiles:retry-failed", args=[portraits[0].run_id]))

    assert Portrait.objects.requested().count() == 2


def test_the_chief_may_and_the_leader_may_not_have_them_made(login: Any, chief: User, leader: User) -> None:
    thin(by=chief)

    assert choose(login(chief)).status_code == 302
    assert choose(login(leader)).status_code == 403


def test_a_portrait_opens_in_the_browser_and_is_an_audit_row(login: Any, leader: User, office: User) -> None:
    (portrait,) = made(thin(by=office), by=office)

    answer = login(leader).get(reverse("profiles:download", args=[portrait.pk]))

    assert b"".join(answer.streaming_content).startswith(b"%PDF-1.7")
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Content-Disposition"].startswith("inline")
    assert answer["Cache-Control"] == "private, no-store"
    assert AuditEvent.objects.filter(action="portrait.taken", actor_name=leader.name).count() == 1


def test_it_is_stored_under_its_chinese_name(login: Any, office: User) -> None:
    (portrait,) = made(thin(by=office), by=office)

    answer = login(office).get(reverse("profiles:download", args=[portrait.pk]) + "?save=1")
    answer.close()

    assert answer["Content-Disposition"].startswith("attachment")
    assert portrait.filename == "检察印迹-2026-张禾.pdf"


def test_a_name_cannot_lead_the_file_elsewhere(office: User) -> None:
    portrait = asked(person("../张:禾", by=office), by=office).portraits.get()

    assert portrait.filename == "检察印迹-2026-.._张_禾.pdf"


def test_all_of_a_run_come_as_one_zip_namesakes_apart(login: Any, office: User) -> None:
    first, second = thin("王芳", by=office), thin("王芳", by=office)
    portraits = made(first, second, thin("李禾", by=office), by=office)

    answer = login(office).get(reverse("profiles:zip", args=[portraits[0].run_id]))
    folder = ZipFile(io.BytesIO(b"".join(answer.streaming_content)))

    assert sorted(folder.namelist()) == sorted(
        [
            "检察印迹-2026-李禾.pdf",
            f"检察印迹-2026-王芳-{first.pk}号.pdf",
            f"检察印迹-2026-王芳-{second.pk}号.pdf",
        ]
    )
    assert all(folder.read(name).startswith(b"%PDF") for name in folder.namelist())
    assert AuditEvent.objects.filter(action="portrait.taken").count() == 3


def test_a_zip_of_nothing_is_refused_in_words(login: Any, office: User) -> None:
    run = asked(thin(by=office), by=office)

    assert login(office).get(reverse("profiles:zip", args=[run.pk])).status_code == 409


def test_a_portrait_that_is_not_ready_cannot_be_opened(login: Any, office: User) -> None:
    portrait = asked(thin(by=office), by=office).portraits.get()

    assert login(office).get(reverse("profiles:download", args=[portrait.pk])).status_code == 404


def test_the_list_and_its_count_are_one(login: Any, office: User) -> None:
    made(thin(by=office), thin("李禾", by=office), by=office)
    asked(thin("陈禾", by=office), by=office)
    page = login(office).get(reverse("profiles:list"), {"state": "ready", "year": 2026})

    assert count(page) == 2
    assert page.content.decode().count("<tr>") - 1 == 2
    assert count(login(office).get(reverse("profiles:list"), {"q": "lihe"})) == 1


@pytest.mark.parametrize("query", [{"state": "x"}, {"year": "x"}])
def test_a_broken_filter_shows_nothing_and_says_so(login: Any, office: User, query: dict[str, str]) -> None:
    asked(thin("张禾", by=office), by=office)

    answer = login(office).get(reverse("profiles:list"), query)

    assert answer.status_code == 400
    assert "筛选条件有误" in text(answer)
    assert "张禾" not in text(answer)


def test_an_older_version_is_marked_and_stays_readable(login: Any, office: User) -> None:
    deputy = thin(by=office)
    (first,) = made(deputy, by=office)
    made(deputy, by=office)

    assert text(login(office).get(reverse("profiles:list"))).count("已有新版") == 1
    answer = login(office).get(reverse("profiles:download", args=[first.pk]))
    assert answer.status_code == 200
    answer.close()


def verified(client: Client, code: str) -> str:
    return text(client.get(reverse("profiles:verify"), {"code": code}))


WIDE = {code: code + 0xFEE0 for code in range(0x21, 0x7F)}


@pytest.mark.parametrize("typed", [str.lower, lambda code: code.replace("-", ""), lambda code: code.translate(WIDE)])
def test_a_code_is_found_however_it_is_typed(login: Any, office: User, typed: Any) -> None:
    (portrait,) = made(thin(by=office), by=office)

    assert portrait.sha256 in verified(login(office), typed(portrait.code))


def test_a_code_read_out_finds_its_portrait(login: Any, office: User) -> None:
    (portrait,) = made(thin(by=office), by=office)

    assert "最新版次" in verified(login(office), f" {portrait.code.lower()} ")
    assert "没有这个核验码" in verified(login(office), "ZH26-2222-2222")


def test_a_code_of_an_older_version_says_which_is_newer(login: Any, office: User) -> None:
    deputy = thin(by=office)
    (first,) = made(deputy, by=office)
    (second,) = made(deputy, by=office)

    assert f"核验码{second.code}" in verified(login(office), first.code)


def test_a_file_changed_on_disk_is_noticed(login: Any, office: User) -> None:
    (portrait,) = made(thin(by=office), by=office)
    media_path(portrait.file).write_bytes(b"%PDF forged")

    assert "摘要不符" in verified(login(office), portrait.code)


def test_the_file_of_a_person_shows_each_year(login: Any, office: User) -> None:
    deputy = thin(by=office)
    (portrait,) = made(deputy, by=office)

    answer = login(office).get(reverse("profiles:of-deputy", args=[deputy.pk]))

    assert reverse("profiles:download", args=[portrait.pk]) in answer.content.decode()


def test_from_the_persons_file_that_person_is_already_chosen(login: Any, office: User) -> None:
    deputy = thin(by=office)

    page = login(office).get(reverse(NEW), {"deputy": deputy.pk}).content.decode()

    assert re.search(rf'name="deputies" value="{deputy.pk}"', page)
    assert re.search(r'value="persons"[^>]*checked', page)
