"""From the click to the file: what the worker makes, and how it fails."""

import re
from pathlib import Path
from typing import Any

import pypdfium2
import pytest

from activities.models import Photo
from common.files import media_path, sha256
from common.jobs import leases, local
from common.jobs.models import Job
from profiles import actions, pdf, tasks
from profiles.models import Portrait
from profiles.workflow import PortraitState
from staff.models import AuditEvent, User
from tests.activities.factories import closed, photo
from tests.deputies.factories import person
from tests.profiles.factories import appointed, asked, made, rich, said, thin, visited, work

pytestmark = pytest.mark.django_db


def text_of(portrait: Portrait) -> list[str]:
    """The text of each page as a reader would copy it, without breaks."""
    document = pypdfium2.PdfDocument(media_path(portrait.file))
    return [re.sub(r"\s", "", page.get_textpage().get_text_bounded()) for page in document]


def test_a_rich_year_becomes_a_booklet_with_everything_in_it(office: User, chief: User) -> None:
    (portrait,) = made(rich(by=office), by=office)
    text = "".join(text_of(portrait))

    assert portrait.state == PortraitState.READY
    assert portrait.pages == len(text_of(portrait)) >= 5
    for told in (
        "欧阳禾清",
        "知禾区第五届人民代表大会代表",
        "检察开放日",
        "代表察看农资台账",
        "关于加强特高压线路走廊保护的建议",
        "实地踏勘三处跨越点",
        "对办理态度满意",
        "听证员",
        chief.name[0],
        portrait.code,
    ):
        assert told in text
    assert portrait.sha256 == sha256(media_path(portrait.file).read_bytes())


def test_somebody_met_once_gets_two_dignified_pages_without_a_nought(office: User) -> None:
    (portrait,) = made(thin(by=office), by=office)
    pages = text_of(portrait)

    assert len(pages) == portrait.pages == 2
    told = "".join(pages).replace(portrait.code, "")
    assert not re.search(r"(?<!\d)0(?!\d)", told)
    assert "一年一览" not in told
    assert "我们的行动" not in told


def test_little_more_than_one_contact_still_fits_two_pages(office: User, chief: User) -> None:
    twice, opened, heard = thin(by=office), person("李禾", by=office, photo_consent=True), person("王禾", by=office)
    visited(twice, by=office, place="知禾电缆有限公司")
    photo(closed(came=[opened], by=office, summary="走进农资市场。"), by=office, caption="代表察看农资台账")
    appointed(opened, by=office)
    said(heard, "线路下面不能再盖房子了。", by=office, outcome="已会同镇里清理三处。")

    assert [portrait.pages for portrait in made(twice, opened, heard, by=office)] == [2, 2, 2]


def test_the_facts_that_were_printed_are_frozen_in_the_row(office: User) -> None:
    deputy = thin(by=office)
    (portrait,) = made(deputy, by=office)
    visited(deputy, by=office)

    portrait.refresh_from_db()
    assert len(portrait.facts["events"]) == 1
    assert pdf.make(portrait.facts).data == media_path(portrait.file).read_bytes()


def test_a_name_that_cannot_be_printed_stops_that_one_job_with_name_and_character(office: User) -> None:
    rare, common = made(thin("陈\U0002a6a5", by=office), thin("李禾", by=office), by=office)

    assert common.state == PortraitState.READY
    assert rare.state == PortraitState.FAILED
    assert rare.reason.startswith("陈\U0002a6a5：系统字体缺少“\U0002a6a5”字（U+2A6A5），无法印出姓名。")
    assert not rare.file
    assert Job.objects.get(scope=rare.scope).attempt == 1


def test_a_character_in_the_text_that_cannot_be_printed_is_told_as_such(office: User) -> None:
    deputy = thin("李禾", by=office, words_consent=True)
    said(deputy, "他说😀", by=office)

    (portrait,) = made(deputy, by=office)

    assert "“😀”字（U+1F600），无法印出正文" in portrait.reason


def test_after_the_cause_is_mended_a_retry_succeeds(office: User) -> None:
    deputy = thin("陈\U0002a6a5", by=office)
    (portrait,) = made(deputy, by=office)
    deputy.name = "陈禾"
    deputy.save()

    actions.retry(portrait=portrait, by=office)
    work()

    portrait.refresh_from_db()
    assert portrait.state == PortraitState.READY
    assert list(AuditEvent.objects.filter(target_type="portrait").values_list("action", flat=True)) == [
        "portrait.failed",
        "portrait.retried",
        "portrait.made",
    ]


def test_a_fetch_of_anything_else_fails_the_job(office: User, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pdf, "html", lambda _: '<html lang="zh"><title>x</title><img src="file:///etc/passwd">')

    (portrait,) = made(thin(by=office), by=office)

    assert portrait.state == PortraitState.FAILED
    assert "不允许的资源" in portrait.reason


def test_a_photo_that_the_facts_do_not_name_cannot_be_opened(office: User, monkeypatch: pytest.MonkeyPatch) -> None:
    rich("李禾", by=office)
    stranger = Photo.objects.get()
    page = f'<html lang="zh"><title>x</title><img alt="x" src="photo:{stranger.pk}">'
    monkeypatch.setattr(pdf, "html", lambda _: page)

    with pytest.raises(KeyError):
        pdf.make({"events": [], "code": "x"})


def test_a_lost_photo_file_is_told_in_words(office: User, media: Path) -> None:
    deputy = rich(by=office)
    (media / Photo.objects.get().print_file).unlink()

    (portrait,) = made(deputy, by=office)

    assert portrait.state == PortraitState.FAILED
    assert "照片" in portrait.reason


EVIL = '<script>alert(1)</script><img src="file:///etc/passwd"><style>*{display:none}</style>&lt;b&gt;'


def test_markup_in_names_places_and_words_is_printed_as_text(office: User) -> None:
    deputy = person('<b>张禾</b>"', by=office, words_consent=True, unit="<i>公司", profession="<u>电力")
    said(deputy, EVIL, by=office, outcome=EVIL)
    visited(deputy, by=office, place=EVIL[:60])

    (portrait,) = made(deputy, by=office)

    assert portrait.state == PortraitState.READY, portrait.reason
    text = "".join(text_of(portrait))
    assert "<script>alert(1)</script>" in text
    assert "<b>张禾</b>" in text


def test_the_longest_texts_a_form_lets_in_are_printed(office: User) -> None:
    deputy = person("禾" * 60, by=office, words_consent=True, unit="禾" * 80, post="苗" * 60, profession="电" * 80)
    for mark in "禾a。（":
        said(deputy, mark * 1000, by=office, outcome=mark * 1000)

    (portrait,) = made(deputy, by=office)

    assert portrait.state == PortraitState.READY, portrait.reason


def test_what_a_broken_attempt_left_is_not_named_by_any_row(office: User) -> None:
    (portrait,) = made(thin(by=office), by=office)

    assert tasks.kept() == {portrait.file}


def test_a_worker_that_lost_its_lease_writes_nothing(office: User, monkeypatch: pytest.MonkeyPatch) -> None:
    run = asked(thin(by=office), by=office)
    real: Any = pdf.make

    def slow(facts: Any) -> Any:
        leases.requeue_all()  # as after a worker that was thought dead
        return real(facts)

    monkeypatch.setattr(pdf, "make", slow)

    local.work_once()

    assert run.portraits.get().state == PortraitState.REQUESTED
