"""Redis, the web and the mail server cut off during sendings, and what was seen after.

A diary is kept on the client's side: what was promised on screen is compared with the database.
"""

import hashlib
import http.client
import secrets
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from urllib.parse import urlencode, urlsplit

from flask import Flask
from itsdangerous import URLSafeTimedSerializer
from sqlalchemy import select

from grants import clock
from grants.extensions import db
from grants.models.case_files import CaseFile
from grants.models.clocks import Clock
from grants.models.drafts import Draft
from grants.models.messages import Document
from grants.models.requests import InformationRequest
from grants.models.trail import OutboxRow
from grants.operations import periodic
from tests.cases import make_draft
from tests.factories import make_call, make_member, sign_in
from tests.faults.installation import Installation
from tests.faults.processes import Process, wait_until

REDIS_AWAY, REDIS_FLUSHED, WEB_KILLED = 4, 3, 12
BROWSERS, ANSWERED = 4, 3
RESUMED_WITHIN = 120.0
NO_ANSWER = ""
WITHOUT_REDIS, WHILE_KILLED = "a" * 32, "b" * 32  # the ids of two questions
QUESTION = {
    "office": "SACA",
    "topic": "general",
    "question": "Quand ouvre le prochain appel?",
    "answer_by": "phone",
    "requester": "Zoé Côté",
    "phone": "418 555-0177",
}
OF_FILES = Clock.case_file_id.not_in(select(InformationRequest.case_file_id))


@dataclass(frozen=True)
class Browser:
    """Signed in as a responsible of the organization."""

    port: int
    cookie: str
    csrf_token: str

    def send(self, draft_public_id: str, version: int) -> str:
        """Post one sending; the page it leads to, NO_ANSWER when the web did not answer."""
        page = f"/mon-espace/brouillons/{draft_public_id}/envoyer"
        return self._post(page, {"version": str(version)})

    def ask(self, public_id: str) -> str:
        """Post the public question of this id, to be called back; the page it leads to."""
        return self._post("/renseignements", {"public_id": public_id, **QUESTION})

    def _post(self, page: str, fields: dict[str, str]) -> str:
        body = urlencode({**fields, "csrf_token": self.csrf_token})
        headers = {
            "Cookie": f"appui={self.cookie}",
            "Content-Type": "application/x-www-form-urlencoded",
        }
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=20)
        try:
            connection.request("POST", page, body, headers)
            answer = connection.getresponse()
            text = answer.read()
        except (OSError, http.client.HTTPException):
            return NO_ANSWER
        finally:
            connection.close()
        assert answer.status == 303, (answer.status, text[:500])
        return urlsplit(answer.getheader("Location", "")).path


@dataclass
class Seen:
    """The client's diary, and what the database holds."""

    diary: dict[str, list[str]] = field(default_factory=dict)
    cases: dict[str, list[str]] = field(default_factory=dict)
    numbers: list[str] = field(default_factory=list)
    asked: dict[str, list[str]] = field(default_factory=dict)
    questions: Counter[str] = field(default_factory=Counter)
    owed: Counter[str] = field(default_factory=Counter)
    states: set[str] = field(default_factory=set)
    unanswered: int = 0
    waiting_errors: set[str | None] = field(default_factory=set)
    running_before: int = 0
    running_after: int = 0
    documents: int = 0
    mails: list[str] = field(default_factory=list)
    redis_seconds: float = 0.0
    worker_survived: bool = False
    resumed_after: float = 0.0


def run(database_url: str) -> Seen:
    """Send while one service after the other is cut off, then put all back and look."""
    with Installation(database_url) as office:
        redis, web = office.redis(), office.web()
        worker = office.worker()
        office.sweep()
        seen = Seen()
        drafts, browser = _prepare(office)
        first, second = REDIS_AWAY, REDIS_AWAY + REDIS_FLUSHED
        redis.kill()
        seen.redis_seconds = _timed(browser, seen, drafts[:first])
        seen.asked[WITHOUT_REDIS] = [browser.ask(WITHOUT_REDIS)]
        office.redis()
        _send_while_flushing(office, browser, seen, drafts[first:second])
        _send_while_killing(office, browser, seen, drafts[second:], web)
        _look_at_the_wait(office, seen)
        office.mail()
        seen.resumed_after = wait_until(
            "everything done", lambda: _slowly(office.states() == {"done"}), RESUMED_WITHIN
        )
        seen.worker_survived = worker.alive
        _look(office, seen)
        return seen


