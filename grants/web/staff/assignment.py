"""Files that wait for somebody: a proposal for each, confirmed or changed, one or several."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import flash, redirect, render_template, request, url_for
from werkzeug.wrappers import Response
from wtforms.fields import SelectChoice

from grants import clock
from grants.domain.access import Actor
from grants.domain.assignment import Candidate, Proposal, Ranked, propose, rank, with_load
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import assignments
from grants.operations.assignments import AssignmentDetails
from grants.queries import calendars, case_files, desk, staff
from grants.queries.desk import QueuedFile
from grants.unit_of_work import saving
from grants.web.errors import or_404
from grants.web.session import current_actor
from grants.web.staff.forms import ActForm, AssignForm, show_refusal, summary
from grants.web.staff.rows import DeskRow, rows
from grants.wording.assignments import option, reasons
from grants.wording.problems import sentence

FIELDS = {
    "assignment_reason_required": "reason",
    "text_too_long": "reason",
    "*": "person_id",
}


@dataclass(frozen=True)
class RowProblem:
    """Why one of several files was not given: the file in words, and what to repair."""

    about: str
    sentence: str

    def line(self, public_id: str, shown: set[str]) -> dict[str, str]:
        """Its line in the summary, leading to its row while the row is there."""
        anchor = f"motif-{public_id}" if public_id in shown else ""
        return {"anchor": anchor, "sentence": f"{self.about}{self.sentence}"}


@dataclass(frozen=True)
class WaitingFile:
    """A file that nobody handles, with who is proposed, why, and who else may have it."""

    line: DeskRow
    version: int
    proposed_id: int | None
    proposed: str
    why: str
    choices: Sequence[tuple[int, str]]
    out: Sequence[str]
    chosen_id: int | None
    reason: str = ""
    is_checked: bool = False
    error: str = ""


def unassigned() -> str | Response:
    """Confirm or change the proposals of several files at once; each has its own result."""
    actor, form = current_actor(), ActForm()
    problems: dict[str, RowProblem] = {}
    done = [found for found in request.args.get("faits", "").split(",") if found]
    if form.validate_on_submit():
        chosen = request.form.getlist("dossier")
        done, problems = _assign_several(chosen, actor)
        if not chosen:
            problems["*"] = RowProblem("", "Choisissez au moins un dossier.")
        if not problems:
            return redirect(url_for("staff.unassigned", faits=",".join(done)), 303)
    waiting = [_as_typed(file, problems) for file in _waiting(actor)]
    shown = {file.line.public_id for file in waiting}
    return render_template(
        "staff/unassigned.html",
        waiting=waiting,
        done=case_files.several(db.session(), done, actor=actor) if done else [],
        errors=[problem.line(public_id, shown) for public_id, problem in problems.items()],
    )


def _assign_several(
    public_ids: Sequence[str], actor: Actor
) -> tuple[list[str], dict[str, RowProblem]]:
    """One act per file, in the order of their ids, so that one refusal stops no other."""
    done: list[str] = []
    problems: dict[str, RowProblem] = {}
    for file in case_files.several(db.session(), public_ids, actor=actor):
        try:
            with saving() as session:
                details = _details(file.public_id)
                assignments.assign(session, file.id, details, actor=actor, now=clock.utc_now())
            done.append(file.public_id)
        except DomainError as error:
            about = f"{file.organization}, {file.number}\u00a0: "
            problems[file.public_id] = RowProblem(about, sentence(error))
    return done, problems


def _details(public_id: str) -> AssignmentDetails:
    posted = request.form
    return AssignmentDetails(
        person_id=posted.get(f"personne-{public_id}", 0, type=int),
        reason=posted.get(f"motif-{public_id}", ""),
        version=posted.get(f"version-{public_id}", 0, type=int),
        proposed_id=posted.get(f"proposee-{public_id}", type=int),
    )


def _waiting(actor: Actor) -> list[WaitingFile]:
    """The files that wait, soonest first; a proposal counts those made above it."""
    session, now = db.session(), clock.utc_now()
    files = desk.unassigned(session, actor)
    if not files:
        return []
    lines = rows(files, actor=actor, calendar=calendars.calendar(session), now=now)
    everybody = staff.advisors(session, actor.secretariat_id, local_date(now))
    subjects = staff.subjects(session, [file.id for file in files])
    seen = staff.candidates(session, everybody, subjects.values())
    given: list[int] = []
    waiting = []
    for file in files:
        proposal, ranked = _proposed(with_load(seen[file.id], given))
        if proposal:
            given.append(proposal.person_id)
        waiting.append(_file(file, lines[file.id], proposal, ranked))
    return waiting


def _proposed(candidates: Sequence[Candidate]) -> tuple[Proposal | None, Sequence[Ranked]]:
    """The proposal and everybody's place; nobody proposed when the rules leave nobody."""
    try:
        proposal = propose(candidates)
    except DomainError:
        return None, rank(candidates)
    return proposal, proposal.ranked


