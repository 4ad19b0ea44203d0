"""Routes that cannot forget their guard: every page names the action it needs."""

from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from flask import Blueprint, Flask, abort, g, redirect, request, url_for
from werkzeug.wrappers import Response

from grants.domain.access import FOR_EVERYBODY, VISITOR, Action
from grants.domain.errors import Refusal
from grants.unit_of_work import saving
from grants.web import held
from grants.web.arrival import BoundedRequest

LARGEST_ID = 2**63 - 1
View = Callable[..., Any]
Answer = Response | tuple[str, int]


@dataclass(frozen=True)
class Page:
    """One URL, the view that answers it, and what a person must be allowed to do."""

    url: str
    view: View
    action: Action
    methods: tuple[str, ...] = ("GET",)
    endpoint: str = ""


def page(
    url: str, view: View, action: Action, methods: Iterable[str] = ("GET",), endpoint: str = ""
) -> Page:
    """Describe a route; `endpoint` is the view's name unless told."""
    return Page(url, view, action, tuple(methods), endpoint or view.__name__)


def audience(name: str, prefix: str, pages: Iterable[Page]) -> Blueprint:
    """Make the blueprint of an audience from its table of pages."""
    blueprint = Blueprint(name, name, url_prefix=prefix or None)
    for item in pages:
        blueprint.add_url_rule(
            item.url,
            item.endpoint,
            item.view,
            methods=list(item.methods),
            provide_automatic_options=False,
        )
        blueprint.record(_registering(name, item))
    return blueprint


def _registering(name: str, item: Page) -> Callable[[Any], None]:
    def register(state: Any) -> None:
        state.app.config.setdefault("ACTIONS", {})[f"{name}.{item.endpoint}"] = item.action

    return register


def guard(app: Flask) -> None:
    """Ask the table before every view; a route without an action answers to nobody."""
    app.request_class = BoundedRequest

    @app.before_request
    def allowed() -> Answer | None:
        if request.endpoint in (None, "static"):
            return None
        if _unreadable():
            abort(400)
        action = app.config["ACTIONS"].get(request.endpoint)
        if action in FOR_EVERYBODY or (action is not None and g.actor.may(action)):
            return None
        return _refused(action)


def _unreadable() -> bool:
    """Whether the request holds what no database takes: a NUL, or an id beyond 64 bits."""
    named = (request.view_args or {}).values()
    if any(isinstance(value, int) and value > LARGEST_ID for value in named):
        return True
    texts = [str(value) for value in named]
    texts += [text for given in (request.args, request.form) for _, text in given.items(multi=True)]
    return any("\0" in text for text in texts)


def _refused(action: Action | None) -> Answer:
    """A visitor signs in, with what was typed held; anybody else finds nothing here."""
    if action is None or g.actor != VISITOR:
        if request.method == "POST":
            _journal()
        abort(404)
    if held.may_hold():
        return held.page()
    return redirect(url_for("account.sign_in", next=_came_for()))


def _journal() -> None:
    """A refused act goes into the journal; a refused page does not, because a GET never writes."""
    with suppress(Refusal), saving():
        raise Refusal("not_allowed", actor_id=g.actor.person_id)


def _came_for() -> str | None:
    """The page to come back to: only a GET, and only one of ours."""
    return request.full_path.rstrip("?") if request.method == "GET" else None
