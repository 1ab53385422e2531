"""The guided page, from the file to the result, as the office goes through it."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import openpyxl
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from common.jobs import janitor, local
from common.jobs.models import Job
from deputies import actions as deputies
from deputies.models import Deputy
from intake import tasks
from intake.models import Alias, HeadingSynonym, ImportRow, ImportRun
from staff.models import AuditEvent, User
from tests.factories import DeputyFactory, TermFactory
from tests.intake.books import ROSTER, book, file_of

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data"
PERSON = [1, "张三", "男", "知禾电缆有限公司", "工程师", "13800000001", "区"]


@pytest.fixture
def desk(login: Callable[[User], Client], office: User) -> Client:
    return login(office)


def work() -> None:
    while local.work_once():
        pass


def sent(desk: Client, source: Any, name: str = "区人大.xlsx", **data: Any) -> Any:
    """Upload a file; answer of the server."""
    data_ = source if isinstance(source, bytes) else file_of(source).getvalue()
    return desk.post("/import/", {"file": SimpleUploadedFile(name, data_), **data})


def previewed(desk: Client, source: Any, name: str = "区人大.xlsx") -> ImportRun:
    answer = sent(desk, source, name)
    assert answer.status_code == 302, answer.content.decode()
    work()
    return ImportRun.objects.latest("pk")


def confirmed(desk: Client, run: ImportRun) -> ImportRun:
    assert desk.post(f"/import/{run.pk}/confirm/").status_code == 302
    work()
    run.refresh_from_db()
    return run


def shown(desk: Client, run: ImportRun, query: str = "") -> str:
    answer = desk.get(f"/import/{run.pk}/{query}")
    assert answer.status_code == 200
    return answer.content.decode()


def roster(*people: list[Any]) -> Any:
    return book({"知禾区第五届人大代表": [ROSTER, *people]})


def test_a_file_is_looked_at_first_and_written_only_after_the_confirmation(desk: Client) -> None:
    run = previewed(desk, roster(PERSON))
    assert (run.state, Deputy.objects.count()) == ("ready", 0)
    assert "确认导入 新增 1 行" in shown(desk, run)
    assert confirmed(desk, run).state == "done"
    deputy = Deputy.objects.get()
    assert f'href="/deputies/{deputy.pk}/"' in shown(desk, run)


def test_while_the_file_is_read_the_page_says_so_and_asks_again(desk: Client) -> None:
    sent(desk, roster(PERSON))
    run = ImportRun.objects.get()
    assert 'hx-trigger="every 1s"' in shown(desk, run)
    work()
    assert 'hx-trigger="every 1s"' not in shown(desk, run)


def test_the_figures_add_up_and_the_rows_are_filtered_by_outcome(desk: Client) -> None:
    run = previewed(desk, (DATA / "代表名册.xlsx").read_bytes(), "代表名册.xlsx")
    counts = run.counts
    assert counts["rows_with_text"] == counts["imported"] + counts["errors"] + counts["ignored"] == run.rows.count()
    errors = shown(desk, run, "?show=error")
    assert "请填写姓名，或删去这一行" in errors
    assert "秦晓禾" not in errors
    assert "秦晓禾" in shown(desk, run, "?show=new")
    assert desk.get(f"/import/{run.pk}/?show=nonsense").status_code == 400


def test_changes_are_shown_field_by_field(desk: Client) -> None:
    DeputyFactory(name="张三", phone="13800000001", unit="知禾电缆有限公司", post="工程师")
    run = previewed(desk, roster([*PERSON[:4], "厂长", *PERSON[5:]]))
    assert "<b>职务</b> <del>工程师</del> → <ins>厂长</ins>" in shown(desk, run, "?show=updated")


def test_the_same_file_again_changes_nothing_and_is_told_so(desk: Client) -> None:
    confirmed(desk, previewed(desk, roster(PERSON)))
    again = previewed(desk, roster(PERSON))
    assert "导入不会改变任何内容" in shown(desk, again)
    assert desk.post(f"/import/{again.pk}/confirm/").status_code == 409


def test_what_was_written_is_what_was_looked_at_or_nothing(desk: Client, office: User) -> None:
    run = previewed(desk, roster(PERSON))
    deputies.register_deputy(by=office, name="张三", phone="13800000001", unit="知禾电缆有限公司")
    run = confirmed(desk, run)
    assert run.state == "ready"
    assert "预览之后" in shown(desk, run)
    assert run.counts["updated"] == 1
    assert Deputy.objects.get().post == ""


def test_a_run_is_undone_as_a_whole(desk: Client) -> None:
    run = confirmed(desk, previewed(desk, roster(PERSON)))
    assert desk.post(f"/import/{run.pk}/undo/").status_code == 302
    work()
    run.refresh_from_db()
    assert (run.state, Deputy.objects.count()) == ("undone", 0)
    assert desk.post(f"/import/{run.pk}/undo/").status_code == 409


def test_an_undoing_that_is_refused_says_why_and_undoes_nothing(desk: Client, office: User) -> None:
    run = confirmed(desk, previewed(desk, roster(PERSON)))
    deputy = Deputy.objects.get()
    deputies.edit_deputy(deputy=deputy, expected=deputy.version, by=office, post="总裁")
    desk.post(f"/import/{run.pk}/undo/")
    work()
    assert "在导入之后被修改过" in shown(desk, run)
    assert Deputy.objects.get().post == "总裁"


def test_who_is_meant_is_said_on_the_page(desk: Client) -> None:
    known = DeputyFactory(name="张三", phone="13800000001", unit="知禾中学")
    run = previewed(desk, roster(PERSON))
    row = run.rows.get(code="other_unit")
    assert "请认定" in shown(desk, run)
    desk.post(f"/import/{run.pk}/decide/", {f"who-{row.pk}-0": str(known.pk)})
    work()
    run.refresh_from_db()
    assert run.counts["updated"] == 1
    desk.post(f"/import/{run.pk}/decide/", {"forget": "1"})
    work()
    assert run.rows.get(code="other_unit")
    desk.post(f"/import/{run.pk}/decide/", {f"who-{run.rows.get(code='other_unit').pk}-0": "new"})
    work()
    run.refresh_from_db()
    assert run.counts["new"] == 1


def test_a_choice_that_was_not_offered_is_refused(desk: Client) -> None:
    DeputyFactory(name="张三", phone="13800000001", unit="知禾中学")
    stranger = DeputyFactory(name="李四")
    run = previewed(desk, roster(PERSON))
    row = run.rows.get(code="other_unit")
    assert desk.post(f"/import/{run.pk}/decide/", {f"who-{row.pk}-0": str(stranger.pk)}).status_code == 400


def test_a_heading_is_mapped_once_and_remembered(desk: Client) -> None:
    rows = [["姓名", "掌上号码", "工作单位"], ["张三", "13800000001", "厂"]]
    run = previewed(desk, book({"知禾区第五届人大代表": rows}))
    assert "掌上号码" in shown(desk, run)
    desk.post(f"/import/{run.pk}/decide/", {"heading-0-B": "roster:联系电话"})
    work()
    confirmed(desk, ImportRun.objects.get())
    assert Deputy.objects.get().phone == "13800000001"
    assert HeadingSynonym.objects.get().field == "phone"
    again = previewed(desk, book({"知禾区第五届人大代表": rows}))
    assert again.sheets[0]["columns"][1]["state"] == "imported"


def test_a_sheet_without_any_known_heading_is_mapped_by_hand(desk: Client) -> None:
    rows = [["代表登记"], ["何人", "何处高就", "掌上号码"], ["张三", "厂", "13800000001"]]
    run = previewed(desk, book({"知禾区第五届人大代表": rows}))
    assert run.counts["imported"] == 0
    answers = {"heading-0-A": "roster:姓名", "heading-0-B": "roster:工作单位", "heading-0-C": "roster:联系电话"}
    desk.post(f"/import/{run.pk}/decide/", answers)
    work()
    run.refresh_from_db()
    assert run.counts["new"] == 1


def test_only_the_headings_that_nobody_knows_are_asked_about(desk: Client) -> None:
    rows = [["日期", "见了谁", "联络方式", "联络内容"], ["2026-03-05", "张三", "走访", "走访企业"]]
    run = previewed(desk, book({"2026年": rows}))
    page = shown(desk, run)
    assert "像是联络台账，但没有认出“联络对象”列" in page
    assert "heading-0-B" in page
    assert "heading-0-A" not in page
    desk.post(f"/import/{run.pk}/decide/", {"heading-0-B": "contacts:联络对象"})
    work()
    run.refresh_from_db()
    assert run.sheets[0]["kind"] == "contacts"


def test_hidden_rows_are_taken_when_staff_say_so(desk: Client) -> None:
    source = roster(PERSON)
    source.worksheets[0].row_dimensions[2].hidden = True
    run = previewed(desk, source)
    assert "有 1 行在表里是隐藏的" in shown(desk, run)
    desk.post(f"/import/{run.pk}/decide/", {"hidden_rows": "1"})
    work()
    run.refresh_from_db()
    assert (run.counts["new"], run.hidden_rows) == (1, True)


def test_error_rows_come_back_with_their_reasons_and_can_be_imported_when_mended(desk: Client) -> None:
    run = previewed(desk, (DATA / "代表名册.xlsx").read_bytes(), "代表名册.xlsx")
    answer = desk.get(f"/import/{run.pk}/errors/")
    assert AuditEvent.objects.filter(action="import.exported").exists()
    returned = openpyxl.load_workbook(BytesIO(answer.content))
    sheet = returned.worksheets[0]
    assert sheet.title == "区人大"
    line = next(row for row in sheet.iter_rows() if row[1].value == "待增补")
    assert "不是姓名" in line[-1].value
    line[1].value, line[4].value = "吴大同", "云溪小学"
    mended = previewed(desk, returned, "待改正.xlsx")
    assert (mended.counts["new"], mended.counts["errors"]) == (1, 0)
    confirmed(desk, mended)
    assert Deputy.objects.get().mandates.get().group == "云溪街道代表团"


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "空的"),
        (b"%PDF-1.7", "PDF"),
        (b"PK\x03\x04 broken", "已损坏"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "损坏"),
    ],
)
def test_a_file_that_is_no_workbook_is_refused_at_once_with_a_sentence(desk: Client, data: bytes, words: str) -> None:
    answer = sent(desk, data)
    assert answer.status_code == 422
    assert words in answer.content.decode()
    assert ImportRun.objects.count() == 0


def test_a_large_file_several_files_and_no_file_are_refused_with_a_sentence(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert "请选择要导入的文件" in desk.post("/import/", {}).content.decode()
    two = [SimpleUploadedFile(name, b"x") for name in ("a.csv", "b.csv")]
    assert "一次导入一个文件" in desk.post("/import/", {"file": two}).content.decode()
    monkeypatch.setattr("intake.forms.MAX_BYTES", 3)
    answer = sent(desk, roster(PERSON))
    assert (answer.status_code, ImportRun.objects.count()) == (422, 0)


def test_a_file_that_breaks_further_on_is_refused_by_the_job(desk: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tasks, "MAX_ROWS", 1)
    run = previewed(desk, roster(PERSON))
    assert (run.state, run.file) == ("refused", "")
    assert "拆成几个文件" in shown(desk, run)
    assert desk.post(f"/import/{run.pk}/discard/").status_code == 302
    assert not ImportRun.objects.exists()


def test_a_preview_is_thrown_away_without_a_trace_in_the_records(desk: Client, media: Path) -> None:
    run = previewed(desk, roster(PERSON))
    desk.post(f"/import/{run.pk}/discard/")
    assert not ImportRow.objects.exists()
    assert tasks.kept() == set()


def test_the_file_is_kept_until_it_is_imported_and_no_longer(desk: Client, media: Path) -> None:
    from datetime import timedelta

    run = previewed(desk, roster(PERSON))
    janitor.clean(older_than=timedelta(seconds=-5))
    assert (media / run.file).is_file()
    path = media / run.file
    confirmed(desk, run)
    janitor.clean(older_than=timedelta(seconds=-5))
    assert not path.exists()


def test_a_write_that_breaks_half_way_leaves_nothing_and_can_be_tried_again(
    desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    run = previewed(desk, roster(PERSON, [2, "李四", "男", "厂", "工", "13800000002", "区"]))
    register, calls = deputies.register_deputy, []

    def break_at_the_second(**fields: Any) -> Deputy:
        calls.append(fields)
        if len(calls) % 2 == 0:
            raise RuntimeError
        return register(**fields)

    monkeypatch.setattr(deputies, "register_deputy", break_at_the_second)
    desk.post(f"/import/{run.pk}/confirm/")
    for _ in range(3):
        Job.objects.update(due_at="2020-01-01T00:00Z")
        work()
    run.refresh_from_db()
    assert (run.state, Deputy.objects.count()) == ("ready", 0)
    assert "处理时出错" in run.reason
    monkeypatch.setattr(deputies, "register_deputy", register)
    assert confirmed(desk, run).state == "done"


def test_two_clicks_on_confirm_are_one_import(desk: Client) -> None:
    run = previewed(desk, roster(PERSON))
    desk.post(f"/import/{run.pk}/confirm/")
    assert desk.post(f"/import/{run.pk}/confirm/").status_code == 409
    work()
    assert Deputy.objects.count() == 1


def test_the_office_keeps_its_own_words(desk: Client) -> None:
    TermFactory()
    assert desk.get("/import/words/").status_code == 200
    desk.post("/import/words/headings/new/", {"heading-heading": "掌上号码", "heading-means": "roster:联系电话"})
    desk.post("/import/words/aliases/new/", {"alias-word": "本地代表", "alias-means": "seat:district-congress"})
    told = desk.get("/import/words/").content.decode()
    assert "掌上号码" in told
    assert "区人大代表" in told
    rows = [["姓名", "掌上号码", "身份"], ["张三", "13800000001", "本地代表"]]
    confirmed(desk, previewed(desk, book({"名册": rows}), "名册.xlsx"))
    assert Deputy.objects.get().mandates.get().term.seat_name == "区人大代表"
    desk.post(f"/import/words/headings/{HeadingSynonym.objects.get().pk}/forget/")
    desk.post(f"/import/words/aliases/{Alias.objects.get().pk}/forget/")
    assert not HeadingSynonym.objects.exists()
    assert not Alias.objects.exists()


def test_an_unknown_word_of_the_house_leads_to_its_registration(desk: Client) -> None:
    TermFactory()
    rows = [["姓名", "身份"], ["张三", "本地贤达"]]
    run = previewed(desk, book({"名册": rows}), "名册.xlsx")
    assert "有 1 行的部门、联络方式、活动类型或层级不认识" in shown(desk, run)
    desk.post("/import/words/aliases/new/", {"alias-word": "本地贤达", "alias-means": "seat:district-congress"})
    desk.post(f"/import/{run.pk}/decide/")
    work()
    run.refresh_from_db()
    assert run.counts["new"] == 1


def test_a_word_without_a_meaning_is_refused_and_kept_in_the_form(desk: Client) -> None:
    answer = desk.post("/import/words/aliases/new/", {"alias-word": "本地代表"})
    assert answer.status_code == 422
    assert "本地代表" in answer.content.decode()
    answer = desk.post("/import/words/headings/new/", {"heading-heading": "：：", "heading-means": "roster:姓名"})
    assert answer.status_code == 409


def test_old_previews_are_cleared_away(desk: Client) -> None:
    from datetime import timedelta

    from django.utils import timezone

    run = previewed(desk, roster(PERSON))
    ImportRun.objects.filter(pk=run.pk).update(at=timezone.now() - timedelta(days=8))
    sent(desk, roster(PERSON))
    assert not ImportRun.objects.filter(pk=run.pk).exists()


def test_the_list_names_earlier_runs(desk: Client) -> None:
    confirmed(desk, previewed(desk, roster(PERSON), "老名册.xlsx"))
    previewed(desk, roster(PERSON), "新名册.xlsx")
    listed = desk.get("/import/").content.decode()
    assert listed.index("新名册.xlsx") < listed.index("以前的导入") < listed.index("老名册.xlsx")


def test_when_no_worker_answers_the_page_says_what_to_do(desk: Client) -> None:
    sent(desk, roster(PERSON))
    assert "可以离开本页" in shown(desk, ImportRun.objects.get())
    Job.objects.update(due_at="2020-01-01T00:00Z")
    assert "请告知系统管理员启动后台服务" in shown(desk, ImportRun.objects.get())
