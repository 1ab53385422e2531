"""Photos of a contact: sent right after logging, described, printed with consent, taken away and brought back."""

from datetime import timedelta

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError, transaction
from django.utils import timezone

from common.denied import Denied
from deputies import actions, stats
from deputies.models import Contact, ContactPhoto, Deputy
from deputies.tasks import contact_photo_files
from staff.models import AuditEvent, User
from tests.activities.factories import closed
from tests.common.pictures import SECRET, data, gps_exif, picture, upload
from tests.deputies.factories import DAY, contact_photo, logged, person
from tests.profiles.test_facts import facts_of

pytestmark = pytest.mark.django_db
HTMX = {"HX-Request": "true"}


@pytest.fixture
def contact(handler: User) -> Contact:
    return logged(by=handler)


def url(contact: Contact) -> str:
    return f"/contacts/{contact.pk}/photos/"


def test_a_photo_sent_after_logging_is_kept_without_its_place_and_shown_with_the_contact(
    login, handler: User, contact: Contact
) -> None:
    client = login(handler)
    taken = SimpleUploadedFile("IMG.jpg", data(picture((2000, 1500)), exif=gps_exif()))
    answer = client.post(url(contact), {"photo": [taken]}, headers=HTMX)
    assert (answer.status_code, "已保存" in answer.content.decode()) == (200, True)
    kept = ContactPhoto.objects.get()
    assert (kept.width, kept.height, kept.uploaded_by) == (1600, 1200, handler)
    assert all(SECRET not in (settings.MEDIA_ROOT / file).read_bytes() for file in (kept.print_file, kept.thumb_file))
    assert f"/contacts/photos/{kept.pk}/thumb/" in client.get(f"/contacts/{contact.pk}/").content.decode()


def test_after_logging_one_key_leads_to_the_photos(login, handler: User, contact: Contact) -> None:
    answer = login(handler).get(url(contact), headers=HTMX).content.decode()
    assert "<dialog" in answer
    assert "选择照片" in answer


def test_a_page_without_script_shows_what_became_of_each_file(login, handler: User, contact: Contact) -> None:
    answer = login(handler).post(url(contact), {"photo": [upload(data()), upload(b"<svg/>")]})
    assert "已保存" in answer.content.decode()
    assert "再上传。" in answer.content.decode()
    assert "<html" in answer.content.decode()
    assert ContactPhoto.objects.count() == 1


def test_a_file_that_is_no_photo_is_refused_in_words(login, handler: User, contact: Contact) -> None:
    answer = login(handler).post(url(contact), {"photo": [upload(b"<script>")]}, headers=HTMX)
    assert (answer.status_code, ContactPhoto.objects.count()) == (422, 0)


def test_the_same_photo_twice_is_one(handler: User, contact: Contact) -> None:
    assert contact_photo(contact, by=handler) == contact_photo(contact, by=handler)


def test_the_database_refuses_a_second_standing_copy(handler: User, contact: Contact) -> None:
    kept = contact_photo(contact, by=handler)
    kept.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        kept.save(force_insert=True)


def test_photos_of_an_activity_belong_to_the_activity(login, office: User) -> None:
    closed(came=[person(by=office)], by=office)
    answer = login(office).post(url(Contact.objects.get()), {"photo": [upload(data())]}, headers=HTMX)
    assert answer.status_code == 409
    assert "请在该活动中上传" in answer.content.decode()


def test_a_contact_that_was_taken_back_takes_no_photo_and_shows_none(login, handler: User, contact: Contact) -> None:
    kept = contact_photo(contact, by=handler)
    actions.withdraw_contact(contact=contact, by=handler)
    with pytest.raises(Denied, match="已撤回"):
        contact_photo(contact, by=handler)
    assert login(handler).get(f"/contacts/photos/{kept.pk}/thumb/").status_code == 404


def test_another_department_sees_no_photo(login, other_handler: User, handler: User, contact: Contact) -> None:
    kept = contact_photo(contact, by=handler)
    assert login(other_handler).get(f"/contacts/photos/{kept.pk}/print/").status_code == 404


def test_a_colleague_may_add_but_not_take_away(login, leader: User, office: User, contact: Contact) -> None:
    by_office, by_leader = contact_photo(contact, by=office), contact_photo(contact, by=office, caption="同一张")
    assert by_office == by_leader
    answer = login(leader).post(f"/contacts/photos/{by_office.pk}/remove/", headers=HTMX)
    assert answer.status_code == 409
    assert "只有上传人、登记人和办公室可以更改" in answer.content.decode()


