"""Photos over HTTP: what is kept, who sees it, and what a hostile file gets."""

from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from django.utils import timezone

from activities import actions
from activities.models import Photo
from activities.tasks import photo_files
from common.denied import Denied
from staff.models import AuditEvent, User
from tests.activities.factories import closed, jpeg, photo, planned
from tests.common.pictures import SECRET, data, gps_exif, huge_png, picture
from tests.factories import DeputyFactory

pytestmark = pytest.mark.django_db


def stored(relative: str) -> Path:
    return Path(settings.MEDIA_ROOT) / relative


def bytes_of(answer) -> bytes:
    """Read to the end, which closes the file."""
    return b"".join(answer.streaming_content)


def send(client, activity, *files, htmx: bool = True):
    headers = {"HX-Request": "true"} if htmx else {}
    return client.post(reverse("activities:photos", args=[activity.pk]), {"photo": list(files)}, headers=headers)


def test_a_phone_photo_is_kept_in_two_sizes_without_its_place(login, office: User) -> None:
    activity = planned(by=office)
    answer = send(login(office), activity, jpeg(size=(2000, 1500), exif=gps_exif()))
    assert answer.status_code == 200
    assert "已保存" in answer.content.decode()
    kept = Photo.objects.get()
    for file in (kept.print_file, kept.thumb_file):
        assert SECRET not in stored(file).read_bytes()
    assert (kept.width, kept.height) == (1600, 1200)


def test_one_refused_file_takes_no_good_one_with_it(login, office: User) -> None:
    bad = SimpleUploadedFile("假照片.jpg", b"<!DOCTYPE html><script>alert(1)</script>", content_type="image/jpeg")
    answer = send(login(office), planned(by=office), jpeg("好照片.jpg"), bad)
    text = answer.content.decode()
    assert answer.status_code == 200
    assert Photo.objects.count() == 1
    assert "假照片.jpg" in text
    assert "这是网页文件，不是照片。请用手机重新拍照" in text


@pytest.mark.parametrize(
    "content",
    [b"", b"<svg onload='alert(1)'/>", b"%!PS-Adobe", huge_png(13000), data(picture((640, 480)))[:2000], b"\0" * 99],
    ids=["empty", "svg", "eps", "bomb", "truncated", "zeros"],
)
def test_a_hostile_file_is_a_clear_4xx_and_leaves_nothing(login, office: User, content: bytes) -> None:
    answer = send(login(office), planned(by=office), SimpleUploadedFile("x.jpg", content, "image/jpeg"))
    assert answer.status_code == 422
    assert "再上传。" in answer.content.decode()
    assert not Photo.objects.exists()


def test_a_hostile_file_name_is_shown_as_text(login, office: User) -> None:
    answer = send(login(office), planned(by=office), SimpleUploadedFile("<img src=x onerror=a>.jpg", b"x"))
    assert b"<img src=x" not in answer.content


def test_without_script_the_whole_page_comes_back_with_the_results(login, office: User) -> None:
    answer = send(login(office), planned(by=office), jpeg(), htmx=False)
    assert "已保存" in answer.content.decode()
    assert "<html" in answer.content.decode()


def test_sending_nothing_is_told(login, office: User) -> None:
    answer = send(login(office), planned(by=office))
    assert answer.status_code == 422
    assert "没有选择照片" in answer.content.decode()


def test_the_same_photo_twice_is_one_photo(login, office: User) -> None:
    activity = planned(by=office)
    send(login(office), activity, jpeg(), jpeg("又一次.jpg"))
    assert Photo.objects.count() == 1


def test_photos_may_come_after_the_closing_but_not_after_a_cancelling(login, office: User) -> None:
    assert send(login(office), closed(came=[DeputyFactory()], by=office), jpeg()).status_code == 200
    cancelled = actions.cancel(activity=planned(by=office), by=office)
    assert send(login(office), cancelled, jpeg()).status_code == 409


def test_another_department_adds_no_photo(login, handler: User, other_handler: User) -> None:
    assert send(login(other_handler), planned(by=handler), jpeg()).status_code == 404


