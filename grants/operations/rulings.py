"""All that is looked at before a decision: the persons, the file, the ruling, the envelope."""

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy.orm import Session

from grants.domain import program_rules
from grants.domain.access import Action, Actor, demand
from grants.domain.calendar import local_date
from grants.domain.decisions import FIRST, Outcome, Ruling, check
from grants.domain.errors import DomainError, Refusal
from grants.domain.flow import Act, advance
from grants.domain.reviews import check_outcome
from grants.models.case_files import CaseFile, Participant
from grants.models.programs import Call
from grants.models.reviews import Recommendation
from grants.operations.assignments import refuse_other_secretariat
from grants.operations.decision_letters import Terms, sheet
from grants.operations.locking import lock
from grants.operations.organizations import person_of
from grants.queries import applications, decisions, directory, envelopes, reviews
from grants.queries.envelopes import EnvelopeLine
from grants.wording.directory import coordinates
from grants.wording.letter_sheet import DecidedBy, LetterSheet


@dataclass(frozen=True)
class DecisionDetails:
    """What the decider's page gave. Amounts in cents; `granted_cents` is 0 when nothing is.

    `public_id` is that of the decision to be, so that a second post finds the first;
    `reason_codes` are those of the program's terms; `resource` is the public id of one of the
    directory, named before the words of `alternative`; `version` is that of the file as the page
    showed it; `page_url` is the address of the file's page for the organization, for the letter.
    """

    public_id: str
    outcome: str
    granted_cents: int
    reason_codes: tuple[str, ...]
    explanation: str
    alternative_call_id: int | None = None
    alternative: str = ""
    no_alternative: str = ""
    resource: str = ""
    version: int | None = None
    page_url: str = ""


@dataclass(frozen=True)
class Judged:
    """A ruling that every rule allows, with the letter and the envelope it would touch.

    `alternative` is the other resource as the letter names it; `envelope` is as it is before the
    act, None when nothing is granted; `address` is where the organization can be written to by
    e-mail, empty when the letter must be posted.
    """

    case_file: CaseFile
    recommendation: Recommendation
    outcome: Outcome
    alternative: str
    sheet: LetterSheet
    recourse_until: date | None
    envelope: EnvelopeLine | None
    address: str


def take_up(
    session: Session, case_file_id: int, version: int | None, act: Act, actor: Actor
) -> tuple[CaseFile, Recommendation]:
    """The locked file and its live recommendation, once this person may act on it.

    Whoever took part in one side of a matter takes none in the other (declaration of services);
    nobody declares a tie and decides. Raises `not_allowed`, `conflict_declared`,
    `part_in_first_handling`, `stale_page`, `act_not_possible`.
    """
    demand(actor, Action.DECIDE, case_file_id=case_file_id)
    case_file = lock(session, CaseFile, case_file_id, None)
    refuse_other_secretariat(case_file, actor)
    who = {"actor_id": actor.person_id, "case_file_id": case_file_id}
    side = decisions.side_taken(session, case_file.matter_id, actor.person_id)
    if side not in (None, case_file.side):
        raise Refusal("part_in_first_handling", **who)
    if version not in (None, case_file.version):
        raise DomainError("stale_page")
    advance(case_file.status, act, **who)
    recommendation = decisions.recommendation(session, case_file_id)
    if recommendation is None:
        raise Refusal("act_not_possible", **who)
    return case_file, recommendation


