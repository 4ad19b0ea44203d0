"""The agreement as a file to keep: archival, tagged, with its facts inside as open data."""

import hashlib

from grants.documents import pdf
from grants.wording import sheet_data
from grants.wording.agreement_sheet import DATA_NAME, AgreementSheet, agreement_html

IDENTIFIER_LENGTH = 16


def agreement_pdf(sheet: AgreementSheet) -> bytes:
    """The issued agreement as a PDF/A-3a: the same sheet always gives the same bytes.

    ValueError when it is not issued yet: before the delegate's signature there is no document.
    """
    if sheet.issued_at is None or sheet.delegate is None:
        raise ValueError("not issued yet")
    data = sheet_data.canonical(sheet.to_data())
    name = f"agreement:{sheet.number}:{sheet.version}:{hashlib.sha256(data).hexdigest()}"
    enclosed = pdf.EnclosedFile(DATA_NAME, "Les données du protocole", data, sheet.issued_at)
    return pdf.render(
        agreement_html(sheet),
        identifier=hashlib.sha256(name.encode()).digest()[:IDENTIFIER_LENGTH],
        variant="pdf/a-3a",
        attachments=[enclosed],
    )
