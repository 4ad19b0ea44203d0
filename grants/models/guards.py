"""Triggers that keep history as it was written, in the words of both engines.

Migrations carry frozen copies; a test compares the two.
"""

from sqlalchemy import DDL, event

from grants.models.base import Base
from grants.models.triggers import (
    REFUSAL_FUNCTION,
    Trigger,
    frozen_columns,
    insert_only,
    kept,
    refused_when,
    set_once,
)

# A line may not slip in beside an approval in flight: lock the batch first, look afterwards.
LINE_FUNCTION = (
    "CREATE OR REPLACE FUNCTION refuse_line() RETURNS trigger LANGUAGE plpgsql AS $$"
    " DECLARE who bigint; state text; BEGIN"
    " SELECT approved_by_id, status INTO who, state FROM batch WHERE id = NEW.batch_id FOR SHARE;"
    " IF NEW.status = 'released' AND TG_OP = 'UPDATE' THEN"
    " IF state <> 'released' THEN RAISE EXCEPTION USING message = 'payment: batch not released';"
    " END IF;"
    " ELSIF NEW.status IN ('prepared', 'cancelled', 'released') AND who IS NOT NULL THEN"
    " RAISE EXCEPTION USING message = 'payment: batch approved'; END IF;"
    " RETURN NEW; END $$"
)
_APPROVED = "(SELECT approved_by_id FROM batch WHERE id = NEW.batch_id) IS NOT NULL"
_UNRELEASED = "(SELECT status FROM batch WHERE id = NEW.batch_id) <> 'released'"
_SAME_BATCH = (
    "OLD.approved_by_id IS NOT NULL AND NEW.approved_by_id IS NOT NULL AND ("
    "OLD.approved_by_id <> NEW.approved_by_id OR OLD.edited_by_id <> NEW.edited_by_id"
    " OR OLD.content_version <> NEW.content_version OR OLD.funds_on <> NEW.funds_on)"
)
_WRONG_TURN = (
    "OLD.status <> NEW.status AND NOT (OLD.status = 'prepared' AND NEW.status IN"
    " ('released', 'cancelled')) AND NOT (OLD.status = 'released' AND NEW.status = 'returned')"
)


def _line_triggers() -> list[Trigger]:
    """The lines of a batch: none added or taken away once approved, paid only by its release."""
    added = Trigger(
        "payment",
        "payment_line_added",
        f"CREATE TRIGGER payment_line_added BEFORE INSERT ON payment WHEN {_APPROVED}"
        " BEGIN SELECT RAISE(ABORT, 'payment: batch approved'); END",
        "CREATE TRIGGER payment_line_added BEFORE INSERT ON payment FOR EACH ROW"
        " EXECUTE FUNCTION refuse_line()",
    )
    moved = Trigger(
        "payment",
        "payment_line_moved",
        "CREATE TRIGGER payment_line_moved BEFORE UPDATE OF status ON payment WHEN"
        f" (NEW.status = 'cancelled' AND {_APPROVED})"
        f" OR (NEW.status = 'released' AND {_UNRELEASED})"
        " BEGIN SELECT RAISE(ABORT, 'payment: batch approved'); END",
        "CREATE TRIGGER payment_line_moved BEFORE UPDATE OF status ON payment FOR EACH ROW"
        " EXECUTE FUNCTION refuse_line()",
    )
    born = refused_when("payment", "born_prepared", "INSERT", *2 * ("NEW.status <> 'prepared'",))
    return [added, moved, born, refused_when("payment", "turn", "UPDATE", *2 * (_WRONG_TURN,))]


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

TRIGGERS: list[Trigger] = [
    *insert_only("journal_event"),
    *insert_only("journal_link"),
    *insert_only("application"),
    *insert_only("form_version"),
    *insert_only("participant"),
    *insert_only("document"),
    *kept("case_file"),
    *kept("assignment"),
    *kept("clock"),
    *kept("message"),
    *kept("membership"),
    *kept("conflict_of_interest"),
    *kept("journal_head"),
    frozen_columns("case_file", *CASE_FILE_FACTS),
    frozen_columns("clock", "case_file_id", "commitment_id", "received_at"),
    frozen_columns("attachment", "sha256", "size", "storage_key", "field_key"),
    set_once("clock", "stopped_at"),
    set_once("message", "sent_at"),
    set_once("assignment", "ended_at"),
    set_once("draft", "case_file_id"),
    set_once("attachment", "case_file_id"),
    *insert_only("revision"),
    *insert_only("envelope_entry"),
    *insert_only("agreement"),
    *insert_only("signature"),
    *insert_only("bank_details"),
    *insert_only("bank_verification"),
    *kept("document_check"),
    *kept("assessment"),
    *kept("recommendation"),
    *kept("decision"),
    *kept("envelope"),
    *kept("agreement_version"),
    *kept("instalment"),
    *kept("bank_profile"),
    *kept("batch"),
    *kept("payment"),
    frozen_columns("recommendation", *RECOMMENDATION_FACTS),
    frozen_columns("decision", *DECISION_FACTS),
    frozen_columns("agreement_version", *VERSION_FACTS),
    frozen_columns("instalment", *INSTALMENT_FACTS),
    frozen_columns("batch", *BATCH_FACTS),
    frozen_columns("payment", *PAYMENT_FACTS),
    set_once("recommendation", "ended_at"),
    set_once("decision", "first_read_at"),
    set_once("agreement_version", "issued_at"),
    set_once("agreement_version", "issued_by_id"),
    set_once("agreement_version", "file_sha256"),
    set_once("agreement_version", "storage_key"),
    set_once("agreement_version", "ended_at"),
    set_once("instalment", "met_at"),
    set_once("payment", "return_code"),
    set_once("batch", "file_number"),
    set_once("batch", "cycle"),
    set_once("batch", "released_at"),
    set_once("batch", "file_sha256"),
    set_once("batch", "storage_key"),
    refused_when("batch", "approved", "UPDATE", *2 * (_SAME_BATCH,)),
    *_line_triggers(),
]


def _listen(trigger: Trigger) -> None:
    table = Base.metadata.tables[trigger.table]
    if trigger.sqlite:
        ddl = DDL(trigger.sqlite).execute_if(dialect="sqlite")
        event.listen(table, "after_create", ddl)
    event.listen(table, "after_create", DDL(trigger.postgresql).execute_if(dialect="postgresql"))


def install() -> None:
    """Make `create_all` build the triggers too."""
    for function in (REFUSAL_FUNCTION, LINE_FUNCTION):
        event.listen(Base.metadata, "before_create", DDL(function).execute_if(dialect="postgresql"))
    for trigger in TRIGGERS:
        _listen(trigger)