def _prepare(office: Installation) -> tuple[list[tuple[str, int]], Browser]:
    """Complete drafts of one organization, and a browser signed in for it."""
    with office.session() as session:
        member = make_member(session)
        now = clock.utc_now()
        drafts = []
        call = make_call(session, now=now)
        for _ in range(REDIS_AWAY + REDIS_FLUSHED + WEB_KILLED):
            draft = make_draft(session, member, call, now)
            drafts.append((draft.public_id, draft.version))
        raw = hashlib.sha1(secrets.token_bytes(16)).hexdigest()
        client = office.app.test_client()
        sign_in(client, session, member, now)
        with client.session_transaction() as cookie:
            cookie["csrf_token"] = raw
        kept = client.get_cookie("appui")
        assert kept is not None
    return drafts, Browser(office.web_port, kept.value, _signed(office.app, raw))


def _signed(app: Flask, raw: str) -> str:
    """The token as a form of ours carries it."""
    key = app.config["SECRET_KEY"]
    return str(URLSafeTimedSerializer(key, salt="wtf-csrf-token").dumps(raw))


def _timed(browser: Browser, seen: Seen, drafts: list[tuple[str, int]]) -> float:
    """Send one after the other; the longest wait of a person, in seconds."""
    longest = 0.0
    for public_id, version in drafts:
        started = time.monotonic()
        _note(seen, public_id, browser.send(public_id, version))
        longest = max(longest, time.monotonic() - started)
    return longest


def _note(seen: Seen, public_id: str, page: str) -> None:
    seen.diary.setdefault(public_id, []).append(page)


def _send_while_flushing(
    office: Installation, browser: Browser, seen: Seen, drafts: list[tuple[str, int]]
) -> None:
    for public_id, version in drafts:
        _note(seen, public_id, browser.send(public_id, version))
        office.flush()


def _send_while_killing(
    office: Installation,
    browser: Browser,
    seen: Seen,
    drafts: list[tuple[str, int]],
    web: Process,
) -> None:
    """The web is killed twice among the sendings; what got no answer is sent again."""
    left = list(drafts)
    for _ in range(2):
        pages = _send_until_killed(browser, left, web)
        for (public_id, _version), page in zip(left, pages, strict=True):
            _note(seen, public_id, page)
        seen.unanswered += pages.count(NO_ANSWER)
        left = [draft for draft, page in zip(left, pages, strict=True) if page == NO_ANSWER]
        web = office.web()
    seen.asked[WHILE_KILLED] = [browser.ask(WHILE_KILLED), browser.ask(WHILE_KILLED)]
    _timed(browser, seen, left)
    _timed(browser, seen, drafts)  # everybody goes back and sends once more


def _send_until_killed(browser: Browser, drafts: list[tuple[str, int]], web: Process) -> list[str]:
    """All send, four at a time, and somebody asks; after the third answer the web is killed."""
    with ThreadPoolExecutor(BROWSERS) as pool:
        pool.submit(browser.ask, WHILE_KILLED)
        sent = [pool.submit(browser.send, *draft) for draft in drafts]
        wait_until("some answers", lambda: sum(each.done() for each in sent) >= ANSWERED)
        web.kill()
        return [each.result() for each in sent]


def _look_at_the_wait(office: Installation, seen: Seen) -> None:
    """With the mail server stopped: what waits says why, and the promises run on."""
    mails = select(OutboxRow).where(OutboxRow.kind == "mail.message")
    running = select(Clock.id).where(Clock.stopped_at.is_(None), OF_FILES)

    def all_tried() -> bool:
        rows = [row for row in office.rows() if row.kind == "mail.message"]
        return _slowly(all(row.last_error for row in rows))

    wait_until("every mail was tried", all_tried, RESUMED_WITHIN)
    with office.session() as session:
        seen.waiting_errors = {row.last_error for row in session.scalars(mails)}
        seen.running_before = len(session.scalars(running).all())


def _slowly(answer: bool) -> bool:
    time.sleep(0 if answer else 0.25)
    return answer


def _look(office: Installation, seen: Seen) -> None:
    with office.session() as session:
        files = select(Draft.public_id, CaseFile.public_id, CaseFile.number).join(
            CaseFile, CaseFile.public_id == Draft.case_public_id
        )
        for draft, case_file, number in session.execute(files):
            seen.cases.setdefault(draft, []).append(case_file)
            seen.numbers.append(number)
        asked = select(CaseFile.public_id).where(CaseFile.kind == "information_request")
        seen.questions = Counter(session.scalars(asked))
        rows = session.scalars(select(OutboxRow)).all()
        seen.states = {row.state for row in rows}
        by_the_clock = (periodic.TALLY, periodic.JOURNAL_HEAD)
        seen.owed = Counter(row.kind for row in rows if row.kind not in by_the_clock)
        seen.running_after = len(
            session.scalars(select(Clock.id).where(Clock.stopped_at.is_(None), OF_FILES)).all()
        )
        seen.documents = len(session.scalars(select(Document.case_file_id)).all())
        db.session.remove()
    seen.mails = [mail.subject for mail in office.kept_mails()]
