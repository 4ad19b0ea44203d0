"""The URLs of accounts and sign-in."""

from flask import Response

from grants.domain.access import Action
from grants.web.account.confirm import (
    confirm_demo,
    confirm_factor,
    confirm_identity,
    confirm_resend,
)
from grants.web.account.create import create
from grants.web.account.factors import code, enrol, resend, totp
from grants.web.account.links import forgotten, link_asked, set_password
from grants.web.account.notice import notice
from grants.web.account.sign_in import sign_in, sign_out
from grants.web.routing import audience, page

READ, ASK, ACT = ("GET",), ("GET", "POST"), ("POST",)

PAGES = [
    page("/entrer", sign_in, Action.SIGN_IN, ASK),
    page("/sortir", sign_out, Action.SIGN_IN, ACT),
    page("/creer", create, Action.SIGN_IN, ASK),
    page("/avis", notice, Action.VISIT, READ),
    page("/code", code, Action.SIGN_IN, ASK),
    page("/code/renvoyer", resend, Action.SIGN_IN, ACT),
    page("/double-verification", totp, Action.SIGN_IN, ASK),
    page("/double-verification/installer", enrol, Action.SIGN_IN, ASK),
    page("/mot-de-passe-oublie", forgotten, Action.SIGN_IN, ASK),
    page("/mot-de-passe-oublie/courriel", link_asked, Action.SIGN_IN, READ),
    page("/lien/<public_id>/<token>", set_password, Action.SIGN_IN, ASK),
    page("/confirmer", confirm_identity, Action.CONFIRM_IDENTITY, ASK),
    page("/confirmer/code", confirm_factor, Action.CONFIRM_IDENTITY, ASK),
    page("/confirmer/code/renvoyer", confirm_resend, Action.CONFIRM_IDENTITY, ACT),
    page("/confirmer/demonstration", confirm_demo, Action.CONFIRM_IDENTITY, ACT),
]

blueprint = audience("account", "/compte", PAGES)


@blueprint.after_request
def keep_nothing(response: Response) -> Response:
    """No cache keeps a page that carries a secret."""
    response.headers["Cache-Control"] = "private, no-store"
    return response
