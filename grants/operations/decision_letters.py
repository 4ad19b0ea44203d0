"""What the letter of a decision says, put together at the moment of the decision."""

from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from grants.domain.calendar import local_date
from grants.domain.decisions import Outcome, Ruling
from grants.domain.program_rules import ProgramRules
from grants.models.case_files import CaseFile
from grants.models.programs import Call
from grants.queries import applications
from grants.wording import addresses, contacts, formats
from grants.wording.letter_sheet import (
    NEXT_STEPS,
    Alternative,
    Contact,
    DecidedBy,
    LetterSheet,
    Recourse,
)

ELSEWHERE = "Une autre ressource"
A_CALL = "Un autre appel de demandes"
OFFICE = "le secrétariat"


@dataclass(frozen=True)
class Terms:
    """What a letter needs beyond the ruling: the amount asked, the days, who decides, the page.

    `recourse_until` is the last day to ask for a revision, None when there is none to ask for;
    `page_url` is the address of the file's page, empty when the decider's page gave none.
    """

    outcome: Outcome
    requested_cents: int
    letter_on: date
    recourse_until: date | None
    decided_by: DecidedBy
    page_url: str


def sheet(
    session: Session,
    case_file: CaseFile,
    ruling: Ruling,
    rules: ProgramRules,
    other_call: Call | None,
    terms: Terms,
) -> LetterSheet:
    """The letter of this ruling on this file: read from the file, nothing written."""
    return LetterSheet(
        **_about(case_file),
        letter_on=terms.letter_on,
        outcome=terms.outcome.value,
        requested_cents=terms.requested_cents,
        granted_cents=ruling.granted_cents,
        reasons=tuple(rules.reasons[code] for code in ruling.reason_codes),
        explanation=_paragraphs(ruling.explanation),
        alternatives=_alternatives(ruling, other_call),
        no_alternative=ruling.no_alternative,
        next_steps=NEXT_STEPS[terms.outcome.value],
        recourse=_recourse(terms),
        contact=_contact(session, case_file),
        decided_by=terms.decided_by,
    )


def _about(case_file: CaseFile) -> dict[str, Any]:
    """Whom the letter goes to, about which file, from which office."""
    first, secretariat = case_file.first, case_file.secretariat
    call = first.application.call
    return {
        "number": case_file.number,
        "of_number": first.number if first is not case_file else "",
        "organization": case_file.organization.legal_name,
        "address_lines": addresses.postal_lines(first.application.answers),
        "program": call.program.name,
        "call": call.title,
        "secretariat": contacts.block(secretariat.name, secretariat.contact),
    }


def _paragraphs(text: str) -> tuple[str, ...]:
    return tuple(part.strip() for part in text.split("\n\n") if part.strip())


def _alternatives(ruling: Ruling, call: Call | None) -> tuple[Alternative, ...]:
    """Another call of the secretariat, then a resource of the community."""
    found = []
    if call is not None:
        opens, closes = (
            formats.date_short(local_date(at)) for at in (call.opens_at, call.closes_at)
        )
        text = f"{call.program.name}, {call.title}. Ouvert du {opens} au {closes}."
        found.append(Alternative(A_CALL, text))
    if ruling.alternative:
        found.append(Alternative(ELSEWHERE, ruling.alternative))
    return tuple(found)


def _recourse(terms: Terms) -> Recourse:
    if terms.recourse_until is None:
        return Recourse(False, None, "")
    return Recourse(True, terms.recourse_until, terms.page_url)


def _contact(session: Session, case_file: CaseFile) -> Contact:
    """The person who handles the file, at the telephone of the secretariat."""
    office = contacts.block(case_file.secretariat.name, case_file.secretariat.contact)
    advisor_id = case_file.advisor_id
    card = applications.advisor(session, advisor_id) if advisor_id else None
    if card is None:
        return Contact(OFFICE, "accueil", office["phone_local"], office["email"])
    post = f", poste\u00a0{card.extension}" if card.extension else ""
    return Contact(card.name, card.title.lower(), f"{office['phone_local']}{post}", office["email"])
