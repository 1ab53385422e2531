"""The ledger in the office's own headings; taken in again it changes nothing."""

from datetime import date
from io import BytesIO

import openpyxl
import pytest
from django.urls import reverse

from staff.models import Department, User
from suggestions import actions
from suggestions.models import OurRole, ResultClass, Suggestion
from tests.factories import DeputyFactory, MandateFactory, TermFactory
from tests.intake.books import take
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db


@pytest.fixture
def rich(office: User, department: Department, leader: User) -> Suggestion:
    """Led by us with a co-handler, extended, drafted and signed here, with a promise."""
    term = TermFactory()
    lead = DeputyFactory(name="张三", unit="知禾电缆有限公司")
    MandateFactory(deputy=lead, term=term)
    facts = {"term": term, "session": "五次会议", "number": "12", "assigned_by": "区人大常委会代表工作委员会"}
    suggestion = make.registered(office, lead=lead, publication_wish="full", **facts)
    suggestion = actions.assign(
        suggestion=suggestion, department=department, assigned_on=make.ASSIGNED, our_role=OurRole.LEAD, by=office
    )
    asked = actions.ask_co_handler(suggestion=suggestion, unit="区应急局", asked_on=make.ASSIGNED, by=office)
    actions.receive_opinion(co_handler=asked, opinion="同意。", received_on=make.SENT, by=office)
    wish = {"until": date(2026, 7, 1), "reason": "需会商", "consent": "电话同意", "today": make.ASSIGNED}
    extension = actions.ask_extension(suggestion=suggestion, by=office, **wish)
    actions.grant_extension(extension=extension, today=make.ASSIGNED, by=leader)
    suggestion.refresh_from_db()
    facts = {"result_class": ResultClass.objects.get(code="B"), "promises": [make.promised(office)]}
    make.draft(suggestion, office, scope="summary", scope_reason="涉企", **facts)
    suggestion = actions.submit(suggestion=suggestion, by=office, today=make.SENT, unheard="已电话沟通")
    while suggestion.state != "signed":
        suggestion = make.agreed(suggestion)
    actions.deliver(suggestion=suggestion, by=office, replied_on=make.REPLIED, number="知检函〔2026〕3号")
    suggestion.refresh_from_db()
    return suggestion


def exported(client) -> bytes:
    return client.get(reverse("suggestions:export")).content


def test_a_row_tells_the_whole_handling(login, office: User, rich: Suggestion) -> None:
    _, headings, row = (
        openpyxl.load_workbook(BytesIO(exported(login(office)))).worksheets[0].iter_rows(values_only=True)
    )
    told = dict(zip(headings, row, strict=True))
    expected = {
        "办理性质": "主办",
        "会办单位": "区应急局",
        "交办机关": "区人大常委会代表工作委员会",
        "承办人": office.name,
        "答复文号": "知检函〔2026〕3号",
        "结果类别": "B类 正在解决或列入计划",
        "公开意愿": "同意全文公开",
        "备注": "经批准延期：2026-06-02延至2026-07-01",
    }
    assert {heading: told[heading] for heading in expected} == expected


def test_taken_in_again_it_changes_nothing(login, office: User, rich: Suggestion) -> None:
    counts = take(exported(login(office)), office, name="台账.xlsx").counts
    assert (counts["new"], counts["updated"], counts["errors"], counts["same"]) == (0, 0, 0, 1)
    version = rich.version
    rich.refresh_from_db()
    assert rich.version == version


def test_the_export_asks_the_database_as_often_for_many_as_for_few(
    login, office: User, department: Department, django_assert_max_num_queries
) -> None:
    for number in range(8):
        make.replied(office, department, title=f"第{number}件")
    client = login(office)
    with django_assert_max_num_queries(32):
        exported(client)
