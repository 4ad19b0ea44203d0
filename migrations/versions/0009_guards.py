"""Triggers that keep history as it was written (frozen copies)."""

from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None

REFUSAL_FUNCTION = "CREATE OR REPLACE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION USING message = TG_TABLE_NAME || ': frozen'; END $$"

SQLITE = (
    "CREATE TRIGGER journal_event_no_update BEFORE UPDATE ON journal_event BEGIN SELECT RAISE(ABORT, 'journal_event: frozen'); END",
    "CREATE TRIGGER journal_event_no_delete BEFORE DELETE ON journal_event BEGIN SELECT RAISE(ABORT, 'journal_event: frozen'); END",
    "CREATE TRIGGER journal_link_no_update BEFORE UPDATE ON journal_link BEGIN SELECT RAISE(ABORT, 'journal_link: frozen'); END",
    "CREATE TRIGGER journal_link_no_delete BEFORE DELETE ON journal_link BEGIN SELECT RAISE(ABORT, 'journal_link: frozen'); END",
    "CREATE TRIGGER application_no_update BEFORE UPDATE ON application BEGIN SELECT RAISE(ABORT, 'application: frozen'); END",
    "CREATE TRIGGER application_no_delete BEFORE DELETE ON application BEGIN SELECT RAISE(ABORT, 'application: frozen'); END",
    "CREATE TRIGGER form_version_no_update BEFORE UPDATE ON form_version BEGIN SELECT RAISE(ABORT, 'form_version: frozen'); END",
    "CREATE TRIGGER form_version_no_delete BEFORE DELETE ON form_version BEGIN SELECT RAISE(ABORT, 'form_version: frozen'); END",
    "CREATE TRIGGER participant_no_update BEFORE UPDATE ON participant BEGIN SELECT RAISE(ABORT, 'participant: frozen'); END",
    "CREATE TRIGGER participant_no_delete BEFORE DELETE ON participant BEGIN SELECT RAISE(ABORT, 'participant: frozen'); END",
    "CREATE TRIGGER document_no_update BEFORE UPDATE ON document BEGIN SELECT RAISE(ABORT, 'document: frozen'); END",
    "CREATE TRIGGER document_no_delete BEFORE DELETE ON document BEGIN SELECT RAISE(ABORT, 'document: frozen'); END",
    "CREATE TRIGGER case_file_no_delete BEFORE DELETE ON case_file BEGIN SELECT RAISE(ABORT, 'case_file: frozen'); END",
    "CREATE TRIGGER assignment_no_delete BEFORE DELETE ON assignment BEGIN SELECT RAISE(ABORT, 'assignment: frozen'); END",
    "CREATE TRIGGER clock_no_delete BEFORE DELETE ON clock BEGIN SELECT RAISE(ABORT, 'clock: frozen'); END",
    "CREATE TRIGGER message_no_delete BEFORE DELETE ON message BEGIN SELECT RAISE(ABORT, 'message: frozen'); END",
    "CREATE TRIGGER membership_no_delete BEFORE DELETE ON membership BEGIN SELECT RAISE(ABORT, 'membership: frozen'); END",
    "CREATE TRIGGER conflict_of_interest_no_delete BEFORE DELETE ON conflict_of_interest BEGIN SELECT RAISE(ABORT, 'conflict_of_interest: frozen'); END",
    "CREATE TRIGGER journal_head_no_delete BEFORE DELETE ON journal_head BEGIN SELECT RAISE(ABORT, 'journal_head: frozen'); END",
    "CREATE TRIGGER case_file_frozen BEFORE UPDATE OF public_id, number, kind, secretariat_id, organization_id, channel, received_at, entered_at, matter_id, side ON case_file WHEN OLD.public_id IS NOT NEW.public_id OR OLD.number IS NOT NEW.number OR OLD.kind IS NOT NEW.kind OR OLD.secretariat_id IS NOT NEW.secretariat_id OR OLD.organization_id IS NOT NEW.organization_id OR OLD.channel IS NOT NEW.channel OR OLD.received_at IS NOT NEW.received_at OR OLD.entered_at IS NOT NEW.entered_at OR OLD.matter_id IS NOT NEW.matter_id OR OLD.side IS NOT NEW.side BEGIN SELECT RAISE(ABORT, 'case_file: frozen'); END",
    "CREATE TRIGGER clock_frozen BEFORE UPDATE OF case_file_id, commitment_id, received_at ON clock WHEN OLD.case_file_id IS NOT NEW.case_file_id OR OLD.commitment_id IS NOT NEW.commitment_id OR OLD.received_at IS NOT NEW.received_at BEGIN SELECT RAISE(ABORT, 'clock: frozen'); END",
    "CREATE TRIGGER attachment_frozen BEFORE UPDATE OF sha256, size, storage_key, field_key ON attachment WHEN OLD.sha256 IS NOT NEW.sha256 OR OLD.size IS NOT NEW.size OR OLD.storage_key IS NOT NEW.storage_key OR OLD.field_key IS NOT NEW.field_key BEGIN SELECT RAISE(ABORT, 'attachment: frozen'); END",
    "CREATE TRIGGER clock_stopped_at_once BEFORE UPDATE OF stopped_at ON clock WHEN OLD.stopped_at IS NOT NULL AND OLD.stopped_at IS NOT NEW.stopped_at BEGIN SELECT RAISE(ABORT, 'clock: frozen'); END",
    "CREATE TRIGGER message_sent_at_once BEFORE UPDATE OF sent_at ON message WHEN OLD.sent_at IS NOT NULL AND OLD.sent_at IS NOT NEW.sent_at BEGIN SELECT RAISE(ABORT, 'message: frozen'); END",
    "CREATE TRIGGER assignment_ended_at_once BEFORE UPDATE OF ended_at ON assignment WHEN OLD.ended_at IS NOT NULL AND OLD.ended_at IS NOT NEW.ended_at BEGIN SELECT RAISE(ABORT, 'assignment: frozen'); END",
    "CREATE TRIGGER draft_case_file_id_once BEFORE UPDATE OF case_file_id ON draft WHEN OLD.case_file_id IS NOT NULL AND OLD.case_file_id IS NOT NEW.case_file_id BEGIN SELECT RAISE(ABORT, 'draft: frozen'); END",
    "CREATE TRIGGER attachment_case_file_id_once BEFORE UPDATE OF case_file_id ON attachment WHEN OLD.case_file_id IS NOT NULL AND OLD.case_file_id IS NOT NEW.case_file_id BEGIN SELECT RAISE(ABORT, 'attachment: frozen'); END",
)

