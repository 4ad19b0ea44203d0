"""What the third slice added to the table: requests for information and the promises on them."""

from tests.proofs.attacks import Rule, copied


def as_it_was(table: str, name: str, what: str, key: str = "id") -> str:
    """How many of the row called `name` are missing or no longer as `what` (SQL) says."""
    return f"SELECT 1 - count(*) FROM {table} WHERE {key} = :{name} AND {what}"


CLOCK = Rule(
    "a clock that stopped keeps its due date, its instants and what it took",
    as_it_was(
        "clock",
        "clock",
        "due_on = :clock_due_on AND due_on > start_on AND due_at > stopped_at"
        " AND stop_recorded_at = stopped_at AND received_at < stopped_at AND taken = 0"
        " AND stop_event = 'acknowledged_by_phone' AND case_file_id = :answered",
    ),
    {
        name: f"UPDATE clock SET {sql} WHERE id = :clock"
        for name, sql in {
            "due on another day": "due_on = start_on",
            "due at another instant": "due_at = stopped_at",
            "stopped at another instant": "stopped_at = due_at",
            "written down at another instant": "stop_recorded_at = due_at",
            "running again": (
                "stopped_at = NULL, stop_event = NULL, stop_recorded_at = NULL, taken = NULL"
            ),
            "set apart from the figures": "stop_event = 'withdrawn'",
            "took longer": "taken = 9",
            "received later": "received_at = stopped_at",
            "put on another file": "case_file_id = :open",
        }.items()
    }
    | {"deleted": "DELETE FROM clock WHERE id = :clock"},
)

TRACE = Rule(
    "a due date that moved has a trace, which stays",
    as_it_was("clock_move", "move", "from_due_on < to_due_on AND moved_by_id = :manager")
    + " UNION ALL SELECT count(*) FROM clock WHERE extended_due_at <= due_at",
    {
        "trace rewritten": "UPDATE clock_move SET from_due_on = to_due_on WHERE id = :move",
        "put in another's name": "UPDATE clock_move SET moved_by_id = :agent WHERE id = :move",
        "trace deleted": "DELETE FROM clock_move WHERE id = :move",
        "put off to an earlier day": (
            "UPDATE clock SET extended_due_at = received_at WHERE id = :running"
        ),
    },
)

ASKED = Rule(
    "what was asked never changes; its topic moves once, and says when",
    as_it_was(
        "information_request",
        "open",
        "question LIKE 'Combien %' AND requester = 'Paul Roy' AND topic = 'general'"
        " AND topic_before IS NULL AND moved_at IS NULL AND NOT wants_callback",
        key="case_file_id",
    )
    + " UNION ALL "
    + as_it_was(
        "information_request",
        "moved",
        "topic = 'access' AND topic_before = 'general' AND moved_at IS NOT NULL",
        key="case_file_id",
    ),
    {
        name: f"UPDATE information_request SET {sql} WHERE case_file_id = :{file}"
        for name, (file, sql) in {
            "question rewritten": ("open", "question = 'Rien.'"),
            "question emptied": ("open", "question = ' '"),
            "asked by another": ("open", "requester = 'Aline Canari'"),
            "a call promised after": ("open", "wants_callback = NOT wants_callback"),
            "moved in silence": ("open", "topic = 'media'"),
            "moved without its instant": ("open", "topic = 'access', topic_before = 'general'"),
            "moved twice": ("moved", "topic = 'media'"),
            "move undone": ("moved", "topic = 'general', topic_before = NULL, moved_at = NULL"),
            "moved at no time": ("moved", "moved_at = NULL"),
            "a topic of nobody": ("open", "topic = 'other'"),
        }.items()
    }
    | {"deleted": "DELETE FROM information_request WHERE case_file_id = :open"},
)

_FRESH = {"public_id": "'f9'", "number": "'F9'"}
_LOOSE = {"matter_id": "NULL", "side": "NULL", "advisor_id": "NULL", "call_id": "NULL"}

