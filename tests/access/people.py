"""Who takes part in the census, what each sees of each kind of thing, and its canary words.

Two secretariats, three owners: what is alpha's and beta's belongs to one, what is gamma's to the
other. Every word that somebody gave holds a tag, so one search of a page finds any of them.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field

from flask import Flask
from flask.testing import FlaskClient

from grants.domain.access import Actor

Values = Mapping[str, object]
Owners = frozenset[str]

TAGS = {"alpha": "zqalpha", "beta": "zqbeta", "gamma": "zqgamma"}
AMOUNTS = {"alpha": 41_111_00, "beta": 42_222_00, "gamma": 43_333_00}
SHOWN_AMOUNTS = {"alpha": "41\u00a0111", "beta": "42\u00a0222", "gamma": "43\u00a0333"}
OFFICES: Mapping[str, Owners] = {
    "SACA": frozenset({"alpha", "beta"}),
    "SCT": frozenset({"gamma"}),
}
CANARIES = {
    group: {owner: f"zq{group}{owner}" for owner in TAGS}
    for group in ("question", "press", "complaint", "saved", "address", "colleague")
}
"""Words of the third slice by group, then by owner: a question of anybody, one of a journalist, a
complaint, a saved reply, the address of a member of the staff, their name."""

UNSENT = "zqunsent"  # what stands in a draft: nobody of the staff reads it
NOTED = "zqnoted"  # what the staff wrote to itself about a question
COOKIE = "appui"
STAFF_ROLES = (
    "advisor",
    "team_lead",
    "information_agent",
    "decider",
    "finance_preparer",
    "finance_approver",
    "manager",
    "complaints_officer",
    "administrator",
)
CASE_ROLES = STAFF_ROLES[:6]
SEEN_BY: Mapping[str, tuple[str, ...]] = {
    "question": ("advisor", "team_lead", "information_agent", "manager"),
    "press": ("information_agent", "manager"),
    "complaint": ("complaints_officer",),
    "saved": ("advisor", "team_lead", "information_agent"),
    "address": ("administrator",),
    "colleague": STAFF_ROLES,
    "absence": ("team_lead", "manager"),
    "publication": ("team_lead", "manager"),
    "commitment": ("manager",),
}
"""The roles of a secretariat that see its things of a group; files under review: `CASE_ROLES`."""

TIED = "saca_tied"  # an advisor of no file of theirs, who declared a tie with all of alpha
NAMED = "saca_named_reader"  # an advisor whom the officer named on alpha's complaint
PEOPLE = (
    "visitor",
    "person",
    "alpha_reader",
    "alpha_writer",
    "alpha_responsible",
    "beta_responsible",
    *(f"saca_{role}" for role in STAFF_ROLES),
    *(f"sct_{role}" for role in STAFF_ROLES),
    TIED,
    NAMED,
)
ONE_OF_EACH = tuple(name for name in PEOPLE if not name.startswith(("sct_", "beta_")))


def seen_by_role(role: str, office: str) -> Mapping[str, Owners]:
    """What somebody with this role sees of the third slice, by group."""
    return {group: OFFICES[office] for group, roles in SEEN_BY.items() if role in roles}


@dataclass(frozen=True)
class Person:
    """Somebody in front of a browser: their column of the matrix, and whose things they see:
    the files of `sees`, and by group what `others` says."""

    name: str
    column: str
    sees: Owners
    actor: Actor
    app: Flask
    cookie: str
    others: Mapping[str, Owners] = field(default_factory=dict)

    def seen(self, group: str) -> Owners:
        """Whose things of this group the person sees."""
        return self.sees if group == "case" else self.others.get(group, frozenset())

    def browser(self) -> FlaskClient:
        """A browser signed in as this person, new each time: what one test does to it is gone."""
        client = FlaskClient(self.app, self.app.response_class, use_cookies=True)
        if self.cookie:
            client.set_cookie(COOKIE, self.cookie)
        return client


@dataclass(frozen=True)
class World:
    """The application, the people, what each owner has by kind of object, what is everybody's."""

    app: Flask
    people: list[Person]
    owned: Mapping[str, Mapping[str, Values]]
    call_id: str
    link: Values
    common: Mapping[str, Values]

    def named(self, name: str) -> Person:
        """One of the people."""
        return next(person for person in self.people if person.name == name)
