"""Every route of the application, on one's own things, on a neighbour's, on nothing."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from flask import Flask
from sqlalchemy import event
from werkzeug.routing import Rule

from grants.extensions import db
from tests.access.cast import MAIL, NOWHERE, Values, World

WRITES = ("INSERT", "UPDATE", "DELETE", "REPLACE", "CREATE", "DROP", "ALTER")
OTHERS = {"key": "mission", "tab": "promesses"}
KEYS = {"applicant.add_file": {"key": "board_resolution"}}
CODES: dict[str, list[Values]] = {
    "public.program": [{"code": "DCD"}, {"code": "zzz"}],
    "public.demo_mail_message": [{"message_id": MAIL}, {"message_id": "0" * 32}],
}
NOBODYS = {"applicant.start", "account.set_password"}


@dataclass(frozen=True)
class Target:
    """One URL of a route. `owner` is whose thing it names: "" for a page of nobody's,
    "nobody" for an id that does not exist, "mixed" for alpha's file with a part of beta's,
    "void" for alpha's file with a part that does not exist."""

    endpoint: str
    method: str
    owner: str
    url: str


def kind_of(endpoint: str, arguments: set[str]) -> str:
    """What the ids of a URL name: a draft, a case file, a place in a team."""
    if "public_id" not in arguments or endpoint in NOBODYS:
        return ""
    if endpoint in ("applicant.member", "applicant.end_membership"):
        return "member"
    if endpoint == "staff.answer_access":
        return "request"
    drafts = ["tasks", "section", "add_file", "draft_file", "remove_file", "check", "send"]
    return "draft" if endpoint.partition(".")[2] in drafts else "case"


def targets(world: World) -> list[Target]:
    """Everything a browser can ask, route by route."""
    found = []
    adapter = world.app.url_map.bind("127.0.0.1:8000")
    for rule in world.app.url_map.iter_rules():
        if rule.endpoint == "static":
            continue
        for owner, values in _objects(world, rule):
            url = adapter.build(rule.endpoint, dict(values))
            for method in sorted((rule.methods or set()) & {"GET", "POST"}):
                found.append(Target(rule.endpoint, method, owner, url))
    return found


def _objects(world: World, rule: Rule) -> Iterator[tuple[str, Values]]:
    kind = kind_of(rule.endpoint, set(rule.arguments))
    fixed = {**NOWHERE, **OTHERS, **KEYS.get(rule.endpoint, {})}
    if rule.endpoint == "applicant.start":
        yield "", {"public_id": world.call_id}
        yield "nobody", {"public_id": NOWHERE["public_id"]}
    elif not kind:
        for values in _codes(world, rule):
            missing = "zzz" in values.values() or NOWHERE["message_id"] in values.values()
            yield "nobody" if missing else "", values
    else:
        yield "nobody", _named(rule, fixed)
        for owner, things in world.owned.items():
            yield owner, _named(rule, {**fixed, **things[kind]})
        alpha, beta = world.owned["alpha"][kind], world.owned["beta"][kind]
        if len(rule.arguments - {"key", "tab"}) > 1:
            whole = {"public_id": alpha["public_id"]}
            yield "void", _named(rule, {**fixed, **whole})
            yield "mixed", _named(rule, {**fixed, **beta, **whole})


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