def test_photo_bytes_come_only_through_the_guarded_view(login, office: User, leader: User) -> None:
    kept = photo(planned(by=office), by=office)
    answer = login(leader).get(reverse("activities:photo", args=[kept.pk, "print"]))
    assert bytes_of(answer) == stored(kept.print_file).read_bytes()
    assert answer["Content-Type"] == "image/jpeg"
    assert answer["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("role", ["sysadmin", "secadmin", "auditor"])
def test_no_administrator_sees_a_photo(login, office: User, role: str, request: pytest.FixtureRequest) -> None:
    kept = photo(planned(by=office), by=office)
    client = login(request.getfixturevalue(role))
    assert client.get(reverse("activities:photo", args=[kept.pk, "thumb"])).status_code == 403


def test_a_photo_seen_before_is_not_sent_again(login, office: User) -> None:
    url = reverse("activities:photo", args=[photo(planned(by=office), by=office).pk, "thumb"])
    client = login(office)
    first = client.get(url)
    assert bytes_of(first)
    etag = first["ETag"]
    assert client.get(url, headers={"If-None-Match": etag}).status_code == 304


def test_an_unknown_size_is_404(login, office: User) -> None:
    kept = photo(planned(by=office), by=office)
    assert login(office).get(reverse("activities:photo", args=[kept.pk, "raw"])).status_code == 404


def test_a_removed_photo_is_gone_until_undone(login, office: User) -> None:
    kept = photo(planned(by=office), by=office)
    client, url = login(office), reverse("activities:photo", args=[kept.pk, "thumb"])
    answer = client.post(reverse("activities:photo-remove", args=[kept.pk]), headers={"HX-Request": "true"})
    undo = reverse("activities:photo-restore", args=[kept.pk])
    assert undo in answer.content.decode()
    assert client.get(url).status_code == 404
    client.post(undo, headers={"HX-Request": "true"})
    assert bytes_of(client.get(url))


def test_after_thirty_days_a_removed_photo_is_nobodys_file_and_cannot_come_back(office: User) -> None:
    kept = photo(planned(by=office), by=office)
    actions.remove_photo(photo=kept, by=office)
    assert photo_files() == {kept.print_file, kept.thumb_file}
    Photo.objects.update(removed_at=timezone.now() - timedelta(days=31))
    assert photo_files() == set()
    with pytest.raises(Denied, match="超过 30 天"):
        actions.restore_photo(photo=kept, by=office)


def test_a_photo_sent_again_after_its_removal_makes_undo_needless(office: User) -> None:
    activity = planned(by=office)
    first = photo(activity, by=office)
    actions.remove_photo(photo=first, by=office)
    photo(activity, by=office)
    with pytest.raises(Denied, match="重新上传过"):
        actions.restore_photo(photo=first, by=office)
    assert not AuditEvent.objects.filter(action="photo.restored").exists()


def edit_url(kept: Photo) -> str:
    return reverse("activities:photo-edit", args=[kept.pk])


def test_caption_people_and_printing_are_edited(login, office: User) -> None:
    activity = planned(by=office, deputies=2)
    kept, person = photo(activity, by=office), activity.attendances.first().deputy
    typed = {"version": 1, "caption": "参观办案中心", "deputies": [person.pk]}
    answer = login(office).post(edit_url(kept), typed, headers={"HX-Request": "true"})
    assert answer.status_code == 200
    kept.refresh_from_db()
    assert (kept.caption, kept.printable, list(kept.deputies.all())) == ("参观办案中心", False, [person])


def test_somebody_not_invited_cannot_be_named_in_a_photo(login, office: User) -> None:
    kept = photo(planned(by=office, deputies=1), by=office)
    answer = login(office).post(edit_url(kept), {"version": 1, "deputies": [DeputyFactory().pk]})
    assert answer.status_code == 422


def test_two_edits_of_one_photo_the_second_is_told(login, office: User) -> None:
    kept = photo(planned(by=office), by=office)
    actions.edit_photo(photo=kept, expected=1, by=office, caption="第一个人写的")
    answer = login(office).post(edit_url(kept), {"version": 1, "caption": "第二个人写的"})
    assert answer.status_code == 409
    assert "第二个人写的" in answer.content.decode()
    assert Photo.objects.get().caption == "第一个人写的"


def test_an_edit_without_a_version_is_400_and_a_case_number_422(login, office: User) -> None:
    kept = photo(planned(by=office), by=office)
    client = login(office)
    assert client.post(edit_url(kept), {"caption": "x"}).status_code == 400
    typed = {"version": 1, "caption": "（2026）苏0205刑初12号旁听"}
    assert client.post(edit_url(kept), typed).status_code == 422
