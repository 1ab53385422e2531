"""办理情况 of one year: every number is a link to exactly its rows, on the page and in the draft of the report."""

import re
from datetime import date
from io import BytesIO

import docx
import pytest
from django.test import Client
from django.urls import reverse

from staff.models import AuditEvent, Department, User
from suggestions import actions
from suggestions.models import How, Kind, OurRole, ResultClass, Suggestion, Verdict
from suggestions.year_report import build
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)
PAGE = "/suggestions/year-report/"


@pytest.fixture
def year(office: User, department: Department) -> None:
    """Of 2026: three 建议 (on time and in person, late with a promise, waiting), one late 日常意见 with a dissatisfied
    proposer, one 会办, one given back; and one 建议 of 2025."""
    first = make.handling(office, department, title="按期的一件")
    make.answer(first, office, how=How.IN_PERSON)
    make.verdict(first.replies.get(), office)
    late = make.handling(office, department, title="逾期的一件")
    promising = {"result_class": ResultClass.objects.get(code="B"), "promises": [make.promised(office)]}
    make.answer(late, office, replied_on=date(2026, 8, 1), **promising)
    make.handling(office, department, title="待答复的一件")
    voice = make.handling(office, department, kind=Kind.EVERYDAY, title="一条意见")
    make.verdict(make.answer(voice, office), office, attitude=Verdict.UNSATISFIED, reason="没有上门")
    joint = make.registered(office, title="会办的一件")
    facts = {"department": department, "assigned_on": make.ASSIGNED, "our_role": OurRole.JOINT, "by": office}
    actions.assign(suggestion=joint, lead_unit="区发改委", **facts)
    back = make.registered(office, title="退办的一件")
    actions.give_back(suggestion=back, reason="属区住建局职责", by=office, today=make.SENT)
    make.registered(office, title="去年的一件", received_on=date(2025, 3, 1))


def figures() -> dict[str, tuple[int, ...]]:
    """label → 建议, 提案, 审议意见, 日常意见."""
    report = build(2026, Suggestion.objects.all(), TODAY)
    rows = [report.handled, *(row for section in report.sections for row in section.rows)]
    return {row.label: tuple(cell.number for cell in row.cells) for row in rows}


def test_each_kind_is_counted_apart(year: None) -> None:
    found = figures()
    assert found["由本院办理"] == (4, 0, 0, 1)
    assert found["会办"] == (1, 0, 0, 0)
    assert (found["按期答复"], found["逾期答复"]) == ((1, 0, 0, 0), (1, 0, 0, 1))
    assert found["尚未答复"] == (2, 0, 0, 0)
    assert found["当面答复"] == (1, 0, 0, 0)
    assert (found["A类 已解决或采纳"], found["B类 正在解决或列入计划"]) == ((1, 0, 0, 1), (1, 0, 0, 0))
    assert (found["已反馈评价"], found["满意或基本满意"], found["不满意"]) == (
        (1, 0, 0, 1),
        (1, 0, 0, 0),
        (0, 0, 0, 1),
    )
    assert (found["列入承诺"], found["尚有待落实"], found["已有二次答复"]) == (
        (1, 0, 0, 0),
        (1, 0, 0, 0),
        (0, 0, 0, 0),
    )


def test_the_parts_make_the_whole(year: None) -> None:
    found = figures()
    for place in range(4):
        whole = found["由本院办理"][place]
        assert sum(found[role.label][place] for role in OurRole) == whole
        assert sum(found[label][place] for label in ("按期答复", "逾期答复", "尚未答复")) == whole
        classes = [numbers for label, numbers in found.items() if re.match("[A-D]类", label)]
        assert sum(numbers[place] for numbers in classes) == found["已答复"][place]
        assert found["列入承诺"][place] <= found["尚有待落实"][place] + found["已有二次答复"][place]


def links_of(client: Client, query: str = "") -> list[tuple[str, int]]:
    page = client.get(PAGE + query).content.decode()
    found = re.findall(r'href="([^"]+)" data-number="(\d+)"', page)
    return [(url.replace("&amp;", "&"), int(number)) for url, number in found]


def test_every_number_leads_to_exactly_its_rows(login, office: User, year: None) -> None:
    client = login(office)
    links = links_of(client)
    assert len(links) > 80
    for url, number in links:
        if number or "kind=suggestion" in url:
            page = client.get(url).content.decode()
            assert f'data-count="{number}"' in page, url


def test_a_handler_sees_the_own_department_only_and_is_told_so(
    login, office: User, other_handler: User, other_department: Department, year: None
) -> None:
    make.handling(office, other_department, title="别的部门的一件")
    client = login(other_handler)
    assert links_of(client)[0][1] == 1
    assert "只统计您所在部门承办的" in client.get(PAGE).content.decode()


def test_no_percentage_under_five_and_with_five_it_says_its_basis(
    login, office: User, department: Department, year: None
) -> None:
    client = login(office)
    assert "%</b>" not in client.get(PAGE).content.decode()
    for number in range(3):
        make.answer(make.handling(office, department, title=f"又一件{number}"), office)
    page = client.get(PAGE).content.decode()
    assert '<b>80%</b> <span class="muted">4/5</span>' in page
    assert "以已答复的为基数" in page


def test_promises_kept_move_on(office: User, year: None) -> None:
    reply = Suggestion.objects.get(title="逾期的一件").replies.get()
    make.keep(reply.promises.get(), office, kept_on=date(2026, 10, 1))
    found = figures()
    assert (found["尚有待落实"][0], found["已有二次答复"][0]) == (0, 1)


def test_the_scope_of_publication_is_that_of_the_answer_that_went_out(office: User, department: Department) -> None:
    suggestion = make.handling(office, department)
    make.draft(suggestion, office, scope="summary", scope_reason="涉及企业商业秘密")
    assert figures()["摘要公开"] == (0, 0, 0, 0)


def test_another_year_and_an_empty_one(login, office: User, year: None) -> None:
    client = login(office)
    assert links_of(client, "?year=2025")[0][1] == 1
    for broken in ("1999", "x", "9" * 30):
        assert client.get(f"{PAGE}?year={broken}").status_code == 400


def test_a_house_without_any_is_told_so(login, office: User) -> None:
    page = login(office).get(PAGE).content.decode()
    assert "这一年没有办理建议提案" in page
    assert "year-report/document" not in page


def test_the_draft_says_the_same_figures_and_the_download_leaves_a_trace(login, office: User, year: None) -> None:
    answer = login(office).get(reverse("suggestions:year-report-document"), {"year": "2026"})
    opened = docx.Document(BytesIO(answer.content))
    text = "\n".join(line.text.replace("\n", "") for line in opened.paragraphs)
    assert "知禾区人民检察院2026年代表建议和政协提案办理情况报告" in text
    assert "2026年，我院共办理代表建议4件、日常意见1条。" in text
    assert "答复：代表建议已答复2件、按期答复1件、逾期答复1件、尚未答复2件、当面答复1件；日常意见已答复1条" in text
    assert "%" not in text
    (table,) = opened.tables
    rows = {row.cells[0].text: [cell.text for cell in row.cells[1:]] for row in table.rows}
    assert rows["由本院办理"] == ["4", "0", "0", "1"]
    assert rows["满意率"] == ["—"] * 4
    event = AuditEvent.objects.get(action="year_report.exported")
    assert event.changes["query"] == ["", "year=2026"]


def test_it_asks_the_database_as_often_for_many_as_for_few(
    login, office: User, department: Department, year: None, django_assert_max_num_queries
) -> None:
    client = login(office)
    with django_assert_max_num_queries(50):
        client.get(PAGE)
