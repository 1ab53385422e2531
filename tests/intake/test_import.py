"""A whole import: what an office sees who throws its spreadsheets away."""

import json
from io import StringIO
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from common.denied import Denied
from common.sheets import xlsx
from deputies import actions as deputies
from deputies import sheets
from deputies.models import Contact, ContactMethod, Deputy, Mandate, Opinion, Term
from intake import actions
from intake.models import HeadingSynonym, ImportRun, LedgerKind
from staff.models import AuditEvent, Department, User
from tests.factories import DepartmentFactory
from tests.intake.books import LEDGER, ROSTER, TODAY, book, file_of, take

pytestmark = pytest.mark.django_db
DATA = Path(__file__).parents[1] / "data"
FILES = ["代表名册.xlsx", "委员名册.xls", "联络台账.csv"]


@pytest.fixture
def house(office: User) -> User:
    for name in ("第一检察部（刑事检察）", "第二检察部（民事行政检察）", "案件管理办公室"):
        if not Department.objects.filter(name=name).exists():
            DepartmentFactory(name=name)
    return office


def from_file(name: str, by: User, **options: Any) -> Any:
    return take((DATA / name).read_bytes(), by, name=name, **options)


def everything() -> list[Any]:
    """What an import may touch, to compare before and after."""
    return [
        list(model.objects.order_by("pk").values_list("pk", "version"))
        for model in (Deputy, Mandate, Contact)
    ] + [Opinion.objects.count(), Term.objects.count()]  # fmt: skip


def test_a_new_office_is_set_up_from_its_workbooks(house: User) -> None:
    taken = [from_file(name, house) for name in FILES]
    assert [each.counts["new"] for each in taken] == [6, 3, 3]
    assert [sorted(set(each.codes()) & ERRORS) for each in taken] == [
        ["vacant"],
        ["hidden_row", "vacant"],
        ["and_others", "impossible_date", "unknown_department"],
    ]
    assert str(Term.objects.get(body="congress")) == "知禾区第5届人大"
    assert Deputy.objects.get(name="解晓燕").unit == "甘露镇和畅社区"
    assert Mandate.objects.get(deputy__name="查良工").group == "工商联界"
    assert Mandate.objects.get(deputy__name="查良工").committee_post == "常委"
    assert Deputy.objects.filter(name="顾青").count() == 2
    assert Opinion.objects.get().deputy.unit == "知禾电缆有限公司"
    assert "第二检察部" in taken[2].row(8).sentence


ERRORS = {"vacant", "hidden_row", "and_others", "impossible_date", "unknown_department", "several_people", "no_level"}


def test_the_same_files_again_change_nothing(house: User) -> None:
    first = [from_file(name, house) for name in FILES]
    before = everything()
    again = [from_file(name, house) for name in FILES]
    assert everything() == before
    assert [each.outcome.run for each in again] == [None] * 3
    assert [each.counts["same"] for each in again] == [each.counts["new"] for each in first]


def test_a_cell_with_several_departments_or_ways_says_so(house: User) -> None:
    take({"区人大代表第五届": [ROSTER, [1, "张三", "男", "甲公司", "", "13800000001", "区人大代表"]]}, house)
    row = [1, "2026-03-05", "张三", "区代表", "", "走访、电话", "一部、二部", "走访企业"]
    taken = take({"联络台账": [LEDGER, row]}, house)
    assert {problem.code for problem in taken.rows[-1].problems} == {"several_methods", "several_departments"}


def test_the_preview_tells_what_the_import_does_and_writes_nothing(house: User) -> None:
    before = everything()
    preview = from_file(FILES[0], house, dry_run=True)
    assert everything() == before
    assert preview.rows == from_file(FILES[0], house).rows


@pytest.mark.parametrize("name", FILES)
def test_no_row_is_dropped_silently(house: User, name: str) -> None:
    counts = from_file(name, house).counts
    assert counts["rows_with_text"] == counts["imported"] + counts["errors"] + counts["ignored"]
    assert counts["rows_with_text"] == len(from_file(name, house, dry_run=True).rows)


def test_undoing_a_run_leaves_nothing_of_it(house: User) -> None:
    before = everything()
    runs = [from_file(name, house).outcome.run for name in FILES]
    for run in reversed(runs):
        actions.undo_import(run=run, by=house)
    assert everything() == before
    with pytest.raises(Denied, match="已经撤销"):
        actions.undo_import(run=runs[0], by=house)
    assert from_file(FILES[0], house).counts["new"] == 6


def test_undoing_gives_changed_fields_their_old_values(house: User) -> None:
    from_file(FILES[0], house)
    row = [1, "顾青", "男", "知禾电缆有限公司", "总裁", "13800000001", "区"]
    run = take({"名册": [ROSTER, row]}, house).outcome.run
    assert Deputy.objects.get(phone="13800000001").post == "总裁"
    actions.undo_import(run=run, by=house)
    assert Deputy.objects.get(phone="13800000001").post == "董事长"


