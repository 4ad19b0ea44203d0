"""Decisions for tests, taken by the operation of the product."""

from datetime import timedelta

from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.decisions import GRANTING, Outcome
from grants.models.case_files import CaseFile
from grants.models.decisions import Decision
from grants.models.reviews import Assessment
from grants.operations import decisions
from grants.operations.decisions import DecisionDetails
from grants.unit_of_work import saving
from tests.cases import AMOUNT
from tests.factories import NOW, make_staff, unique
from tests.money_cases import make_envelope, make_recommended

PART = 30_000_00
DECIDED_AT = NOW + timedelta(days=1)


def ruling(outcome: str = "refused", granted_cents: int = 0, **facts: object) -> DecisionDetails:
    """A ruling that every rule allows, changed by `facts`; a no has its reasoned « aucune »."""
    granting = outcome in GRANTING
    usual = {
        "public_id": unique(),
        "outcome": outcome,
        "granted_cents": granted_cents,
        "reason_codes": ("complete",) if granting else ("criteria",),
        "explanation": "Voici ce que nous avons vu.\n\nVoici ce que dit la règle.",
        "no_alternative": "" if granting else "Aucun autre programme ne couvre cette dépense.",
        "page_url": "https://appui.exemple/mon-espace/demandes/0123",
    }
    return DecisionDetails(**{**usual, **facts})


def make_decider(session: Session, name: str = "Irène Vallée") -> Actor:
    """Somebody who decides, and has no part in any file yet."""
    return make_staff(session, name, "decider", title="Directrice")


def make_not_eligible(session: Session) -> CaseFile:
    """A file whose advisor recommends to refuse: a required criterion is not met."""
    odile = make_staff(session, "Odile Morin", "advisor")
    case = make_recommended(session, None, odile, "refused", 0)
    place = {"case_file_id": case.id, "matter_id": case.matter_id, "side": case.side}
    found = {"criterion": "AC3", "finding": "not_met", "note": "Aucune assemblée."}
    session.add(Assessment(**place, **found, person_id=odile.person_id, assessed_at=NOW))
    session.commit()
    return case


def make_decided(
    session: Session,
    member: Actor | None = None,
    decider: Actor | None = None,
    outcome: str = "refused",
    granted_cents: int | None = None,
    case: CaseFile | None = None,
    **facts: object,
) -> Decision:
    """A decision on a recommended file (a new one unless given), with an envelope of plenty."""
    case = case or make_recommended(session, member)
    decider = decider or make_decider(session)
    make_envelope(session, case)
    usual = {Outcome.ACCEPTED: AMOUNT, Outcome.ACCEPTED_IN_PART: PART}.get(Outcome(outcome), 0)
    amount = usual if granted_cents is None else granted_cents
    case_id, details = case.id, ruling(outcome, amount, **facts)
    with saving() as saved:
        return decisions.decide(saved, case_id, details, actor=decider, now=DECIDED_AT)
