"""Reading back the facts that an agreement carries, for whoever holds only the file."""

import io
import json
from typing import Any

import pikepdf

from grants.wording.agreement_sheet import DATA_NAME


class NotAnAgreement(Exception):
    """The file carries no facts of an agreement: `reason` is `pdf`, `attachment` or `data`."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


def embedded_data(content: bytes) -> dict[str, Any]:
    """The facts enclosed in the PDF of an agreement, as `AgreementSheet.to_data` gave them."""
    try:
        with pikepdf.open(io.BytesIO(content)) as document:
            enclosed = document.attachments.get(DATA_NAME)
            if enclosed is None:
                raise NotAnAgreement("attachment")
            data = json.loads(enclosed.get_file().read_bytes())
    except pikepdf.PdfError as error:
        raise NotAnAgreement("pdf") from error
    except ValueError as error:
        raise NotAnAgreement("data") from error
    if not isinstance(data, dict):
        raise NotAnAgreement("data")
    return data
