"""A feed of days to remember, as calendars of phones and computers subscribe to (RFC 5545)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from icalendar import Alarm, Calendar, Event

MAKER = "-//Appui//Appels de demandes//FR"
WEEK_BEFORE = timedelta(days=-7)
EVERY_DAY = timedelta(days=1)


@dataclass(frozen=True)
class Entry:
    """A whole day to remember, the same in every calendar that follows the feed.

    `key` names it for ever; `reminder` is what a calendar says seven days before.
    """

    key: str
    on: date
    summary: str
    description: str
    url: str
    reminder: str


def feed(name: str, entries: Iterable[Entry], made_at: datetime) -> bytes:
    """The bytes of a feed: lines of 75 octets at most, ended by CRLF; `made_at` is in UTC."""
    calendar = Calendar()
    calendar.add("prodid", MAKER)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("x-wr-calname", name)
    calendar.add("x-wr-timezone", "America/Toronto")
    calendar.add("refresh-interval", EVERY_DAY, parameters={"VALUE": "DURATION"})
    for entry in entries:
        calendar.add_component(_event(entry, made_at))
    content: bytes = calendar.to_ical()
    return content


def _event(entry: Entry, made_at: datetime) -> Event:
    """One day, which makes nobody busy."""
    event = Event()
    facts: Sequence[tuple[str, object]] = (
        ("uid", f"{entry.key}@appui"),
        ("dtstamp", made_at.replace(microsecond=0)),
        ("dtstart", entry.on),
        ("dtend", entry.on + EVERY_DAY),
        ("summary", entry.summary),
        ("description", entry.description),
        ("url", entry.url),
        ("transp", "TRANSPARENT"),
    )
    for field, value in facts:
        event.add(field, value)
    event.add_component(_alarm(entry.reminder))
    return event


def _alarm(text: str) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", text)
    alarm.add("trigger", WEEK_BEFORE)
    return alarm
