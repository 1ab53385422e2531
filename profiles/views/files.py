"""Taking portraits out of the system. Each one taken is an audit row."""

import tempfile
from collections import Counter
from collections.abc import Iterable, Iterator
from zipfile import ZIP_STORED, ZipFile

from django.http import FileResponse, HttpResponseBase
from django.shortcuts import get_object_or_404
from django.views.decorators.http import require_GET

from common.denied import Denied
from common.files import guarded_response, media_path
from profiles import actions
from profiles.models import Portrait, PortraitRun
from staff.permissions import P, StaffRequest, requires


@requires(P.PORTRAIT_VIEW)
@require_GET
def download(request: StaffRequest, pk: int) -> HttpResponseBase:
    """Shown in the browser; ``?save=1`` stores it under its Chinese name."""
    ready = Portrait.objects.visible_to(request.user).ready().select_related("deputy")
    portrait = get_object_or_404(ready, pk=pk)
    response = guarded_response(
        portrait.file,
        filename=portrait.filename,
        content_type="application/pdf",
        inline="save" not in request.GET,
    )
    actions.note_taken(portraits=[portrait], by=request.user)
    return response


@requires(P.PORTRAIT_VIEW)
@require_GET
def archive(request: StaffRequest, pk: int) -> HttpResponseBase:
    """All of a run. Packed file by file on disk: hundreds of booklets would not fit into memory."""
    run = get_object_or_404(PortraitRun.objects.visible_to(request.user), pk=pk)
    portraits = list(run.portraits.ready().select_related("deputy").order_by("deputy__pinyin", "pk"))
    if not portraits:
        raise Denied("这一批还没有生成好的印迹，请稍后再下载。")
    packed = tempfile.TemporaryFile()  # noqa: SIM115 (the response closes it after the last byte)
    with ZipFile(packed, "w", ZIP_STORED) as folder:  # a PDF is compressed already
        for name, portrait in named_apart(portraits):
            folder.write(media_path(portrait.file), name)
    packed.seek(0)
    actions.note_taken(portraits=portraits, by=request.user)
    response = FileResponse(packed, as_attachment=True, filename=f"检察印迹-{run.year}.zip")
    response["X-Content-Type-Options"] = "nosniff"
    response["Cache-Control"] = "private, no-store"
    return response


def named_apart(portraits: Iterable[Portrait]) -> Iterator[tuple[str, Portrait]]:
    """File names within the zip. Namesakes carry their number in the roster."""
    listed = list(portraits)
    times = Counter(portrait.filename for portrait in listed)
    for portrait in listed:
        name = portrait.filename
        if times[name] > 1:
            name = f"{name.removesuffix('.pdf')}-{portrait.deputy_id}号.pdf"
        yield name, portrait
