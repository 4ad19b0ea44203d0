"""The URLs of the administration, each with the action it demands."""

from grants.domain.access import Action
from grants.web.admin.health import health, retry
from grants.web.admin.people import invite_person, people, person
from grants.web.admin.person_acts import (
    invite_again,
    let_in_again,
    remove_person,
    renew_authenticator,
)
from grants.web.routing import audience, page

BOTH = ("GET", "POST")
POST = ("POST",)
ONE = "/personnes/<public_id>"

PAGES = [
    page("/", people, Action.MANAGE_PEOPLE),
    page("/inviter", invite_person, Action.MANAGE_PEOPLE, BOTH),
    page(ONE, person, Action.MANAGE_PEOPLE, BOTH),
    page(f"{ONE}/retirer", remove_person, Action.MANAGE_PEOPLE, BOTH),
    page(f"{ONE}/rendre-acces", let_in_again, Action.MANAGE_PEOPLE, POST),
    page(f"{ONE}/invitation", invite_again, Action.MANAGE_PEOPLE, POST),
    page(f"{ONE}/authentificateur", renew_authenticator, Action.MANAGE_PEOPLE, BOTH),
    page("/sante", health, Action.READ_HEALTH),
    page("/sante/reprendre", retry, Action.READ_HEALTH, POST),
]

blueprint = audience("admin", "/administration", PAGES)
