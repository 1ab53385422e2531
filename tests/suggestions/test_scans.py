"""Signed papers of a suggestion: uploaded, seen by who may look, removed for a reason, kept and cleared away."""

from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import IntegrityError
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from common.denied import Denied
from common.files import media_path
from staff.models import AuditEvent, Department, User
from suggestions import actions, tasks
from suggestions.models import Evaluation, Scan, ScanKind, Suggestion
from tests.suggestions import factories as make

pytestmark = pytest.mark.django_db
Login = Callable[[User], Client]
PDF = b"%PDF-1.7\n1 0 obj << /Type /Catalog >> endobj\nstartxref\n9\n%%EOF\n"
HTMX = {"HX-Request": "true"}


@pytest.fixture(autouse=True)
def media(tmp_path: Path, settings: Any) -> Path:
    settings.MEDIA_ROOT = tmp_path
    return tmp_path


def url(name: str, pk: int) -> str:
    return reverse(f"suggestions:{name}", args=[pk])


def file(name: str = "签批件.pdf", data: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, data)


def added(suggestion: Suggestion, by: User, kind: ScanKind = ScanKind.SIGNED_OFF) -> Scan:
    paper = actions.keep_paper(BytesIO(PDF), "签批件.pdf")
    return actions.add_scan(suggestion=suggestion, kind=kind, paper=paper, by=by)


@pytest.fixture
def suggestion(office: User, department: Department) -> Suggestion:
    return make.replied(office, department)


def test_it_is_uploaded_named_and_read_again(login: Login, handler: User, suggestion: Suggestion) -> None:
    client = login(handler)
    assert client.post(url("scan-new", suggestion.pk), {"kind": "reply", "paper": file()}).status_code == 302
    scan = Scan.objects.get()
    assert (scan.name, scan.reply) == ("签批件.pdf", suggestion.replies.get())
    assert url("scan", scan.pk) in client.get(url("detail", suggestion.pk)).content.decode()
    answer = client.get(url("scan", scan.pk))
    assert b"".join(answer.streaming_content) == PDF
    assert answer["Content-Type"] == "application/pdf"
    assert answer["X-Content-Type-Options"] == "nosniff"


def test_what_is_no_paper_comes_back_with_a_sentence(login: Login, office: User, suggestion: Suggestion) -> None:
    facts = {"kind": "reply", "paper": file("签批件.pdf", b"MZ not a paper")}
    answer = login(office).post(url("scan-new", suggestion.pk), facts, headers=HTMX)
    assert answer.status_code == 409
    assert "只能上传 PDF、JPG 或 PNG" in answer.content.decode()
    assert not Scan.objects.exists()


@pytest.mark.parametrize("facts", [{}, {"kind": "reply"}, {"kind": "proof", "paper": True}])
def test_what_is_missing_or_unknown_is_said(login: Login, office: User, suggestion: Suggestion, facts: dict) -> None:
    sent = {**facts, "paper": file()} if "paper" in facts else facts
    assert login(office).post(url("scan-new", suggestion.pk), sent).status_code == 422


def test_no_case_number_in_the_name_of_a_file(login: Login, office: User, suggestion: Suggestion) -> None:
    facts = {"kind": "other", "paper": file("（2026）苏0205刑初12号.pdf")}
    assert login(office).post(url("scan-new", suggestion.pk), facts).status_code == 422


def test_the_same_paper_twice_is_one(office: User, suggestion: Suggestion) -> None:
    assert added(suggestion, office) == added(suggestion, office)
    assert added(suggestion, office, ScanKind.OTHER) != added(suggestion, office)


def test_a_stranger_sees_nothing_of_it(
    login: Login, office: User, other_handler: User, suggestion: Suggestion
) -> None:
    scan, client = added(suggestion, office), login(other_handler)
    assert client.get(url("scan", scan.pk)).status_code == 404
    with pytest.raises(Denied, match="不由您所在部门"):
        added(suggestion, other_handler)


def test_a_reply_of_another_item_is_refused(office: User, department: Department, suggestion: Suggestion) -> None:
    other = make.replied(office, department, title="另一件").replies.get()
    paper = actions.keep_paper(BytesIO(PDF), "")
    with pytest.raises(Denied, match="不是这一件的"):
        actions.add_scan(suggestion=suggestion, kind=ScanKind.REPLY, paper=paper, reply=other, by=office)


