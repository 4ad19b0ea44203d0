"""Requests for information, the directory and its referrals."""

import sqlalchemy as sa
from alembic import op

revision = "0020"
down_revision = "0019"
branch_labels = None
depends_on = None

ID = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    op.create_table(
        "resource",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("code", sa.String(length=16), nullable=True),
        sa.Column("kind", sa.String(length=12), nullable=False),
        sa.Column("name", sa.String(length=160), nullable=False),
        sa.Column("search_name", sa.String(length=160), nullable=False),
        sa.Column("purpose", sa.Text(), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("url", sa.String(length=300), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("checked_on", sa.Date(), nullable=False),
        sa.Column("checked_by_id", ID, nullable=True),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint("kind IN ('community', 'public_body')", name=op.f("ck_resource_kind")),
        sa.CheckConstraint(
            "phone <> '' OR email <> '' OR url <> ''", name=op.f("ck_resource_reachable")
        ),
        sa.CheckConstraint("length(trim(name)) > 1", name=op.f("ck_resource_name")),
        sa.ForeignKeyConstraint(
            ["checked_by_id"], ["person.id"], name=op.f("fk_resource_checked_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_resource")),
        sa.UniqueConstraint("code", name=op.f("uq_resource_code")),
        sa.UniqueConstraint("public_id", name=op.f("uq_resource_public_id")),
    )
    op.create_index(op.f("ix_resource_search_name"), "resource", ["search_name"], unique=False)
    op.create_table(
        "saved_reply",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("secretariat_id", ID, nullable=False),
        sa.Column("title", sa.String(length=120), nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=True),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("written_by_id", ID, nullable=True),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("retired_at", sa.DateTime(timezone=True), nullable=True),
        sa.CheckConstraint(
            "topic IS NULL OR topic IN ('general', 'statistics', 'policies', 'business', 'media', 'procurement', 'access', 'ministry')",
            name=op.f("ck_saved_reply_topic"),
        ),
        sa.CheckConstraint("length(trim(body)) > 0", name=op.f("ck_saved_reply_body")),
        sa.ForeignKeyConstraint(
            ["secretariat_id"],
            ["secretariat.id"],
            name=op.f("fk_saved_reply_secretariat_id_secretariat"),
        ),
        sa.ForeignKeyConstraint(
            ["written_by_id"], ["person.id"], name=op.f("fk_saved_reply_written_by_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_saved_reply")),
        sa.UniqueConstraint("public_id", name=op.f("uq_saved_reply_public_id")),
        sa.UniqueConstraint(
            "secretariat_id", "title", name=op.f("uq_saved_reply_secretariat_id_title")
        ),
    )
    op.create_table(
        "resource_label",
        sa.Column("resource_id", ID, nullable=False),
        sa.Column("facet", sa.String(length=10), nullable=False),
        sa.Column("code", sa.String(length=24), nullable=False),
        sa.CheckConstraint(
            "facet IN ('need', 'region', 'population')", name=op.f("ck_resource_label_facet")
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_resource_label_resource_id_resource")
        ),
        sa.PrimaryKeyConstraint("resource_id", "facet", "code", name=op.f("pk_resource_label")),
    )
    op.create_index(
        "ix_resource_label_code", "resource_label", ["facet", "code", "resource_id"], unique=False
    )
    op.create_table(
        "information_request",
        sa.Column("case_file_id", ID, autoincrement=False, nullable=False),
        sa.Column("kind", sa.String(length=24), nullable=False),
        sa.Column("topic", sa.String(length=16), nullable=False),
        sa.Column("topic_before", sa.String(length=16), nullable=True),
        sa.Column("moved_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("requester", sa.String(length=120), nullable=False),
        sa.Column("search_name", sa.String(length=120), nullable=False),
        sa.Column("email", sa.String(length=254), nullable=False),
        sa.Column("phone", sa.String(length=40), nullable=False),
        sa.Column("address", sa.String(length=300), nullable=False),
        sa.Column("answer_by", sa.String(length=8), nullable=False),
        sa.Column("wants_callback", sa.Boolean(), nullable=False),
        sa.Column("urgent", sa.Boolean(), nullable=False),
        sa.Column("details", sa.JSON(), nullable=False),
        sa.CheckConstraint(
            "(answer_by = 'email' AND email <> '') OR (answer_by = 'phone' AND phone <> '') OR (answer_by = 'post' AND address <> '') OR answer_by = 'none'",
            name=op.f("ck_information_request_answer_by"),
        ),
        sa.CheckConstraint(
            "kind = 'information_request'", name=op.f("ck_information_request_kind")
        ),
        sa.CheckConstraint(
            "topic IN ('general', 'statistics', 'policies', 'business', 'media', 'procurement', 'access', 'ministry')",
            name=op.f("ck_information_request_topic"),
        ),
        sa.CheckConstraint(
            "topic_before IS NULL OR (topic_before IN ('general', 'statistics', 'policies', 'business', 'media', 'procurement', 'access', 'ministry') AND topic_before <> topic)",
            name=op.f("ck_information_request_topic_before"),
        ),
        sa.CheckConstraint(
            "(topic_before IS NULL) = (moved_at IS NULL)", name=op.f("ck_information_request_moved")
        ),
        sa.CheckConstraint(
            "length(trim(question)) > 0", name=op.f("ck_information_request_question")
        ),
        sa.ForeignKeyConstraint(
            ["case_file_id", "kind"],
            ["case_file.id", "case_file.kind"],
            name=op.f("fk_information_request_case_file_id_kind_case_file"),
        ),
        sa.PrimaryKeyConstraint("case_file_id", name=op.f("pk_information_request")),
    )
    op.create_index(
        op.f("ix_information_request_search_name"),
        "information_request",
        ["search_name"],
        unique=False,
    )
    op.create_table(
        "referral",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("resource_id", ID, nullable=False),
        sa.Column("consent", sa.String(length=8), nullable=False),
        sa.Column("handed_over", sa.Boolean(), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.Column("made_by_id", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=True),
        sa.Column("outcome_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome_by_id", ID, nullable=True),
        sa.CheckConstraint(
            "consent = 'given' OR NOT handed_over", name=op.f("ck_referral_handed_over")
        ),
        sa.CheckConstraint("consent IN ('given', 'refused')", name=op.f("ck_referral_consent")),
        sa.CheckConstraint(
            "outcome IS NULL OR outcome IN ('helped', 'not_helped', 'not_reached', 'declined')",
            name=op.f("ck_referral_outcome"),
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (outcome_at IS NULL)", name=op.f("ck_referral_outcome_at")
        ),
        sa.CheckConstraint(
            "(outcome IS NULL) = (outcome_by_id IS NULL)", name=op.f("ck_referral_outcome_by")
        ),
        sa.ForeignKeyConstraint(
            ["case_file_id"], ["case_file.id"], name=op.f("fk_referral_case_file_id_case_file")
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_referral_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["outcome_by_id"], ["person.id"], name=op.f("fk_referral_outcome_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_referral_resource_id_resource")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_referral")),
        sa.UniqueConstraint(
            "case_file_id", "resource_id", name=op.f("uq_referral_case_file_id_resource_id")
        ),
        sa.UniqueConstraint("public_id", name=op.f("uq_referral_public_id")),
    )
    op.create_table(
        "call_attempt",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("outcome", sa.String(length=12), nullable=False),
        sa.Column("note", sa.String(length=500), nullable=False),
        sa.CheckConstraint(
            "outcome <> 'transferred' OR length(trim(note)) > 0",
            name=op.f("ck_call_attempt_transferred_to"),
        ),
        sa.CheckConstraint(
            "outcome IN ('answered', 'transferred', 'voice_mail', 'no_answer')",
            name=op.f("ck_call_attempt_outcome"),
        ),
        sa.ForeignKeyConstraint(
            ["case_file_id"],
            ["information_request.case_file_id"],
            name=op.f("fk_call_attempt_case_file_id_information_request"),
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_call_attempt_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_call_attempt")),
        sa.UniqueConstraint("public_id", name=op.f("uq_call_attempt_public_id")),
    )
    op.create_index(
        "ix_call_attempt_case_file", "call_attempt", ["case_file_id", "id"], unique=False
    )
    op.create_table(
        "reply",
        sa.Column("id", ID, nullable=False),
        sa.Column("public_id", sa.String(length=32), nullable=False),
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("kind", sa.String(length=16), nullable=False),
        sa.Column("channel", sa.String(length=8), nullable=False),
        sa.Column("body", sa.Text(), nullable=False),
        sa.Column("due_on", sa.Date(), nullable=True),
        sa.Column("resource_id", ID, nullable=True),
        sa.Column("made_by_id", ID, nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("recorded_at", sa.DateTime(timezone=True), nullable=False),
        sa.CheckConstraint(
            "(kind = 'redirection') = (resource_id IS NOT NULL)", name=op.f("ck_reply_resource")
        ),
        sa.CheckConstraint(
            "channel IN ('email', 'phone', 'post', 'counter')", name=op.f("ck_reply_channel")
        ),
        sa.CheckConstraint(
            "kind <> 'extension' OR due_on IS NOT NULL", name=op.f("ck_reply_due_on")
        ),
        sa.CheckConstraint(
            "kind = 'acknowledgement' OR length(trim(body)) > 0", name=op.f("ck_reply_body")
        ),
        sa.CheckConstraint(
            "kind IN ('acknowledgement', 'extension', 'requalification', 'redirection', 'answer')",
            name=op.f("ck_reply_kind"),
        ),
        sa.CheckConstraint("made_at <= recorded_at", name=op.f("ck_reply_dates")),
        sa.ForeignKeyConstraint(
            ["case_file_id"],
            ["information_request.case_file_id"],
            name=op.f("fk_reply_case_file_id_information_request"),
        ),
        sa.ForeignKeyConstraint(
            ["made_by_id"], ["person.id"], name=op.f("fk_reply_made_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["resource_id"], ["resource.id"], name=op.f("fk_reply_resource_id_resource")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_reply")),
        sa.UniqueConstraint("public_id", name=op.f("uq_reply_public_id")),
    )
    op.create_index("ix_reply_case_file", "reply", ["case_file_id", "id"], unique=False)
    op.create_table(
        "transfer",
        sa.Column("id", ID, nullable=False),
        sa.Column("case_file_id", ID, nullable=False),
        sa.Column("rank", ID, nullable=False),
        sa.Column("person_id", ID, nullable=False),
        sa.Column("given_by_id", ID, nullable=False),
        sa.Column("given_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("reason", sa.String(length=500), nullable=False),
        sa.CheckConstraint("rank = 1 OR length(trim(reason)) > 0", name=op.f("ck_transfer_reason")),
        sa.CheckConstraint("rank > 0", name=op.f("ck_transfer_rank")),
        sa.ForeignKeyConstraint(
            ["case_file_id"],
            ["information_request.case_file_id"],
            name=op.f("fk_transfer_case_file_id_information_request"),
        ),
        sa.ForeignKeyConstraint(
            ["given_by_id"], ["person.id"], name=op.f("fk_transfer_given_by_id_person")
        ),
        sa.ForeignKeyConstraint(
            ["person_id"], ["person.id"], name=op.f("fk_transfer_person_id_person")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_transfer")),
        sa.UniqueConstraint("case_file_id", "rank", name=op.f("uq_transfer_case_file_id_rank")),
    )


def downgrade() -> None:
    op.drop_table("transfer")
    op.drop_table("reply")
    op.drop_table("call_attempt")
    op.drop_table("referral")
    op.drop_table("information_request")
    op.drop_table("resource_label")
    op.drop_table("saved_reply")
    op.drop_table("resource")
