"""What the database itself refuses: each rule, the harm it forbids, and raw SQL that does it."""

from dataclasses import dataclass

from grants.models import Base


@dataclass(frozen=True)
class Rule:
    """A rule of the table: `harm` counts what must never be; `attacks` do it, by name.

    SQL takes the ids of `world.build` as parameters.
    """

    name: str
    harm: str
    attacks: dict[str, str]


def copied(table: str, source: str, **changes: str) -> str:
    """An INSERT that repeats the row named by parameter `source`, but for `changes` (SQL)."""
    names = [column.name for column in Base.metadata.tables[table].columns if column.name != "id"]
    values = ", ".join(changes.get(name, name) for name in names)
    where = f"WHERE id = :{source}"
    return f"INSERT INTO {table} ({', '.join(names)}) SELECT {values} FROM {table} {where}"


_HANDLING = (
    "SELECT matter_id, person_id, side FROM participant"
    " UNION SELECT matter_id, advisor_id, side FROM case_file WHERE advisor_id IS NOT NULL"
    " UNION SELECT matter_id, person_id, side FROM assignment"
    " UNION SELECT matter_id, person_id, side FROM assessment"
    " UNION SELECT matter_id, person_id, side FROM recommendation"
    " UNION SELECT matter_id, decided_by_id, side FROM decision"
)
SIDES = Rule(
    "whoever had a part in the first handling has none in the revision",
    f"SELECT count(*) FROM ({_HANDLING}) a JOIN ({_HANDLING}) b ON a.matter_id = b.matter_id"
    " AND a.person_id = b.person_id AND a.side <> b.side",
    {
        "takes the other side": (
            "INSERT INTO participant (matter_id, person_id, side)"
            " VALUES (:matter, :advisor, 'revision')"
        ),
        "changes side": (
            "INSERT INTO participant (matter_id, person_id, side)"
            " SELECT matter_id, person_id, 'first' FROM participant"
            " WHERE matter_id = :matter AND person_id = :reviser"
        ),
        "is given the revision": "UPDATE case_file SET advisor_id = :advisor WHERE id = :revision",
        "is assigned the revision": (
            "INSERT INTO assignment (case_file_id, matter_id, side, person_id, proposed_id,"
            " assigned_by_id, assigned_at, reason) SELECT id, matter_id, side, :advisor,"
            " :advisor, :advisor, received_at, '' FROM case_file WHERE id = :revision"
        ),
        "assesses the revision": (
            "INSERT INTO assessment (case_file_id, matter_id, side, criterion, finding, note,"
            " person_id, assessed_at) SELECT id, matter_id, side, 'AC1', 'met', '', :advisor,"
            " received_at FROM case_file WHERE id = :revision"
        ),
        "recommends the revision": copied(
            "recommendation",
            "revision_recommendation",
            public_id="'r2'",
            person_id=":advisor",
            ended_at="made_at",
        ),
        "decides the revision": copied(
            "decision",
            "refusal",
            public_id="'d2'",
            case_file_id=":revision",
            side="'revision'",
            outcome="'upheld'",
            advised_by_id=":reviser",
            recommendation_id=":revision_recommendation",
        ),
    },
)

BATCH = Rule(
    "a batch is approved by another person, as it is now",
    "SELECT count(*) FROM batch WHERE approved_by_id IN (prepared_by_id, edited_by_id)"
    " OR approved_version <> content_version"
    " OR (id = :batch_approved AND (approved_by_id <> :approver OR funds_on <> '2026-12-03'"
    " OR 1 <> (SELECT count(*) FROM payment WHERE batch_id = :batch_approved"
    " AND status = 'prepared')))",
    {
        "approved by its preparer": (
            "UPDATE batch SET status = 'approved', approved_by_id = prepared_by_id,"
            " approved_at = prepared_at, approved_version = content_version"
            " WHERE id = :batch_prepared"
        ),
        "approved by its last editor": (
            "UPDATE batch SET status = 'approved', edited_by_id = :approver,"
            " approved_by_id = :approver, approved_at = prepared_at,"
            " approved_version = content_version WHERE id = :batch_prepared"
        ),
        "approved on another version": (
            "UPDATE batch SET status = 'approved', approved_by_id = :approver,"
            " approved_at = prepared_at, approved_version = content_version + 1"
            " WHERE id = :batch_prepared"
        ),
        "preparer put in another's name": (
            "UPDATE batch SET edited_by_id = :approver WHERE id = :batch_approved"
        ),
        "edited under its approval": (
            "UPDATE batch SET content_version = 2, approved_version = 2, edited_by_id ="
            " :other_preparer, funds_on = '2026-12-04' WHERE id = :batch_approved"
        ),
        "approver replaced": (
            "UPDATE batch SET approved_by_id = :other_approver WHERE id = :batch_approved"
        ),
        "line slipped in": copied(
            "payment",
            "payment_approved",
            public_id="'p2'",
            reference="'P2'",
            instalment_id=":second_two",
            amount_cents="(SELECT amount_cents FROM instalment WHERE id = :second_two)",
        ),
        "line taken out": "UPDATE payment SET status = 'cancelled' WHERE id = :payment_approved",
        "line deleted": "DELETE FROM payment WHERE id = :payment_approved",
    },
)

