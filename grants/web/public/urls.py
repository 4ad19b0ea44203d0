"""The URLs anybody may read."""

from grants.domain.access import Action
from grants.web import demo_entry
from grants.web.public import (
    demo_mailbox,
    home,
    info,
    open_urls,
    probes,
    programs,
    resources,
    without_account,
)
from grants.web.routing import audience, page

DEMO_MAIL = "/demonstration/courriels"

PAGES = [
    page("/", home.home, Action.VISIT),
    page("/programmes", programs.program_list, Action.VISIT, endpoint="programs"),
    page("/programmes/<code>", programs.program, Action.VISIT),
    page("/ressources", resources.resources, Action.VISIT),
    page("/ressources/<public_id>", resources.resource, Action.VISIT),
    *open_urls.PAGES,
    *without_account.PAGES,
    page("/healthz", probes.healthz, Action.VISIT),
    page("/readyz", probes.readyz, Action.VISIT),
    page("/accessibilite", info.accessibility, Action.VISIT),
    page("/confidentialite", info.privacy, Action.VISIT),
    page("/demonstration", demo_entry.demo_entry, Action.SIGN_IN, ("GET", "POST")),
    page(DEMO_MAIL, demo_mailbox.demo_mail, Action.VISIT),
    page(f"{DEMO_MAIL}/<message_id>", demo_mailbox.demo_mail_message, Action.VISIT),
]

blueprint = audience("public", "", PAGES)
blueprint.after_request(without_account.keep_nothing)