def test_the_form_goes_along_with_its_evaluation(login: Login, office: User, suggestion: Suggestion) -> None:
    reply = suggestion.replies.get()
    verdict = {"attitude": "satisfied", "result": "satisfied", "channel": "form", "received_on": "2026-05-27"}
    facts = verdict | {"deputy": suggestion.proposers.get().deputy_id}
    client = login(office)
    refused = client.post(url("evaluate", reply.pk), facts | {"paper": file(data=b"nothing")})
    assert refused.status_code == 409
    assert not Evaluation.objects.exists()
    assert client.post(url("evaluate", reply.pk), facts | {"paper": file("征询表.pdf")}).status_code == 302
    assert Evaluation.objects.get().scans.get().kind == ScanKind.EVALUATION


def test_the_form_may_come_later(login: Login, office: User, suggestion: Suggestion) -> None:
    evaluation = make.verdict(suggestion.replies.get(), office)
    client = login(office)
    assert client.post(url("evaluation-scan", evaluation.pk), {"paper": file()}).status_code == 302
    assert url("scan", evaluation.scans.get().pk) in client.get(url("detail", suggestion.pk)).content.decode()


def test_proof_of_a_promise_is_seen_by_its_keeper(
    login: Login, office: User, other_handler: User, department: Department
) -> None:
    promise = make.promise(office, department, owner=other_handler)
    client = login(other_handler)
    assert client.post(url("promise-scan", promise.pk), {"paper": file("验收单.pdf")}).url == url(
        "promise", promise.pk
    )
    scan = promise.scans.get()
    assert b"".join(client.get(url("scan", scan.pk)).streaming_content) == PDF
    assert "验收单.pdf" in client.get(url("promise", promise.pk)).content.decode()


def test_it_is_removed_for_a_reason_and_stays_in_the_record(
    login: Login, office: User, handler: User, suggestion: Suggestion
) -> None:
    scan, client = added(suggestion, office), login(office)
    with pytest.raises(Denied, match="由上传人或办公室移除"):
        actions.remove_scan(scan=scan, reason="传错了", by=handler)
    with pytest.raises(Denied, match="请写明移除的理由"):
        actions.remove_scan(scan=scan, reason=" ", by=office)
    assert client.post(url("scan-remove", scan.pk), {"reason": "传错了文件"}).status_code == 302
    assert client.get(url("scan", scan.pk)).status_code == 404
    assert AuditEvent.objects.get(action="scan.removed").reason == "传错了文件"
    with pytest.raises(Denied, match="已经移除"):
        actions.remove_scan(scan=scan, reason="再来一次", by=office)


def test_the_file_of_a_standing_scan_is_kept(office: User, suggestion: Suggestion) -> None:
    scan = added(suggestion, office)
    assert media_path(scan.file).is_file()
    assert tasks.scan_files() == {scan.file}
    actions.remove_scan(scan=scan, reason="传错了", by=office)
    assert tasks.scan_files() == set()


@pytest.mark.parametrize(
    ("constraint", "fields"),
    [
        ("scan_kind_known", {"kind": "nonsense"}),
        ("scan_file_not_blank", {"file": ""}),
        ("scan_name_not_blank", {"name": ""}),
        ("scan_removed_at_with_removed_by", {"removed_at": timezone.now(), "removed_why": "传错了"}),
        ("scan_removed_for_a_reason", {"removed_why": "传错了"}),
    ],
)
def test_a_scan_that_cannot_be_is_refused(office: User, suggestion: Suggestion, constraint: str, fields: dict) -> None:
    added(suggestion, office)
    with pytest.raises(IntegrityError, match=constraint):
        Scan.objects.update(**fields)


def test_a_scan_is_of_one_thing(office: User, suggestion: Suggestion) -> None:
    reply = suggestion.replies.get()
    evaluation = make.verdict(reply, office)
    added(suggestion, office)
    with pytest.raises(IntegrityError, match="scan_of_one_thing"):
        Scan.objects.update(evaluation=evaluation, reply=reply)
