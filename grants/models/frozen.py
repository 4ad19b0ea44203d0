"""What never changes of a row once it is written, table by table; `guards.py` freezes it."""

CASE_FILE_FACTS = (
    "public_id",
    "number",
    "kind",
    "secretariat_id",
    "organization_id",
    "channel",
    "received_at",
    "entered_at",
    "matter_id",
    "side",
)

DECISION_FACTS = (
    "public_id",
    "case_file_id",
    "matter_id",
    "side",
    "recommendation_id",
    "decided_by_id",
    "advised_by_id",
    "outcome",
    "requested_cents",
    "granted_cents",
    "reason_codes",
    "explanation",
    "alternative_call_id",
    "alternative",
    "no_alternative",
    "envelope_id",
    "available_after_cents",
    "decided_at",
    "letter_on",
    "recourse_until",
    "letter",
)

RECOMMENDATION_FACTS = (
    "case_file_id",
    "matter_id",
    "side",
    "person_id",
    "outcome",
    "amount_cents",
    "reasons",
    "made_at",
)

VERSION_FACTS = (
    "public_id",
    "agreement_id",
    "organization_id",
    "number",
    "total_cents",
    "starts_on",
    "ends_on",
    "signatory_id",
    "terms",
    "drafted_by_id",
    "drafted_at",
)

INSTALMENT_FACTS = (
    "agreement_version_id",
    "rank",
    "amount_cents",
    "planned_on",
    "fiscal_year",
    "condition",
)

BATCH_FACTS = (
    "public_id",
    "number",
    "secretariat_id",
    "profile_id",
    "prepared_by_id",
    "prepared_at",
)

PAYMENT_FACTS = (
    "public_id",
    "batch_id",
    "instalment_id",
    "agreement_version_id",
    "signature_id",
    "organization_id",
    "bank_details_id",
    "amount_cents",
    "reference",
    "reissue_of",
)

DECLARATION_FACTS = ("secretariat_id", "slug", "title", "in_force_from", "written_by_id")

REQUEST_FACTS = (
    "case_file_id",
    "question",
    "requester",
    "wants_callback",
)

REFERRAL_FACTS = (
    "public_id",
    "case_file_id",
    "resource_id",
    "consent",
    "handed_over",
    "made_by_id",
    "made_at",
)

COMPLAINT_FACTS = (
    "public_id",
    "secretariat_id",
    "number",
    "number_key",
    "received",
    "received_at",
    "entered_at",
    "acknowledge_due_on",
    "answer_due_on",
)

PUBLICATION_FACTS = (
    "public_id",
    "secretariat_id",
    "from_on",
    "until_on",
    "number",
    "as_of",
    "content",
    "sha256",
    "published_by_id",
)

ABSENCE_FACTS = (
    "public_id",
    "person_id",
    "substitute_id",
    "from_on",
    "recorded_by_id",
    "recorded_at",
)
