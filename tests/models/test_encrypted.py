"""Private columns: nothing readable at rest, a wrong key refused, a key changed without loss."""

from collections.abc import Iterator

import pytest
from cryptography.fernet import InvalidToken
from sqlalchemy import Column, Integer, MetaData, Table, insert, select, text
from sqlalchemy.orm import Session

from grants.models import encrypted
from grants.models.encrypted import Encrypted, NoColumnKey
from tests.databases import KEY

ACCOUNT = "815-30000-1234567 Caisse de Sainte-Élodie"
SECRET = Table(
    "secret_of_a_test",
    MetaData(),
    Column("id", Integer, primary_key=True),
    Column("content", Encrypted),
)


@pytest.fixture(autouse=True)
def _table(session: Session) -> Iterator[None]:
    SECRET.create(session.connection())
    yield
    encrypted.install(KEY)


def keep(session: Session, content: str | None) -> None:
    session.execute(insert(SECRET).values(content=content))


def kept(session: Session) -> list[str | None]:
    return list(session.scalars(select(SECRET.c.content).order_by(SECRET.c.id)))


@pytest.mark.engine
def test_the_database_holds_no_clear_text(session: Session) -> None:
    for content in (ACCOUNT, ACCOUNT, "", None):
        keep(session, content)
    stored = list(session.scalars(text("SELECT content FROM secret_of_a_test ORDER BY id")))
    assert kept(session) == [ACCOUNT, ACCOUNT, "", None]
    assert stored[0] != stored[1], "two equal texts do not show that they are equal"
    assert stored[3] is None
    assert not any(part in str(stored) for part in ("815", "30000", "1234567", "Caisse"))


def test_a_wrong_key_reads_nothing(session: Session) -> None:
    keep(session, ACCOUNT)
    encrypted.install("une-autre-cle")
    with pytest.raises(InvalidToken):
        kept(session)


def test_a_changed_value_is_refused(session: Session) -> None:
    keep(session, ACCOUNT)
    stored = session.scalars(text("SELECT content FROM secret_of_a_test")).one()
    other = stored[:-10] + ("A" if stored[-10] != "A" else "B") + stored[-9:]
    session.execute(text("UPDATE secret_of_a_test SET content = :other"), {"other": other})
    with pytest.raises(InvalidToken):
        kept(session)


def test_a_key_is_changed_without_losing_what_the_old_one_wrote(session: Session) -> None:
    keep(session, ACCOUNT)
    encrypted.install(f"la-nouvelle, {KEY}")
    keep(session, "après")
    assert kept(session) == [ACCOUNT, "après"]
    encrypted.install("la-nouvelle")
    after = select(SECRET.c.content).where(SECRET.c.id == 2)
    assert session.scalars(after).one() == "après", "the first key enciphers"


def test_without_a_key_nothing_is_written(
    session: Session, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(encrypted._Keys, "ring", None)
    with pytest.raises(NoColumnKey):
        Encrypted().process_bind_param(ACCOUNT, session.connection().dialect)


@pytest.mark.parametrize("keys", ["", "one,", "one,,two", " "])
def test_an_empty_key_is_refused(keys: str) -> None:
    with pytest.raises(ValueError, match="empty"):
        encrypted.install(keys)


def test_a_blind_index_finds_a_text_across_a_change_of_key_and_tells_nothing() -> None:
    before = encrypted.blind_index(ACCOUNT)
    assert before == encrypted.blind_index(ACCOUNT) != encrypted.blind_index(ACCOUNT + " ")
    assert len(before) == 64 and encrypted.blind_indexes(ACCOUNT) == [before]
    encrypted.install(f"une-autre-cle,{KEY}")
    now = encrypted.blind_indexes(ACCOUNT)
    assert now[0] == encrypted.blind_index(ACCOUNT) != before == now[1]