def test_two_rows_that_touched_one_file_are_both_undone(house: User) -> None:
    row = [1, "秦晓禾", "女", "知禾电缆有限公司", "经理", "13800000001"]
    first = take({"人大代表（区第五届）": [ROSTER, [*row, "区人大代表"]]}, house)
    row[4] = "董事长"
    again = take(
        {
            "人大代表（区第五届）": [ROSTER, [*row, "区人大代表"]],
            "政协委员（市第五届）": [[*ROSTER, "学历"], [*row[:4], "总经理", row[5], "市政协委员", "本科"]],
        },
        house,
    )
    file = Deputy.objects.get()
    assert (file.post, file.education, Mandate.objects.count()) == ("总经理", "本科", 2)
    actions.undo_import(run=again.outcome.run, by=house)
    file.refresh_from_db()
    assert (file.post, file.education, Mandate.objects.count()) == ("经理", "", 1)
    actions.undo_import(run=first.outcome.run, by=house)
    assert not Deputy.objects.exists()


def test_a_file_that_two_rows_of_one_run_made_is_undone(house: User) -> None:
    row = [1, "秦晓禾", "女", "知禾电缆有限公司", "经理", "13800000001"]
    taken = take(
        {
            "人大代表（区第五届）": [ROSTER, [*row, "区人大代表"]],
            "政协委员（市第五届）": [[*ROSTER, "学历"], [*row, "市政协委员", "本科"]],
        },
        house,
    )
    actions.undo_import(run=taken.outcome.run, by=house)
    assert not any(model.objects.exists() for model in (Deputy, Mandate, Term))


def test_a_run_that_somebody_built_on_is_not_undone(house: User) -> None:
    run = from_file(FILES[0], house).outcome.run
    deputy = Deputy.objects.get(phone="13800000001")
    deputies.log_contact(
        by=house, deputies=[deputy], happened_on=TODAY, method=ContactMethod.objects.get(code="visit"), note="座谈"
    )
    before = everything()
    with pytest.raises(Denied, match="联络"):
        actions.undo_import(run=run, by=house)
    assert everything() == before


def test_a_run_whose_records_were_changed_is_not_undone(house: User) -> None:
    run = from_file(FILES[0], house).outcome.run
    deputy = Deputy.objects.get(phone="13800000001")
    deputies.edit_deputy(deputy=deputy, expected=deputy.version, by=house, post="总裁")
    with pytest.raises(Denied, match="被修改过"):
        actions.undo_import(run=run, by=house)


def test_an_import_that_breaks_half_way_leaves_nothing(house: User, monkeypatch: pytest.MonkeyPatch) -> None:
    register, calls = deputies.register_deputy, []

    def break_at_the_third(**fields: Any) -> Deputy:
        calls.append(fields)
        if len(calls) == 3:
            raise Denied("不行。")
        return register(**fields)

    before = everything()
    monkeypatch.setattr(deputies, "register_deputy", break_at_the_third)
    with pytest.raises(Denied):
        from_file(FILES[0], house)
    assert (everything(), ImportRun.objects.count()) == (before, 0)


def test_only_the_office_imports(handler: User) -> None:
    with pytest.raises(Denied):
        from_file(FILES[0], handler)


def test_one_audit_row_tells_of_the_run_and_carries_no_phone(house: User) -> None:
    from_file(FILES[0], house)
    assert AuditEvent.objects.filter(action="import.done").count() == 1
    assert not any("1380000" in str(event.changes) for event in AuditEvent.objects.all())


def contact(**changes: Any) -> dict[str, list[list[Any]]]:
    facts = {"日期": "2026-3-5", "联络对象": "顾青", "身份": "", "单位及职务": "知禾电缆有限公司", "联络方式": "走访"}
    facts |= {"承办部门": "案管办", "联络内容": "座谈", "意见建议": "", "地点": "", **changes}
    return {"台账": [list(facts), list(facts.values())]}


def test_a_contact_is_completed_and_a_repeated_row_is_taken_once(house: User) -> None:
    from_file(FILES[0], house)
    sheets = contact()
    sheets["台账"].append(sheets["台账"][1])
    taken = take(sheets, house)
    assert [row.outcome for row in taken.rows] == ["ignored", "new", "same"]
    assert taken.row(3).code == "repeated"
    assert take(contact(地点="厂里"), house).row(2).changes == {"地点": ["", "厂里"]}
    assert Contact.objects.get().place == "厂里"
    assert Contact.objects.get().origin == "import"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"联络方式": "喝茶"}, "unknown_method"),
        ({"承办部门": "外联处处"}, "unknown_department"),
        ({"联络内容": ""}, "missing"),
        ({"联络内容": "（2026）苏0205刑初12号"}, "case_number"),
        ({"日期": "2026-12-31"}, "future"),
        ({"联络内容": "很长" * 1100}, "too_long"),
    ],
)
def test_a_contact_row_that_cannot_be_taken_says_why(house: User, changes: dict[str, Any], code: str) -> None:
    from_file(FILES[0], house)
    row = take(contact(**changes), house).row(2)
    assert (row.outcome, row.code) == ("error", code)
    assert row.sentence.endswith(("。", "反映。"))


