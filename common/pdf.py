"""HTML → PDF: archivable (PDF/A-2a), tagged, the same bytes for the same input. The only importer of WeasyPrint.

Two promises that WeasyPrint alone does not give:

* Nothing is fetched but through ``assets``. WeasyPrint swallows even fatal errors of a fetcher inside an SVG,
  so every refusal is counted and any one fails the render.
* No box (tofu) is ever printed. Every character is looked up in the house's faces first, because fontconfig
  would otherwise fall back to any font of the machine; Pango's ``.notdef`` warning is the second net.
"""

import gc
import html as markup
import logging
import re
import threading
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache, lru_cache

from common import fonts
from common.glyphs import missing_glyphs

fonts.activate()  # before WeasyPrint starts fontconfig

from weasyprint import CSS, HTML  # noqa: E402
from weasyprint.text.fonts import FontConfiguration  # noqa: E402
from weasyprint.urls import FatalURLFetchingError, URLFetcher, URLFetcherResponse  # noqa: E402

Assets = Callable[[str], tuple[bytes, str]]

ASSET = re.compile(r"[a-z]+:[0-9]{1,12}")  # photo:12; never a path, a host or a query
BASE_URL = "nowhere:/"  # a relative address must reach the fetcher, to be refused and counted


@dataclass(frozen=True)
class Pdf:
    data: bytes
    pages: int


class RenderFailed(Exception):
    """The PDF was not made; the text says why."""


class ForbiddenResource(RenderFailed):
    """The HTML asked for something outside of the product. ``urls`` are the refused addresses."""

    def __init__(self, urls: list[str]) -> None:
        self.urls = urls
        super().__init__(f"不允许的资源：{urls[0][:100]}")


class MissingGlyph(RenderFailed):
    """No face of the house has ``char``; printing would give a box."""

    def __init__(self, char: str) -> None:
        self.char = char
        super().__init__(f"系统字体缺少“{char}”字（U+{ord(char):04X}）")


class _Fetcher(URLFetcher):
    """Opens ``<kind>:<number>`` through ``assets`` of the current render, refuses and remembers everything else."""

    def __init__(self) -> None:
        super().__init__(allowed_protocols=(), allow_redirects=False, fail_on_errors=True)
        self.begin(None)

    def begin(self, assets: Assets | None) -> None:
        self.assets = assets
        self.refused: list[str] = []
        self.broken: Exception | None = None

    def fetch(self, url: str, headers: object = None) -> URLFetcherResponse:
        if self.assets is None or not ASSET.fullmatch(url):
            self.refused.append(url)
            raise FatalURLFetchingError(url)
        try:
            data, content_type = self.assets(url)
        except Exception as error:  # kept: WeasyPrint would print the page without its picture
            self.broken = error
            raise FatalURLFetchingError(url) from error
        return URLFetcherResponse(url, data, {"Content-Type": content_type})


class _Complaints(logging.Handler):
    """What WeasyPrint only logs although the page is wrong: missing glyphs and lost pictures."""

    def __init__(self) -> None:
        super().__init__(logging.WARNING)
        self.missing: list[str] = []
        self.errors: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        if str(record.msg).startswith(".notdef") and isinstance(record.args, tuple):
            self.missing.append(str(record.args[0]))
        elif record.levelno >= logging.ERROR:
            self.errors.append(record.getMessage())


@contextmanager
def _listening() -> Iterator[_Complaints]:
    complaints, logger = _Complaints(), logging.getLogger("weasyprint")
    level = logger.level
    logger.addHandler(complaints)
    logger.setLevel(logging.WARNING)  # a worker that a site lets log errors only must hear of missing glyphs too
    try:
        yield complaints
    finally:
        logger.removeHandler(complaints)
        logger.setLevel(level)


@contextmanager
def _collected_once() -> Iterator[None]:
    """Layout makes millions of short-lived objects: one collection after it is cheaper than many within."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()
        gc.collect()


class Renderer:
    """One per process: fonts and stylesheets are read once. One render at a time, Pango is not thread-safe."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.fetcher = _Fetcher()
        self.fonts = FontConfiguration()
        self.stylesheet = lru_cache(maxsize=8)(self._parse)
        gc.collect()
        gc.freeze()

    def _parse(self, css: str) -> CSS:
        return CSS(string=css, font_config=self.fonts, url_fetcher=self.fetcher, base_url=BASE_URL)

    def render(self, html: str, *, css: str, assets: Assets, identifier: str) -> Pdf:
        if missing := missing_glyphs(_text(html)):
            raise MissingGlyph(missing[0])
        with self.lock, _collected_once(), _listening() as complaints:
            self.fetcher.begin(assets)
            try:
                made = self._write(html, css, identifier)
            except FatalURLFetchingError:
                made = Pdf(b"", 0)
            if problem := self._why(complaints):
                self.stylesheet.cache_clear()  # one that asked for something must ask again
                raise problem
            return made

    def _write(self, html: str, css: str, identifier: str) -> Pdf:
        options = {"pdf_variant": "pdf/a-2a", "pdf_identifier": identifier.encode()}
        source = HTML(string=html, base_url=BASE_URL, url_fetcher=self.fetcher)
        document = source.render(stylesheets=[self.stylesheet(css)], font_config=self.fonts, **options)
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ResourceWarning)  # WeasyPrint leaves its colour profile open
            return Pdf(document.write_pdf(**options), len(document.pages))

    def _why(self, complaints: _Complaints) -> Exception | None:
        if self.fetcher.refused:
            return ForbiddenResource(self.fetcher.refused)
        if self.fetcher.broken:
            return self.fetcher.broken
        if complaints.missing:
            return MissingGlyph(complaints.missing[0])
        return RenderFailed(complaints.errors[0]) if complaints.errors else None


@cache
def _renderer() -> Renderer:
    return Renderer()


def render(html: str, *, css: str, assets: Assets, identifier: str) -> Pdf:
    """The PDF of ``html``. ``assets`` opens ``photo:12``; ``identifier`` is the file identifier in the PDF.

    Raises :class:`ForbiddenResource`, :class:`MissingGlyph`, or what ``assets`` raised.
    """
    return _renderer().render(html, css=css, assets=assets, identifier=identifier)


def _text(html: str) -> str:
    return markup.unescape(re.sub(r"<[^>]*>", "", html))