POSTGRESQL = (
    "CREATE TRIGGER journal_event_no_update BEFORE UPDATE ON journal_event FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER journal_event_no_delete BEFORE DELETE ON journal_event FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER journal_event_no_truncate BEFORE TRUNCATE ON journal_event FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER journal_link_no_update BEFORE UPDATE ON journal_link FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER journal_link_no_delete BEFORE DELETE ON journal_link FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER journal_link_no_truncate BEFORE TRUNCATE ON journal_link FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER application_no_update BEFORE UPDATE ON application FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER application_no_delete BEFORE DELETE ON application FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER application_no_truncate BEFORE TRUNCATE ON application FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER form_version_no_update BEFORE UPDATE ON form_version FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER form_version_no_delete BEFORE DELETE ON form_version FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER form_version_no_truncate BEFORE TRUNCATE ON form_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER participant_no_update BEFORE UPDATE ON participant FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER participant_no_delete BEFORE DELETE ON participant FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER participant_no_truncate BEFORE TRUNCATE ON participant FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER document_no_update BEFORE UPDATE ON document FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER document_no_delete BEFORE DELETE ON document FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER document_no_truncate BEFORE TRUNCATE ON document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER case_file_no_delete BEFORE DELETE ON case_file FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER case_file_no_truncate BEFORE TRUNCATE ON case_file FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER assignment_no_delete BEFORE DELETE ON assignment FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER assignment_no_truncate BEFORE TRUNCATE ON assignment FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER clock_no_delete BEFORE DELETE ON clock FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER clock_no_truncate BEFORE TRUNCATE ON clock FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER message_no_delete BEFORE DELETE ON message FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER message_no_truncate BEFORE TRUNCATE ON message FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER membership_no_delete BEFORE DELETE ON membership FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER membership_no_truncate BEFORE TRUNCATE ON membership FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER conflict_of_interest_no_delete BEFORE DELETE ON conflict_of_interest FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER conflict_of_interest_no_truncate BEFORE TRUNCATE ON conflict_of_interest FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER journal_head_no_delete BEFORE DELETE ON journal_head FOR EACH ROW EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER journal_head_no_truncate BEFORE TRUNCATE ON journal_head FOR EACH STATEMENT EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER case_file_frozen BEFORE UPDATE ON case_file FOR EACH ROW WHEN ((OLD.public_id, OLD.number, OLD.kind, OLD.secretariat_id, OLD.organization_id, OLD.channel, OLD.received_at, OLD.entered_at, OLD.matter_id, OLD.side) IS DISTINCT FROM (NEW.public_id, NEW.number, NEW.kind, NEW.secretariat_id, NEW.organization_id, NEW.channel, NEW.received_at, NEW.entered_at, NEW.matter_id, NEW.side)) EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER clock_frozen BEFORE UPDATE ON clock FOR EACH ROW WHEN ((OLD.case_file_id, OLD.commitment_id, OLD.received_at) IS DISTINCT FROM (NEW.case_file_id, NEW.commitment_id, NEW.received_at)) EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER attachment_frozen BEFORE UPDATE ON attachment FOR EACH ROW WHEN ((OLD.sha256, OLD.size, OLD.storage_key, OLD.field_key) IS DISTINCT FROM (NEW.sha256, NEW.size, NEW.storage_key, NEW.field_key)) EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER clock_stopped_at_once BEFORE UPDATE ON clock FOR EACH ROW WHEN (OLD.stopped_at IS NOT NULL AND OLD.stopped_at IS DISTINCT FROM NEW.stopped_at) EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER message_sent_at_once BEFORE UPDATE ON message FOR EACH ROW WHEN (OLD.sent_at IS NOT NULL AND OLD.sent_at IS DISTINCT FROM NEW.sent_at) EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER assignment_ended_at_once BEFORE UPDATE ON assignment FOR EACH ROW WHEN (OLD.ended_at IS NOT NULL AND OLD.ended_at IS DISTINCT FROM NEW.ended_at) EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER draft_case_file_id_once BEFORE UPDATE ON draft FOR EACH ROW WHEN (OLD.case_file_id IS NOT NULL AND OLD.case_file_id IS DISTINCT FROM NEW.case_file_id) EXECUTE FUNCTION refuse_change()",
    "CREATE TRIGGER attachment_case_file_id_once BEFORE UPDATE ON attachment FOR EACH ROW WHEN (OLD.case_file_id IS NOT NULL AND OLD.case_file_id IS DISTINCT FROM NEW.case_file_id) EXECUTE FUNCTION refuse_change()",
)

