"""The press of the demonstration: the one process of its loading that knows the PDF engine.

Run as ``python -m grants.demo.press``: each line of its input gives the data of an agreement or of
published results and where its PDF goes, each line of its output says that one is there.
"""

import json
import sys
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from grants.documents import pdf
from grants.documents.agreement import agreement_pdf
from grants.documents.annual_report import report_pdf
from grants.wording.agreement_sheet import AgreementSheet
from grants.wording.report_sheet import ReportSheet

TRIES = 5
PRINTED: Mapping[str, Callable[[Any], bytes]] = {
    AgreementSheet.__name__: lambda data: agreement_pdf(AgreementSheet.from_data(data)),
    ReportSheet.__name__: lambda data: report_pdf(ReportSheet.from_data(data)),
}


def main() -> None:
    """Print until there is nothing more to read."""
    pdf.warm()
    for line in sys.stdin:
        order = json.loads(line)
        content = _printed(order, TRIES)
        Path(order["path"]).write_bytes(content)
        sys.stdout.write("\n")
        sys.stdout.flush()


def _printed(order: Mapping[str, Any], tries: int) -> bytes:
    """The PDF; on a machine too busy to make it in time, tried again as a worker would."""
    try:
        return PRINTED[order["kind"]](order["sheet"])
    except pdf.PdfFailed as failure:
        if failure.reason != "time" or tries == 1:
            raise
        return _printed(order, tries - 1)


if __name__ == "__main__":
    main()
