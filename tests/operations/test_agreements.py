"""Agreements: drafted by the advisor, issued by somebody else, announced once the file exists."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.errors import DomainError
from grants.models.agreements import AgreementVersion
from grants.models.case_files import CaseFile, Participant
from grants.models.messages import Message
from grants.models.organizations import Membership
from grants.models.people import ConflictOfInterest
from grants.models.trail import JournalEvent, OutboxRow
from grants.operations import agreements, decisions
from grants.operations.agreements import IssueDetails
from grants.queries.mails import owed
from grants.unit_of_work import saving
from grants.wording import agreements as words
from tests.agreement_cases import (
    BYTES,
    DRAFTED,
    ISSUED,
    Parties,
    browser,
    details,
    draft,
    issue,
    keep,
    make_parties,
    make_ready,
)
from tests.cases import AMOUNT
from tests.decided import ruling
from tests.factories import NOW, make_member, make_staff
from tests.money_cases import make_envelope, recommendation
from tests.revision_cases import make_revision

pytestmark = pytest.mark.engine


@pytest.fixture
def parties(session: Session) -> Parties:
    return make_parties(session)


def refused(act: Callable[..., object], *arguments: object) -> str:
    with pytest.raises(DomainError) as error:
        act(*arguments)
    return error.value.code


def mails(session: Session) -> list[Message]:
    query = select(Message).where(Message.kind == "agreement").order_by(Message.id)
    return list(session.scalars(query))


def test_a_draft_freezes_the_whole_text_and_the_plan(session: Session, parties: Parties) -> None:
    version = draft(parties)
    sheet = words.sheet(version.terms)
    assert (sheet.number, sheet.version) == (f"PE-{parties.case.number}", 1)
    assert (sheet.delegate, sheet.issued_at) == (None, None)
    assert sheet.signatory is not None and sheet.signatory.name == parties.member.name
    assert sheet.application_number == parties.case.number
    assert sum(part.cents for part in sheet.instalments) == AMOUNT == sheet.total_cents
    assert sum(line.cents for line in sheet.budget) == AMOUNT
    assert sheet.annex_a and sheet.reports_due_on > sheet.starts_on
    assert words.of_data(json.loads(version.terms)) == version.terms
    amounts = [(part.amount_cents, part.planned_on) for part in version.instalments]
    half = AMOUNT // 2
    assert amounts == [(half, date(2027, 4, 1)), (half, date(2027, 10, 1))]
    assert draft(parties, details(parties.member, public_id=version.public_id)).id == version.id


def test_what_a_draft_refuses(session: Session, parties: Parties) -> None:
    tries: tuple[tuple[dict[str, Any], str], ...] = (
        ({"ends_on": date(2027, 4, 1)}, "agreement_dates"),
        ({"address": " "}, "address_required"),
        ({"signatory_id": -1}, "signatory_unknown"),
        ({"signatory_id": make_member(session).person_id}, "signatory_unknown"),
        ({"signatory_id": None}, "signatory_name_required"),
        ({"signatory_role": ""}, "signatory_role_required"),
        ({"resolution_number": ""}, "resolution_number_required"),
        ({"resolution_on": date(2027, 1, 1)}, "resolution_in_future"),
        ({"version": 0}, "stale_page"),
    )
    for changes, code in tries:
        assert refused(draft, parties, details(parties.member, **changes)) == code
    assert session.scalars(select(AgreementVersion)).all() == []


def test_only_the_advisor_of_a_granted_file_drafts(session: Session, parties: Parties) -> None:
    other = make_staff(session, "Luc Roy", "advisor")
    assert refused(draft, replace(parties, advisor=other)) == "not_your_file"
    parties.case.status = "signed"
    session.commit()
    assert refused(draft, parties) == "act_not_possible"


def test_another_delegate_issues_after_proving_who_they_are(
    session: Session, parties: Parties
) -> None:
    version_id = draft(parties).id
    unconfirmed = IssueDetails(browser(session, parties.decider, None))

    def act(given: IssueDetails, actor: Actor) -> None:
        with saving() as saved:
            agreements.issue(saved, version_id, given, actor=actor, now=ISSUED)

    assert refused(act, unconfirmed, parties.decider) == "identity_not_confirmed"
    assert refused(act, unconfirmed, parties.agent) == "not_allowed"
    version = issue(session, parties, version_id)
    assert (version.issued_by_id, version.issued_at) == (parties.decider.person_id, ISSUED)
    act(unconfirmed, parties.decider)  # a second click
    key = f"agreement:{version.public_id}"
    assert session.scalars(
        select(OutboxRow.key).where(OutboxRow.kind == "pdf.agreement")
    ).all() == [key]
    assert mails(session) == []


def test_who_drafted_has_a_tie_or_took_the_other_side_does_not_issue(
    session: Session, parties: Parties
) -> None:
    both = make_staff(session, "Anne Blais", "advisor", "decider")
    tied = make_staff(session, "Denis Roy", "decider")
    other = make_staff(session, "Eva Côté", "decider")
    case, reason = parties.case, "Un proche y travaille"
    matter, organization = case.matter_id, case.organization_id
    sides = ((both, "first"), (other, "revision"))
    session.add_all(
        [Participant(matter_id=matter, person_id=who.person_id, side=side) for who, side in sides]
    )
    tie = {"person_id": tied.person_id, "organization_id": organization}
    session.add(ConflictOfInterest(**tie, reason=reason, declared_at=NOW))
    session.commit()
    case.advisor_id = both.person_id
    session.commit()
    version_id = draft(replace(parties, advisor=both)).id
    codes = [refused(issue, session, parties, version_id, who) for who in (both, tied, other)]
    assert codes == ["agreement_two_persons", "conflict_declared", "part_in_first_handling"]


def test_the_signatory_is_told_once_the_file_exists(session: Session, parties: Parties) -> None:
    version_id = draft(parties).id
    issue(session, parties, version_id)
    assert keep(version_id) is True
    assert keep(version_id, "c" * 64) is False
    version = session.get_one(AgreementVersion, version_id)
    assert (version.file_sha256, version.size) == (BYTES, 120_000)
    [mail] = mails(session)
    assert (mail.recipient, mail.facts["state"]) == (parties.member.email, "ready")


def test_a_new_draft_ends_the_former_version_and_withdraws_what_was_given_to_sign(
    session: Session, parties: Parties
) -> None:
    first = draft(parties).id
    second = draft(parties, details(None)).id
    assert session.get_one(AgreementVersion, first).ended_at == DRAFTED
    assert mails(session) == []
    issue(session, parties, second)
    third = draft(parties).id
    assert (keep(second), mails(session)) == (False, [])
    issue(session, parties, third)
    keep(third)
    draft(parties)
    assert [mail.facts["state"] for mail in mails(session)] == ["ready", "withdrawn"]
    assert [owed(session, mail.id) is None for mail in mails(session)] == [True, False]
    assert refused(issue, session, parties, third, make_staff(session, "Al Roy", "decider")) == (
        "agreement_changed"
    )
    kinds = session.scalars(select(JournalEvent.kind)).all()
    assert kinds.count("agreement_replaced") == 3


def test_who_left_the_organization_is_given_nothing_to_sign(
    session: Session, parties: Parties
) -> None:
    make_ready(session, parties)
    leave(session, parties.member)
    lise = make_member(session, parties.case.organization, name="Lise Gendron")
    drafted = draft(parties, details(lise)).id
    told = session.scalars(select(Message).where(Message.kind == "agreement")).all()
    assert [one.facts["state"] for one in told] == ["ready", "withdrawn"]
    assert told[0].recipient == parties.member.email
    leave(session, lise)
    with pytest.raises(DomainError, match="signatory_left"):
        issue(session, parties, drafted)
    assert session.get_one(AgreementVersion, drafted).issued_at is None


def leave(session: Session, member: Actor) -> None:
    theirs = update(Membership).where(Membership.person_id == member.person_id)
    session.execute(theirs.values(ended_at=NOW))
    session.commit()


def test_paper_is_announced_to_the_organization(session: Session, parties: Parties) -> None:
    version_id = draft(parties, details(None)).id
    issue(session, parties, version_id)
    keep(version_id)
    [mail] = mails(session)
    assert mail.facts["on_paper"] is True
    sheet = words.sheet(session.get_one(AgreementVersion, version_id).terms)
    assert sheet.signatory is not None and sheet.signatory.name == "Paule Gagné"


def test_a_revision_has_an_agreement_of_its_own_in_addition(session: Session) -> None:
    member, other = make_member(session), make_staff(session, "Inès Bouchard", "advisor")
    case = make_revision(session, member)
    session.add(Participant(matter_id=case.matter_id, person_id=other.person_id, side="revision"))
    session.flush()
    session.add(recommendation(case, other, "accepted_in_part", 9_000_01))
    case.status, case.advisor_id = "recommended", other.person_id
    make_envelope(session, case)
    decider = make_staff(session, "Paul-Émile Gervais", "decider")
    case_id, first_number = case.id, case.first.number
    given = ruling(outcome="accepted_in_part", granted_cents=9_000_01, no_alternative="")
    with saving() as saved:
        decisions.decide(saved, case_id, given, actor=decider, now=DRAFTED)
    parties = Parties(session.get_one(CaseFile, case_id), member, other, decider, decider)
    sheet = words.sheet(draft(parties).terms)
    assert sheet.number.startswith("PE-REV-") and sheet.application_number == first_number
    assert sum(line.cents for line in sheet.budget) == sheet.total_cents == 9_000_01
