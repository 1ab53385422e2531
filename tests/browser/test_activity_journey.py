"""An open day from the invitation to the contact in the deputy's file, in a real browser."""

from datetime import timedelta
from typing import Any

import pytest
from django.conf import settings
from django.utils import timezone
from PIL import Image
from playwright.sync_api import Page, expect

from activities import actions
from activities.models import Activity, Photo
from deputies.actions import register_deputy
from deputies.models import Contact
from staff.models import User
from tests.activities.factories import planned
from tests.browser.conftest import PHONE
from tests.common.pictures import data, gps_exif, picture, upload

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True, serialized_rollback=True)]


def file(name: str, content: bytes) -> dict[str, Any]:
    return {"name": name, "mimeType": "image/jpeg", "buffer": content}


def photos(page: Page, *files: dict[str, Any]) -> None:
    page.locator("#photo-input").set_input_files(list(files))


@pytest.fixture
def wang(office: User) -> Any:
    return register_deputy(by=office, name="王知禾", unit="知禾电缆有限公司")


def test_register_tick_photograph_close_and_find_the_contact_in_the_file(
    page: Page, enter: Any, office: User, wang: Any
) -> None:
    register_deputy(by=office, name="李青苗")
    enter(office)
    page.goto("/activities/")
    page.get_by_role("link", name="登记活动").click()
    page.get_by_label("名称").fill("走进未检")
    page.get_by_label("类型").select_option(label="检察开放日")
    page.get_by_label("承办部门").select_option(label=office.department.name)
    page.get_by_label("日期").fill(timezone.localdate().isoformat())
    picker = page.get_by_role("combobox", name="邀请代表委员")
    for initials, name in (("wzh", "王知禾"), ("李青", "李青苗")):
        picker.fill(initials)
        page.get_by_role("option", name=name).click()
    page.get_by_role("button", name="保存").click()
    expect(page.get_by_role("heading", name="走进未检")).to_be_visible()

    page.get_by_role("checkbox", name="王知禾到场").click()
    expect(page.get_by_role("checkbox", name="王知禾到场")).to_be_checked()
    expect(page.locator("#tally")).to_contain_text("到场 1人次")

    photos(page, file("IMG_0001.jpg", data(picture((900, 600)), exif=gps_exif())))
    expect(page.locator(".photo-grid img")).to_have_count(1)
    expect(page.locator(".upload-results")).to_contain_text("IMG_0001.jpg　已保存")

    page.get_by_role("button", name="办结").click()
    dialog = page.get_by_role("dialog", name="办结活动")
    expect(dialog).to_contain_text("将按未到场记录：李青苗")
    dialog.get_by_role("button", name="办结").click()
    expect(page.get_by_text("1 人次的联络已写入联络台账")).to_be_visible()

    page.goto(f"/deputies/{wang.pk}/")
    expect(page.get_by_role("link", name="检察开放日 走进未检")).to_be_visible()
    expect(page.get_by_text("共 1 条记录")).to_be_visible()  # the activity and the contact that it wrote: one line
    assert Contact.objects.get().deputies.get() == wang


def test_a_hostile_file_is_refused_on_the_page_and_the_good_one_beside_it_is_kept(
    page: Page, enter: Any, office: User, complaints: list[str]
) -> None:
    activity = planned(by=office)
    enter(office)
    page.goto(f"/activities/{activity.pk}/")
    photos(page, file("假.jpg", b"<svg onload=alert(1)>"), file("真.jpg", data()), file("断.jpg", data()[:800]))
    results = page.locator(".upload-results li")
    expect(results).to_have_count(3)
    expect(results.nth(0)).to_contain_text("这是SVG 矢量图，不是照片。请用手机重新拍照")
    expect(results.nth(1)).to_contain_text("已保存")
    expect(results.nth(2)).to_contain_text("已损坏或不完整")
    expect(page.locator(".photo-grid img")).to_have_count(1)
    assert len(complaints) == 2  # Chromium logs each 422
    complaints.clear()


def test_a_large_photo_goes_up_small_and_upright(page: Page, enter: Any, office: User) -> None:
    activity = planned(by=office)
    enter(office)
    page.goto(f"/activities/{activity.pk}/")
    large = data(picture((3000, 2000)), exif=gps_exif(orientation=6), quality=100)
    with page.expect_request(lambda request: request.method == "POST") as sent:
        photos(page, file("IMG_0001.jpg", large))
    expect(page.locator(".photo-grid img")).to_have_count(1)
    assert int(sent.value.all_headers()["content-length"]) < len(large) / 2
    photo = activity.photos.get()
    assert (photo.width, photo.height) == (1067, 1600)
    with Image.open(settings.MEDIA_ROOT / photo.print_file) as kept:
        top, bottom = kept.getpixel((500, 100)), kept.getpixel((500, 1500))
    assert top[0] > 150 > top[2]  # red was on the left before the camera was turned
    assert bottom[2] > 150 > bottom[0]


