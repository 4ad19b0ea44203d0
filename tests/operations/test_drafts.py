"""Drafts accept anything, belong to the organization, and never lose a text."""

from datetime import timedelta

import pytest
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from grants.domain.access import Actor
from grants.domain.calendar import end_of_day
from grants.domain.errors import DomainError, Refusal
from grants.models.drafts import Draft
from grants.operations import drafts as acts
from grants.operations.drafts import PaperReceipt, SectionDetails, section_mark
from grants.queries import drafts, organizations, programs
from grants.unit_of_work import saving
from tests.factories import NOW, make_call, make_member, make_organization, make_staff, unique

ODD = "<script>é\u00a0😀 " + "x" * 5000


def start(session: Session, actor: Actor) -> Draft:
    call_id = make_call(session).id
    with saving() as saved:
        return acts.start(saved, call_id, unique(), actor=actor, now=NOW)


def details(draft: Draft, key: str = "mission", **raw: object) -> SectionDetails:
    section = programs.definition(draft.call.form_version).section(key)
    return SectionDetails(key, raw, finished=False, seen=section_mark(section, draft.answers))


def save(draft_id: int, given: SectionDetails, actor: Actor) -> None:
    with saving() as saved:
        acts.save_section(saved, draft_id, given, actor=actor, now=NOW + timedelta(minutes=1))


def test_a_draft_starts_with_what_the_organization_told(session: Session) -> None:
    actor = make_member(session)
    draft = start(session, actor)
    own = organizations.own(session, actor=actor)
    assert own is not None
    assert draft.answers["legal_name"] == own.legal_name
    assert draft.answers["neq"] == own.neq


def test_the_telephone_is_filled_as_people_write_it(session: Session) -> None:
    organization = make_organization(session)
    organization.phone = "+14185550188;ext=2"
    session.commit()
    draft = start(session, make_member(session, organization))
    assert draft.answers["phone"] == "418\u00a0555-0188, poste\u00a02"


def test_the_same_page_starts_one_draft(session: Session) -> None:
    actor, call_id, public_id = make_member(session), make_call(session).id, unique()
    ids = set()
    for _ in range(3):
        with saving() as saved:
            ids.add(acts.start(saved, call_id, public_id, actor=actor, now=NOW).id)
    assert len(ids) == 1
    assert session.scalar(select(func.count(Draft.id))) == 1


@pytest.mark.parametrize(("days", "code"), [(-1, "call_closed"), (60, "call_not_open")])
def test_a_closed_or_coming_call_starts_nothing(session: Session, days: int, code: str) -> None:
    actor, call = make_member(session), make_call(session, days=90)
    call.opens_at = NOW + timedelta(days=days if days > 0 else -40)
    call.closes_at = NOW + timedelta(days=days + 1 if days > 0 else -1)
    session.commit()
    call_id = call.id
    with pytest.raises(Refusal) as refused, saving() as saved:
        acts.start(saved, call_id, unique(), actor=actor, now=NOW)
    assert refused.value.code == code


def test_anything_typed_is_kept(session: Session) -> None:
    actor = make_member(session)
    draft = start(session, actor)
    save(draft.id, details(draft, mission=ODD, volunteers_count="beaucoup"), actor)
    assert draft.answers["mission"] == ODD
    assert draft.answers["volunteers_count"] == "beaucoup"
    assert draft.edited_by_id == actor.person_id


def test_two_people_fill_two_sections_at_once(session: Session) -> None:
    actor = make_member(session)
    draft = start(session, actor)
    mine, theirs = details(draft, mission="A"), details(draft, "amount", amount_requested="1")
    save(draft.id, theirs, actor)
    save(draft.id, mine, actor)
    assert (draft.answers["mission"], draft.answers["amount_requested"]) == ("A", "1")


def test_a_stale_save_of_the_same_section_changes_nothing(session: Session) -> None:
    actor = make_member(session)
    draft = start(session, actor)
    mine, theirs = details(draft, mission="Mon texte"), details(draft, mission="Le sien")
    save(draft.id, theirs, actor)
    with pytest.raises(DomainError) as refused:
        save(draft.id, mine, actor)
    assert refused.value.code == "stale_page"
    assert draft.answers["mission"] == "Le sien"
    save(draft.id, theirs, actor)  # the same post again is no conflict
    assert draft.answers["mission"] == "Le sien"


def test_a_foreign_organization_neither_sees_nor_writes(session: Session) -> None:
    actor, stranger = make_member(session), make_member(session, name="Luc Tremblay")
    reader = make_member(session, organizations.own(session, actor=actor), "reader", "Nora")
    draft = start(session, actor)
    given = details(draft, mission="A")
    assert drafts.one(session, draft.public_id, actor=stranger) is None
    assert drafts.one(session, draft.public_id, actor=reader) is not None
    for nobody in (stranger, reader):
        with pytest.raises(Refusal):
            save(draft.id, given, nobody)


def test_a_paper_draft_has_its_true_receipt(session: Session) -> None:
    staff, other = make_staff(session, "Odile M", "advisor"), make_member(session)
    call_id, organization_id = make_call(session).id, make_organization(session).id
    receipt = PaperReceipt(organization_id, "post", NOW - timedelta(days=2))
    with saving() as saved:
        draft = acts.start_paper(saved, call_id, unique(), receipt, actor=staff, now=NOW)
    assert (draft.channel, draft.received_at) == ("post", NOW - timedelta(days=2))
    assert drafts.one(session, draft.public_id, actor=staff) is not None
    assert drafts.one(session, draft.public_id, actor=other) is None


@pytest.mark.parametrize(
    ("channel", "days", "code"),
    [
        ("web", 0, "channel_unknown"),
        ("post", 1, "receipt_in_future"),
        ("fax", -40, "call_not_open"),
    ],
)
def test_an_impossible_receipt_is_refused(
    session: Session, channel: str, days: int, code: str
) -> None:
    staff, call_id = make_staff(session, "Odile M", "advisor"), make_call(session).id
    receipt = PaperReceipt(make_organization(session).id, channel, NOW + timedelta(days=days))
    with pytest.raises(DomainError) as refused, saving() as saved:
        acts.start_paper(saved, call_id, unique(), receipt, actor=staff, now=NOW)
    assert refused.value.code == code


def test_paper_received_in_time_may_be_recorded_after_the_closing(session: Session) -> None:
    staff, call = make_staff(session, "Odile M", "advisor"), make_call(session)
    call.closes_at = end_of_day(NOW.date() - timedelta(days=1))
    session.commit()
    receipt = PaperReceipt(make_organization(session).id, "post", call.closes_at)
    call_id = call.id
    with saving() as saved:
        draft = acts.start_paper(saved, call_id, unique(), receipt, actor=staff, now=NOW)
    assert draft.id
