"""The return codes of a bank in words, with the short form bank statements print."""

from collections.abc import Mapping

WORDS: Mapping[str, str] = {
    "900": "rejet de validation (REV)",
    "902": "compte introuvable (ITV)",
    "903": "paiement arrêté ou rappelé (ARR)",
    "905": "compte fermé (FER)",
    "907": "débit interdit dans ce compte",
    "908": "fonds non compensés",
    "909": "devise différente de celle du compte (MDC)",
    "910": "titulaire du compte décédé",
    "911": "compte bloqué (BLQ)",
    "912": "numéro de compte invalide (INV)",
    "914": "nom du bénéficiaire inexact (NOM)",
    "922": "retour demandé par le client",
    "990": "institution financière en défaut",
}


def label(code: str) -> str:
    """ "905, compte fermé (FER)": the code and what it means, for a list of choices."""
    return f"{code}, {WORDS[code]}"