def test_a_contact_logged_by_hand_is_not_imported_again(house: User) -> None:
    from_file(FILES[0], house)
    deputies.log_contact(
        by=house,
        deputies=[Deputy.objects.get(phone="13800000001")],
        happened_on=TODAY.replace(month=3, day=5),
        method=ContactMethod.objects.get(code="visit"),
        note="座谈",
    )
    assert take(contact(承办部门=""), house).row(2).outcome == "same"


def test_a_heading_mapped_by_hand_is_remembered(house: User) -> None:
    sheets = {"区人大代表": [["知禾区第五届人大代表"], ["姓名", "联络号码"], ["顾青", "13800000001"]]}
    actions.remember_heading(kind=LedgerKind.ROSTER, heading="联络号码", means="联系电话", by=house)
    take(sheets, house)
    assert Deputy.objects.get().phone == "13800000001"
    with pytest.raises(Denied):
        actions.remember_heading(kind=LedgerKind.ROSTER, heading="某某", means="没有的", by=house)


def test_the_command_imports_and_reports_row_by_row(house: User, tmp_path: Path) -> None:
    report, out = tmp_path / "out.json", StringIO()
    call_command("import_ledger", str(DATA / FILES[0]), "--dry-run", "--report", str(report), stdout=out)
    assert Deputy.objects.count() == 0
    told = json.loads(report.read_text())
    assert told["counts"]["rows_with_text"] == len(told["rows"])
    error = next(row for row in told["rows"] if row["outcome"] == "error")
    assert (error["sheet"], error["row"], error["code"], error["column"]) == ("区人大", 16, "vacant", "B列“姓名”")
    assert "有问题 1 行" in out.getvalue()
    call_command("import_ledger", str(DATA / FILES[0]), "--kind", "代表名册", stdout=out)
    assert Deputy.objects.count() == 6
    call_command("undo_import", str(ImportRun.objects.get().pk), stdout=out)
    assert Deputy.objects.count() == 0


def test_the_command_maps_headings_and_takes_choices(house: User, tmp_path: Path) -> None:
    path = tmp_path / "区人大代表.xlsx"
    path.write_bytes(file_of(book({"区五届人大": [["姓名", "号码", "单位"], ["顾青", 13800000001, "厂"]]})).getvalue())
    call_command("import_ledger", str(path), "--kind", "roster", "--map", "号码=联系电话", stdout=StringIO())
    assert HeadingSynonym.objects.get().field == "phone"
    path.write_bytes(file_of(book({"区五届人大": [["姓名", "号码", "单位"], ["顾青", 13800000001, "校"]]})).getvalue())
    call_command("import_ledger", str(path), "--choose", "区五届人大!2=new", stdout=StringIO())
    assert Deputy.objects.count() == 2


def test_the_command_refuses_a_file_with_a_sentence(house: User, tmp_path: Path) -> None:
    path, report = tmp_path / "a.xlsx", tmp_path / "r.json"
    path.write_bytes(b"PK\x03\x04 broken")
    with pytest.raises(CommandError, match="已损坏"):
        call_command("import_ledger", str(path), "--report", str(report))
    assert "已损坏" in json.loads(report.read_text())["refused"]
    with pytest.raises(CommandError, match="打不开"):
        call_command("import_ledger", str(tmp_path / "none.xlsx"))


def test_a_run_is_seen_by_the_office_only(house: User, handler: User) -> None:
    run = from_file(FILES[0], house).outcome.run
    assert list(ImportRun.objects.visible_to(house)) == [run]
    assert not ImportRun.objects.visible_to(handler).exists()
    assert run.at <= timezone.now()


def test_what_a_ledger_row_of_several_people_says_stays_with_the_content(house: User) -> None:
    from_file(FILES[0], house)
    rows = [[*LEDGER, "意见建议"], [1, "2026-3-5", "秦晓禾、单立新", "区代表", "", "座谈", "", "座谈", "多联系"]]
    assert take({"台账": rows}, house).row(2).outcome == "new"
    assert Contact.objects.get().note == "座谈\n意见建议：多联系"
    assert Opinion.objects.count() == 0


def test_an_export_taken_in_again_changes_nothing(house: User) -> None:
    for name in FILES:
        from_file(name, house)
    roster = Deputy.objects.with_seats().with_figures(2026, Contact.objects.all()).by_name()
    ledger = Contact.objects.with_people().newest_first()
    files = [
        xlsx("代表委员名册", sheets.DEPUTY_HEADINGS, sheets.deputy_rows(roster), note="全部，共 9 人"),
        xlsx("联络台账", sheets.CONTACT_HEADINGS, sheets.contact_rows(ledger), note="2026年，共 3 次"),
    ]
    before = everything()
    taken = [take(data, house) for data in files]
    assert everything() == before
    assert [(each.counts["same"], each.counts["errors"]) for each in taken] == [(9, 0), (3, 0)]
