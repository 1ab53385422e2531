"""公开审查: nothing is public without a reviewer, nor against the wish of the proposers without a reason."""

from collections.abc import Callable
from datetime import date
from io import BytesIO
from typing import Any

import openpyxl
import pytest
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse

from common.denied import Denied, Stale
from staff.models import AuditEvent, Department, User
from suggestions import actions
from suggestions.models import OurRole, Publication, Reply, Scope, Wish
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
DAY = date(2026, 6, 1)


@pytest.fixture
def reply(office: User, department: Department) -> Reply:
    return make.replied(office, department).replies.get()


def decide(reply: Reply, by: User, **fields: Any) -> Publication:
    facts = {"scope": Scope.FULL, "reviewer": by, "decided_on": DAY, "expected": 0, **fields}
    return actions.decide_publication(reply=reply, by=by, **facts)


def wished(reply: Reply, wish: Wish) -> Reply:
    reply.suggestion.publication_wish = wish
    reply.suggestion.save()
    return reply


@pytest.mark.parametrize(
    ("fields", "sentence"),
    [
        ({"reviewer": None}, "请选择保密审查人"),
        ({"scope": Scope.SUMMARY, "reviewer": None, "reason": "涉及企业信息"}, "请选择保密审查人"),
        ({"scope": Scope.SUMMARY}, "不全文公开的，请写明理由"),
        ({"scope": Scope.NONE}, "不全文公开的，请写明理由"),
        ({"scope": Scope.NONE, "reason": "涉密", "published_on": DAY}, "不填公开日期"),
        ({"url": "院门户网站"}, "请同时填写公开日期"),
        ({"decided_on": date(2026, 5, 1)}, "不能早于答复日期"),
        ({"decided_on": date(2027, 1, 1)}, "不能晚于今天"),
        ({"published_on": date(2026, 5, 30)}, "不能早于审定日期"),
        ({"published_on": date(2027, 1, 1)}, "不能晚于今天"),
    ],
)
def test_what_is_refused_with_a_sentence(reply: Reply, office: User, fields: dict, sentence: str) -> None:
    with pytest.raises(Denied, match=sentence):
        decide(reply, office, **fields)


def test_what_is_not_public_needs_no_reviewer(reply: Reply, office: User) -> None:
    assert decide(reply, office, scope=Scope.NONE, reviewer=None, reason="涉及企业商业信息").reviewer is None


@pytest.mark.parametrize("wish", [Wish.TITLE, Wish.NONE])
def test_against_the_wish_of_the_proposers_only_for_a_reason(reply: Reply, office: User, wish: Wish) -> None:
    with pytest.raises(Denied, match="提出人不同意公开答复内容"):
        decide(wished(reply, wish), office)
    assert decide(reply, office, overruled="已当面沟通，本人同意").overruled == "已当面沟通，本人同意"


def test_as_wished_needs_no_reason(reply: Reply, office: User) -> None:
    assert decide(wished(reply, Wish.FULL), office, overruled="多写的").overruled == ""


def test_it_is_decided_in_the_dialog_and_seen_on_the_page_in_the_list_and_the_sheet(
    login: Login, office: User, reply: Reply
) -> None:
    client, detail = login(office), reverse("suggestions:detail", args=[reply.suggestion_id])
    address = reverse("suggestions:publication", args=[reply.pk])
    assert address in client.get(detail).content.decode()
    facts = {"scope": "summary", "reviewer": office.pk, "decided_on": "2026-06-01", "reason": "涉及企业信息"}
    assert client.post(address, facts).status_code == 400  # without its version
    assert client.post(address, facts | {"version": 0, "published_on": "2026-06-02"}).status_code == 302
    page = client.get(detail).content.decode()
    assert "摘要公开" in page
    assert "2026年6月2日公开" in page
    counts = {
        query: 'data-count="1"' in client.get(f"/suggestions/?publication={query}").content.decode()
        for query in ("waiting", "full", "summary", "published")
    }
    assert counts == {"waiting": False, "full": False, "summary": True, "published": True}
    sheet = openpyxl.load_workbook(BytesIO(client.get("/suggestions/export/").content)).worksheets[0]
    _, headings, row = sheet.iter_rows(values_only=True)
    assert dict(zip(headings, row, strict=True))["公开属性"] == "摘要公开"


def test_it_is_decided_again_by_whoever_saw_the_latest(reply: Reply, office: User) -> None:
    first = decide(reply, office)
    with pytest.raises(Stale, match="他人已登记"):
        decide(reply, office)
    decide(reply, office, expected=first.version, published_on=DAY, url="院门户网站检务公开栏")
    assert Publication.objects.get().url == "院门户网站检务公开栏"
    assert AuditEvent.objects.filter(action="suggestion.publication_decided").count() == 2


def test_only_the_office_decides(reply: Reply, handler: User) -> None:
    with pytest.raises(Denied, match="办公室统一登记"):
        decide(reply, handler)


def test_an_opinion_for_the_lead_unit_is_not_ours_to_publish(reply: Reply, office: User) -> None:
    reply.suggestion.our_role = OurRole.JOINT
    with pytest.raises(Denied, match="由主办单位统一答复和公开"):
        decide(reply, office)


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("publication_scope_known", {"scope": "nonsense", "reason": "x"}),
        ("publication_not_in_full_has_reason", {"scope": "summary"}),
        ("publication_is_reviewed", {"reviewer": None}),
        ("publication_only_of_what_is_public", {"url": "院门户网站"}),
        ("publication_only_of_what_is_public", {"scope": "none", "reason": "x", "published_on": DAY}),
        ("publication_published_on_not_before_decided_on", {"published_on": date(2026, 5, 1)}),
    ],
)
def test_a_publication_that_cannot_be_is_refused(reply: Reply, office: User, constraint: str, fields: dict) -> None:
    decide(reply, office)
    with pytest.raises(IntegrityError, match=constraint):
        Publication.objects.update(**fields)


def test_a_reply_is_decided_once(reply: Reply, office: User) -> None:
    publication = decide(reply, office)
    publication.pk = None
    with pytest.raises(IntegrityError, match=r"reply_id|UNIQUE|unique"):
        publication.save(force_insert=True)
