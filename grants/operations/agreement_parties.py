"""Who signs an agreement, for the minister and for the organization, and where they are written to.

Both are looked at again at each act: people leave an organization, and take sides.
"""

from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.errors import DomainError, Refusal
from grants.domain.flow import Act, advance
from grants.models.agreements import AgreementVersion
from grants.models.case_files import CaseFile
from grants.operations.rulings import address_of
from grants.queries import agreements, decisions


def demand_delegate(
    session: Session, version: AgreementVersion, case_file: CaseFile, actor: Actor
) -> None:
    """Whoever signs for the minister is neither the drafter nor of the other side.

    Raises `agreement_two_persons`, `part_in_first_handling`, `act_not_possible`.
    """
    who = {"actor_id": actor.person_id, "case_file_id": case_file.id}
    if version.drafted_by_id == actor.person_id:
        raise Refusal("agreement_two_persons", **who)
    side = decisions.side_taken(session, case_file.matter_id, actor.person_id)
    if side not in (None, case_file.side):
        raise Refusal("part_in_first_handling", **who)
    advance(case_file.status, Act.SIGN, **who)


def demand_signatory(session: Session, version: AgreementVersion) -> None:
    """Nothing is issued to a person who does not answer for the organization any more.

    Raises `signatory_left`.
    """
    named = version.signatory_id
    if named is not None and named not in _able(session, version.organization_id):
        raise DomainError("signatory_left")


def address(session: Session, version: AgreementVersion, case_file: CaseFile) -> str:
    """Where a word about this version goes: its signatory, else the organization; maybe nowhere.

    Whoever left the organization is not told of its agreement.
    """
    able = _able(session, version.organization_id)
    return able.get(version.signatory_id or 0, "") or address_of(session, case_file)


def _able(session: Session, organization_id: int) -> dict[int, str]:
    found = agreements.signatories(session, organization_id)
    return {one.person_id: one.email for one in found}
