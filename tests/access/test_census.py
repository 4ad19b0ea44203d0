"""The census of access: every route, as everybody, on everybody's things.

What each must answer stands in `matrix.csv`, apart from the code: a route without a line there
fails. What is not one's own must answer as what does not exist, and no answer may hold a word
that belongs to somebody else.
"""

import csv
import re
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import pytest
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from werkzeug.test import TestResponse

from grants.clock import utc_now
from grants.domain.access import FOR_EVERYBODY
from grants.extensions import db
from grants.models.case_files import CaseFile
from grants.models.people import WebSession
from grants.queries import case_files
from tests.access.leaks import leaks
from tests.access.money import DIGITS
from tests.access.people import ONE_OF_EACH, PEOPLE, TAGS, TIED, Person, World
from tests.access.routes import Target, seen_first, targets, undone

MATRIX = Path(__file__).with_name("matrix.csv")
MISSING, SIGN_IN = 404, 302
REFUSED = 409
SAME_FOR_ANY = {"staff.resend", "staff.resend_request_mail", "staff.end_complaint_reader"}
"""Acts on a part of one's own file that refuse a foreign part and a missing one alike."""

NOTHING_TYPED = {"csrf_token": ""}
TOKEN = re.compile(rb'name="csrf_token" value="[^"]*"')
ID = re.compile(rb"[0-9a-f]{32}|delais/\d+|versements/\d+(?=/cond)|criteres/\w+")
Matrix = Mapping[tuple[str, str], Mapping[str, str]]


@pytest.fixture(scope="module")
def matrix() -> Matrix:
    """The lines of the file, by endpoint and method."""
    with MATRIX.open(encoding="utf-8") as file:
        return {(line["endpoint"], line["method"]): line for line in csv.DictReader(file)}


def test_every_route_has_its_line_and_every_line_its_route(world: World, matrix: Matrix) -> None:
    asked = {(target.endpoint, target.method) for target in targets(world)}
    assert asked == set(matrix)
    assert {rule.endpoint for rule in world.app.url_map.iter_rules()} == (
        {endpoint for endpoint, _ in asked} | {"static"}
    )
    assert {person.name for person in world.people} == set(PEOPLE)


@pytest.mark.parametrize("name", PEOPLE)
def test_everybody_is_answered_as_the_matrix_says(world: World, matrix: Matrix, name: str) -> None:
    wrong = census(world.named(name), targets(world), matrix)
    assert not wrong, "\n".join(wrong)


def test_the_census_sees_a_wall_that_fell(
    world: World, matrix: Matrix, monkeypatch: pytest.MonkeyPatch
) -> None:
    def anybody(session: Session, public_id: str, *, actor: object) -> CaseFile | None:
        return session.scalar(select(CaseFile).where(CaseFile.public_id == public_id))

    monkeypatch.setattr(case_files, "one", anybody)
    pages = [target for target in targets(world) if target.endpoint == "staff.case_file"]
    wrong = "\n".join(census(world.named("sct_advisor"), pages, matrix))
    assert "200, not 404" in wrong
    assert f"shows {TAGS['alpha']}" in wrong
    assert "not like something that does not exist" in wrong


def test_digits_are_shown_by_one_button_to_who_just_confirmed(world: World) -> None:
    person = world.named("saca_finance_preparer")
    browser, account = person.browser(), world.owned["alpha"]["account"]["public_id"]
    url, mine = f"/finances/coordonnees/{account}", WebSession.account_id == person.actor.account_id
    with undone(world.app):
        assert "/compte/confirmer" in browser.post(f"{url}/compte").location
        with world.app.app_context():
            db.session.execute(update(WebSession).where(mine).values(confirmed_at=utc_now()))
            db.session.commit()
        assert DIGITS["zqalpha"] in browser.post(f"{url}/compte").get_data(as_text=True)
        assert not leaks(person, browser.get(url), "finance.bank_details")


def census(person: Person, asked: Iterable[Target], matrix: Matrix) -> list[str]:
    """What this person is answered wrongly."""
    nothing: dict[tuple[str, str, str], tuple[int, bytes]] = {}
    wrong: list[str] = []
    for target in worth_asking(person, asked, matrix):
        answer = ask(person, target)
        wanted = expected(person, target, matrix)
        if answer.status_code != wanted:
            wrong.append(f"{target}: {answer.status_code}, not {wanted}")
        wrong += [f"{target}: shows {word}" for word in leaks(person, answer, target.endpoint)]
        kind = (target.endpoint, target.method, "part" if is_part(target) else "whole")
        shown = (answer.status_code, TOKEN.sub(b"", ID.sub(b"", answer.data)))
        if target.owner in ("nobody", "void"):
            nothing[kind] = shown
        elif is_declared_again(person, target):
            continue
        elif is_hidden(person, target) and shown != nothing.get(kind, shown):
            wrong.append(f"{target}: not like something that does not exist")
    return wrong


def worth_asking(person: Person, asked: Iterable[Target], matrix: Matrix) -> Iterator[Target]:
    """Of what a person sees, one owner's things are enough; of a route that their roles close,
    one thing; of what does not depend on the office, one person of each column."""
    closed: set[tuple[str, str]] = set()
    for target in (target for target in asked if is_asked(person, target, matrix)):
        action = person.app.config["ACTIONS"][target.endpoint]
        place = (target.endpoint, target.method)
        is_closed = not person.actor.may(action)
        if (is_closed or action in FOR_EVERYBODY) and person.name not in ONE_OF_EACH:
            continue
        if is_closed and (place in closed or target.owner == "nobody"):
            continue
        closed |= {place} if is_closed else set()
        yield target


def is_asked(person: Person, target: Target, matrix: Matrix) -> bool:
    """Of a route that is refused before it looks at what is named, a person is asked their own
    things, or alpha's and nobody's for an outsider."""
    mine, sees = seen_first(person, target.group), person.seen(target.group)
    if int(matrix[target.endpoint, target.method][person.column]) in (MISSING, SIGN_IN):
        own = {"", mine} if sees else {"", mine, "nobody"}
        return target.owner in own
    return target.owner in ("", "nobody", mine) or target.owner not in sees


def ask(person: Person, target: Target) -> TestResponse:
    """One request in a new browser; what a post changes is undone."""
    if target.method == "GET":
        return person.browser().get(target.url)
    with undone(person.app):
        return person.browser().post(target.url, data=NOTHING_TYPED)


def expected(person: Person, target: Target, matrix: Matrix) -> int:
    """What the line says of one's own things and of nobody's; for the rest, nothing is there."""
    listed = int(matrix[target.endpoint, target.method][person.column])
    if listed == SIGN_IN and person.column == "visitor":
        return SIGN_IN
    if is_part(target) and target.endpoint in SAME_FOR_ANY and "alpha" in person.seen(target.group):
        return REFUSED
    if target.endpoint == "staff.retire_saved_reply" and listed != MISSING:
        return listed if target.owner == seen_first(person, "saved") else REFUSED
    if is_declared_again(person, target):
        return 303
    return MISSING if target.owner == "nobody" or is_hidden(person, target) else listed


def is_declared_again(person: Person, target: Target) -> bool:
    """The one thing that a tie answers: the second post of the page that declared it."""
    declares = (target.endpoint, target.method) == ("staff.conflict", "POST")
    return declares and person.name == TIED and target.owner == "alpha"


def is_part(target: Target) -> bool:
    return target.owner in ("void", "mixed")


def is_hidden(person: Person, target: Target) -> bool:
    """Whether the target is somebody else's, or a part that does not belong to its file."""
    return target.owner not in ("", "nobody") and target.owner not in person.seen(target.group)