SIGNATURE = Rule(
    "no payment without the signed agreement",
    "SELECT count(*) FROM payment p LEFT JOIN signature s ON s.id = p.signature_id"
    " AND s.agreement_version_id = p.agreement_version_id"
    " LEFT JOIN agreement_version v ON v.id = s.agreement_version_id"
    " AND v.file_sha256 = s.file_sha256"
    " LEFT JOIN instalment i ON i.id = p.instalment_id"
    " AND i.agreement_version_id = p.agreement_version_id AND i.amount_cents = p.amount_cents"
    " WHERE v.id IS NULL OR i.id IS NULL",
    {
        "agreement not signed": copied(
            "payment",
            "payment_prepared",
            public_id="'p3'",
            reference="'P3'",
            instalment_id=":unsigned_part",
            agreement_version_id=":unsigned",
            amount_cents=":unsigned_cents",
            signature_id="NULL",
            organization_id="(SELECT organization_id FROM agreement_version WHERE id = :unsigned)",
        ),
        "signature of another agreement": copied(
            "payment",
            "payment_prepared",
            public_id="'p4'",
            reference="'P4'",
            instalment_id=":unsigned_part",
            agreement_version_id=":unsigned",
            amount_cents=":unsigned_cents",
        ),
        "another amount than agreed": copied(
            "payment",
            "payment_prepared",
            public_id="'p5'",
            reference="'P5'",
            instalment_id=":second_one",
            amount_cents="amount_cents * 2",
        ),
        "instalment of another agreement": copied(
            "payment",
            "payment_prepared",
            public_id="'p6'",
            reference="'P6'",
            instalment_id=":second_two",
        ),
        "file changed after signature": (
            f"UPDATE agreement_version SET file_sha256 = '{'c' * 64}' WHERE id = :version_one"
        ),
        "signature taken away": "DELETE FROM signature WHERE id = :signature_one",
        "signature of other bytes": (
            f"UPDATE signature SET file_sha256 = '{'d' * 64}' WHERE id = :signature_one"
        ),
    },
)

ONCE = Rule(
    "one live payment per instalment; a reissue is a line, not a tree",
    "SELECT count(*) FROM (SELECT instalment_id FROM payment"
    " WHERE status NOT IN ('returned', 'cancelled') GROUP BY instalment_id HAVING count(*) > 1"
    " UNION ALL SELECT instalment_id FROM payment WHERE reissue_of IS NULL"
    " AND status <> 'cancelled' GROUP BY instalment_id HAVING count(*) > 1"
    " UNION ALL SELECT p.instalment_id FROM payment p JOIN payment r ON r.id = p.reissue_of"
    " WHERE r.status <> 'returned' OR r.instalment_id <> p.instalment_id) wrong",
    {
        "paid twice": copied("payment", "payment_prepared", public_id="'p7'", reference="'P7'"),
        "a second root after a return": copied(
            "payment",
            "payment_released",
            public_id="'p8'",
            reference="'P8'",
            batch_id=":batch_prepared",
            status="'prepared'",
            return_code="NULL",
            returned_on="NULL",
        ),
        "reissue of what did not return": copied(
            "payment",
            "payment_prepared",
            public_id="'p9'",
            reference="'P9'",
            reissue_of=":payment_prepared",
            reissued_status="'returned'",
        ),
        "reissue for another instalment": copied(
            "payment",
            "payment_released",
            public_id="'p10'",
            reference="'P10'",
            batch_id=":batch_prepared",
            status="'prepared'",
            return_code="NULL",
            returned_on="NULL",
            reissue_of=":payment_released",
            reissued_status="'returned'",
            instalment_id=":second_three",
            amount_cents="(SELECT amount_cents FROM instalment WHERE id = :second_three)",
        ),
        "a returned payment made live again": (
            "UPDATE payment SET status = 'released', return_code = NULL, returned_on = NULL,"
            " instalment_id = :first_one WHERE id = :payment_released"
        ),
    },
)

ACCOUNT = Rule(
    "bank details in use were entered and verified by two people",
    "SELECT count(*) FROM payment p LEFT JOIN bank_verification b"
    " ON b.bank_details_id = p.bank_details_id AND b.organization_id = p.organization_id"
    " LEFT JOIN bank_details d ON d.id = b.bank_details_id"
    " AND d.organization_id = b.organization_id AND d.entered_by_id = b.entered_by_id"
    " LEFT JOIN agreement_version v ON v.id = p.agreement_version_id"
    " AND v.organization_id = p.organization_id"
    " WHERE d.id IS NULL OR v.id IS NULL OR b.verified_by_id = b.entered_by_id"
    " OR d.account_end <> '567'",
    {
        "account never verified": copied(
            "payment",
            "payment_prepared",
            public_id="'p11'",
            reference="'P11'",
            instalment_id=":second_one",
            bank_details_id="bank_details_id + 1000",
            amount_cents="(SELECT amount_cents FROM instalment WHERE id = :second_one)",
        ),
        "account of another organization": copied(
            "payment",
            "payment_prepared",
            public_id="'p12'",
            reference="'P12'",
            instalment_id=":second_one",
            bank_details_id=":account_two",
            amount_cents="(SELECT amount_cents FROM instalment WHERE id = :second_one)",
        ),
        "paid to another organization": copied(
            "payment",
            "payment_prepared",
            public_id="'p13'",
            reference="'P13'",
            instalment_id=":second_one",
            bank_details_id=":account_two",
            organization_id=":organization_two",
            amount_cents="(SELECT amount_cents FROM instalment WHERE id = :second_one)",
        ),
        "verified by whoever entered": (
            "UPDATE bank_verification SET verified_by_id = entered_by_id"
            " WHERE bank_details_id = :account_one"
        ),
        "account changed in place": (
            "UPDATE bank_details SET account_end = '999' WHERE id = :account_one"
        ),
        "verification deleted": (
            "DELETE FROM bank_verification WHERE bank_details_id = :account_one"
        ),
        "payment sent elsewhere": (
            "UPDATE payment SET bank_details_id = :account_two WHERE id = :payment_prepared"
        ),
    },
)
