"""Where a person begins: the first page of their work."""

from flask import url_for

from grants.domain.access import Action, Actor

AT_A_DESK = (Action.WORK_CASE, Action.ASSIGN, Action.RECORD_PAPER)


def home_of(actor: Actor) -> str:
    """The desk for who reads files, what waits for a decision for who only decides, what is to
    pay for finance, else the organization's board."""
    if not actor.is_staff:
        return url_for("applicant.dashboard")
    if actor.may(Action.DECIDE) and not any(actor.may(action) for action in AT_A_DESK):
        return url_for("staff.decisions")
    reads_files = actor.may(Action.READ_CASE) or not actor.may(Action.READ_PAYMENTS)
    return url_for("staff.today" if reads_files else "finance.to_pay")
