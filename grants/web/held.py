"""A form posted after its session ended: what was typed is held on a page, ready to go again."""

from urllib.parse import urlsplit

from flask import current_app, g, render_template, request

from grants.domain.access import VISITOR

NEVER_HELD = frozenset({"csrf_token", "password", "current_password", "code", "account_number"})
PUBLIC = "public"  # its forms need no account
AUDIENCES = frozenset({PUBLIC, "applicant", "staff", "finance", "management", "admin"})


def may_hold() -> bool:
    """Only a form of ours, posted from a page of ours, is held."""
    own = urlsplit(current_app.config["SETTINGS"].base_url).netloc
    origin = request.headers.get("Origin") or request.headers.get("Referer") or ""
    same = urlsplit(origin).netloc in (own, request.host)
    return request.method == "POST" and request.blueprint in AUDIENCES and same


def page() -> tuple[str, int]:
    """What was typed, in hidden fields, with the way to sign in and a button to send again."""
    fields = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name not in NEVER_HELD
    ]
    signed_in = request.blueprint == PUBLIC or g.get("actor", VISITOR) != VISITOR
    facts = {"fields": fields, "signed_in": signed_in, "files": bool(request.files)}
    return render_template("errors/held.html", url=request.full_path.rstrip("?"), **facts), 409
