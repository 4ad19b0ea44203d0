"""Grants in both forms: the columns we promise, and the standard of 360Giving."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

from jsonschema import Draft202012Validator, FormatChecker

from grants.documents.open_data import GRANT_COLUMNS, grants_csv, grants_json
from grants.domain.periods import fiscal_year
from grants.queries.open_data import Grant

SCHEMA = Path(__file__).resolve().parents[1] / "data" / "three_sixty_giving.json"
PLAIN = Grant(
    number="DCD-2026-0001-K",
    first_number="",
    program_code="DCD",
    program="Soutien à la défense collective des droits",
    office_code="SACA",
    office="Secrétariat à l’action communautaire autonome",
    call="Appel 2026-2027",
    neq="1144556677",
    organization="=Comité logement Rive-Claire",
    granted_cents=48_500_50,
    paid_cents=24_000_00,
    decided_at=datetime(2027, 4, 1, 3, 59, tzinfo=UTC),  # still 31 March in Québec City
    starts_on=date(2027, 4, 1),
    ends_on=date(2028, 3, 31),
    modified_at=datetime(2027, 5, 2, 13, 0, tzinfo=UTC),
)
ADDED = replace(
    PLAIN,
    number="REV-2026-0001-K",
    first_number="DCD-2026-0001-K",
    paid_cents=0,
    starts_on=None,
    ends_on=None,
    organization="É" * 200,
)


def package(*grants: Grant) -> dict[str, object]:
    urls = {"page_url": "https://a.quebec/d", "program_url": "https://a.quebec/programmes/{code}"}
    content: dict[str, object] = json.loads(grants_json(grants, fiscal_year(2026), **urls))
    return content


def test_the_json_keeps_the_public_standard() -> None:
    checks = Draft202012Validator(json.loads(SCHEMA.read_text()), format_checker=FormatChecker())
    assert [error.message for error in checks.iter_errors(package(PLAIN, ADDED))] == []
    wrong = package(replace(PLAIN, granted_cents=0), PLAIN, PLAIN)
    assert len(list(checks.iter_errors(wrong))) == 2, "the schema itself must bite"


def test_the_json_says_amounts_dates_and_what_a_revision_adds_to() -> None:
    plain, added = package(PLAIN, ADDED)["grants"]
    assert (plain["amountAwarded"], plain["amountDisbursed"]) == (48500.5, 24000)
    assert plain["awardDate"] == "2027-03-31"
    assert plain["recipientOrganization"][0]["id"] == "QC-REQ-1144556677"
    assert plain["plannedDates"] == [{"startDate": "2027-04-01", "endDate": "2028-03-31"}]
    assert added["relatedActivity"] == ["360G-appui-DCD-2026-0001-K"]
    assert "plannedDates" not in added


def test_the_table_has_the_columns_of_its_dictionary() -> None:
    head, plain, added = grants_csv([PLAIN, ADDED]).decode().splitlines()
    assert head == ",".join(name for name, _ in GRANT_COLUMNS)
    assert plain == (
        "2026-2027,DCD-2026-0001-K,,DCD,1144556677,'=Comité logement Rive-Claire,"
        "48500.50,24000.00,2027-03-31,2027-04-01,2028-03-31"
    )
    assert added.startswith("2026-2027,REV-2026-0001-K,DCD-2026-0001-K,")
    assert added.endswith(",48500.50,0.00,2027-03-31,,")