def test_a_photo_that_this_browser_cannot_read_goes_up_as_it_is(page: Page, enter: Any, office: User) -> None:
    activity = planned(by=office)
    enter(office)
    page.goto(f"/activities/{activity.pk}/")
    photos(page, file("IMG_0002.heic", data(picture((2000, 1200)), "HEIF")))
    expect(page.locator(".photo-grid img")).to_have_count(1)
    assert activity.photos.get().width == 1600


def test_a_removed_photo_comes_back_by_undo(page: Page, enter: Any, office: User) -> None:
    activity = planned(by=office)
    enter(office)
    page.goto(f"/activities/{activity.pk}/")
    photos(page, file("IMG.jpg", data()))
    page.get_by_role("button", name="移除这张照片").click()
    expect(page.locator(".photo-grid img")).to_have_count(0)
    page.get_by_role("button", name="撤销").click()
    expect(page.locator(".photo-grid img")).to_have_count(1)
    assert Photo.objects.standing().count() == 1


def test_the_caption_dialog_saves_and_closes(page: Page, enter: Any, office: User, wang: Any) -> None:
    activity = planned(by=office, deputies=[wang])
    enter(office)
    page.goto(f"/activities/{activity.pk}/")
    photos(page, file("IMG.jpg", data()))
    page.get_by_role("button", name="说明").click()
    dialog = page.get_by_role("dialog", name="照片说明")
    dialog.get_by_label("说明").fill("参观办案中心")
    dialog.get_by_label("王知禾").check()
    dialog.get_by_role("button", name="保存").click()
    expect(dialog).to_have_count(0)
    expect(page.locator("#photos figcaption")).to_contain_text("参观办案中心")
    assert Photo.objects.get().deputies.get() == wang


def test_ticking_at_the_door_with_the_net_lost_shows_not_ticked(
    page: Page, enter: Any, office: User, wang: Any, complaints: list[str]
) -> None:
    activity = planned(by=office, deputies=[wang])
    enter(office)
    page.set_viewport_size(PHONE)
    page.goto(f"/activities/{activity.pk}/")
    page.route("**/came/", lambda route: route.abort())
    page.get_by_role("checkbox", name="王知禾到场").click()
    expect(page.get_by_text("网络不通")).to_be_visible()
    expect(page.get_by_role("checkbox", name="王知禾到场")).not_to_be_checked()
    page.unroute("**/came/")
    page.get_by_role("checkbox", name="王知禾到场").click()
    expect(page.get_by_role("checkbox", name="王知禾到场")).to_be_checked()
    complaints.clear()


def test_quick_taps_are_all_kept(page: Page, enter: Any, office: User) -> None:
    activity = planned(by=office, deputies=[register_deputy(by=office, name=f"代表{n}") for n in "甲乙丙丁"])
    enter(office)
    page.goto(f"/activities/{activity.pk}/")
    page.evaluate("document.querySelectorAll('.tick').forEach((button) => button.click())")
    expect(page.locator(".tick[aria-checked=true]")).to_have_count(4)
    expect(page.locator("#tally")).to_contain_text("到场 4人次")
    assert activity.attendances.came().count() == 4


def test_closing_with_nobody_ticked_is_told_where_one_is(
    page: Page, enter: Any, office: User, complaints: list[str]
) -> None:
    activity = planned(by=office, deputies=1)
    enter(office)
    page.goto(f"/activities/{activity.pk}/")
    page.get_by_role("button", name="办结").click()
    expect(page.locator("#toasts")).to_contain_text("请先勾选到场人员")
    complaints.clear()


@pytest.mark.parametrize("path", ["/activities/", "/activities/new/", "/activities/{pk}/", "/activities/{pk}/edit/"])
def test_every_page_is_accessible_and_never_scrolls_sideways(
    page: Page, enter: Any, office: User, wang: Any, accessible: Any, path: str
) -> None:
    activity = planned(by=office, deputies=[wang], title="很长的活动名称" * 8, place="很长的地点名称" * 5)
    actions.add_photo(activity=activity, upload=upload(data()), by=office, caption="说明")
    planned(by=office, held_on=timezone.localdate() + timedelta(days=9))
    enter(office)
    page.goto(path.format(pk=activity.pk))
    accessible(page)
    page.set_viewport_size(PHONE)
    accessible(page)
    assert page.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    assert Activity.objects.count() == 2
