"""What the pages of grave acts ask: is the person confirmed, and where to confirm.

The page of the act calls `confirmed_until()` when it is read: without an answer it offers the
link to `account.confirm_identity`, with one it offers its last button. What decides is
`grants.operations.identity.consume`, in the transaction of the act.
"""

from datetime import datetime

from flask import redirect, url_for
from werkzeug.wrappers import Response

from grants.clock import utc_now
from grants.extensions import db
from grants.queries import sessions
from grants.web.session import current_token_hash


def confirmed_until() -> datetime | None:
    """Until when the confirmation of this browser's person holds; None without one."""
    digest = current_token_hash()
    return None if digest is None else sessions.confirmation(db.session(), digest, utc_now())


def ask(next_url: str) -> Response:
    """Go and confirm, then come back to this page of ours."""
    return redirect(url_for("account.confirm_identity", next=next_url), 303)
