"""The words of a review: what was found of documents and criteria, what is recommended."""

from collections.abc import Mapping

from grants.domain.reviews import DocumentState, Finding, Left
from grants.wording import formats

FINDINGS: Mapping[str, tuple[str, str]] = {
    Finding.MET: ("Conforme", "ok"),
    Finding.PARTLY_MET: ("Partiellement conforme", "wait"),
    Finding.NOT_MET: ("Non conforme", ""),
    Finding.TO_DOCUMENT: ("À documenter", "todo"),
}
"""What was found of a criterion, and the kind of its tag."""

NOT_ASSESSED = ("À évaluer", "todo")
DOCUMENT_STATES: Mapping[str, tuple[str, str]] = {
    DocumentState.RECEIVED: ("Reçu", "ok"),
    DocumentState.MISSING: ("Manquant", ""),
    DocumentState.UNUSABLE: ("Inutilisable", "wait"),
    DocumentState.NOT_NEEDED: ("Pas nécessaire", "plain"),
}
NOT_CHECKED = ("À vérifier", "todo")
NEEDS: Mapping[str, str] = {
    "required": "Exigé",
    "if_changed": "Exigé s’il est nouveau ou s’il a changé",
    "if_needed": "Selon le cas",
}
END_REASONS: Mapping[str, str] = {
    "conflict_declared": "Recommandation retirée\u00a0: conflit d’intérêts déclaré.",
    "person_removed": "Recommandation retirée\u00a0: la personne ne traite plus de dossiers.",
}


def end_reason(reason: str) -> str:
    """Why a recommendation ended: a code of ours in words, or what a person wrote."""
    return END_REASONS.get(reason, reason)


def left(waiting: Left) -> str:
    """ "2 documents à vérifier et 1 critère à évaluer"; empty when nothing is left."""
    documents, criteria = len(waiting.documents), len(waiting.criteria)
    parts = [
        f"{formats.count(documents, 'document')} à vérifier" if documents else "",
        f"{formats.count(criteria, 'critère')} à évaluer ou à documenter" if criteria else "",
    ]
    return " et ".join(part for part in parts if part)
