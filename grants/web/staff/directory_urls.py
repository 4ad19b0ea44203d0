"""The URLs of the directory and of referrals, for the staff."""

from grants.domain.access import Action
from grants.web.routing import page
from grants.web.staff.directory import confirm_resource, resource, resources, retire_resource
from grants.web.staff.directory_entries import add_resource, change_resource
from grants.web.staff.referrals import refer, referral

ONE = "/ressources/<public_id>"
BOTH = ("GET", "POST")

PAGES = [
    page("/ressources", resources, Action.READ_DIRECTORY),
    page("/ressources/ajouter", add_resource, Action.KEEP_DIRECTORY, BOTH),
    page(ONE, resource, Action.READ_DIRECTORY),
    page(f"{ONE}/modifier", change_resource, Action.KEEP_DIRECTORY, BOTH),
    page(f"{ONE}/confirmer", confirm_resource, Action.KEEP_DIRECTORY, ("POST",)),
    page(f"{ONE}/retirer", retire_resource, Action.KEEP_DIRECTORY, BOTH),
    page("/dossiers/<public_id>/orienter", refer, Action.REFER, BOTH),
    page("/orientations/<public_id>", referral, Action.REFER, BOTH),
]
