"""What the third slice added to the table: referrals, promises, figures, absences, complaints."""

from tests.proofs.asked_attacks import as_it_was
from tests.proofs.attacks import Rule, copied

_SENT = {"public_id": "'o9'", "resource_id": ":other_resource", "outcome": "NULL"}
_NO_OUTCOME = {"outcome_at": "NULL", "outcome_by_id": "NULL"}

REFERRAL = Rule(
    "without consent nothing is handed over, and what was recorded stays",
    "SELECT count(*) FROM referral WHERE (consent <> 'given' AND handed_over)"
    " OR consent NOT IN ('given', 'refused') OR (outcome IS NULL) <> (outcome_by_id IS NULL)"
    " UNION ALL SELECT count(*) FROM (SELECT resource_id FROM referral"
    " GROUP BY case_file_id, resource_id HAVING count(*) > 1) t UNION ALL "
    + as_it_was("referral", "referral", "consent = 'refused' AND outcome = 'not_reached'"),
    {
        "handed over against a refusal": copied(
            "referral", "referral", **_SENT, **_NO_OUTCOME, handed_over="NOT handed_over"
        ),
        "handed over after": "UPDATE referral SET handed_over = NOT handed_over"
        " WHERE id = :referral",
        "consent written after": "UPDATE referral SET consent = 'given' WHERE id = :referral",
        "consent of nobody": copied(
            "referral", "referral", **_SENT, **_NO_OUTCOME, consent="'maybe'"
        ),
        "twice to the same": copied("referral", "referral", public_id="'o9'"),
        "outcome rewritten": "UPDATE referral SET outcome = 'helped' WHERE id = :referral",
        "outcome told by nobody": copied(
            "referral", "referral", **{**_SENT, "outcome": "'helped'"}, outcome_by_id="NULL"
        ),
        "deleted": "DELETE FROM referral WHERE id = :referral",
    },
)

PROMISES = Rule(
    "the commitments of a declaration never change",
    as_it_was(
        "service_commitment",
        "commitment",
        "quantity = :quantity AND sentence = :promised AND target_percent = 100"
        " AND declaration_id = :declaration",
    )
    + " UNION ALL "
    + as_it_was("service_declaration", "declaration", "title = :declaration_title")
    + " UNION ALL SELECT count(*) FROM service_declaration WHERE in_force_from = '1999-01-01'",
    {
        "delay rewritten": "UPDATE service_commitment SET quantity = 99 WHERE id = :commitment",
        "words rewritten": "UPDATE service_commitment SET sentence = 'x' WHERE id = :commitment",
        "target lowered": (
            "UPDATE service_commitment SET target_percent = 1 WHERE id = :commitment"
        ),
        "promise deleted": "DELETE FROM service_commitment WHERE id = :commitment",
        "title rewritten": "UPDATE service_declaration SET title = 'x' WHERE id = :declaration",
        "in force since another day": (
            "UPDATE service_declaration SET in_force_from = '1999-01-01' WHERE id = :declaration"
        ),
        "declaration deleted": "DELETE FROM service_declaration WHERE id = :declaration",
    },
)

PUBLISHED = Rule(
    "published figures never change, and their PDF is set once",
    as_it_was(
        "publication",
        "publication",
        "content LIKE '{%[]}' AND sha256 LIKE 'aaa%' AND storage_key = :publication_key"
        " AND published_by_id = :manager AND from_on = '2025-04-01' AND number = 1",
    )
    + " UNION ALL SELECT count(*) FROM (SELECT number FROM publication"
    " GROUP BY secretariat_id, from_on, until_on, number HAVING count(*) > 1) t"
    " UNION ALL SELECT count(*) FROM publication WHERE from_on > until_on OR length(sha256) <> 64"
    " OR (storage_key IS NULL) <> (file_sha256 IS NULL)",
    {
        name: f"UPDATE publication SET {sql} WHERE id = :publication"
        for name, sql in {
            "figures rewritten": "content = '{}'",
            "seal rewritten": f"sha256 = '{'c' * 64}'",
            "published by another": "published_by_id = :agent",
            "for another period": "from_on = '2024-04-01'",
            "PDF replaced": "storage_key = 'k9'",
            "PDF taken out": "storage_key = NULL, file_sha256 = NULL",
        }.items()
    }
    | {
        "the same number twice": copied("publication", "publication", public_id="'u9'"),
        "half a PDF": copied(
            "publication", "publication", public_id="'u9'", number="2", file_sha256="NULL"
        ),
        "deleted": "DELETE FROM publication WHERE id = :publication",
    },
)

