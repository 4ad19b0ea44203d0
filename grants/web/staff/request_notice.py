"""The line of the desk that says how many requests for information wait for somebody."""

from datetime import datetime

from flask import url_for

from grants.domain.access import Action, Actor
from grants.extensions import db
from grants.queries import request_counts
from grants.queries.request_lists import MINE, NOBODY, REPLACED
from grants.wording import requests


def waiting_notice(actor: Actor, now: datetime) -> list[dict[str, str]]:
    """Words and link of each count that is not nothing; one statement."""
    if not actor.may(Action.READ_REQUEST):
        return []
    found = request_counts.waiting(db.session(), now=now, actor=actor)
    lines = (
        (found.mine, MINE, requests.waiting_for_you(found.mine, found.late)),
        (found.replaced, REPLACED, requests.waiting_for_replaced(found.replaced)),
        (found.nobody, NOBODY, requests.waiting_for_somebody(found.nobody)),
    )
    return [
        {"url": url_for("staff.requests", qui=whose), "words": words}
        for count, whose, words in lines
        if count
    ]