def _file(
    file: QueuedFile, line: DeskRow, proposal: Proposal | None, ranked: Sequence[Ranked]
) -> WaitingFile:
    possible = [place for place in ranked if place.candidate.possible]
    return WaitingFile(
        line=line,
        version=file.version,
        proposed_id=proposal.person_id if proposal else None,
        proposed=proposal.name if proposal else "",
        why=_why(proposal, ranked),
        choices=[(place.candidate.person_id, option(place)) for place in possible],
        out=[f"{place.candidate.name}, {reasons(place).lower()}" for place in _out(ranked)],
        chosen_id=proposal.person_id if proposal else None,
    )


def _why(proposal: Proposal | None, ranked: Sequence[Ranked]) -> str:
    return reasons(ranked[0]) if proposal else sentence(DomainError("nobody_possible"))


def _out(ranked: Sequence[Ranked]) -> list[Ranked]:
    return [place for place in ranked if not place.candidate.possible]


def _as_typed(file: WaitingFile, problems: dict[str, RowProblem]) -> WaitingFile:
    """The file with what was just posted about it, after a refusal."""
    public_id, posted = file.line.public_id, request.form
    if not posted:
        return file
    problem = problems.get(public_id)
    return replace(
        file,
        chosen_id=posted.get(f"personne-{public_id}", file.chosen_id, type=int),
        reason=posted.get(f"motif-{public_id}", ""),
        is_checked=public_id in posted.getlist("dossier"),
        error=problem.sentence if problem else "",
    )


def assign(public_id: str) -> str | Response:
    """Give one file to a person, or to another person, with everybody's place in view."""
    actor, session = current_actor(), db.session()
    case = or_404(case_files.one(session, public_id, actor=actor))
    case_id, held_by = case.id, case.advisor_id
    shown = {"organization": case.organization.legal_name, "number": case.number}
    everybody = staff.advisors(session, actor.secretariat_id, local_date(clock.utc_now()))
    seen = staff.candidates(session, everybody, [staff.subject(case)])[case_id]
    proposal, ranked = _proposed(seen)
    form = _form(case.version, held_by, proposal, ranked)
    if form.is_submitted() and _assigned(form, case_id, actor):
        flash("{organization}, {number}\u00a0: le dossier est affecté.".format(**shown), "ok")
        return redirect(url_for("staff.case_file", public_id=public_id), 303)
    return render_template(
        "staff/assign.html",
        form=form,
        public_id=public_id,
        proposal=proposal,
        why=_why(proposal, ranked),
        out=[f"{place.candidate.name}, {reasons(place).lower()}" for place in _out(ranked)],
        errors=summary(form),
        **shown,
    )


def _form(
    version: int, held_by: int | None, proposal: Proposal | None, ranked: Sequence[Ranked]
) -> AssignForm:
    """The form with everybody possible in order, whoever has the file or is proposed chosen."""
    proposed_id = proposal.person_id if proposal else None
    form = AssignForm(version=version, proposed_id=proposed_id, person_id=held_by or proposed_id)
    form.person_id.choices = [
        SelectChoice(
            str(place.candidate.person_id),
            f"{place.candidate.name}\u00a0: {reasons(place).lower()}",
        )
        for place in ranked
        if place.candidate.possible
    ]
    return form


def _assigned(form: AssignForm, case_id: int, actor: Actor) -> bool:
    """Whether the act was done; otherwise the form says why not.

    WTForms keeps the preselected person when what was posted names nobody: that is no choice.
    """
    if form.person_id.raw_data != [str(form.person_id.data)]:
        show_refusal(form, DomainError("choice_required"), FIELDS)
        return False
    details = AssignmentDetails(
        person_id=form.person_id.data or 0,
        reason=form.reason.data or "",
        version=form.version.data,
        proposed_id=form.proposed_id.data,
    )
    try:
        with saving() as session:
            assignments.assign(session, case_id, details, actor=actor, now=clock.utc_now())
    except DomainError as error:
        show_refusal(form, error, FIELDS)
        return False
    return True
