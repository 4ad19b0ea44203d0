"""Every rule of the table tried again through the operations of the product: all guards on."""

from collections.abc import Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.exc import StatementError

from grants.domain import money
from grants.domain.access import SYSTEM, Role
from grants.domain.bank_accounts import BankAccount
from grants.domain.errors import DomainError
from grants.models.case_files import CaseFile
from grants.models.decisions import Decision, Envelope
from grants.models.payments import BankDetails
from grants.models.trail import JournalEvent
from grants.operations import (
    agreements,
    assignments,
    bank_details,
    batches,
    decisions,
    envelopes,
    instalments,
    payment_returns,
    signatures,
)
from grants.operations.agreements import IssueDetails
from grants.operations.assignments import AssignmentDetails
from grants.operations.bank_details import BankDetailsGiven, VerificationDetails
from grants.operations.batches import AddDetails, RedateDetails, Seen
from grants.operations.payment_returns import ReturnDetails
from grants.operations.signatures import ScreenSignature
from grants.unit_of_work import saving
from tests.decided import ruling
from tests.factories import make_staff, unique
from tests.money_cases import make_granted, make_recommended
from tests.proofs import asked_acts, attacks, more_attacks
from tests.proofs.scene import FUNDS_ON, Attempt, Scene, batch_of, draft_of

REFUSED = (DomainError, StatementError)
OTHER_ACCOUNT = BankAccount("815", "30214", "8884567")


def _assign_first_advisor(scene: Scene) -> None:
    lead = make_staff(scene.session, "Hélène Caron", "team_lead")
    details = AssignmentDetails(scene["advisor"], reason="Connaît le dossier")
    scene.act(assignments.assign, scene["revision"], details, actor=lead)


def _decide_revision(scene: Scene) -> None:
    details = ruling("upheld")
    scene.act(decisions.decide, scene["revision"], details, actor=scene.staff("decider"))


def _approve_own(scene: Scene) -> None:
    actor = scene.staff("preparer", Role.FINANCE_APPROVER)
    scene.act(batches.approve, scene["batch_prepared"], Seen(1), actor=actor)


def _approve_edited(scene: Scene) -> None:
    actor = scene.staff("other_approver", Role.FINANCE_PREPARER)
    scene.act(batches.redate, scene["batch_prepared"], RedateDetails(FUNDS_ON), actor=actor)
    scene.act(batches.approve, scene["batch_prepared"], Seen(2), actor=actor)


def _approve_stale(scene: Scene) -> None:
    actor = scene.staff("approver")
    scene.act(batches.approve, scene["batch_prepared"], Seen(7), actor=actor)


def _add_to_released(scene: Scene) -> None:
    details, actor = AddDetails([scene["second_two"]]), scene.staff("other_preparer")
    scene.act(batches.add, scene["batch_released"], details, actor=actor)


def _pay(name: str) -> Attempt:
    def attempt(scene: Scene) -> object:
        actor = scene.staff("preparer")
        return scene.act(batches.prepare, batch_of(scene[name]), actor=actor)

    return attempt


def _sign_other_bytes(scene: Scene) -> None:
    version = scene.session.get_one(agreements.AgreementVersion, scene["unsigned"])
    actor = scene.member(version.signatory_id or 0, version.organization_id)
    details, now = ScreenSignature(unique(), "e" * 64, None), scene.now
    scene.act(signatures.sign, scene["unsigned"], details, actor=actor, arrived_at=now)


def _redraft_signed(scene: Scene) -> None:
    actor = scene.staff("advisor")
    scene.act(agreements.draft, scene["case_one"], draft_of(), actor=actor)


def _reissue_twice(scene: Scene) -> None:
    """The first time is right, to an account given and verified anew."""
    details = scene.session.get_one(BankDetails, scene["account_three"])
    giver = scene.member(details.entered_by_id, details.organization_id)
    new = BankDetailsGiven(unique(), OTHER_ACCOUNT)
    given = scene.act(bank_details.give, details.organization_id, new, actor=giver)
    verified = VerificationDetails("COMITE LOGEMENT", "Lise Gendron")
    scene.act(bank_details.verify, given.id, verified, actor=scene.staff("preparer"))
    _pay("first_three")(scene)
    _pay("first_three")(scene)


def _return_unreleased(scene: Scene) -> None:
    details, actor = ReturnDetails("905", FUNDS_ON), scene.staff("preparer")
    scene.act(payment_returns.record_return, scene["payment_prepared"], details, actor=actor)


def _decide_beyond(scene: Scene) -> None:
    case = make_recommended(scene.session, advisor=scene.staff("advisor"))
    envelope = scene.session.get_one(Envelope, scene["envelope_one"])
    year, used, asked = envelope.fiscal_year, envelope.used_cents, case.application.amount_cents
    case_id, code = case.id, envelope.program.code
    scene.act(envelopes.set_total, code, year, used + asked - 1, actor=SYSTEM)
    details, actor = ruling("accepted", asked), scene.staff("second_decider")
    try:
        scene.act(decisions.decide, case_id, details, actor=actor)
    finally:
        scene.act(envelopes.set_total, code, year, envelopes.MAX_CENTS, actor=SYSTEM)


def _lower_total(scene: Scene) -> None:
    envelope = scene.session.get_one(Envelope, scene["envelope_one"])
    given = (envelope.program.code, envelope.fiscal_year, envelope.used_cents - 1)
    scene.act(envelopes.set_total, *given, actor=SYSTEM)


def _decide_twice(scene: Scene) -> None:
    actor, details = scene.staff("second_decider"), ruling("accepted", 48_500_00)
    scene.act(decisions.decide, scene["case_one"], details, actor=actor)


