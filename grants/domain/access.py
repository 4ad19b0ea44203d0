"""Who may do what: roles, actions and the actor that asks.

The table below is the access matrix; the census of routes reads it. What a person may see
within an action (which organization, which secretariat) is scoped by the queries.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum

from grants.domain.errors import Refusal


class Role(StrEnum):
    """What a member of the staff does."""

    ADVISOR = "advisor"
    TEAM_LEAD = "team_lead"
    INFORMATION_AGENT = "information_agent"
    DECIDER = "decider"
    FINANCE_PREPARER = "finance_preparer"
    FINANCE_APPROVER = "finance_approver"
    MANAGER = "manager"
    COMPLAINTS_OFFICER = "complaints_officer"
    ADMINISTRATOR = "administrator"


class MemberRole(StrEnum):
    """A person's place in an organization."""

    RESPONSIBLE = "responsible"
    WRITER = "writer"
    READER = "reader"


class Action(StrEnum):
    """Something a page lets a person do. Every route names one."""

    VISIT = "visit"
    SIGN_IN = "sign_in"
    HAVE_ACCOUNT = "have_account"
    CONFIRM_IDENTITY = "confirm_identity"
    READ_OWN = "read_own"
    WRITE_OWN = "write_own"
    MANAGE_TEAM = "manage_team"
    READ_CASE = "read_case"
    WORK_CASE = "work_case"
    RECORD_PAPER = "record_paper"
    ASSIGN = "assign"
    ADMIT_MEMBER = "admit_member"
    DECIDE = "decide"
    ISSUE_AGREEMENT = "issue_agreement"
    SIGN_AGREEMENT = "sign_agreement"
    GIVE_BANK_DETAILS = "give_bank_details"
    READ_PAYMENTS = "read_payments"
    VERIFY_BANK_DETAILS = "verify_bank_details"
    PREPARE_BATCH = "prepare_batch"
    APPROVE_BATCH = "approve_batch"
    READ_REQUEST = "read_request"
    ANSWER_REQUEST = "answer_request"
    READ_DIRECTORY = "read_directory"
    KEEP_DIRECTORY = "keep_directory"
    REFER = "refer"
    FILE_COMPLAINT = "file_complaint"
    READ_COMPLAINT = "read_complaint"
    HANDLE_COMPLAINT = "handle_complaint"
    READ_RESULTS = "read_results"
    PUBLISH_RESULTS = "publish_results"
    EDIT_COMMITMENTS = "edit_commitments"
    CONFIRM_DAYS_OFF = "confirm_days_off"
    RECORD_OWN_ABSENCE = "record_own_absence"
    RECORD_ABSENCE = "record_absence"
    MANAGE_PEOPLE = "manage_people"
    READ_HEALTH = "read_health"


FOR_EVERYBODY = frozenset({Action.VISIT, Action.SIGN_IN})

# Whoever the officer names on a complaint may read that one: the query says which, if any.
FOR_STAFF = frozenset({Action.READ_COMPLAINT, Action.READ_DIRECTORY, Action.RECORD_OWN_ABSENCE})
_OF_REQUESTS = frozenset({Action.READ_REQUEST, Action.ANSWER_REQUEST, Action.FILE_COMPLAINT})

STAFF_ACTIONS: Mapping[Role, frozenset[Action]] = {
    Role.ADVISOR: _OF_REQUESTS
    | {Action.READ_CASE, Action.WORK_CASE, Action.RECORD_PAPER, Action.REFER},
    Role.TEAM_LEAD: _OF_REQUESTS
    | {
        Action.READ_CASE,
        Action.ASSIGN,
        Action.RECORD_PAPER,
        Action.ADMIT_MEMBER,
        Action.KEEP_DIRECTORY,
        Action.REFER,
        Action.RECORD_ABSENCE,
        Action.READ_RESULTS,
    },
    Role.INFORMATION_AGENT: _OF_REQUESTS
    | {Action.READ_CASE, Action.RECORD_PAPER, Action.KEEP_DIRECTORY, Action.REFER},
    Role.DECIDER: frozenset({Action.READ_CASE, Action.DECIDE, Action.ISSUE_AGREEMENT}),
    Role.FINANCE_PREPARER: frozenset(
        {Action.READ_PAYMENTS, Action.VERIFY_BANK_DETAILS, Action.PREPARE_BATCH}
    ),
    Role.FINANCE_APPROVER: frozenset({Action.READ_PAYMENTS, Action.APPROVE_BATCH}),
    Role.MANAGER: frozenset(
        {
            Action.READ_RESULTS,
            Action.PUBLISH_RESULTS,
            Action.EDIT_COMMITMENTS,
            Action.CONFIRM_DAYS_OFF,
            Action.RECORD_ABSENCE,
            Action.READ_REQUEST,
        }
    ),
    Role.COMPLAINTS_OFFICER: frozenset({Action.FILE_COMPLAINT, Action.HANDLE_COMPLAINT}),
    Role.ADMINISTRATOR: frozenset({Action.MANAGE_PEOPLE, Action.READ_HEALTH}),
}

MEMBER_ACTIONS: Mapping[MemberRole, frozenset[Action]] = {
    MemberRole.READER: frozenset({Action.READ_OWN}),
    MemberRole.WRITER: frozenset({Action.READ_OWN, Action.WRITE_OWN}),
    MemberRole.RESPONSIBLE: frozenset(
        {
            Action.READ_OWN,
            Action.WRITE_OWN,
            Action.MANAGE_TEAM,
            Action.SIGN_AGREEMENT,
            Action.GIVE_BANK_DETAILS,
        }
    ),
}


@dataclass(frozen=True)
class Actor:
    """Whoever acts: a person of an organization, of a secretariat, or the system itself.

    `person_id` is None for the system and for a visitor. `organization_id` is the one
    organization the person acts for now, with `member_role` in it.
    """

    person_id: int | None = None
    account_id: int | None = None
    name: str = ""
    title: str = ""
    email: str = ""
    roles: frozenset[Role] = field(default_factory=frozenset)
    secretariat_id: int | None = None
    organization_id: int | None = None
    organization_name: str = ""
    member_role: MemberRole | None = None

    @property
    def is_staff(self) -> bool:
        """True for a person of a secretariat."""
        return self.secretariat_id is not None

    def actions(self) -> frozenset[Action]:
        """All that this actor may do somewhere."""
        allowed = set(FOR_EVERYBODY)
        if self.is_staff:
            allowed |= FOR_STAFF
        for role in self.roles:
            allowed |= STAFF_ACTIONS[role]
        if self.person_id is not None:
            allowed.add(Action.CONFIRM_IDENTITY)
        if self.person_id is not None and not self.is_staff:
            allowed.add(Action.HAVE_ACCOUNT)
        if self.member_role is not None:
            allowed |= MEMBER_ACTIONS[self.member_role]
        return frozenset(allowed)

    def may(self, action: Action) -> bool:
        """Whether one of this actor's roles allows the action."""
        return action in self.actions()


VISITOR = Actor()
SYSTEM = Actor(name="Système")


def demand(actor: Actor, action: Action, *, case_file_id: int | None = None) -> None:
    """Refuse an act that the actor's roles do not allow (`not_allowed`, journaled).

    Operations ask again what the route asked: jobs and commands pass here too.
    """
    if not actor.may(action):
        raise Refusal("not_allowed", actor_id=actor.person_id, case_file_id=case_file_id)