ABSENT = Rule(
    "nobody is their own substitute, and an absence stays as it was recorded",
    "SELECT count(*) FROM absence WHERE person_id = substitute_id OR from_on > until_on"
    " UNION ALL "
    + as_it_was("absence", "absence", "substitute_id = :substitute AND cancelled_at > recorded_at"),
    {
        "one's own substitute": copied(
            "absence", "absence", public_id="'a9'", substitute_id="person_id"
        ),
        "over before it begins": copied(
            "absence", "absence", public_id="'a9'", until_on="'2026-11-30'"
        ),
        "substitute replaced": "UPDATE absence SET substitute_id = :agent WHERE id = :absence",
        "no longer cancelled": "UPDATE absence SET cancelled_at = NULL WHERE id = :absence",
        "cancelled earlier": "UPDATE absence SET cancelled_at = recorded_at WHERE id = :absence",
        "deleted": "DELETE FROM absence WHERE id = :absence",
    },
)

COMPLAINT = Rule(
    "a complaint is concluded with a finding, and stays as it was filed",
    "SELECT count(*) FROM complaint WHERE (concluded_at IS NOT NULL AND (finding IS NULL OR"
    " recommendation IS NULL)) OR (status IN ('concluded', 'closed') AND concluded_at IS NULL)"
    " OR (status = 'closed') <> (closed_at IS NOT NULL) UNION ALL "
    + as_it_was(
        "complaint",
        "concluded",
        "concluded_at > received_at AND concluded_at <> entered_at"
        " AND answer_due_on > acknowledge_due_on AND received <> 'x'",
    )
    + " UNION ALL "
    + as_it_was("complaint_event", "complaint_event", "kind = 'filed'")
    + " UNION ALL "
    + as_it_was("complaint_reader", "filed", "person_id = :agent", key="complaint_id")
    + " UNION ALL "
    + as_it_was("complaint_message", "concluded", "kind = 'conclusion'", key="complaint_id"),
    {
        "concluded without a finding": (
            "UPDATE complaint SET status = 'concluded', concluded_at = entered_at WHERE id = :filed"
        ),
        "concluded without an instant": (
            "UPDATE complaint SET status = 'concluded' WHERE id = :filed"
        ),
        "closed without a conclusion": (
            "UPDATE complaint SET status = 'closed', closed_at = entered_at WHERE id = :filed"
        ),
        "closed at no time": "UPDATE complaint SET status = 'closed' WHERE id = :concluded",
        "finding taken out": "UPDATE complaint SET finding = NULL WHERE id = :concluded",
        "concluded at another instant": (
            "UPDATE complaint SET concluded_at = entered_at WHERE id = :concluded"
        ),
        "words rewritten": "UPDATE complaint SET received = 'x' WHERE id = :concluded",
        "delay given": (
            "UPDATE complaint SET answer_due_on = acknowledge_due_on WHERE id = :concluded"
        ),
        "deleted": "DELETE FROM complaint WHERE id = :concluded",
        "its journal rewritten": (
            "UPDATE complaint_event SET kind = 'forged' WHERE id = :complaint_event"
        ),
        "somebody else named": (
            "UPDATE complaint_reader SET person_id = :manager WHERE complaint_id = :filed"
        ),
        "who was named deleted": "DELETE FROM complaint_reader WHERE complaint_id = :filed",
        "answer deleted": "DELETE FROM complaint_message WHERE complaint_id = :concluded",
        "a line of it deleted": "DELETE FROM complaint_event WHERE id = :complaint_event",
    },
)

RULES = (REFERRAL, PROMISES, PUBLISHED, ABSENT, COMPLAINT)
