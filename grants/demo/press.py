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


def main() -> None:
    """Print until there is nothing more to read."""
    pdf.warm()
    for line in sys.stdin:
        order = json.loads(line)
        content = agreement_pdf(AgreementSheet.from_data(order["sheet"]))
        Path(order["path"]).write_bytes(content)
        sys.stdout.write("\n")
        sys.stdout.flush()


if __name__ == "__main__":
    main()