NAMES = (
    ("journal_event", "journal_event_no_update", True),
    ("journal_event", "journal_event_no_delete", True),
    ("journal_event", "journal_event_no_truncate", False),
    ("journal_link", "journal_link_no_update", True),
    ("journal_link", "journal_link_no_delete", True),
    ("journal_link", "journal_link_no_truncate", False),
    ("application", "application_no_update", True),
    ("application", "application_no_delete", True),
    ("application", "application_no_truncate", False),
    ("form_version", "form_version_no_update", True),
    ("form_version", "form_version_no_delete", True),
    ("form_version", "form_version_no_truncate", False),
    ("participant", "participant_no_update", True),
    ("participant", "participant_no_delete", True),
    ("participant", "participant_no_truncate", False),
    ("document", "document_no_update", True),
    ("document", "document_no_delete", True),
    ("document", "document_no_truncate", False),
    ("case_file", "case_file_no_delete", True),
    ("case_file", "case_file_no_truncate", False),
    ("assignment", "assignment_no_delete", True),
    ("assignment", "assignment_no_truncate", False),
    ("clock", "clock_no_delete", True),
    ("clock", "clock_no_truncate", False),
    ("message", "message_no_delete", True),
    ("message", "message_no_truncate", False),
    ("membership", "membership_no_delete", True),
    ("membership", "membership_no_truncate", False),
    ("conflict_of_interest", "conflict_of_interest_no_delete", True),
    ("conflict_of_interest", "conflict_of_interest_no_truncate", False),
    ("journal_head", "journal_head_no_delete", True),
    ("journal_head", "journal_head_no_truncate", False),
    ("case_file", "case_file_frozen", True),
    ("clock", "clock_frozen", True),
    ("attachment", "attachment_frozen", True),
    ("clock", "clock_stopped_at_once", True),
    ("message", "message_sent_at_once", True),
    ("assignment", "assignment_ended_at_once", True),
    ("draft", "draft_case_file_id_once", True),
    ("attachment", "attachment_case_file_id_once", True),
)


def upgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        texts: tuple[str, ...] = SQLITE
    else:
        texts = (REFUSAL_FUNCTION, *POSTGRESQL)
    for text in texts:
        op.execute(text)


def downgrade() -> None:
    if op.get_bind().dialect.name == "sqlite":
        for _table, name, on_sqlite in NAMES:
            if on_sqlite:
                op.execute(f"DROP TRIGGER {name}")
        return
    for table, name, _on_sqlite in NAMES:
        op.execute(f"DROP TRIGGER {name} ON {table}")
    op.execute("DROP FUNCTION refuse_change()")
