"""A period said once above a page, short above a column; a request that nobody of ours wrote."""

from datetime import date

from grants.domain.periods import Period, fiscal_year
from grants.wording import journal, results

QUARTER = Period(date(2026, 7, 1), date(2026, 9, 30))


def test_a_period_says_its_days_once() -> None:
    assert results.heading(QUARTER) == "Du 1er\u00a0juillet 2026 au 30\u00a0septembre 2026"
    year = "Exercice 2026-2027, du 1er\u00a0avril 2026 au 31\u00a0mars 2027"
    assert results.heading(fiscal_year(2026)) == year


def test_the_columns_of_a_period_stay_short() -> None:
    assert results.columns(fiscal_year(2026)) == ("2026-2027", "2025-2026")
    assert results.columns(QUARTER) == ("Cette période", "Un an plus tôt")


def test_what_the_site_sent_was_recorded_by_nobody() -> None:
    told = journal.sentence("request_received", {"channel": "web"}, None, {})
    assert told == "Demande reçue en ligne."
    told = journal.sentence("request_received", {"channel": "phone"}, "Odile Morin", {})
    assert told == "Demande reçue par téléphone, inscrite par Odile Morin."