KINDS = Rule(
    "a request has no organization, call or matter; an application has all of them",
    "SELECT count(*) FROM case_file WHERE (kind = 'information_request' AND (organization_id IS"
    " NOT NULL OR call_id IS NOT NULL OR matter_id IS NOT NULL OR status IN ('granted', 'paid')))"
    " OR (kind <> 'information_request' AND (organization_id IS NULL OR call_id IS NULL OR"
    " matter_id IS NULL OR side IS NULL OR channel = 'phone' OR status IN ('in_hand', 'answered')))"
    " UNION ALL SELECT count(*) FROM information_request r JOIN case_file c ON"
    " c.id = r.case_file_id AND c.kind <> 'information_request'",
    {
        "an application without any": copied(
            "case_file", "open", **_FRESH, kind="'application'", status="'received'"
        ),
        "a request of an organization": copied(
            "case_file",
            "case_one",
            **{**_FRESH, **_LOOSE},
            kind="'information_request'",
            status="'received'",
        ),
        "a request in a matter": copied("case_file", "open", **_FRESH, matter_id=":matter"),
        "a request under a call": (
            "UPDATE case_file SET call_id = (SELECT call_id FROM case_file WHERE id = :case_one)"
            " WHERE id = :open"
        ),
        "an application without its call": (
            "UPDATE case_file SET call_id = NULL WHERE id = :case_one"
        ),
        "a request granted": "UPDATE case_file SET status = 'granted' WHERE id = :open",
        "an application in hand": "UPDATE case_file SET status = 'in_hand' WHERE id = :case_one",
        "an application by telephone": copied(
            "case_file",
            "case_one",
            **_FRESH,
            kind="'revision'",
            side="'revision'",
            channel="'phone'",
            advisor_id="NULL",
        ),
        "a question on an application": (
            "UPDATE information_request SET case_file_id = :case_one WHERE case_file_id = :open"
        ),
    },
)

SPOKEN = Rule(
    "who had a request in hand, the calls and what was said stay as they were",
    " UNION ALL ".join(
        (
            as_it_was("transfer", "transfer", "person_id = :other_agent AND reason LIKE 'Conn%'"),
            as_it_was("call_attempt", "attempt", "outcome = 'voice_mail'"),
            as_it_was("reply", "reply", "body = 'Quarante-deux.' AND kind = 'answer'"),
            "SELECT count(*) FROM transfer WHERE rank > 1 AND trim(reason) = ''",
            "SELECT count(*) FROM (SELECT rank FROM transfer GROUP BY case_file_id, rank"
            " HAVING count(*) > 1) t",
            "SELECT count(*) FROM call_attempt WHERE outcome = 'transferred' AND trim(note) = ''",
            "SELECT count(*) FROM reply WHERE made_at > recorded_at"
            " OR (kind = 'extension' AND due_on IS NULL)"
            " OR (kind <> 'acknowledgement' AND trim(body) = '')",
        )
    ),
    {
        "hand rewritten": "UPDATE transfer SET person_id = :agent WHERE id = :transfer",
        "hand-off taken away": "DELETE FROM transfer WHERE id = :transfer",
        "handed over without a reason": copied("transfer", "transfer", rank="3", reason="' '"),
        "two in hand at once": copied("transfer", "transfer", person_id=":agent"),
        "call rewritten": "UPDATE call_attempt SET outcome = 'answered' WHERE id = :attempt",
        "call taken away": "DELETE FROM call_attempt WHERE id = :attempt",
        "put through to nobody": copied(
            "call_attempt", "attempt", public_id="'c9'", outcome="'transferred'"
        ),
        "answer rewritten": "UPDATE reply SET body = 'Peut-être.' WHERE id = :reply",
        "answer taken away": "DELETE FROM reply WHERE id = :reply",
        "an empty answer": copied("reply", "reply", public_id="'y9'", body="' '"),
        "put off to no day": copied("reply", "reply", public_id="'y9'", kind="'extension'"),
        "said before it was": copied(
            "reply", "reply", public_id="'y9'", recorded_at="'2020-01-01 00:00:00'"
        ),
    },
)

BODY = Rule(
    "a redirection names a body, and nothing else does",
    "SELECT count(*) FROM reply r LEFT JOIN resource b ON b.id = r.resource_id"
    " WHERE (r.kind = 'redirection') <> (b.id IS NOT NULL) UNION ALL "
    + as_it_was("resource", "body", "code = 'ACCES'"),
    {
        "to nobody": copied("reply", "reply", public_id="'y8'", kind="'redirection'"),
        "to a body that is not there": copied(
            "reply", "redirection", public_id="'y8'", resource_id="999999"
        ),
        "an answer with a body": copied("reply", "reply", public_id="'y8'", resource_id=":body"),
        "body taken out": "UPDATE reply SET resource_id = NULL WHERE id = :redirection",
        "body deleted": "DELETE FROM resource WHERE id = :body",
    },
)

RULES = (CLOCK, TRACE, ASKED, KINDS, SPOKEN, BODY)
