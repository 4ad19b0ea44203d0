"""One absence: its files, given to the substitute and back, each with its own result."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from flask import flash, redirect, render_template, url_for
from werkzeug.wrappers import Response

from grants import clock
from grants.domain.access import Action, Actor
from grants.domain.calendar import local_date
from grants.domain.errors import DomainError
from grants.extensions import db
from grants.operations import replacements as acts
from grants.operations.replacements import Passing
from grants.queries import replacements
from grants.queries.absences import AbsenceLine
from grants.queries.replacements import HeldFile
from grants.unit_of_work import saving
from grants.web.session import current_actor
from grants.web.staff.absences import one_of
from grants.wording import formats
from grants.wording.problems import sentence

Which = Callable[..., Passing]


@dataclass(frozen=True)
class Kept:
    """A file that did not pass, and why."""

    file: HeldFile
    why: str


def absence(public_id: str) -> str:
    """One absence, what is in the person's name, what passed to the substitute."""
    return _page(one_of(public_id))


def hand_over_files(public_id: str) -> str | Response:
    """Give every open file of the person to the substitute."""
    return _pass_all(public_id, acts.hand_over)


def give_back_files(public_id: str) -> str | Response:
    """Give back what passed to the substitute."""
    return _pass_all(public_id, acts.give_back)


def _pass_all(public_id: str, which: Which) -> str | Response:
    """One act per file, so that one refusal stops no other; what did not pass is shown with why."""
    actor, found = current_actor(), one_of(public_id)
    passing = which(db.session(), found, actor=actor)
    kept = [one for one in (_pass(file, passing, actor) for file in passing.files) if one]
    passed = len(passing.files) - len(kept)
    if kept:
        return _page(found, kept=kept, passed=passed)
    flash(_told(passed), "ok")
    return redirect(url_for("staff.absence", public_id=public_id), 303)


def _pass(file: HeldFile, passing: Passing, actor: Actor) -> Kept | None:
    try:
        with saving() as session:
            acts.pass_one(session, file, passing, actor=actor, now=clock.utc_now())
    except DomainError as error:
        return Kept(file, sentence(error))
    return None


def _told(passed: int) -> str:
    changed = formats.plural(passed, "a changé", "ont changé")
    return f"{formats.count(passed, 'dossier')} {changed} de mains."


def _page(found: AbsenceLine, kept: Sequence[Kept] = (), passed: int = 0) -> str:
    actor, today = current_actor(), local_date(clock.utc_now())
    held, given = _files(found, actor)
    stands = found.cancelled_at is None and found.until_on >= today
    return render_template(
        "staff/absence.html",
        absence=found,
        is_now=stands and found.period.holds(today),
        stands=stands,
        held=held,
        given=given,
        kept=kept,
        told=_told(passed),
        may_assign=actor.may(Action.ASSIGN),
        may_cancel=stands and _may_cancel(found, actor),
    )


def _files(found: AbsenceLine, actor: Actor) -> tuple[Sequence[HeldFile], Sequence[HeldFile]]:
    """What is in the person's name and what passed; nothing for who reads no file."""
    if not actor.may(Action.READ_CASE):
        return (), ()
    session = db.session()
    held = replacements.files_of(session, found.person_id, actor=actor)
    return held, replacements.handed_over(session, found, actor=actor)


def _may_cancel(found: AbsenceLine, actor: Actor) -> bool:
    return actor.may(Action.RECORD_ABSENCE) or found.person_id == actor.person_id
