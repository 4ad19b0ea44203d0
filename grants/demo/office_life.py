"""The life of the offices of the demonstration: absences, a person invited, a promise to come."""

from dataclasses import replace
from datetime import timedelta

from sqlalchemy import select

from grants.demo.offices import random_id
from grants.demo.stage import DAY, Stage
from grants.domain.access import SYSTEM, Role
from grants.domain.calendar import local_date
from grants.domain.journal import Head, head_line
from grants.domain.people import Place
from grants.domain.periods import fiscal_year_of
from grants.extensions import db
from grants.models.reference import Secretariat
from grants.operations import absences, declarations, journal_exports, people
from grants.operations.absences import AbsenceDetails
from grants.operations.declarations import AmendDetails
from grants.operations.people import Invitation
from grants.queries import commitments, journal
from grants.unit_of_work import saving

AWAY = (("ines", "samuel", -3, 9, 12), ("samuel", "ines", 24, 35, 2), ("yves", "carole", 15, 19, 1))
"""Who is away, the substitute, from and until so many days from now, recorded so many days ago."""

SOONER = (
    "Nous accusons réception de votre demande écrite dans les 8 jours ouvrables qui suivent sa "
    "réception, et nous vous disons quand vous aurez notre réponse."
)


def play(stage: Stage) -> None:
    """What the offices did these last days."""
    for person, substitute, since, until, recorded in AWAY:
        _away(stage, person, substitute, (since, until), recorded)
    _invite(stage)
    _promise_sooner(stage)


def _away(
    stage: Stage, person: str, substitute: str, days: tuple[int, int], recorded: float
) -> None:
    """Somebody writes down their own absence."""
    actor, today = stage.staff[person], local_date(stage.now)
    since, until = (today + timedelta(days=ahead) for ahead in days)
    other = stage.staff[substitute].person_id or 0
    details = AbsenceDetails(actor.person_id or 0, since, until, other, random_id())
    with saving() as session:
        at = stage.office_hour(recorded, 11)
        absences.record_absence(session, details, actor=actor, now=at)


def _invite(stage: Stage) -> None:
    """An administrator invites a person, who has not signed in yet; the mail waits."""
    place = Place("Conseillère", "4230", frozenset({Role.ADVISOR}))
    details = Invitation("Noémie Gauthier", "noemie.gauthier@exemple.quebec", place, random_id())
    with saving() as session:
        people.invite(session, details, actor=stage.staff["karim"], now=stage.now - DAY / 24)


def _promise_sooner(stage: Stage) -> None:
    """The SCT prepares the declaration of the next fiscal year."""
    at = stage.office_hour(4, 14)
    in_force_from = fiscal_year_of(local_date(stage.now)).until_on + DAY
    with saving() as session:
        office = session.scalars(select(Secretariat.id).where(Secretariat.code == "SCT")).one()
        last = commitments.newest(session, office)
        promise = next(one for one in last.commitments if one.code == "SCT_ACK")
        wording = replace(declarations.wording_of(promise), sentence=SOONER, quantity=8)
        details = AmendDetails("SCT_ACK", wording, in_force_from, last.id)
        declarations.amend(session, details, actor=stage.staff["louise"], now=at)


def export_journal(stage: Stage) -> None:
    """The end of the journal, written outside the database."""
    stands = journal.head(db.session())
    head = Head(stands.position, stands.digest)
    key = stage.storage.put(head_line(head, stage.now).encode())
    with saving() as session:
        journal_exports.record_export(session, head, key, actor=SYSTEM, now=stage.now)
