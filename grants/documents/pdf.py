"""The one door to WeasyPrint: an HTML page in, the bytes of a tagged PDF out.

Workers only (and `grants.demo.press`): importing WeasyPrint takes more than a second and some
forty megabytes, so nothing that a web process imports may import this module or one that does
(`grants.documents.proof`, `grants.jobs.handlers`). A worker calls `warm()` once at its start; each
document is then rendered in a child forked from the warm process (`isolation`), which may open
nothing but the interpreter's own files and our static folder.
"""

import mimetypes
import os
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, partial
from pathlib import Path
from urllib.parse import unquote, urlsplit

import weasyprint
from weasyprint.text.fonts import FontConfiguration
from weasyprint.urls import URLFetcher, URLFetcherResponse

from grants.documents.glyphs import spelled_out, undrawable
from grants.documents.isolation import Caps, ChildFailed, run_apart
from grants.wording.templating import PAPER_STYLES

STATIC = (Path(__file__).resolve().parents[1] / "static").resolve()
STYLESHEETS = tuple(STATIC / name for name in PAPER_STYLES)
FONTS_OF_OURS_ONLY = Path(__file__).resolve().with_name("fonts.conf")
DEFAULT_CAPS = Caps()
WARMING_PAGE = """<html lang="fr-CA"><title>Appui</title><main class="sheet">
<div class="letterhead"><img src="img/appui.svg" alt="Appui"><p class="letterhead__name">À</p></div>
<h1 class="running-head" data-running="Appui">Été</h1><p><strong>1</strong> <em>$</em> « Œ »</p>
<div class="promise-box"><p>1</p></div><ol><li><p><a href="#end">1</a></p></li></ol>
<table class="key"><caption>1</caption><thead><tr><th scope="col">1</th></tr></thead>
<tbody><tr><td>1<wbr>2<br>3</td></tr></tbody></table><h2 id="end">2</h2><h3>3</h3></main>"""


class PdfFailed(Exception):
    """A document was not made: `reason` is `time`, `memory`, `killed` or `error`."""

    def __init__(self, reason: str, detail: str) -> None:
        super().__init__(f"{reason}: {detail}")
        self.reason = reason


@dataclass(frozen=True)
class EnclosedFile:
    """A file carried inside the PDF, with the instant it was written: the data it is made from."""

    name: str
    description: str
    data: bytes
    written_at: datetime


class AssetFetcher(URLFetcher):
    """Fetches from our static folder and from `data:`; any other address is refused."""

    def fetch(self, url: str, headers: dict[str, str] | None = None) -> URLFetcherResponse:
        """The bytes of one of our own files."""
        parts = urlsplit(url)
        if parts.scheme == "data":
            return super().fetch(url, headers)
        path = Path(unquote(parts.path)).resolve()
        if parts.scheme != "file" or parts.netloc or not path.is_relative_to(STATIC):
            raise PermissionError("not one of our assets")
        media_type = mimetypes.guess_type(path.name)[0] or "application/octet-stream"
        return URLFetcherResponse(url, path.read_bytes(), {"Content-Type": media_type})


@dataclass(frozen=True)
class _Assets:
    """What every document shares, read once: fetcher, fonts, parsed style sheets, and the
    characters that our fonts lack."""

    fetcher: AssetFetcher
    fonts: FontConfiguration
    stylesheets: tuple[weasyprint.CSS, ...]
    missing: re.Pattern[str]


def render(
    html: str,
    *,
    identifier: bytes,
    variant: str = "pdf/ua-1",
    attachments: Sequence[EnclosedFile] = (),
    caps: Caps = DEFAULT_CAPS,
) -> bytes:
    """The PDF of a page; `PdfFailed` when it cannot be made within the caps.

    The same page, identifier and attachments give the same bytes: dates are the page's own
    (`dcterms.created`, `dcterms.modified`). Addresses in the page are relative to our static
    folder. A character that our fonts lack is written by its number, never lost.
    """
    task = partial(_write, html, identifier, variant, tuple(attachments), _assets())
    try:
        return run_apart(task, caps, readable=(STATIC,))
    except ChildFailed as failure:
        raise PdfFailed(failure.reason, failure.detail) from failure


def warm() -> None:
    """Read fonts and style sheets, and set a page with some of everything in this process, so that
    what WeasyPrint computes once is computed here and not again in each child."""
    _write(WARMING_PAGE, b"warm", "pdf/ua-1", (), _assets())


def _write(
    html: str,
    identifier: bytes,
    variant: str,
    attachments: tuple[EnclosedFile, ...],
    assets: _Assets,
) -> bytes:
    page = weasyprint.HTML(
        string=spelled_out(html, assets.missing),
        base_url=f"{STATIC.as_uri()}/",
        url_fetcher=assets.fetcher,
    )
    written = page.write_pdf(
        stylesheets=assets.stylesheets,
        font_config=assets.fonts,
        pdf_variant=variant,
        pdf_identifier=identifier,
        attachments=[_attachment(enclosed) for enclosed in attachments],
    )
    return bytes(written)


def _attachment(enclosed: EnclosedFile) -> weasyprint.Attachment:
    return weasyprint.Attachment(
        string=enclosed.data,
        name=enclosed.name,
        description=enclosed.description,
        created=enclosed.written_at,
        modified=enclosed.written_at,
        relationship="Data",
    )


@cache
def _assets() -> _Assets:
    """Fonts of the machine are left out, so that a document is the same on every machine."""
    os.environ["FONTCONFIG_FILE"] = str(FONTS_OF_OURS_ONLY)
    mimetypes.init()
    fetcher, fonts = AssetFetcher(), FontConfiguration()
    stylesheets = tuple(
        weasyprint.CSS(url=path.as_uri(), url_fetcher=fetcher, font_config=fonts)
        for path in STYLESHEETS
    )
    missing = undrawable((STATIC / "fonts").glob("*.woff2"))
    return _Assets(fetcher, fonts, stylesheets, missing)