def test_a_removed_photo_comes_back_by_undo(login, handler: User, contact: Contact) -> None:
    kept, client = contact_photo(contact, by=handler), login(handler)
    answer = client.post(f"/contacts/photos/{kept.pk}/remove/", headers=HTMX)
    assert client.get(f"/contacts/photos/{kept.pk}/thumb/").status_code == 404
    undo = f"/contacts/photos/{kept.pk}/restore/"
    assert undo in answer.content.decode()
    assert client.post(undo, headers=HTMX).status_code == 200
    shown = b"".join(client.get(f"/contacts/photos/{kept.pk}/thumb/").streaming_content)
    assert shown == (settings.MEDIA_ROOT / kept.thumb_file).read_bytes()
    told = AuditEvent.objects.filter(action__startswith="photo.").order_by("pk").values_list("action", flat=True)
    assert list(told) == ["photo.added", "photo.removed", "photo.restored"]


def test_after_thirty_days_a_removed_photo_is_nobodys_file(handler: User, contact: Contact) -> None:
    kept = contact_photo(contact, by=handler)
    actions.remove_contact_photo(photo=kept, by=handler)
    assert contact_photo_files() == {kept.print_file, kept.thumb_file}
    ContactPhoto.objects.update(removed_at=timezone.now() - timedelta(days=31))
    assert contact_photo_files() == set()
    with pytest.raises(Denied, match="超过 30 天"):
        actions.restore_contact_photo(photo=kept, by=handler)


def test_caption_and_who_is_to_be_seen_are_edited_and_a_second_editor_is_told(
    login, handler: User, contact: Contact
) -> None:
    kept, client, met = contact_photo(contact, by=handler), login(handler), contact.deputies.get()
    typed = {"version": 1, "caption": "田间谈清淤", "deputies": [met.pk], "printable": "on"}
    assert client.post(f"/contacts/photos/{kept.pk}/edit/", typed, headers=HTMX).status_code == 200
    kept.refresh_from_db()
    assert (kept.caption, list(kept.deputies.all())) == ("田间谈清淤", [met])
    answer = client.post(f"/contacts/photos/{kept.pk}/edit/", typed | {"caption": "晚了"}, headers=HTMX)
    assert (answer.status_code, "晚了" in answer.content.decode()) == (409, True)


def test_somebody_not_met_cannot_be_named_in_a_photo(login, handler: User, contact: Contact) -> None:
    kept = contact_photo(contact, by=handler)
    typed = {"version": 1, "deputies": [person("旁人", by=handler).pk]}
    assert login(handler).post(f"/contacts/photos/{kept.pk}/edit/", typed, headers=HTMX).status_code == 422


def printed(deputy: Deputy) -> list[str]:
    return [photo.caption for each in stats.of_deputy(deputy, DAY.year).contacts for photo in each.photos]


def test_a_visit_is_printed_with_its_photo_only_with_consent_and_only_in_the_portraits_of_those_seen(
    office: User,
) -> None:
    willing = person("王禾", by=office, photo_consent=True)
    silent, absent = person("李穗", by=office), person("赵田", by=office, photo_consent=True)
    contact = logged(by=office, deputies=[willing, silent, absent])
    contact_photo(contact, by=office, caption="走访王禾", deputies=[willing])
    assert (printed(willing), printed(silent), printed(absent)) == (["走访王禾"], [], [])
    event = facts_of(willing)["events"][0]
    assert [photo["caption"] for photo in event["photos"]] == ["走访王禾"]


def test_a_photo_with_somebody_who_has_not_consented_is_printed_for_nobody(office: User) -> None:
    willing, silent = person("王禾", by=office, photo_consent=True), person("李穗", by=office)
    contact_photo(logged(by=office, deputies=[willing, silent]), by=office, deputies=[willing, silent])
    assert printed(willing) == []


def test_the_file_of_the_person_tells_of_the_photos(login, handler: User, contact: Contact) -> None:
    contact_photo(contact, by=handler)
    page = login(handler).get(f"/deputies/{contact.deputies.get().pk}/").content.decode()
    assert "照片 1 张" in page
