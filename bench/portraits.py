"""How fast a rich portrait is made, against what a newcomer writes.

Same facts, same photos, same design, same warm process, interleaved rounds. The naive side is what most templates
look like: ``HTML(string).write_pdf()`` with flex boxes, tables that measure themselves, Debian's fonts, style sheet
and fonts read anew each time, no typesetting, no tags, no PDF/A. Ours is all that the worker does.
CPU seconds of this process; the garbage of the former document is collected off the clock.
"""

import gc
import io
import os
import statistics
import time
from collections.abc import Callable
from functools import cache
from typing import Any

ROUNDS = 7
Facts = dict[str, Any]
# The same look with the boxes that come to mind first.
FLEXIBLE = """
html { font-family: "Noto Serif CJK SC" }
.kind, .meta, .note, .voice-kind, figcaption, .label, .small { font-family: "Noto Sans CJK SC" }
p { white-space: normal; text-align: justify } table { table-layout: auto }
.event, .step, .photos { display: flex } .said, .imprint { display: flex; flex-direction: column }
.event > .when, .step > .when { position: static; width: 22mm } .event > .what, .step > .what { margin-left: 0 }
"""


def bench() -> list[dict[str, Any]]:
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "liaison.settings")
    import django

    django.setup()
    from bench.booklet.facts import FACTS
    from common import fonts

    sides = [_ours(FACTS), _naive(FACTS)]
    for side in sides:  # warm: imports, font caches, photos
        side()
    rounds = [[_cpu(side) for side in sides] for _ in range(ROUNDS)]
    ours, naive = (statistics.median(times) for times in zip(*rounds, strict=True))
    faces = "自制字体" if fonts.in_use().built else "系统字体，先运行 manage.py build_fonts 会更快"
    return [
        {
            "name": f"一份检察印迹的 CPU 时间：30 次联络、8 张照片、14 件建议（{faces}），对照直接调用 WeasyPrint",
            "ours": round(ours, 3),
            "other": round(naive, 3),
            "ratio": round(naive / ours, 2),
            "goal": ">= 2.5",
            "unit": "秒",
        }
    ]


def _ours(facts: Facts) -> Callable[[], object]:
    from common import pdf
    from profiles import pdf as portrait

    def make() -> object:
        html, css = portrait.html(facts), portrait.css()
        return pdf.render(html, css=css, assets=lambda url: (_photo(url), "image/jpeg"), identifier="bench")

    return make


def _naive(facts: Facts) -> Callable[[], object]:
    from django.conf import settings
    from django.template import Context, Engine
    from weasyprint import HTML
    from weasyprint.urls import URLFetcher, URLFetcherResponse

    class Photos(URLFetcher):
        def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
            return URLFetcherResponse(url, _photo(url), {"Content-Type": "image/jpeg"})

    engine = Engine(
        dirs=[settings.BASE_DIR / "templates"],
        libraries={"portrait": "bench.booklet.plain_tags"},
        builtins=["common.templatetags.ui"],
    )
    page = engine.get_template("profiles/portrait.html")
    style = engine.get_template("profiles/portrait.css").render(Context()) + FLEXIBLE

    def make() -> object:
        html = page.render(Context({"facts": facts, "chart_font": "Noto Sans CJK SC"}))
        html = html.replace("</head>", f"<style>{style}</style></head>")
        return HTML(string=html, url_fetcher=Photos()).write_pdf()

    return make


@cache
def _photo(url: str) -> bytes:
    """As ``common.photos`` makes them: print size, no metadata."""
    from PIL import Image, ImageFilter

    noise = Image.effect_noise((1560, 1040), 60).filter(ImageFilter.GaussianBlur(3))
    out = io.BytesIO()
    Image.merge("RGB", (noise, noise.rotate(180), noise)).save(out, "JPEG", quality=82)
    return out.getvalue()


def _cpu(make: Callable[[], object]) -> float:
    gc.collect()
    started = time.process_time()
    make()
    return time.process_time() - started
