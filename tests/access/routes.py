"""Every route of the application, on one's own things, on a neighbour's, on nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import event
from werkzeug.routing import Rule

from grants.domain.access import FOR_EVERYBODY
from grants.extensions import db
from grants.web.management.results import LISTS
from tests.access.cast import MAIL, NOWHERE
from tests.access.people import Person, Values, World

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")
OTHERS = {"key": "mission", "tab": "promesses", "form": "json"}
KEYS = {"applicant.add_file": {"key": "board_resolution"}}
PLAIN = {"key", "tab", "form"}  # what a URL chooses of a thing, none of them a thing itself
CODES: dict[str, list[Values]] = {
    "public.program": [{"code": "DCD"}, {"code": "zzz"}],
    "public.program_feed": [{"code": "DCD"}, {"code": "zzz"}],
    "public.results": [{"code": "saca"}, {"code": "sct"}, {"code": "zzz"}],
    "public.declaration": [{"slug": "saca-2003"}, {"slug": "sct"}, {"slug": "zzz"}],
    "public.demo_mail_message": [{"message_id": MAIL}, {"message_id": "0" * 32}],
    "staff.entrusted": [{"public_id": "0" * 32}],  # the same for any id: it looks nothing up
    "management.behind": [
        *({"code": "SACA_ACK", "outcome": outcome} for outcome in LISTS),
        *({"code": "SCT_ACK", "outcome": outcome} for outcome in LISTS),
        {"code": "SACA_ACK", "outcome": "zzz"},
    ],
}
"""What stands in the URL of a page that is nobody's; the last of several leads nowhere."""

COMMON: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("public.resource", "staff.resource"), ("resource",)),
    **{f"staff.{act}_resource": ("resource",) for act in ("change", "confirm", "retire")},
    "public.publication": ("publication",),
    "public.publication_file": ("pdf", "xlsx", "csv", "json"),
    **dict.fromkeys(("public.grants_csv", "public.grants_json"), ("year",)),
    "management.days_off_year": ("year",),
}
"""Routes that name what everybody has in common."""

NOBODYS = {"applicant.start", "account.set_password", "staff.entrusted"}
NEIGHBOURS = ("alpha", "beta")
READERS = ("visitor", "alpha_responsible", "saca_manager")
TABS: dict[str, Values] = {
    "recommended": {"tab": "decision"},
    "refused": {"tab": "decision"},
    "contested": {"tab": "historique"},
    "revision": {"tab": "pieces"},
    "drafted": {"tab": "protocole"},
    "signed": {"tab": "protocole"},
}
KINDS: dict[str, tuple[str, ...]] = {
    **dict.fromkeys(("applicant.member", "applicant.end_membership"), ("member",)),
    **{
        f"applicant.{name}": ("draft",)
        for name in (
            "tasks",
            "section",
            "add_file",
            "draft_file",
            "remove_file",
            "check",
            "send",
        )
    },
    "applicant.follow": ("case", "refused", "revision", "drafted", "issued", "signed"),
    "applicant.decision": ("refused", "granted", "contested"),
    "applicant.read_decision": ("refused",),
    "applicant.decision_letter": ("refused",),
    "applicant.ask_revision": ("refused",),
    "applicant.agreement": ("issued", "signed"),
    "applicant.sign_agreement": ("issued",),
    "applicant.agreement_file": ("issued",),
    "applicant.evidence": ("signed",),
    "staff.answer_access": ("request",),
    "staff.case_file": ("case", "revision"),
    "staff.case_file_tab": ("case", *TABS),
    "staff.review": ("case", "recommended", "revision"),
    "staff.document": ("case", "refused", "signed"),
    "staff.record_revision": ("refused",),
    **dict.fromkeys(("staff.decide", "staff.decide_preview"), ("recommended",)),
    "staff.send_back": ("recommended",),
    "staff.agreement": ("drafted", "issued"),
    "staff.agreement_file": ("issued",),
    "staff.agreement_scan": ("signed",),
    "staff.confirm_condition": ("signed",),
    "staff.draft_agreement": ("granted",),
    "staff.issue_agreement": ("drafted",),
    "staff.paper_signature": ("issued",),
    **dict.fromkeys(("finance.verify_bank_details", "finance.show_account"), ("account",)),
    "finance.give_bank_details": ("organization",),
    **dict.fromkeys(("finance.batch", "finance.control_list"), ("batch", "open_batch")),
    **dict.fromkeys(("finance.download_file", "finance.record_return"), ("batch",)),
    **{
        f"finance.{name}_batch": ("open_batch",)
        for name in ("approve", "send_back", "redate", "cancel")
    },
    **dict.fromkeys(("finance.ask_release", "finance.remove_line"), ("open_batch",)),
}
"""What a URL names, where that is not a file under review; files of several stages are all read."""

