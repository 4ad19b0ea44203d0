"""The URLs of an organization's space, each with the action it needs."""

from grants.domain.access import Action
from grants.web.applicant import (
    agreements,
    bank_details,
    dashboard,
    decisions,
    drafts,
    files,
    follow,
    organization,
    revisions,
    sections,
    sending,
    team,
)
from grants.web.routing import audience, page

BOTH = ("GET", "POST")
DRAFT = "/brouillons/<public_id>"
CASE = "/demandes/<public_id>"

PAGES = [
    page("/", dashboard.dashboard, Action.HAVE_ACCOUNT),
    page("/choisir", dashboard.switch_organization, Action.HAVE_ACCOUNT, ("POST",)),
    page("/organisme", organization.organization, Action.HAVE_ACCOUNT, BOTH),
    page("/organisme/creer", organization.create_organization, Action.HAVE_ACCOUNT, BOTH),
    page("/organisme/rejoindre", organization.join_organization, Action.HAVE_ACCOUNT, BOTH),
    page("/organisme/modifier", organization.edit_organization, Action.MANAGE_TEAM, BOTH),
    page("/coordonnees-bancaires", bank_details.bank_details, Action.GIVE_BANK_DETAILS, BOTH),
    page("/equipe", team.team, Action.READ_OWN),
    page("/equipe/<public_id>", team.member, Action.MANAGE_TEAM, BOTH),
    page("/equipe/<public_id>/retirer", team.end_membership, Action.READ_OWN, BOTH),
    page("/appels", drafts.calls, Action.READ_OWN),
    page("/appels/<public_id>/commencer", drafts.start, Action.WRITE_OWN, BOTH),
    page(DRAFT, drafts.tasks, Action.READ_OWN),
    page(f"{DRAFT}/sections/<key>", sections.section, Action.WRITE_OWN, BOTH),
    page(f"{DRAFT}/documents/<key>", files.add_file, Action.WRITE_OWN, ("POST",)),
    page(f"{DRAFT}/fichiers/<file_id>", files.draft_file, Action.READ_OWN),
    page(f"{DRAFT}/fichiers/<file_id>/retirer", files.remove_file, Action.WRITE_OWN, BOTH),
    page(f"{DRAFT}/verifier", sending.check, Action.READ_OWN),
    page(f"{DRAFT}/envoyer", sending.send, Action.WRITE_OWN, ("POST",)),
    page(CASE, follow.follow, Action.READ_OWN),
    page(f"{CASE}/confirmation", follow.confirmation, Action.READ_OWN),
    page(f"{CASE}/preuve", follow.proof, Action.READ_OWN),
    page(f"{CASE}/delais/<int:clock_id>", follow.clock, Action.READ_OWN),
    page(f"{CASE}/fichiers/<file_id>", follow.received_file, Action.READ_OWN),
    page(f"{CASE}/retirer", follow.withdraw, Action.WRITE_OWN, BOTH),
    page(f"{CASE}/decision", decisions.decision, Action.READ_OWN),
    page(f"{CASE}/decision/lire", decisions.read_decision, Action.READ_OWN, ("POST",)),
    page(f"{CASE}/decision/lettre", decisions.decision_letter, Action.READ_OWN),
    page(f"{CASE}/revision", revisions.ask_revision, Action.WRITE_OWN, BOTH),
    page(f"{CASE}/protocole", agreements.agreement, Action.READ_OWN),
    page(f"{CASE}/protocole/signer", agreements.sign_agreement, Action.SIGN_AGREEMENT, BOTH),
    page(f"{CASE}/protocole/fichier", agreements.agreement_file, Action.READ_OWN),
    page(f"{CASE}/protocole/preuve", agreements.evidence, Action.READ_OWN),
]

blueprint = audience("applicant", "/mon-espace", PAGES)
