"""Triggers that keep history as it was written, in the words of both engines.

Migrations carry frozen copies; a test compares the two.
"""

from sqlalchemy import DDL, event

from grants.models import frozen
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


# What was kept or missed stays so: only a promise that still runs may move.
_SETTLED = (
    "OLD.stopped_at IS NOT NULL AND (OLD.due_at <> NEW.due_at OR OLD.due_on <> NEW.due_on"
    " OR OLD.stop_event <> NEW.stop_event)"
)
_TOPIC_UNSAID = "OLD.topic <> NEW.topic AND (OLD.moved_at IS NOT NULL OR NEW.moved_at IS NULL)"

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
    frozen_columns("case_file", *frozen.CASE_FILE_FACTS),
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
    frozen_columns("recommendation", *frozen.RECOMMENDATION_FACTS),
    frozen_columns("decision", *frozen.DECISION_FACTS),
    frozen_columns("agreement_version", *frozen.VERSION_FACTS),
    frozen_columns("instalment", *frozen.INSTALMENT_FACTS),
    frozen_columns("batch", *frozen.BATCH_FACTS),
    frozen_columns("payment", *frozen.PAYMENT_FACTS),
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
    *insert_only("clock_move"),
    *insert_only("transfer"),
    *insert_only("call_attempt"),
    *insert_only("reply"),
    *insert_only("journal_export"),
    *insert_only("complaint_event"),
    *insert_only("service_commitment"),
    *kept("service_declaration"),
    *kept("information_request"),
    *kept("resource"),
    *kept("referral"),
    *kept("complaint"),
    *kept("complaint_reader"),
    *kept("complaint_message"),
    *kept("publication"),
    *kept("absence"),
    frozen_columns("service_declaration", *frozen.DECLARATION_FACTS),
    frozen_columns("information_request", *frozen.REQUEST_FACTS),
    frozen_columns("referral", *frozen.REFERRAL_FACTS),
    frozen_columns("complaint", *frozen.COMPLAINT_FACTS),
    frozen_columns("complaint_reader", "complaint_id", "person_id", "named_by_id", "named_at"),
    frozen_columns("publication", *frozen.PUBLICATION_FACTS),
    frozen_columns("absence", *frozen.ABSENCE_FACTS),
    set_once("clock", "stop_recorded_at"),
    set_once("clock", "taken"),
    set_once("information_request", "moved_at"),
    set_once("referral", "outcome"),
    set_once("complaint", "acknowledged_at"),
    set_once("complaint", "concluded_at"),
    set_once("complaint_message", "sent_at"),
    set_once("complaint_reader", "ended_at"),
    set_once("publication", "storage_key"),
    set_once("absence", "cancelled_at"),
    refused_when("clock", "settled", "UPDATE", *2 * (_SETTLED,)),
    refused_when("clock", "recorded", "UPDATE", *2 * ("OLD.recorded_at <> NEW.recorded_at",)),
    refused_when("information_request", "topic_moved", "UPDATE", *2 * (_TOPIC_UNSAID,)),
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
