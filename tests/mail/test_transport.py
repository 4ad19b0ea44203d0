"""What the mail server says decides: accepted, come back later, or never."""

import pytest

from grants.mail import transport
from grants.mail.mail import Mail
from grants.mail.transport import MailRefused, ServerAway
from tests.mail.servers import MailServer, free_port

SENDER = "ne-pas-repondre@appui.example"
MAIL = Mail(
    to="aline@rive-claire.exemple",
    subject="Votre demande DCD-2027-0211-M\u00a0: accusé de réception",
    text="Bonjour,\n\nVoici l’été, déjà reçu à 8 h 30.\n",
    html="<p>Voici l’été</p>",
    message_id="0123456789abcdef0123456789abcdef",
    reply_to="saca@exemple.quebec",
)


def send(server: MailServer) -> None:
    transport.send(MAIL, url=server.url, sender=SENDER)


def test_a_mail_arrives_as_it_was_written(server: MailServer) -> None:
    send(server)
    (message,) = server.messages
    assert message["To"] == MAIL.to
    assert message["Subject"] == MAIL.subject
    assert message["Reply-To"] == MAIL.reply_to
    assert message["Message-ID"] == f"<{MAIL.message_id}@appui.example>"
    assert message["Content-Language"] == "fr-CA"
    text = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert text is not None
    assert html is not None
    assert text.get_content().replace("\r\n", "\n") == MAIL.text
    assert MAIL.html == html.get_content().strip()


@pytest.mark.parametrize("answer", ["451 later", "421 closing", "452 full"])
def test_a_server_that_says_later_is_asked_again(server: MailServer, answer: str) -> None:
    server.answer = answer
    with pytest.raises(ServerAway, match=answer[:3]):
        send(server)


@pytest.mark.parametrize("answer", ["550 no", "554 refused"])
def test_a_server_that_says_no_is_not_asked_again(server: MailServer, answer: str) -> None:
    server.answer = answer
    with pytest.raises(MailRefused, match=answer[:3]):
        send(server)


@pytest.mark.parametrize(
    ("answer", "outcome"), [("450 busy", ServerAway), ("550 unknown", MailRefused)]
)
def test_the_recipient_may_be_refused(
    server: MailServer, answer: str, outcome: type[Exception]
) -> None:
    server.recipient_answer = answer
    with pytest.raises(outcome, match="recipient"):
        send(server)
    assert server.messages == []


def test_a_server_that_does_not_answer_is_away() -> None:
    with pytest.raises(ServerAway):
        transport.send(MAIL, url=f"smtp://127.0.0.1:{free_port()}", sender=SENDER)


def test_a_server_that_hangs_is_away_after_its_time(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "TIMEOUT_SECONDS", 0.3)
    server.held.set()
    with pytest.raises(ServerAway):
        send(server)


def test_no_refusal_tells_the_address(server: MailServer) -> None:
    server.recipient_answer = "550 unknown"
    with pytest.raises(MailRefused) as refused:
        send(server)
    assert MAIL.to not in str(refused.value)


def test_what_follows_the_acceptance_changes_nothing(server: MailServer) -> None:
    server.quit_answer = "421 too many connections"
    send(server)
    assert len(server.messages) == 1


def test_ten_seconds_are_for_the_whole_mail(
    server: MailServer, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(transport, "TIMEOUT_SECONDS", 0.5)
    server.pause = 0.2
    with pytest.raises(ServerAway):
        send(server)
    assert server.messages == []
