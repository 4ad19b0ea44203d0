"""The proof of deposit beside WeasyPrint alone on the same page, both warm.

Ours is everything that a job does: the template, the fork, the caps, the child, its bytes back
through a pipe. The baseline calls WeasyPrint in this process, with its fonts and style sheets
already parsed. CPU time counts the children that have ended, user and system.
"""

import resource
from collections.abc import Callable
from statistics import median
from typing import Any

import weasyprint
from weasyprint.text.fonts import FontConfiguration

from bench.measure import Figure, figure
from grants.documents import pdf
from grants.documents.proof import proof_html, proof_pdf
from tests.documents.sheets import example_sheet

NAME = "Preuve de dépôt"
LIMIT = 1.2
RUNS = 21
WARM_UP = 3
MILLISECONDS = 1000
WHOSE = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)


def measure(runs: int = RUNS) -> Figure:
    """Both medians in milliseconds of CPU, children included."""
    sheet = example_sheet()
    pdf.warm()
    contenders = (lambda: proof_pdf(sheet), weasyprint_alone(proof_html(sheet)))
    spent: tuple[list[float], list[float]] = ([], [])
    for number in range(WARM_UP + runs):
        for place in (0, 1) if number % 2 else (1, 0):
            took = _cpu(contenders[place])
            if number >= WARM_UP:
                spent[place].append(took)
    return figure(NAME, median(spent[0]), median(spent[1]), LIMIT)


def weasyprint_alone(
    html: str, variant: str = "pdf/ua-1", attached: Callable[[], list[Any]] = list
) -> Callable[[], bytes]:
    """WeasyPrint on a page, with fonts and style sheets read once and nothing around it.

    `attached` makes what is enclosed anew: WeasyPrint reads an attachment once.
    """
    fonts = FontConfiguration()
    stylesheets = [weasyprint.CSS(path, font_config=fonts) for path in pdf.STYLESHEETS]

    def write() -> bytes:
        page = weasyprint.HTML(string=html, base_url=f"{pdf.STATIC.as_uri()}/")
        return bytes(
            page.write_pdf(
                stylesheets=stylesheets,
                font_config=fonts,
                pdf_variant=variant,
                pdf_identifier=b"baseline",
                attachments=attached(),
            )
        )

    return write


def _cpu(task: Callable[[], bytes]) -> float:
    before = _spent()
    task()
    return (_spent() - before) * MILLISECONDS


def _spent() -> float:
    usages = [resource.getrusage(who) for who in WHOSE]
    return sum(usage.ru_utime + usage.ru_stime for usage in usages)
