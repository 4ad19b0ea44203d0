"""The results of the demonstration: last year's published, both years counted."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import select

from grants.demo import acts
from grants.demo.offices import random_id
from grants.demo.stage import Stage
from grants.domain.calendar import end_of_day, local_date
from grants.domain.periods import Period, fiscal_year_of
from grants.extensions import db
from grants.models.reference import Secretariat
from grants.operations import outbox, publications, tallies
from grants.operations.documents import Stored
from grants.operations.publications import PublicationDetails
from grants.queries import tallies as counts
from grants.storage import hashed
from grants.unit_of_work import saving

MANAGERS: Mapping[str, str] = {"SACA": "gisele", "SCT": "louise"}
DAYS_TO_PUBLISH = 30  # business days after the end of the fiscal year

EXPLANATIONS: Mapping[str, str] = {
    "SACA_ACK": (
        "Le serveur de courriel a été interrompu une semaine et des lettres ont été inscrites en "
        "retard. Une lettre est maintenant inscrite le jour même."
    ),
    "SACA_CALLBACK": (
        "Les messages laissés à la fermeture des bureaux n’étaient confiés à personne. Une "
        "personne en est responsable chaque matin."
    ),
    "SACA_PAY": "Des comptes bancaires ont été vérifiés après la signature du protocole.",
    "SACA_ANSWER": "Les chiffres demandés venaient de trois directions; un seul registre suffit.",
    "SCT_ACK": "Deux lettres ont été ouvertes après les vacances d’été; la relève est organisée.",
    "SCT_ANSWER": "Des avis ont pris plus de temps que prévu; les dates en tiennent compte.",
}


@dataclass(frozen=True)
class Printing:
    """A publication at the press: its rank there, and when it was published."""

    publication_id: int
    rank: int
    at: datetime


def publish(stage: Stage) -> list[Printing]:
    """Each manager freezes the last fiscal year once its last month is known."""
    year = fiscal_year_of(local_date(stage.now)).previous
    at = stage.later(end_of_day(year.until_on), DAYS_TO_PUBLISH, 10)
    return [_publish(stage, office, year, at) for office in MANAGERS]


def _publish(stage: Stage, office: str, year: Period, at: datetime) -> Printing:
    """What is under its target is explained, nothing else."""
    manager = stage.staff[MANAGERS[office]]
    details = PublicationDetails(random_id(), office, year.from_on, year.until_on, {})
    with saving() as session:
        sheet = publications.draft(session, details, actor=manager, now=at)
        under = {row.code: EXPLANATIONS[row.code] for row in sheet.rows if row.is_under_target}
        whole = replace(details, explanations=under)
        frozen = publications.freeze(session, whole, actor=manager, now=at)
        publication_id, sheet = frozen.id, publications.sheet_of(frozen)
    return Printing(publication_id, stage.printer.order(sheet), at)


def keep(stage: Stage, printing: Printing) -> None:
    """The worker of that time keeps the file."""
    content = stage.printer.collect(printing.rank)
    stored = Stored(stage.storage.put(content), hashed(content), len(content))
    with saving() as session:
        key = f"{publications.REPORT}:{printing.publication_id}"
        outbox.finish(session, acts.claimed(session, key, printing.at))
        publications.keep_file(session, printing.publication_id, stored)


def count(stage: Stage) -> None:
    """Both years of both secretariats, as the hour's job counts them."""
    session, year = db.session(), fiscal_year_of(local_date(stage.now))
    found = [
        (office, counts.count(session, office, period, stage.now))
        for office in session.scalars(select(Secretariat.id)).all()
        for period in (year, year.previous)
    ]
    with saving() as writing:
        for office, counted in found:
            tallies.keep(writing, office, counted)
