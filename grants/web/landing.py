"""Where a person begins: the first page of their work."""

from flask import url_for

from grants.domain.access import Action, Actor

HOMES = (
    (Action.WORK_CASE, "staff.today"),
    (Action.ASSIGN, "staff.today"),
    (Action.ANSWER_REQUEST, "staff.requests"),
    (Action.DECIDE, "staff.decisions"),
    (Action.READ_PAYMENTS, "finance.to_pay"),
    (Action.HANDLE_COMPLAINT, "staff.complaints"),
    (Action.READ_RESULTS, "management.results"),
    (Action.MANAGE_PEOPLE, "admin.people"),
)
"""What a member of the staff may do, in the order in which it takes their day."""


def home_of(actor: Actor) -> str:
    """The page of the first thing that a member of the staff may do, else the organization's
    board."""
    if not actor.is_staff:
        return url_for("applicant.dashboard")
    homes = (endpoint for action, endpoint in HOMES if actor.may(action))
    return url_for(next(homes, "staff.absences"))
