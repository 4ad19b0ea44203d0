"""The sentences of refusals about periods and publications."""

from collections.abc import Mapping

SENTENCES: Mapping[str, str] = {
    "period_order": "Vérifiez la période\u00a0: elle finit avant de commencer.",
    "period_too_long": "Choisissez une période d’un an ou moins.",
    "period_not_over": (
        "Attendez la fin de la période, le {until_on:date}\u00a0: on publie ce qui ne change plus."
    ),
    "variance_unexplained": (
        "Expliquez pourquoi la cible n’est pas atteinte\u00a0: quelques phrases suffisent."
    ),
    "correction_reason_required": (
        "Cette période est déjà publiée\u00a0: écrivez ce que cette publication corrige."
    ),
}
