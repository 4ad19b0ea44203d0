"""The canary words that an answer may not hold, for whoever was answered."""

import zipfile
from io import BytesIO

from werkzeug.test import TestResponse

from grants.domain.access import Action
from tests.access.money import DIGITS
from tests.access.people import CANARIES, NOTED, SHOWN_AMOUNTS, TAGS, UNSENT, Person
from tests.access.second_slice import INSIDE

AWARDED = {"public.grants_csv", "public.grants_json"}
"""Files of what was granted: the name of an organization that was granted something is public
there, and nothing else that it gave."""


def leaks(person: Person, answer: TestResponse, endpoint: str) -> list[str]:
    """The canary words of others that an answer holds, headers and packed files included."""
    text = (_read(answer.get_data()) + str(answer.headers)).lower()
    if endpoint in AWARDED:
        for tag in TAGS.values():
            text = text.replace(f"regroupement {tag}", "")
    return [word for word in _words(person) if word in text]


def _read(content: bytes) -> str:
    """The text of an answer; of a workbook, that of its parts."""
    if content.startswith(b"PK\x03\x04"):
        with zipfile.ZipFile(BytesIO(content)) as packed:
            content = b"\n".join(packed.read(name) for name in packed.namelist())
    return content.decode(errors="replace")


def _words(person: Person) -> list[str]:
    """What is not for this person: others' words, drafts, what the staff notes, account digits."""
    others = [owner for owner in TAGS if owner not in person.sees]
    words = [*(TAGS[owner] for owner in others), *(SHOWN_AMOUNTS[owner] for owner in others)]
    for group, known in CANARIES.items():
        words += [word for owner, word in known.items() if owner not in person.seen(group)]
    words += DIGITS.values()
    if person.actor.is_staff:
        words.append(UNSENT)
    if not person.actor.may(Action.READ_CASE):
        words.append(INSIDE)
    if not person.actor.may(Action.READ_REQUEST):
        words.append(NOTED)
    return words
