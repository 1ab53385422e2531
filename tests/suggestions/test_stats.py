"""Counting: 件 and 条 apart, and each figure equal to the list and the export behind it."""

from datetime import date
from io import BytesIO

import pytest
from django.test import Client
from django.urls import reverse
from openpyxl import load_workbook

from deputies.models import Body, Deputy
from staff.models import Department, User
from suggestions import actions, stats
from suggestions.models import How, Kind, ResultClass, Suggestion, Verdict
from suggestions.sheets import HEADINGS
from tests.factories import DeputyFactory
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
TODAY = date(2026, 11, 23)


@pytest.fixture
def year(office: User, department: Department) -> None:
    """One item for each figure, some for several."""
    make.closed(office, department)  # on time, satisfied
    unhappy = make.replied(office, department, title="不满意的一件")
    make.verdict(unhappy.replies.get(), office, result=Verdict.UNSATISFIED, reason="没有解决")  # overdue again
    late = make.handling(office, department, title="逾期的一件")
    make.answer(late, office, replied_on=date(2026, 6, 9), result_class=ResultClass.objects.get(code="B"))
    make.handling(office, department, kind=Kind.EVERYDAY, title="一条日常意见")  # overdue
    make.registered(office, kind=Kind.PROPOSAL, body=Body.CPPCC, title="一件提案")
    soon = {"received_on": date(2026, 8, 20), "title": "快到期的一件"}
    actions.assign(
        suggestion=make.registered(office, **soon), department=department, assigned_on=date(2026, 8, 28), by=office
    )
    make.handling(office, department, received_on=date(2025, 3, 3), title="去年的一件")  # overdue


def figures(house: stats.HouseYear) -> dict[str, stats.Figure]:
    named = {name: value for name, value in vars(house).items() if isinstance(value, stats.Figure)}
    return named | dict(house.by_kind)


def test_the_year_of_the_house(year: None) -> None:
    house = stats.house_year(2026)
    numbers = {name: figure.number for name, figure in figures(house).items()}
    assert numbers == {
        "received": 6,
        "代表建议": 4,
        "政协提案": 1,
        "审议意见": 0,
        "日常意见": 1,
        "on_time": 2,
        "late": 1,
        "returned": 2,
        "satisfied": 1,
        "unsatisfied": 1,
        "promises": 1,
        "unsatisfied_open": 1,
    }


def test_units_are_never_mixed_without_saying_so(year: None) -> None:
    house = stats.house_year(2026)
    assert house.received.unit == "项"
    assert house.on_time.unit == "件"
    assert dict(house.by_kind)["日常意见"].unit == "条"
    assert dict(house.by_kind)["审议意见"].unit == "条"  # also when there is none


def test_each_figure_opens_exactly_its_rows(year: None, chief: User, client: Client) -> None:
    client.force_login(chief)
    for name, figure in figures(stats.house_year(2026)).items():
        page = client.get(f"{reverse('suggestions:list')}?{figure.query}").content.decode()
        assert f'data-count="{figure.number}"' in page, name
        sheet = load_workbook(BytesIO(client.get(f"{reverse('suggestions:export')}?{figure.query}").content)).active
        assert sheet.max_row - 2 == figure.number, name


def test_a_wrong_query_would_be_noticed(year: None, chief: User, client: Client) -> None:
    """Negative control of the test above: another figure's rows are another number."""
    client.force_login(chief)
    page = client.get(f"{reverse('suggestions:list')}?due=7").content.decode()
    assert f'data-count="{Suggestion.objects.overdue(TODAY).count()}"' not in page


def test_a_broken_filter_is_a_broken_link(year: None, chief: User, client: Client) -> None:
    client.force_login(chief)
    assert client.get(reverse("suggestions:list"), {"due": "tomorrow"}).status_code == 400


def test_the_export_has_the_headings_of_the_trade_and_no_formula(
    office: User, department: Department, client: Client
) -> None:
    suggestion = make.closed(office, department)
    actions_title = "=HYPERLINK(1)"
    type(suggestion).objects.filter(pk=suggestion.pk).update(title=actions_title)
    client.force_login(office)
    sheet = load_workbook(BytesIO(client.get(reverse("suggestions:export")).content)).active
    assert "共1件" in sheet.cell(1, 1).value
    assert [cell.value for cell in sheet[2]] == HEADINGS
    row = dict(zip(HEADINGS, [cell.value for cell in sheet[3]], strict=True))
    assert row["标题（案由）"] == actions_title
    assert sheet.cell(3, HEADINGS.index("标题（案由）") + 1).data_type == "s"
    assert row["结果类别"] == "A类 已解决或采纳"
    assert "满意/满意" in row["满意度（态度/结果）"]


def test_text_finds_by_title_number_name_and_pinyin(office: User, client: Client) -> None:
    from deputies import actions as deputies

    lead = deputies.register_deputy(by=office, name="顾云舟")
    make.registered(office, lead=lead)
    make.registered(office, title="别的一件")
    client.force_login(office)
    for words in ("特高压", "顾云舟", "guyunzhou", "gyz"):
        page = client.get(reverse("suggestions:list"), {"q": words}).content.decode()
        assert 'data-count="1"' in page, words


class TestOfDeputy:
    def test_what_was_asked_done_and_said(self, office: User, department: Department) -> None:
        lead = DeputyFactory()
        suggestion = make.handling(office, department, lead=lead)
        actions.add_step(suggestion=suggestion, happened_on=date(2026, 4, 1), what="走访", by=office)
        reply = make.answer(suggestion, office, how=How.IN_PERSON)
        make.verdict(reply, office)
        (item,) = stats.of_deputy(lead, 2026).items
        assert item.ref == f"suggestion:{suggestion.pk}"
        assert (item.role, item.unit, item.steps, item.in_person) == ("领衔", "件", 1, True)
        assert item.replied_on == make.REPLIED
        assert item.result_class == "A类 已解决或采纳"
        assert item.evaluation == "对办理态度满意，对办理结果满意"

    def test_an_answer_in_the_next_year_belongs_to_the_next_year(self, office: User, department: Department) -> None:
        lead = DeputyFactory()
        old = {"received_on": date(2025, 12, 1), "lead": lead}
        suggestion = make.handling(office, department, **old)
        make.answer(suggestion, office)
        asked, answered = (self.only(lead, year) for year in (2025, 2026))
        assert (asked.replied_on, asked.summary) == (None, "")
        assert answered.replied_on == make.REPLIED
        assert stats.of_deputy(lead, 2024).items == ()

    def test_a_second_answer_brings_the_promise_back(self, office: User, department: Department) -> None:
        lead = DeputyFactory()
        suggestion = make.handling(office, department, lead=lead)
        reply = make.answer(suggestion, office, result_class=ResultClass.objects.get(code="B"))
        make.keep(reply.promises.get(), office, kept_how="已全部排查")
        assert self.only(lead, 2026).kept_how == "已全部排查"

    def test_what_was_withdrawn_and_what_others_asked_is_left_out(self, office: User) -> None:
        lead = DeputyFactory()
        actions.withdraw(suggestion=make.registered(office, lead=lead), by=office, reason="提出人书面撤回")
        make.registered(office)
        assert stats.of_deputy(lead, 2026).items == ()

    def only(self, deputy: Deputy, year: int) -> stats.SuggestionItem:
        (item,) = stats.of_deputy(deputy, year).items
        return item
