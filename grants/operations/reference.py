"""Loading of reference data: safe to repeat, never taking back what people have changed."""

import json
from collections.abc import Mapping, Sequence
from datetime import date
from hashlib import sha256
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from grants.domain.calendar import start_of_day
from grants.domain.directory import Entry, check_entry
from grants.domain.forms.description import canonical_json
from grants.models.directory import Resource
from grants.models.payments import BankProfile
from grants.models.programs import FormVersion, Program, ProgramTerms
from grants.models.reference import (
    CalendarYear,
    DayOff,
    Region,
    Secretariat,
    ServiceCommitment,
    ServiceDeclaration,
)
from grants.models.requests import SavedReply
from grants.models.trail import JournalHead
from grants.operations.directory_rows import ENTRY_LABELS, ENTRY_TEXTS, write_entry

Item = Mapping[str, Any]

GENESIS_HEAD = {"id": 1, "position": 0, "digest": "0" * 64}


def load(session: Session, files: Mapping[str, Any]) -> None:
    """Load what is missing of the reference data, in the order the tables need.

    `files` holds the parsed files by name: secretariats, regions, days_off, declarations,
    criteria, programs, forms, bank profiles, resources of the directory and saved replies.
    """
    if session.get(JournalHead, 1) is None:
        session.add(JournalHead(**GENESIS_HEAD))
    secretariats = _secretariats(session, files["secretariats"])
    _regions(session, files["regions"])
    _days_off(session, files["days_off"])
    for item in files["declarations"]:
        _declaration(session, secretariats[item["secretariat"]], item)
    criteria = {row["code"]: row for row in files["criteria"]}
    for item in files["programs"]:
        _program(session, secretariats[item["secretariat"]], item, files["forms"], criteria)
    for item in files["bank_profiles"]:
        _bank_profile(session, secretariats[item["secretariat"]], item)
    _resources(session, files["resources"])
    for code, secretariat in secretariats.items():
        _saved_replies(session, code, secretariat, files["saved_replies"])


def _secretariats(session: Session, items: Sequence[Item]) -> dict[str, Secretariat]:
    known = {row.code: row for row in session.scalars(select(Secretariat))}
    for item in items:
        row = known.setdefault(item["code"], Secretariat(code=item["code"]))
        row.name = item["name"]
        row.contact = {key: value for key, value in item.items() if key not in ("code", "name")}
        session.add(row)
    session.flush()
    return known


def _regions(session: Session, items: Sequence[Item]) -> None:
    for item in items:
        session.merge(Region(code=item["code"], name=item["name"]))


def _days_off(session: Session, years: Sequence[Item]) -> None:
    known = set(session.scalars(select(CalendarYear.year)))
    for item in years:
        if item["year"] in known:
            continue  # people confirm and correct years: what stands is theirs
        days = [
            DayOff(on_date=date.fromisoformat(day["date"]), label=day["label"])
            for day in item["days"]
        ]
        year = CalendarYear(year=item["year"], confirmed=item["confirmed"], version=1)
        year.days_off = days
        session.add(year)


def _declaration(session: Session, secretariat: Secretariat, item: Item) -> None:
    query = select(ServiceDeclaration.id).where(ServiceDeclaration.slug == item["slug"])
    if session.scalar(query):
        return
    in_force_from = item["in_force_from"]
    declaration = ServiceDeclaration(
        secretariat_id=secretariat.id,
        slug=item["slug"],
        title=item["title"],
        in_force_from=date.fromisoformat(in_force_from) if in_force_from else None,
    )
    declaration.commitments = [ServiceCommitment(**promise) for promise in item["commitments"]]
    session.add(declaration)


def _bank_profile(session: Session, secretariat: Secretariat, item: Item) -> None:
    """A first profile for a secretariat without one: what its bank asked since is kept."""
    known = select(BankProfile.id).where(BankProfile.secretariat_id == secretariat.id)
    if session.scalar(known) is None:
        layout = json.dumps(item, sort_keys=True)
        profile = BankProfile(code=item["code"], secretariat_id=secretariat.id, layout=layout)
        session.add(profile)


def _resources(session: Session, items: Sequence[Item]) -> None:
    """The resources that the directory never had: what people changed or retired is theirs."""
    known = set(session.scalars(select(Resource.public_id)))
    regions = set(session.scalars(select(Region.code)))
    for item in items:
        public_id = sha256(f"resource:{item['slug']}".encode()).hexdigest()[:32]
        if public_id in known:
            continue
        told: dict[str, Any] = {name: item[name] for name in ENTRY_TEXTS}
        told.update({name: tuple(item[name]) for name in ENTRY_LABELS})
        entry = check_entry(Entry(**told), regions)
        resource = Resource(public_id=public_id, code=item.get("code"))
        resource.checked_on = date.fromisoformat(item["checked_on"])
        write_entry(resource, entry)
        session.add(resource)


def _saved_replies(session: Session, code: str, secretariat: Secretariat, file: Item) -> None:
    """The texts that this secretariat never had: what people changed or retired is theirs."""
    its = select(SavedReply).where(SavedReply.secretariat_id == secretariat.id)
    known = {word for reply in session.scalars(its) for word in (reply.public_id, reply.title)}
    for item in file["replies"]:
        public_id = sha256(f"saved-reply:{code}:{item['slug']}".encode()).hexdigest()[:32]
        if known.isdisjoint((public_id, item["title"])):
            reply = SavedReply(public_id=public_id, secretariat_id=secretariat.id)
            reply.title, reply.topic, reply.body = item["title"], item["topic"], item["body"]
            reply.written_at = start_of_day(date.fromisoformat(file["written_on"]))
            session.add(reply)


def _program(
    session: Session,
    secretariat: Secretariat,
    item: Item,
    forms: Mapping[str, Item],
    criteria: Mapping[str, Item],
) -> None:
    program = session.scalar(select(Program).where(Program.code == item["code"]))
    if program is None:
        program = Program(
            secretariat_id=secretariat.id,
            **{key: item[key] for key in ("code", "name", "short_name", "purpose")},
        )
        session.add(program)
        session.flush()
    _terms(session, program, item["terms"], criteria)
    publish_form(session, program, forms[item["form"]])


def _terms(
    session: Session, program: Program, rows: Sequence[Item], criteria: Mapping[str, Item]
) -> None:
    """Load the terms that are missing, and the rules of terms older than the rules."""
    query = select(ProgramTerms).where(ProgramTerms.program_id == program.id)
    known = {terms.effective_from: terms for terms in session.scalars(query)}
    for row in rows:
        effective_from = date.fromisoformat(row["effective_from"])
        rules = {**row["rules"], "criteria": [criteria[code] for code in row["rules"]["criteria"]]}
        terms = known.get(effective_from)
        if terms is None:
            amounts = {key: row[key] for key in ("amount_min_cents", "amount_max_cents")}
            terms = ProgramTerms(
                program_id=program.id, effective_from=effective_from, rules=rules, **amounts
            )
            session.add(terms)
        elif not terms.rules:
            terms.rules = rules


def publish_form(session: Session, program: Program, definition: Item) -> FormVersion:
    """Publish a questionnaire as the next version, unless this very text already is one."""
    text = canonical_json(definition)
    digest = sha256(text.encode()).hexdigest()
    known = list(session.scalars(select(FormVersion).where(FormVersion.program_id == program.id)))
    for version in known:
        if version.sha256 == digest:
            return version
    version = FormVersion(
        program_id=program.id, number=len(known) + 1, definition=text, sha256=digest
    )
    session.add(version)
    return version