def _verify_own(scene: Scene) -> None:
    details = scene.session.get_one(BankDetails, scene["account_one"])
    actor = replace(scene.staff("preparer"), person_id=details.entered_by_id)
    verified = VerificationDetails("COMITE LOGEMENT", "Lise Gendron")
    scene.act(bank_details.verify, scene["account_one"], verified, actor=actor)


def _pay_unverified(scene: Scene) -> None:
    details = scene.session.get_one(BankDetails, scene["account_two"])
    giver = scene.member(details.entered_by_id, details.organization_id)
    new = BankDetailsGiven(unique(), OTHER_ACCOUNT)
    scene.act(bank_details.give, details.organization_id, new, actor=giver)
    _confirm_condition(scene, "second_two")
    _pay("second_two")(scene)


def _give_for_another(scene: Scene) -> None:
    details = scene.session.get_one(BankDetails, scene["account_one"])
    giver = scene.member(details.entered_by_id, details.organization_id)
    new = BankDetailsGiven(unique(), OTHER_ACCOUNT)
    scene.act(bank_details.give, scene["organization_two"], new, actor=giver)


def _decide(outcome: str, cents: int = 0, **facts: object) -> Attempt:
    """A ruling on a new file, by somebody who has no part in it."""

    def attempt(scene: Scene) -> object:
        case = make_recommended(scene.session, outcome="refused", amount_cents=0)
        details = ruling(outcome, cents, **facts)
        actor = scene.staff("second_decider")
        return scene.act(decisions.decide, case.id, details, actor=actor)

    return attempt


def _decide_own(scene: Scene) -> None:
    actor = scene.staff("advisor", Role.DECIDER)
    case = make_recommended(scene.session, advisor=actor, outcome="refused", amount_cents=0)
    scene.act(decisions.decide, case.id, ruling(), actor=actor)


def _typed(text: str) -> Attempt:
    return lambda _scene: money.parse_cents(text)


def _end_before_start(scene: Scene) -> None:
    actor = scene.staff("advisor")
    case = make_granted(scene.session, advisor=actor)
    details = draft_of(ends_on=draft_of().starts_on)
    scene.act(agreements.draft, case.id, details, actor=actor)


def _rewrite_journal(_scene: Scene) -> None:
    with saving() as session:
        session.scalars(select(JournalEvent).limit(1)).one().kind = "forged"


def _rewrite_decision(scene: Scene) -> None:
    with saving() as session:
        session.get_one(Decision, scene["refusal"]).explanation = ""


def _issue_own(scene: Scene) -> None:
    actor = scene.staff("advisor", Role.DECIDER)
    case = make_granted(scene.session, advisor=scene.staff("advisor"))
    version = scene.act(agreements.draft, case.id, draft_of(), actor=actor)
    scene.act(agreements.issue, version.id, IssueDetails(None), actor=actor)


def _issue_unconfirmed(scene: Scene) -> None:
    actor = scene.staff("advisor")
    case = make_granted(scene.session, advisor=actor)
    version = scene.act(agreements.draft, case.id, draft_of(), actor=actor)
    decider = scene.staff("second_decider")
    scene.act(agreements.issue, version.id, IssueDetails(None), actor=decider)


def _confirm_condition(scene: Scene, name: str) -> None:
    case = scene.session.get_one(CaseFile, scene[f"case_{name.partition('_')[2]}"])
    assert case.advisor_id == scene["advisor"]
    actor = scene.staff("advisor")
    scene.act(instalments.confirm_condition, scene[name], actor=actor)


ACTS: Mapping[str, Mapping[str, Attempt]] = {
    attacks.SIDES.name: {
        "the first advisor is assigned": _assign_first_advisor,
        "the first decider decides": _decide_revision,
    },
    attacks.BATCH.name: {
        "approves one's own": _approve_own,
        "approves what one edited": _approve_edited,
        "approves another content": _approve_stale,
        "adds to what left": _add_to_released,
    },
    attacks.SIGNATURE.name: {
        "pays the unsigned": _pay("unsigned_part"),
        "signs other bytes": _sign_other_bytes,
        "redrafts the signed": _redraft_signed,
    },
    attacks.ONCE.name: {
        "pays twice": _pay("first_one"),
        "reissues twice": _reissue_twice,
        "returns what did not leave": _return_unreleased,
    },
    more_attacks.ENVELOPE.name: {
        "decides beyond": _decide_beyond,
        "lowers the total": _lower_total,
        "decides twice": _decide_twice,
    },
    attacks.ACCOUNT.name: {
        "verifies one's own": _verify_own,
        "pays to the unverified": _pay_unverified,
        "gives for another": _give_for_another,
    },
    more_attacks.REASONS.name: {
        "without alternative": _decide("refused", no_alternative=" "),
        "without words": _decide("refused", explanation=" "),
        "without reasons": _decide("refused", reason_codes=()),
        "another outcome": _decide("maybe"),
        "more than was asked": _decide("accepted_in_part", 48_500_01),
        "on one's own advice": _decide_own,
        "rewritten": _rewrite_decision,
    },
    more_attacks.AMOUNTS.name: {
        "half a cent": _typed("12.5"),
        "not a number": _typed("NaN"),
        "negative": _typed("-5"),
        "a fraction of a cent granted": _decide("accepted_in_part", 12.5),
        "ends before it starts": _end_before_start,
    },
    more_attacks.JOURNAL.name: {"rewritten": _rewrite_journal},
    more_attacks.ISSUED.name: {
        "issues one's own": _issue_own,
        "issues unconfirmed": _issue_unconfirmed,
    },
    **asked_acts.ACTS,
}
