"""The URLs of requests for information, each with the action it demands."""

from grants.domain.access import Action
from grants.web.routing import page
from grants.web.staff.request_acts import (
    close_request,
    log_call,
    resend_request_mail,
    take_request,
    transfer_request,
)
from grants.web.staff.request_entry import record_request
from grants.web.staff.request_replies import (
    acknowledge_request,
    answer_request,
    extend_request,
    move_request,
    redirect_request,
)
from grants.web.staff.requests import request_clock, request_sheet, requests
from grants.web.staff.saved_replies import retire_saved_reply, saved_reply, saved_reply_list

ALL = "/renseignements"
ONE = f"{ALL}/<public_id>"
SAVED = f"{ALL}/reponses-types"
BOTH = ("GET", "POST")
ANSWER = Action.ANSWER_REQUEST

PAGES = [
    page(ALL, requests, Action.READ_REQUEST),
    page(f"{ALL}/inscrire", record_request, ANSWER, BOTH),
    page(SAVED, saved_reply_list, ANSWER, endpoint="saved_replies"),
    page(f"{SAVED}/<public_id>", saved_reply, ANSWER, BOTH),
    page(f"{SAVED}/<public_id>/retirer", retire_saved_reply, ANSWER, ("POST",)),
    page(ONE, request_sheet, Action.READ_REQUEST),
    page(f"{ONE}/delais/<int:clock_id>", request_clock, Action.READ_REQUEST),
    page(f"{ONE}/prendre", take_request, ANSWER, ("POST",)),
    page(f"{ONE}/transferer", transfer_request, ANSWER, BOTH),
    page(f"{ONE}/appel", log_call, ANSWER, BOTH),
    page(f"{ONE}/accuser-reception", acknowledge_request, ANSWER, BOTH),
    page(f"{ONE}/reporter", extend_request, ANSWER, BOTH),
    page(f"{ONE}/acces", move_request, ANSWER, BOTH),
    page(f"{ONE}/diriger", redirect_request, ANSWER, BOTH),
    page(f"{ONE}/repondre", answer_request, ANSWER, BOTH),
    page(f"{ONE}/fermer", close_request, ANSWER, BOTH),
    page(f"{ONE}/courriels/<message_id>", resend_request_mail, ANSWER, ("POST",)),
]
