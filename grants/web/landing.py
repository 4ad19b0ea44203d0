"""Where a person begins: the first page of their work."""

from flask import url_for

from grants.domain.access import Action, Actor

AT_A_DESK = (Action.WORK_CASE, Action.ASSIGN, Action.RECORD_PAPER)


def home_of(actor: Actor) -> str:
    """The desk for who reads files, what waits for a decision for who only decides, what is to
    pay for finance, complaints for who handles them, people for who manages them,
    results for management, else the organization's board."""
    if not actor.is_staff:
        return url_for("applicant.dashboard")
    if actor.may(Action.DECIDE) and not any(actor.may(action) for action in AT_A_DESK):
        return url_for("staff.decisions")
    if actor.may(Action.HANDLE_COMPLAINT) and not actor.may(Action.READ_CASE):
        return url_for("staff.complaints")
    if actor.may(Action.MANAGE_PEOPLE) and not _works_on_files(actor):
        return url_for("admin.people")
    if actor.may(Action.READ_RESULTS) and not _works_on_files(actor):
        return url_for("management.results")
    reads_files = actor.may(Action.READ_CASE) or not actor.may(Action.READ_PAYMENTS)
    return url_for("staff.today" if reads_files else "finance.to_pay")


def _works_on_files(actor: Actor) -> bool:
    return actor.may(Action.READ_CASE) or actor.may(Action.READ_PAYMENTS)
