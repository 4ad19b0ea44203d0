"""The rest of the table: reasons, amounts and dates, the journal, and who issues."""

from tests.proofs import asked_attacks, promised_attacks
from tests.proofs.attacks import (
    ACCOUNT,
    BATCH,
    ONCE,
    SIDES,
    SIGNATURE,
    Rule,
    copied,
)

_FRESH = {"public_id": "'d9'", "case_file_id": ":revision", "side": "'revision'"}
_UPHELD = {
    **_FRESH,
    "outcome": "'upheld'",
    "decided_by_id": ":second_decider",
    "advised_by_id": ":reviser",
    "recommendation_id": ":revision_recommendation",
}
_SECOND = (
    "INSERT INTO participant (matter_id, person_id, side)"
    " VALUES (:matter, :second_decider, 'revision')"
)

ENVELOPE = Rule(
    "an envelope is never overspent",
    "SELECT count(*) FROM envelope WHERE used_cents > total_cents OR used_cents <> (SELECT"
    " coalesce(sum(amount_cents), 0) FROM envelope_entry WHERE envelope_id = envelope.id)",
    {
        "used beyond the total": (
            "UPDATE envelope SET used_cents = total_cents + 1 WHERE id = :envelope_one"
        ),
        "total lowered below what is used": (
            "UPDATE envelope SET total_cents = used_cents - 1 WHERE id = :envelope_one"
        ),
        "entry rewritten": (
            "UPDATE envelope_entry SET amount_cents = 1 WHERE decision_id = :decision_one"
        ),
        "entry deleted": "DELETE FROM envelope_entry WHERE decision_id = :decision_one",
        "the same decision entered twice": (
            "INSERT INTO envelope_entry (envelope_id, decision_id, amount_cents, entered_at)"
            " SELECT envelope_id, decision_id, amount_cents, entered_at FROM envelope_entry"
            " WHERE decision_id = :decision_one"
        ),
    },
)

REASONS = Rule(
    "a refusal or reduction has reasons; a refusal has an alternative or a reasoned none",
    "SELECT count(*) FROM decision WHERE trim(coalesce(explanation, '')) = ''"
    " OR (outcome IN ('refused', 'upheld') AND alternative_call_id IS NULL"
    " AND trim(coalesce(alternative, '')) = '' AND trim(coalesce(no_alternative, '')) = '')"
    " OR decided_by_id = advised_by_id OR (granted_cents > requested_cents)"
    " OR outcome NOT IN ('accepted', 'accepted_in_part', 'refused', 'standby', 'upheld')",
    {
        "no reasons": copied("decision", "refusal", **_UPHELD, explanation="'  '"),
        "reasons unknown": copied("decision", "refusal", **_UPHELD, explanation="NULL"),
        "no alternative and no why": copied("decision", "refusal", **_UPHELD, no_alternative="' '"),
        "reasons taken out": "UPDATE decision SET explanation = '' WHERE id = :refusal",
        "alternative taken out": "UPDATE decision SET no_alternative = '' WHERE id = :refusal",
        "decided by its advisor": copied(
            "decision", "refusal", **{**_UPHELD, "decided_by_id": ":reviser"}
        ),
        "more than was asked": (
            "UPDATE decision SET granted_cents = requested_cents + 1 WHERE id = :decision_one"
        ),
        "an outcome of nobody": copied("decision", "refusal", **{**_UPHELD, "outcome": "'maybe'"}),
    },
)

AMOUNTS = Rule(
    "amounts are positive whole cents within limits; dates in order",
    "SELECT count(*) FROM instalment WHERE amount_cents <= 0 OR amount_cents > 10000000000"
    " OR amount_cents <> CAST(amount_cents AS BIGINT)"
    " UNION ALL SELECT count(*) FROM agreement_version WHERE ends_on <= starts_on"
    " UNION ALL SELECT count(*) FROM signature WHERE recorded_at < received_at"
    " UNION ALL SELECT count(*) FROM case_file WHERE entered_at < received_at"
    " UNION ALL SELECT count(*) FROM decision WHERE recourse_until <= letter_on",
    {
        name: copied("instalment", "second_one", public_id="'i1'", rank="9", amount_cents=cents)
        for name, cents in {"nothing": "0", "negative": "-5", "too much": "10000000001"}.items()
    }
    | {
        "ends before it starts": copied(
            "agreement_version",
            "version_one",
            public_id="'v9'",
            number="9",
            ends_on="starts_on",
            ended_at="drafted_at",
            storage_key="'k9'",
        ),
        "recorded before it arrived": copied(
            "signature",
            "signature_one",
            public_id="'s9'",
            recorded_at="'2020-01-01 00:00:00'",
            agreement_version_id=":unsigned",
        ),
        "recourse over before the letter": copied(
            "decision", "refusal", **_UPHELD, recourse_until="letter_on"
        ),
    },
)

JOURNAL = Rule(
    "the journal is insert-only and chained",
    "SELECT (SELECT count(*) FROM journal_event WHERE kind = 'forged')"
    " + (SELECT count(*) FROM journal_link WHERE digest = 'forged')"
    " + (SELECT CASE WHEN count(*) = 0 THEN 1 ELSE 0 END FROM journal_event)"
    " + (SELECT CASE WHEN count(*) = 0 THEN 1 ELSE 0 END FROM journal_head)",
    {
        "event rewritten": "UPDATE journal_event SET kind = 'forged'",
        "link rewritten": "UPDATE journal_link SET digest = 'forged'",
        "events deleted": "DELETE FROM journal_event",
        "head deleted": "DELETE FROM journal_head",
    },
)

ISSUED = Rule(
    "an agreement is issued by another person than its drafter, and its text never changes",
    "SELECT count(*) FROM agreement_version WHERE issued_by_id = drafted_by_id"
    " OR (id = :version_one AND (terms <> '{}' OR signatory_id = :approver))",
    {
        "issued by its drafter": copied(
            "agreement_version",
            "version_one",
            public_id="'v8'",
            number="8",
            issued_by_id="drafted_by_id",
            ended_at="drafted_at",
            storage_key="'k8'",
        ),
        "text rewritten": ("UPDATE agreement_version SET terms = '[1]' WHERE id = :version_one"),
        "signatory replaced": (
            "UPDATE agreement_version SET signatory_id = :approver WHERE id = :version_one"
        ),
    },
)

RULES = (
    *(SIDES, BATCH, SIGNATURE, ONCE, ENVELOPE, ACCOUNT, REASONS, AMOUNTS, JOURNAL, ISSUED),
    *asked_attacks.RULES,
    *promised_attacks.RULES,
)
# an attack that needs its author to be on the right side first, so that only the rule stops it
FIRST = {(REASONS.name, attack): _SECOND for attack in REASONS.attacks} | {
    (AMOUNTS.name, "recourse over before the letter"): _SECOND
}
