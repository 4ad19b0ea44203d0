"""The letter of a decision as a file: tagged, for the organization and for the post."""

import hashlib

from grants.documents import pdf
from grants.wording import sheet_data
from grants.wording.letter_sheet import LetterSheet, letter_html

IDENTIFIER_LENGTH = 16


def letter_pdf(sheet: LetterSheet) -> bytes:
    """The letter as a tagged PDF (PDF/UA-1): the same sheet always gives the same bytes."""
    name = b"letter:" + sheet_data.canonical(sheet.to_data())
    identifier = hashlib.sha256(name).digest()[:IDENTIFIER_LENGTH]
    return pdf.render(letter_html(sheet), identifier=identifier)
