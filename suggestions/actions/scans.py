"""Scans of signed papers: put in, and taken out for a reason.

The file is checked and written before the transaction (``keep_paper``): nobody waits for it.
"""

from typing import IO

from django.db import transaction
from django.utils import timezone

from common import papers
from common.denied import Denied
from common.papers import Paper
from staff import audit
from staff.models import User
from suggestions import policies
from suggestions.actions.moves import locked, needed
from suggestions.models import Evaluation, Promise, Reply, Scan, ScanKind, Suggestion

FOLDER = "scans"


def keep_paper(upload: IO[bytes], name: str) -> Paper:
    """Raises ``PaperRefused``."""
    return papers.keep(upload, name, FOLDER)


@transaction.atomic
def add_scan(*, suggestion: Suggestion, kind: ScanKind, paper: Paper, by: User, reply: Reply | None = None) -> Scan:
    """A paper of the item, or of one of its replies."""
    suggestion = locked(suggestion)
    policies.check_can_add_scan(by, suggestion)
    if reply and reply.suggestion_id != suggestion.pk:
        raise Denied("所选答复不是这一件的，请刷新页面后重新选择。")
    return write_scan(paper, by=by, suggestion=suggestion, kind=kind, reply=reply)


@transaction.atomic
def add_proof(*, promise: Promise, paper: Paper, by: User) -> Scan:
    """Proof that a promise was kept, also after the 二次答复."""
    suggestion = locked(promise.reply.suggestion)
    policies.check_handles_promise(by, promise)
    return write_scan(paper, by=by, suggestion=suggestion, kind=ScanKind.PROOF, promise=promise)


@transaction.atomic
def add_form(*, evaluation: Evaluation, paper: Paper, by: User) -> Scan:
    """The signed 征询意见表 of an evaluation that is recorded already."""
    suggestion = locked(evaluation.reply.suggestion)
    policies.check_can_register(by)
    return write_scan(paper, by=by, suggestion=suggestion, kind=ScanKind.EVALUATION, evaluation=evaluation)


@transaction.atomic
def remove_scan(*, scan: Scan, reason: str, by: User) -> Scan:
    """Out of sight at once, the row and the reason stay; the file is cleared away."""
    locked(scan.suggestion)
    scan = Scan.objects.select_related("suggestion").get(pk=scan.pk)
    policies.check_can_remove_scan(by, scan)
    scan.removed_why = needed(reason, "请写明移除的理由。")
    scan.removed_at, scan.removed_by = timezone.now(), by
    scan.save(update_fields=["removed_at", "removed_by", "removed_why"])
    audit.record("scan.removed", by=by, target=scan, reason=scan.removed_why)
    return scan


def write_scan(paper: Paper, *, by: User, **of: object) -> Scan:
    """The row. The caller holds the lock of the item and has asked who may; the same paper sent twice is one."""
    if twin := Scan.objects.standing().filter(sha256=paper.sha256, **of).first():
        return twin
    facts = {"file": paper.file, "name": paper.name, "content_type": paper.content_type, "size": paper.size}
    scan: Scan = Scan.objects.create(**of, **facts, sha256=paper.sha256, uploaded_by=by)
    audit.record("scan.added", by=by, target=scan)
    return scan
