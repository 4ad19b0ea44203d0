"""What a file's page says of its decision, and why a person may not take one."""

import json
from typing import TYPE_CHECKING, Any

from grants.domain.access import Action, Actor
from grants.domain.flow import Status
from grants.domain.next_step import Mail
from grants.extensions import db
from grants.operations.messages import DECISION
from grants.queries import case_history, decisions
from grants.web.session import current_actor
from grants.wording import decisions as words
from grants.wording import formats
from grants.wording.case_files import mail_state
from grants.wording.letter_sheet import LetterSheet, verdict
from grants.wording.problems import sentence_for

if TYPE_CHECKING:
    from grants.models.case_files import CaseFile
    from grants.models.decisions import Decision
    from grants.models.reviews import Recommendation


def decision_part(case: "CaseFile") -> dict[str, Any]:
    """The part « Décision »: what waits for one, or what was decided, its letter and its facts."""
    session, actor = db.session(), current_actor()
    found = decisions.of_case(session, case.id)
    if found is not None:
        shown = _decided(found)
        shown["facts"].append({"label": "Courriel à l’organisme", "value": _notice(case.id)})
        return {"decision": shown, "letter": decisions.letter(session, case.id)}
    advice = decisions.recommendation(session, case.id)
    waits = case.status == Status.RECOMMENDED
    return {
        "decision": None,
        "advice": _recommended(advice) if advice else None,
        "obstacle": obstacle(case, actor) if waits and actor.may(Action.DECIDE) else "",
    }


def obstacle(case: "CaseFile", actor: Actor) -> str:
    """Why this person may not decide, in words; empty when nothing stands in the way."""
    session = db.session()
    advice = decisions.recommendation(session, case.id)
    if advice and advice.person_id == actor.person_id:
        return sentence_for("own_recommendation", {})
    taken = decisions.side_taken(session, case.matter_id, actor.person_id)
    if taken not in (None, case.side):
        return sentence_for("part_in_first_handling", {})
    analysed = decisions.had_analysis(session, case.matter_id, actor.person_id)
    return sentence_for("part_in_analysis", {}) if analysed else ""


def _recommended(advice: "Recommendation") -> dict[str, str]:
    return {
        "what": words.recommended(advice.outcome, advice.amount_cents),
        "by": advice.person.full_name,
        "at": formats.instant(advice.made_at),
        "reasons": advice.reasons,
    }


def _decided(found: "Decision") -> dict[str, Any]:
    """A decision as the staff read it: what the letter says, and what it does not."""
    sheet = LetterSheet.from_data(json.loads(found.letter))
    return {
        "word": words.OUTCOMES[found.outcome],
        "kind": words.KINDS[found.outcome],
        "verdict": verdict(found.outcome, is_revision=bool(sheet.of_number)),
        "sheet": sheet,
        "facts": [{"label": label, "value": value} for label, value in _facts(found) if value],
    }


def _facts(found: "Decision") -> list[tuple[str, str]]:
    until, after = found.recourse_until, found.available_after_cents
    return [
        ("Demandé", formats.money(found.requested_cents)),
        ("Accordé", formats.money(found.granted_cents)),
        ("Décidée", f"{formats.instant(found.decided_at)}, par {found.decided_by.full_name}"),
        ("Sur la recommandation de", found.advised_by.full_name),
        ("Solde de l’enveloppe ensuite", formats.money(after) if after is not None else ""),
        ("Dernier jour pour la révision", formats.date_long(until) if until else ""),
        ("Lue par l’organisme", _reading(found)),
    ]


def _notice(case_file_id: int) -> str:
    """How the organization learns that its decision is there, or what is left to do for it."""
    sent = case_history.messages(db.session(), case_file_id)
    told = next((one for one in sent if one.kind == DECISION), None)
    if told is None:
        return "Aucune adresse de courriel\u00a0: imprimez la lettre et postez-la"
    words = mail_state(told.state, told.attempts)
    return f"{words}\u00a0: postez la lettre" if told.state is Mail.FAILED else words


def _reading(found: "Decision") -> str:
    if found.first_read_at is None or found.first_read_by_id is None:
        return "Pas encore"
    names = case_history.names(db.session(), {found.first_read_by_id})
    return f"{formats.instant(found.first_read_at)}, par {names[found.first_read_by_id]}"
