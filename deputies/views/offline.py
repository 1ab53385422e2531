"""What a browser keeps to take a contact down without network. Public and the same for everybody: nobody's data."""

from functools import cache
from hashlib import sha256
from pathlib import Path

from django.contrib.auth.decorators import login_not_required
from django.contrib.staticfiles import finders
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.templatetags.static import static
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_GET

FILES = ("icon.svg", "app.css", "kit.css", "queue-store.js", "offline.js")
PAGE = "deputies/offline.html"


@login_not_required
@require_GET
@never_cache
def offline(request: HttpRequest) -> HttpResponse:
    return HttpResponse(_page())


@login_not_required
@require_GET
@never_cache
def worker(request: HttpRequest) -> HttpResponse:
    """The service worker; it stands at the root, which is how far it reaches."""
    context = {"page": reverse("deputies:offline"), "files": [static(name) for name in FILES], "digest": _digest()}
    return render(request, "deputies/worker.js", context, content_type="text/javascript")


def _page() -> str:
    """Drawn without the request: no user, no message, no token gets into what is kept."""
    return render_to_string(PAGE)


@cache
def _digest() -> str:
    """Changes when anything of the shell does: then browsers fetch it anew."""
    files = [Path(found).read_bytes() for name in FILES if (found := finders.find(name))]
    return sha256(b"".join([_page().encode(), *files])).hexdigest()[:16]