def judge(
    session: Session, case_file_id: int, details: DecisionDetails, actor: Actor, now: datetime
) -> Judged:
    """Look at everything a decision rests on; nothing is written.

    Beyond what `take_up`, `check` and `check_outcome` refuse (money and the standby register are
    for eligible requests only), raises `own_recommendation` and `part_in_analysis`: whoever
    analysed the file, or chose who did, does not decide (our decision, after the separation of
    duties), `alternative_call_unknown`, `resource_unknown`, `no_envelope`, `envelope_short`.
    """
    case_file, advice = take_up(session, case_file_id, details.version, Act.GRANT, actor)
    _demand_other_person(session, case_file, advice, actor)
    call = case_file.first.application.call
    rules = program_rules.read(call.terms.rules)
    requested = reviews.requested_cents(session, case_file)
    ruling = _ruling(session, details)
    outcome = check(
        ruling, side=str(case_file.side), requested_cents=requested, reasons=rules.reasons
    )
    check_outcome(outcome, str(case_file.side), reviews.unmet_criteria(session, case_file))
    other = _other_call(session, call, details.alternative_call_id, now)
    address = address_of(session, case_file)
    until = _recourse_until(case_file, outcome, rules, local_date(now), posted=not address)
    by = DecidedBy(actor.name, actor.title)
    terms = Terms(outcome, requested, local_date(now), until, by, details.page_url)
    letter = sheet(session, case_file, ruling, rules, other, terms)
    envelope = _envelope(session, call, ruling.granted_cents)
    words = ruling.alternative
    return Judged(case_file, advice, outcome, words, letter, until, envelope, address)


def address_of(session: Session, case_file: CaseFile) -> str:
    """Where the organization is written to by e-mail; empty when only the post reaches it."""
    known = applications.acknowledgement_address(session, case_file.first.id)
    return known or case_file.organization.email


def join_side(session: Session, case_file: CaseFile, actor: Actor) -> int:
    """Put this person on the file's side of its matter, for ever; the id of the person."""
    person_id = person_of(actor)
    key = {"matter_id": case_file.matter_id, "person_id": person_id}
    if session.get(Participant, key) is None:
        session.add(Participant(**key, side=case_file.side))
        session.flush()
    return person_id


def _demand_other_person(
    session: Session, case_file: CaseFile, advice: Recommendation, actor: Actor
) -> None:
    """Refuse whoever recommends, and whoever had a hand in the analysis."""
    who = {"actor_id": actor.person_id, "case_file_id": case_file.id}
    if advice.person_id == actor.person_id:
        raise Refusal("own_recommendation", **who)
    if decisions.had_analysis(session, case_file.matter_id, actor.person_id):
        raise Refusal("part_in_analysis", **who)


def _ruling(session: Session, details: DecisionDetails) -> Ruling:
    return Ruling(
        outcome=details.outcome,
        granted_cents=details.granted_cents,
        reason_codes=tuple(dict.fromkeys(details.reason_codes)),
        explanation=details.explanation.strip(),
        has_call=details.alternative_call_id is not None,
        alternative=_alternative(session, details),
        no_alternative=details.no_alternative.strip(),
    )


def _alternative(session: Session, details: DecisionDetails) -> str:
    """The resource chosen in the directory, then what was typed: one text, kept with the letter."""
    typed = details.alternative.strip()
    if not details.resource:
        return typed
    resource = directory.active(session, details.resource)
    if resource is None:
        raise DomainError("resource_unknown")
    return f"{coordinates(resource.entry)} {typed}".strip()


def _other_call(session: Session, call: Call, wanted: int | None, now: datetime) -> Call | None:
    if wanted is None:
        return None
    found = [other for other in decisions.other_calls(session, call, now) if other.id == wanted]
    if not found:
        raise DomainError("alternative_call_unknown")
    return found[0]


def _recourse_until(
    case_file: CaseFile,
    outcome: Outcome,
    rules: program_rules.ProgramRules,
    letter_on: date,
    *,
    posted: bool,
) -> date | None:
    """The last day to ask for a revision: of a first decision that did not grant everything."""
    if case_file.side != FIRST or outcome is Outcome.ACCEPTED:
        return None
    return program_rules.recourse_until(rules.revision, letter_on, posted=posted)


def _envelope(session: Session, call: Call, granted_cents: int) -> EnvelopeLine | None:
    """The envelope that a grant draws on: that of the call's program and year (our decision)."""
    if not granted_cents:
        return None
    line = envelopes.of_year(session, call.program_id, call.year)
    if line is None:
        raise DomainError("no_envelope", program=call.program.code, year=call.year)
    if line.left_cents < granted_cents:
        raise DomainError("envelope_short", available=line.left_cents)
    return line