KINDS |= {
    "staff.refer": ("case", "question", "press"),
    "staff.referral": ("referral", "asked_referral", "press_referral"),
    **{
        f"staff.{name}": ("question", "press")
        for name in (
            "request_clock",
            "transfer_request",
            "log_call",
            "acknowledge_request",
            "extend_request",
            "redirect_request",
            "answer_request",
            "close_request",
            "resend_request_mail",
        )
    },
    "staff.move_request": ("question",),  # what the press asks is never moved
    "staff.request_sheet": ("question", "waiting", "press"),
    "staff.take_request": ("waiting", "press"),
    **{f"staff.{name}_complaint": ("complaint",) for name in ("acknowledge", "start", "conclude")},
    "staff.complaint": ("complaint", "concluded"),
    **dict.fromkeys(("staff.name_complaint_reader", "staff.end_complaint_reader"), ("complaint",)),
    "staff.step_aside": ("complaint",),
    **{f"staff.{name}_complaint": ("concluded",) for name in ("follow_up", "tell", "close")},
    **dict.fromkeys(("staff.saved_reply", "staff.retire_saved_reply"), ("saved",)),
    **dict.fromkeys(("staff.absence", "staff.cancel_absence"), ("absence",)),
    **dict.fromkeys(("staff.hand_over_files", "staff.give_back_files"), ("absence",)),
    **dict.fromkeys(("management.publication", "management.publication_file"), ("publication",)),
    "management.edit_commitment": ("commitment",),
    **dict.fromkeys(("admin.person", "admin.remove_person"), ("staffer",)),
    **dict.fromkeys(("admin.let_in_again", "admin.invite_again"), ("staffer",)),
    "admin.renew_authenticator": ("staffer",),
}
GROUPS = {
    **dict.fromkeys(("question", "waiting", "asked_referral"), "question"),
    **dict.fromkeys(("press", "press_referral"), "press"),
    **dict.fromkeys(("complaint", "concluded"), "complaint"),
    "staffer": "address",
    **{name: name for name in ("saved", "absence", "publication", "commitment")},
}
"""Who sees a kind of thing: its group in `people.SEEN_BY`; any other is a file under review."""


@dataclass(frozen=True)
class Target:
    """One URL of a route. `owner` is whose thing it names: "" for a page of nobody's,
    "nobody" for an id that does not exist, "mixed" for alpha's file with a part of beta's,
    "void" for alpha's file with a part that does not exist. `group` is who sees such a thing."""

    endpoint: str
    method: str
    owner: str
    url: str
    group: str = "case"


def kinds_of(endpoint: str, arguments: set[str]) -> tuple[str, ...]:
    """What the ids of a URL name: a draft, a file at some stage, a place in a team, a batch."""
    if endpoint in KINDS:
        return KINDS[endpoint]
    return ("case",) if "public_id" in arguments and endpoint not in NOBODYS else ()


def seen_first(person: Person, group: str = "case") -> str:
    """The owner whose things stand for all that this person sees; alpha for an outsider."""
    return min(person.seen(group), default="alpha")


