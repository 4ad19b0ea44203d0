"""Drafts of applications: started, filled section by section, accepting anything typed."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.access import Action, Actor, demand
from grants.domain.errors import DomainError, Refusal
from grants.domain.forms import checking
from grants.domain.forms.description import Answers, FormDefinition, Section
from grants.domain.identity import show_phone
from grants.domain.intake import CallState, call_state
from grants.models.drafts import Draft
from grants.models.organizations import Organization
from grants.models.programs import Call
from grants.operations.locking import lock
from grants.operations.organizations import person_of
from grants.operations.trail import record
from grants.queries import programs

PAPER_CHANNELS = frozenset({"post", "counter", "fax", "email"})


@dataclass(frozen=True)
class PaperReceipt:
    """A paper application: whose it is, how and when it truly arrived."""

    organization_id: int
    channel: str
    received_at: datetime


@dataclass(frozen=True)
class SectionDetails:
    """A section as typed. `seen` is the mark of the answers that the page showed."""

    key: str
    raw: Mapping[str, object]
    finished: bool
    seen: str


def start(session: Session, call_id: int, public_id: str, *, actor: Actor, now: datetime) -> Draft:
    """Start an application in an open call, filled with what is known of the organization.

    `public_id` comes from the page, so that a double click starts one draft only. Errors:
    `call_not_open`, `call_closed`.
    """
    demand(actor, Action.WRITE_OWN)
    if actor.organization_id is None:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    organization = session.get_one(Organization, actor.organization_id, with_for_update=True)
    known = session.scalar(select(Draft).where(Draft.public_id == public_id))
    if known is not None:
        return _same_organization(known, actor)
    call = session.get_one(Call, call_id)
    demand_open(call, now, actor)
    draft = _draft(call, organization, public_id, actor, now)
    return _recorded(session, draft, actor, now)


def start_paper(
    session: Session,
    call_id: int,
    public_id: str,
    receipt: PaperReceipt,
    *,
    actor: Actor,
    now: datetime,
) -> Draft:
    """Begin to record a paper application, with its true channel and instant of receipt.

    Errors: `channel_unknown`, `receipt_in_future`, and `call_not_open` or `call_closed` judged
    on the day it was received.
    """
    demand(actor, Action.RECORD_PAPER)
    if receipt.channel not in PAPER_CHANNELS:
        raise DomainError("channel_unknown")
    if receipt.received_at > now:
        raise DomainError("receipt_in_future")
    organization = session.get_one(Organization, receipt.organization_id, with_for_update=True)
    known = session.scalar(select(Draft).where(Draft.public_id == public_id))
    if known is not None:
        may_write(known, actor)
        return known
    call = _own_call(session, call_id, actor)
    demand_open(call, receipt.received_at, actor)
    draft = _draft(call, organization, public_id, actor, now)
    draft.channel, draft.received_at = receipt.channel, receipt.received_at
    return _recorded(session, draft, actor, now)


def _own_call(session: Session, call_id: int, actor: Actor) -> Call:
    call = session.get_one(Call, call_id)
    if call.program.secretariat_id != actor.secretariat_id:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    return call


def save_section(
    session: Session, draft_id: int, details: SectionDetails, *, actor: Actor, now: datetime
) -> Draft:
    """Keep a section as typed, whatever it holds.

    Two people may fill two sections at once. Errors: `already_sent`; `stale_page` when
    somebody changed this very section since the page was shown.
    """
    draft = writable(session, draft_id, actor)
    section = programs.definition(draft.call.form_version).section(details.key)
    before = draft.answers
    after = checking.save_section(before, section, details.raw, finished=details.finished)
    if after == before:
        return draft
    if section_mark(section, before) != details.seen:
        raise DomainError("stale_page")
    draft.answers = after
    touch(draft, actor, now)
    session.flush()
    return draft


def section_mark(section: Section, answers: Answers) -> str:
    """The state of one section's answers, as a short text a page can carry."""
    shown = {question.key: answers.get(question.key) for question in section.fields}
    finished = section.key in checking.finished_sections(answers)
    return checking.fingerprint({"answers": shown, "finished": finished})[:16]


def writable(session: Session, draft_id: int, actor: Actor, version: int | None = None) -> Draft:
    """Lock a draft that the actor may write and that was not sent.

    Errors: `already_sent` (fact `case_public_id`), `stale_page`; refusal `not_allowed`.
    """
    draft = lock(session, Draft, draft_id, None)
    may_write(draft, actor)
    if draft.case_file_id is not None:
        raise DomainError("already_sent", case_public_id=draft.case_public_id)
    if version is not None and draft.version != version:
        raise DomainError("stale_page")
    return draft


def may_write(draft: Draft, actor: Actor) -> None:
    """Refuse whoever is neither of the draft's organization nor, for paper, of its staff."""
    if draft.channel == "web":
        demand(actor, Action.WRITE_OWN)
        _same_organization(draft, actor)
    else:
        demand(actor, Action.RECORD_PAPER)
        if draft.call.program.secretariat_id != actor.secretariat_id:
            raise Refusal("not_allowed", actor_id=actor.person_id)


def touch(draft: Draft, actor: Actor, now: datetime) -> None:
    """Note who changed the draft last, and when: it also moves its version."""
    draft.edited_by_id, draft.edited_at = person_of(actor), now


def demand_open(call: Call, at: datetime, actor: Actor) -> None:
    """Refuse what arrived before the opening or after the last second (rule R6)."""
    state = call_state(call.opens_at, call.closes_at, at)
    if state is not CallState.OPEN:
        code = "call_not_open" if state is CallState.COMING else "call_closed"
        raise Refusal(
            code,
            actor_id=actor.person_id,
            opens_at=call.opens_at,
            closes_at=call.closes_at,
            arrived_at=at,
        )


def _same_organization(draft: Draft, actor: Actor) -> Draft:
    if draft.organization_id != actor.organization_id:
        raise Refusal("not_allowed", actor_id=actor.person_id)
    return draft


def _draft(
    call: Call, organization: Organization, public_id: str, actor: Actor, now: datetime
) -> Draft:
    form = programs.definition(call.form_version)
    return Draft(
        public_id=public_id,
        case_public_id=secrets.token_hex(16),
        organization_id=organization.id,
        call_id=call.id,
        channel="web",
        answers=_known_facts(form, organization),
        created_by_id=person_of(actor),
        created_at=now,
        edited_by_id=person_of(actor),
        edited_at=now,
    )


def _known_facts(form: FormDefinition, organization: Organization) -> dict[str, Any]:
    """What the organization told once and need not type again."""
    facts = {
        "legal_name": organization.legal_name,
        "neq": organization.neq,
        "email_org": organization.email,
        "phone": show_phone(organization.phone),
    }
    asked = {question.key for question in form.fields}
    return {key: value for key, value in facts.items() if value and key in asked}


def _recorded(session: Session, draft: Draft, actor: Actor, now: datetime) -> Draft:
    session.add(draft)
    session.flush()
    record(
        session,
        "draft_started",
        actor=actor,
        now=now,
        draft=draft.id,
        call=draft.call_id,
        channel=draft.channel,
    )
    return draft
