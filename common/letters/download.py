from django.http import HttpResponse
from django.utils.http import content_disposition_header

CONTENT_TYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"


def download(data: bytes, name: str) -> HttpResponse:
    """``name`` without its ending; it may be Chinese."""
    disposition = content_disposition_header(as_attachment=True, filename=f"{name}.docx") or "attachment"
    headers = {"Content-Disposition": disposition, "Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    return HttpResponse(data, content_type=CONTENT_TYPE, headers=headers)
