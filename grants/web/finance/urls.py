"""The URLs of finance, each with the action it demands."""

from grants.domain.access import Action
from grants.web.finance.bank_details import bank_details, show_account, verify_bank_details
from grants.web.finance.batch import (
    approve_batch,
    batch,
    batches,
    cancel_batch,
    redate_batch,
    remove_line,
    send_back_batch,
)
from grants.web.finance.batch_files import ask_release, control_list, download_file
from grants.web.finance.paper_account import give_bank_details
from grants.web.finance.payment_returns import record_return
from grants.web.finance.schedule import schedule
from grants.web.finance.to_pay import prepare_batch, to_pay
from grants.web.routing import audience, page

BOTH = ("GET", "POST")
POST = ("POST",)
ACCOUNT = "/coordonnees/<public_id>"
BATCH = "/lots/<public_id>"
LINE = f"{BATCH}/versements/<payment_id>"

PAGES = [
    page("/", to_pay, Action.READ_PAYMENTS),
    page("/lots", batches, Action.READ_PAYMENTS),
    page("/lots", prepare_batch, Action.PREPARE_BATCH, POST),
    page("/calendrier", schedule, Action.READ_PAYMENTS),
    page(BATCH, batch, Action.READ_PAYMENTS),
    page(f"{BATCH}/approuver", approve_batch, Action.APPROVE_BATCH, POST),
    page(f"{BATCH}/renvoyer", send_back_batch, Action.APPROVE_BATCH, POST),
    page(f"{BATCH}/date", redate_batch, Action.PREPARE_BATCH, BOTH),
    page(f"{BATCH}/annuler", cancel_batch, Action.PREPARE_BATCH, BOTH),
    page(f"{BATCH}/creer-le-fichier", ask_release, Action.APPROVE_BATCH, POST),
    page(f"{BATCH}/fichier", download_file, Action.READ_PAYMENTS, POST),
    page(f"{BATCH}/liste-de-controle", control_list, Action.READ_PAYMENTS),
    page(f"{LINE}/retirer", remove_line, Action.PREPARE_BATCH, POST),
    page(f"{LINE}/retour", record_return, Action.PREPARE_BATCH, BOTH),
    page("/coordonnees", bank_details, Action.VERIFY_BANK_DETAILS),
    page(ACCOUNT, verify_bank_details, Action.VERIFY_BANK_DETAILS, BOTH),
    page(f"{ACCOUNT}/compte", show_account, Action.VERIFY_BANK_DETAILS, ("POST",)),
    page(
        "/coordonnees/organismes/<public_id>",
        give_bank_details,
        Action.VERIFY_BANK_DETAILS,
        BOTH,
    ),
]

blueprint = audience("finance", "/finances", PAGES)
