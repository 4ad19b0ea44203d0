"""The second slice of one organization, put together: its files at each stage, then its money."""

from collections.abc import Mapping
from hashlib import sha256

from sqlalchemy.orm import Session

from grants.models.agreements import AgreementVersion
from grants.models.case_files import CaseFile
from grants.models.organizations import Membership, Organization
from grants.operations.attachments import FileDetails
from grants.storage import LocalFolder
from tests.access.money import Money
from tests.access.second_slice import Files, Values
from tests.factories import unique

Cases = Mapping[str, CaseFile]


def piece(folder: LocalFolder, tag: str) -> FileDetails:
    """A file that an organization attaches; its name and its bytes hold the tag."""
    content = f"%PDF-1.7 {tag}".encode()
    return FileDetails(
        public_id=unique(),
        field_key="board_resolution",
        filename=f"pièce {tag}.pdf",
        media_type="application/pdf",
        size=len(content),
        sha256=sha256(content).hexdigest(),
        storage_key=folder.put(content),
    )


def later(
    session: Session, files: Files, money: Money, request: Membership
) -> tuple[Cases, Mapping[str, Values]]:
    """The files by stage; then account, organization and batches by what a URL names."""
    files.reviewed()
    told = {"recommended": files.recommended(), "refused": files.refused()}
    told["contested"] = files.refused()
    told["revision"] = files.revision(told["contested"])
    for name in ("granted", "drafted", "issued", "signed", "settled"):
        told[name] = files.granted()
    files.drafted(told["drafted"])
    files.issued(told["issued"])
    settled, signed = (files.signed(told[name]) for name in ("settled", "signed"))
    lone = session.get_one(Organization, request.organization_id)
    named = {
        "account": {"public_id": money.account(lone, request.person_id).public_id},
        "organization": {"public_id": lone.public_id},
        **_paid(files, money, settled, signed),
    }
    session.commit()
    return told, named


def _paid(
    files: Files, money: Money, settled: AgreementVersion, signed: AgreementVersion
) -> dict[str, Values]:
    """A payment gone and one sent back in a released batch; that one again in an open batch."""
    giver_id = files.hands.member.person_id or 0
    account = money.verified(money.account(files.model.organization, giver_id))
    batch, still_open = money.batch("1", settled), money.batch("2", settled)
    gone, back = (money.payment(batch, version, account) for version in (settled, signed))
    money.release(batch, gone, back)
    money.came_back(back)
    again = money.payment(still_open, signed, account, again=back)
    return {
        "batch": {"public_id": batch.public_id, "payment_id": gone.public_id},
        "open_batch": {"public_id": still_open.public_id, "payment_id": again.public_id},
    }
