"""One job makes one portrait."""

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from django.utils import timezone

from common.files import sha256, write_whole
from common.jobs.models import Job
from common.jobs.registry import JobFailed, job, keeps_files, on_failure
from profiles import actions
from profiles.facts import build
from profiles.models import Portrait

if TYPE_CHECKING:
    from common.pdf import Pdf


@job(actions.KIND)
def make(job: Job) -> Callable[[], None]:
    """The file's name carries the token: of two workers on one job neither overwrites the other's file."""
    portrait = _portrait(job)
    facts = build(portrait.deputy, portrait.year, timezone.localdate()) | {"code": portrait.code}
    made = _print(portrait, facts)
    file = f"portraits/{portrait.year}/{portrait.pk}-{job.token}.pdf"
    write_whole(file, made.data)
    result = {"facts": facts, "file": file, "sha256": sha256(made.data), "pages": made.pages}
    return partial(_ready, portrait, result)


@on_failure(actions.KIND)
def failed(job: Job, reason: str) -> None:
    actions.mark_failed(portrait=_portrait(job), reason=reason)


@keeps_files("portraits")
def kept() -> set[str]:
    return set(Portrait.objects.ready().values_list("file", flat=True))


def _portrait(job: Job) -> Portrait:
    return Portrait.objects.select_related("deputy").get(pk=job.payload["portrait"])


def _ready(portrait: Portrait, result: dict[str, object]) -> None:
    actions.mark_ready(portrait=portrait, **result)  # type: ignore[arg-type]


def _print(portrait: Portrait, facts: dict[str, object]) -> "Pdf":
    """Failures that no second try can mend are told in words; any other is tried again."""
    # Here, not above: WeasyPrint loads Pango, half a second and 60 MB that web processes do without.
    from common.pdf import ForbiddenResource, MissingGlyph
    from profiles import pdf

    name = portrait.deputy.name
    try:
        return pdf.make(facts)
    except MissingGlyph as missing:
        part = "姓名" if missing.char in name else "正文"
        remedy = "请联系系统管理员安装字体，或改用字库中已有的字。"
        raise JobFailed(f"{name}：{missing}，无法印出{part}。{remedy}") from missing
    except ForbiddenResource as forbidden:
        raise JobFailed(f"{name}：正文引用了{forbidden}，已停止生成。请联系系统管理员。") from forbidden
    except FileNotFoundError as lost:
        raise JobFailed(f"{name}：有一张照片的文件已不在服务器上。请在活动或联络中移除该照片后重试。") from lost
