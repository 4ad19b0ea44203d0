"""The health of the installation in words: each line is right, or says what to do."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from grants.domain.health import EXPORT_PATIENCE, TALLY_PATIENCE, is_stale, waits_too_long
from grants.wording import formats

if TYPE_CHECKING:
    from grants.queries.installation import Export, Standing

WORKS: Mapping[str, str] = {
    "mail": "Courriel",
    "pdf": "Document PDF",
    "file": "Fichier",
    "figures": "Calcul des résultats",
}
ENGINES: Mapping[str, str] = {"sqlite": "SQLite", "postgresql": "PostgreSQL"}
NEVER = "jamais"
CHECK_WORKERS = (
    "Vérifiez que «\u00a0flask sweep\u00a0» et «\u00a0python -m grants.worker\u00a0» tournent, et "
    "que Redis répond."
)


@dataclass(frozen=True)
class HealthLine:
    """One thing looked at: what it is, its value, whether it is right, else what to do."""

    label: str
    value: str
    right: bool
    to_do: str = ""


def lines(found: "Standing", free_bytes: int, enough: int, now: datetime) -> Sequence[HealthLine]:
    """Every line of the page, in its order."""
    return (
        _mail(found, now),
        _job(found, now),
        _given_up(found),
        _export(found.export, now),
        _tally(found.last_tally, now),
        _room(free_bytes, enough),
        _guards(found),
        HealthLine(
            "Base de données",
            f"{ENGINES[found.engine]}, {formats.size(found.size_bytes)}",
            True,
        ),
    )


def _mail(found: "Standing", now: datetime) -> HealthLine:
    return HealthLine(
        "Plus vieux courriel à envoyer",
        _since(found.oldest_mail),
        not waits_too_long(found.oldest_mail, now=now),
        f"Vérifiez le serveur de courriel. {CHECK_WORKERS}",
    )


def _job(found: "Standing", now: datetime) -> HealthLine:
    return HealthLine(
        "Plus vieux travail à faire",
        _since(found.oldest_job),
        not waits_too_long(found.oldest_job, now=now),
        CHECK_WORKERS,
    )


def _given_up(found: "Standing") -> HealthLine:
    return HealthLine(
        "Envois abandonnés",
        formats.number(found.given_up_count) if found.given_up_count else "aucun",
        not found.given_up_count,
        "Corrigez la cause («\u00a0flask outbox status\u00a0» la donne), puis reprenez chaque "
        "envoi plus bas.",
    )


def _export(export: "Export | None", now: datetime) -> HealthLine:
    label = "Tête du journal écrite hors de la base"
    if export is None:
        return HealthLine(label, NEVER, False, CHECK_WORKERS)
    at = f"position {formats.number(export.position)}, le {_at(export.exported_at)}"
    if not export.holds:
        return HealthLine(
            label,
            at,
            False,
            "Le journal n’a plus cette ligne\u00a0: il a été coupé ou récrit. Gardez la base telle "
            "quelle et lancez «\u00a0flask journal verify --exported\u00a0».",
        )
    stale = is_stale(export.exported_at, EXPORT_PATIENCE, now=now)
    return HealthLine(label, f"{at}; le journal la contient toujours", not stale, CHECK_WORKERS)


def _tally(last: datetime | None, now: datetime) -> HealthLine:
    return HealthLine(
        "Dernier calcul des résultats",
        _at(last) if last else NEVER,
        not is_stale(last, TALLY_PATIENCE, now=now),
        CHECK_WORKERS,
    )


def _room(free_bytes: int, enough: int) -> HealthLine:
    return HealthLine(
        "Espace libre pour les fichiers",
        formats.size(free_bytes),
        free_bytes > enough,
        f"Libérez de l’espace\u00a0: il en faut au moins {formats.size(enough)}.",
    )


def _guards(found: "Standing") -> HealthLine:
    bad = [item.name for item in found.findings if not item.right]
    total = len(found.findings)
    return HealthLine(
        "Protections de la base",
        f"{total - len(bad)} sur {total} en place",
        not bad,
        "Lancez «\u00a0flask setup\u00a0», puis «\u00a0flask self-check\u00a0». "
        f"Il manque\u00a0: {', '.join(bad)}.",
    )


def _since(instant: datetime | None) -> str:
    return f"attend depuis le {_at(instant)}" if instant else "rien n’attend"


def _at(instant: datetime) -> str:
    return formats.instant(instant)
