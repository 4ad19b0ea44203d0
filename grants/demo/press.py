"""The press of the demonstration: the one process of its loading that knows the PDF engine.

Run as ``python -m grants.demo.press``: each line of its input names an agreement's data and
where its PDF goes, each line of its output says that one is there.
"""

import json
import sys
from pathlib import Path

from grants.documents import pdf
from grants.documents.agreement import agreement_pdf
from grants.wording.agreement_sheet import AgreementSheet

TRIES = 5


def main() -> None:
    """Print until there is nothing more to read."""
    pdf.warm()
    for line in sys.stdin:
        order = json.loads(line)
        content = _printed(AgreementSheet.from_data(order["sheet"]), TRIES)
        Path(order["path"]).write_bytes(content)
        sys.stdout.write("\n")
        sys.stdout.flush()


def _printed(sheet: AgreementSheet, tries: int) -> bytes:
    """The PDF; on a machine too busy to make it in time, tried again as a worker would."""
    try:
        return agreement_pdf(sheet)
    except pdf.PdfFailed as failure:
        if failure.reason != "time" or tries == 1:
            raise
        return _printed(sheet, tries - 1)


if __name__ == "__main__":
    main()
