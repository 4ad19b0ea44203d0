"""Agreement PDFs in a second, on one worker and on two, beside WeasyPrint alone.

Ours: what each worker does: a process made warm once, then for each agreement the template, the
enclosed data, the fork, the caps, the child, its bytes back through a pipe. Baseline: a process
with fonts and style sheets parsed once, that hands the same HTML and data to WeasyPrint. Both start
together and wait for each other; the seconds are those of the wall, for that is what a queue of
agreements takes: measure on a machine that does nothing else. CPU is compared beside.
"""

import os
import resource
from collections.abc import Callable, Sequence
from functools import partial
from statistics import median
from time import monotonic

import weasyprint

from bench.measure import Measured, figure, rate
from bench.proof import weasyprint_alone
from grants.documents import pdf
from grants.documents.agreement import agreement_pdf
from grants.wording import sheet_data
from grants.wording.agreement_sheet import DATA_NAME, AgreementSheet, agreement_html
from tests.documents.agreement_sheets import SHORT

NAME = "Agreement PDFs"
LIMIT = 1.25
WORKERS = (1, 2)
RUNS, WARM_UP, EACH = 5, 1, 6
MILLISECONDS = 1000

Make = Callable[[], bytes]


def measure(
    runs: int = RUNS, warm_up: int = WARM_UP, each: int = EACH, counts: Sequence[int] = WORKERS
) -> list[Measured]:
    """Documents a second for each number of workers, and the CPU of one document."""
    pdf.warm()
    contenders = (partial(agreement_pdf, SHORT), _alone(SHORT))
    found: list[Measured] = []
    for workers in counts:
        walls, cpus = _turns(contenders, workers, runs, warm_up, each)
        rates = [workers * each / seconds for seconds in walls]
        name = f"{NAME}, {workers} worker{'s' * (workers > 1)}"
        found.append(rate(name, *rates, LIMIT))
        cpu = [seconds / (workers * each) * MILLISECONDS for seconds in cpus]
        found.append(figure(f"{name}, CPU of one", *cpu, LIMIT))
    return found


def _alone(sheet: AgreementSheet) -> Make:
    """WeasyPrint on the same page with the same data inside."""
    data = sheet_data.canonical(sheet.to_data())

    def enclosed() -> list[weasyprint.Attachment]:
        return [weasyprint.Attachment(string=data, name=DATA_NAME, relationship="Data")]

    return weasyprint_alone(agreement_html(sheet), "pdf/a-3a", enclosed)


def _turns(
    contenders: tuple[Make, Make], workers: int, runs: int, warm_up: int, each: int
) -> tuple[list[float], list[float]]:
    """Median seconds on the wall and of CPU of each contender, in turns."""
    spent: tuple[list[tuple[float, float]], ...] = ([], [])
    for number in range(warm_up + runs):
        for place in (0, 1) if number % 2 else (1, 0):
            took = _together(contenders[place], workers, each)
            if number >= warm_up:
                spent[place].append(took)
    walls = [median(wall for wall, _ in times) for times in spent]
    return walls, [median(cpu for _, cpu in times) for times in spent]


def _together(make: Make, workers: int, each: int) -> tuple[float, float]:
    """Seconds on the wall and of CPU for so many workers making `each` documents at once."""
    cpu, start = _spent(), monotonic()
    children = [_fork(make, each) for _ in range(workers)]
    codes = [os.waitpid(child, 0)[1] for child in children]
    if any(codes):
        raise RuntimeError("a worker of the measure failed")
    return monotonic() - start, _spent() - cpu


def _fork(make: Make, each: int) -> int:
    """A worker, warm as its parent, that ends once its documents are made."""
    child = os.fork()
    if child:
        return child
    code = 1
    try:
        made = [make() for _ in range(each)]
        code = 0 if all(content.startswith(b"%PDF") for content in made) else 1
    finally:
        os._exit(code)


def _spent() -> float:
    """CPU of the children that ended, and of theirs."""
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
