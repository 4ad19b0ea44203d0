"""The Jinja environment of what leaves without a browser: mails and PDF documents.

Web pages have Flask's own environment; both read the same folder, so a macro can serve both.
"""

from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from grants.wording import formats

TEMPLATES = Path(__file__).resolve().parents[2] / "templates"
PAPER_STYLES = ("css/document.css", "css/proof.css", "css/agreement.css")
"""The style sheets of a document, in order, in the static folder."""

FILTERS = {
    "count": formats.count,
    "date_long": formats.date_long,
    "date_short": formats.date_short,
    "day_month": formats.day_month,
    "instant": formats.instant,
    "instant_to_the_second": formats.instant_to_the_second,
    "money": formats.money,
    "number": formats.number,
    "plural": formats.plural,
    "size": formats.size,
    "time": formats.time,
}


def render(template: str, **facts: object) -> str:
    """The text of `templates/<template>`: escaped in `.html`, as it is in `.txt`.

    A name that the template uses and nobody gave is an error, never an empty place in a letter.
    """
    return _environment().get_template(template).render(**facts)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(enabled_extensions=("html",), default=False),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        keep_trailing_newline=True,
    )
    environment.filters.update(FILTERS)
    return environment
