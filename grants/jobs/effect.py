"""What a handler gives back once its work outside the database is done."""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy.orm import Session


def _nothing_to_record(_session: Session) -> None:
    """The work was already done, or is no longer wanted."""


def _nothing_to_undo() -> None:
    """A mail that left cannot be called back."""


@dataclass(frozen=True)
class Effect:
    """What to write in the transaction that ends the outbox row.

    `undo` takes back what was made outside (a stored file) when that transaction fails.
    """

    record: Callable[[Session], None] = _nothing_to_record
    undo: Callable[[], None] = _nothing_to_undo


NOTHING = Effect()
