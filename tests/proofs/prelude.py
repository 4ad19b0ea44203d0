"""What has happened already when a history begins: a file at each stage, so that all acts count."""

from grants.domain.access import Actor
from tests.proofs import agreement_acts, file_acts, money_acts, request_turns
from tests.proofs.book import File
from tests.proofs.office import Office

STAGES = 7


def begin(office: Office) -> Office:
    """Received, reviewed, recommended, granted, made ready to sign, in a batch, and paid once.

    Two questions were asked.
    """
    for _ in range(STAGES):
        file_acts.send(office)
    _received, reviewed, advised, granted, ready, due, paid = office.book.files.values()
    advisor, decider = office.people.advisors[0], office.people.deciders[0]
    for file in (reviewed, advised, granted, ready, due, paid):
        file_acts.assign_to(office, file, advisor)
        file_acts.review_all(office, file, is_eligible=True)
    for file in (advised, granted, ready, due, paid):
        file_acts.recommend_as(office, file, advisor, "accepted")
    file_acts.decide_as(office, granted, decider, "accepted_in_part")
    for file in (ready, due, paid):
        file_acts.decide_as(office, file, decider, "accepted")
        _write(office, file, advisor, decider)
    for file in (due, paid):
        _sign_and_prepare(office, file)
    _pay(office)
    request_turns.ask_by(office, "phone", days=2)
    request_turns.ask_by(office, "web")
    return office


def _write(office: Office, file: File, advisor: Actor, decider: Actor) -> None:
    agreement_acts.draft_as(office, file, advisor, on_screen=True)
    agreement_acts.issue_as(office, file, decider)
    if file.live is not None:
        agreement_acts.keep_file(office, file.live)


def _sign_and_prepare(office: Office, file: File) -> None:
    """Signed, its account given and verified, its first part in a batch."""
    assert file.live is not None
    agreement_acts.sign_as(office, file, file.live.sha256 or "")
    money_acts.give_for(office, office.member_of(file.organization))
    preparer, account = office.people.preparers[0], office.book.newest(file.organization)
    assert account is not None
    money_acts.verify_for(office, file.organization, account, preparer)
    money_acts.prepare_of(office, [office.book.parts[file.live.parts[0]]], preparer)


def _pay(office: Office) -> None:
    """The last batch leaves."""
    batch, approver = list(office.book.batches.values())[-1], office.people.approvers[0]
    money_acts.approve_as(office, batch, approver, batch.content)
    money_acts.ask_release_as(office, batch, approver)
    money_acts.release(office, batch)
