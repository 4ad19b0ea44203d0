"""What each outbox row asks for. Redis carries the row's id, the row says the rest.

Every handler works outside any transaction, then returns the effect to record; the effect
and the row's end are one transaction, so a worker that lost its lease leaves nothing behind:
what it made outside the database is undone when that transaction fails.
"""

import logging
import traceback
from collections.abc import Callable, Mapping

from sqlalchemy.exc import DBAPIError

from grants import clock
from grants.extensions import db
from grants.jobs import (
    agreements,
    bank_files,
    journal_heads,
    letters,
    mails,
    proofs,
    publications,
    request_mails,
    sealed,
    signatures,
    tallies,
)
from grants.jobs.effect import Effect
from grants.mail.transport import MailRefused, ServerAway
from grants.operations import outbox
from grants.unit_of_work import saving

Handler = Callable[[int], Effect]

HANDLERS: Mapping[str, Handler] = {
    "mail.message": mails.message,
    "mail.request": request_mails.message,
    "mail.code": mails.code,
    "mail.link": mails.link,
    "mail.tracking": mails.tracking,
    "mail.sealed": sealed.message,
    "mail.entrusted": sealed.entrusted,
    "pdf.deposit_proof": proofs.deposit_proof,
    "pdf.decision_letter": letters.decision_letter,
    "pdf.agreement": agreements.agreement,
    "pdf.signature_evidence": signatures.evidence,
    "pdf.publication": publications.publication,
    "file.batch": bank_files.bank_file,
    "file.journal_head": journal_heads.journal_head,
    "figures.tally": tallies.tally,
}

log = logging.getLogger(__name__)


def run(row_id: int) -> None:
    """Do what one outbox row owes, unless somebody else has it or it is done."""
    try:
        with saving() as session:
            claimed = outbox.claim(session, row_id, now=clock.utc_now())
        if claimed is not None:
            _do(claimed)
    except outbox.LeaseLost:
        log.warning("outbox row %s: the lease was lost, nothing was recorded", row_id)
    finally:
        db.session.remove()


def _do(claimed: outbox.Claim) -> None:
    try:
        _record(claimed, HANDLERS[claimed.kind](claimed.ref))
        log.info("outbox row %s (%s) done", claimed.row_id, claimed.kind)
    except ServerAway as error:
        _give_back(claimed, outbox.give_back, error)
    except MailRefused as error:
        with saving() as session:
            outbox.give_up(session, claimed, str(error))
    except outbox.LeaseLost:
        raise
    except Exception as error:
        where = "".join(traceback.format_tb(error.__traceback__))  # a fault's text holds data
        name = type(error).__name__
        log.error("outbox row %s (%s): %s\n%s", claimed.row_id, claimed.kind, name, where)
        _give_back(claimed, outbox.give_back_broken, error)


def _record(claimed: outbox.Claim, effect: Effect) -> None:
    try:
        with saving() as session:
            outbox.finish(session, claimed)
            effect.record(session)
    except DBAPIError as error:
        if not error.connection_invalidated:  # else nobody knows whether the commit was heard
            effect.undo()
        raise
    except BaseException:
        effect.undo()
        raise


def _give_back(claimed: outbox.Claim, how: Callable[..., None], error: Exception) -> None:
    with saving() as session:
        told = f": {error}" if isinstance(error, ServerAway) else ""
        how(session, claimed, f"{type(error).__name__}{told}", now=clock.utc_now())