def is_open_to(person: Person, world: World, target: Target) -> bool:
    """Whether a person's roles open this route, on something of theirs; a person without an
    organization stands for all who are refused."""
    allowed = world.app.config["ACTIONS"][target.endpoint]
    known = person.column == "person" or person.actor.may(allowed)
    return known and target.owner in {"", seen_first(person, target.group)}


def is_page_of(person: Person, world: World, target: Target) -> bool:
    """A page that this person may open; of those open to anybody, a few persons are enough."""
    is_anybodys = world.app.config["ACTIONS"][target.endpoint] in FOR_EVERYBODY
    if target.method != "GET" or (is_anybodys and person.name not in READERS):
        return False
    return is_open_to(person, world, target)


def targets(world: World) -> list[Target]:
    """Everything a browser can ask, route by route."""
    found = []
    adapter = world.app.url_map.bind("127.0.0.1:8000")
    for rule in world.app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        for owner, values, group in _objects(world, rule):
            url = adapter.build(rule.endpoint, dict(values))
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                found.append(Target(rule.endpoint, method, owner, url, group))
    return list(dict.fromkeys(found))


def _objects(world: World, rule: Rule) -> Iterator[tuple[str, Values, str]]:
    kinds = kinds_of(rule.endpoint, set(rule.arguments))
    fixed = {**NOWHERE, **OTHERS, **KEYS.get(rule.endpoint, {})}
    if rule.endpoint == "applicant.start":
        yield "", {"public_id": world.call_id}, ""
        yield "nobody", {"public_id": NOWHERE["public_id"]}, ""
    elif rule.endpoint in COMMON:
        for kind in COMMON[rule.endpoint]:
            yield "", _named(rule, {**fixed, **world.common[kind]}), ""
            yield "nobody", _named(rule, fixed), ""
    elif not kinds:
        choices = _codes(world, rule)
        for values in choices:
            is_last = len(choices) > 1 and values == choices[-1]
            yield "nobody" if is_last else "", values, ""
    else:
        for kind in kinds:
            group = GROUPS.get(kind, "case")
            for owner, values in _owned(world, rule, kind, {**fixed, **TABS.get(kind, {})}):
                yield owner, values, group


def _owned(world: World, rule: Rule, kind: str, fixed: Values) -> Iterator[tuple[str, Values]]:
    """Nobody's thing; alpha's with no part, and with a part of beta's; everybody's of this kind."""
    yield "nobody", _named(rule, fixed)
    if len(rule.arguments - PLAIN) > 1:
        alpha, beta = (_named(rule, {**fixed, **world.owned[name][kind]}) for name in NEIGHBOURS)
        yield "void", _named(rule, {**fixed, "public_id": alpha["public_id"]})
        mixed = {**beta, "public_id": alpha["public_id"]}
        if mixed != alpha:
            yield "mixed", mixed
    for owner, things in world.owned.items():
        yield owner, _named(rule, {**fixed, **things[kind]})


def _codes(world: World, rule: Rule) -> list[Values]:
    """What stands in the URL of a page that belongs to nobody."""
    if rule.endpoint == "account.set_password":
        return [world.link, {**world.link, "public_id": "0" * 32}]
    return CODES.get(rule.endpoint, [{}])


def _named(rule: Rule, values: Values) -> Values:
    return {name: values[name] for name in rule.arguments}


@contextmanager
def undone(app: Flask) -> Iterator[None]:
    """What is asked here happens in a transaction that is rolled back."""
    with app.app_context():
        engines, real = db.engines, db.engine
    connection = real.connect().execution_options(sqlite_begin="IMMEDIATE")
    outer = connection.begin()
    engines[None] = connection
    try:
        yield
    finally:
        engines[None] = real
        outer.rollback()
        connection.close()


@contextmanager
def writings(app: Flask) -> Iterator[list[str]]:
    """The statements that change something, as the database receives them."""
    seen: list[str] = []
    with app.app_context():
        engine = db.engine

    def note(_c: object, _u: object, statement: str, *_rest: object) -> None:
        if statement.lstrip().upper().startswith(WRITES):
            seen.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", note)
