"""The feed of days, read back by the same library that other calendars use."""

from datetime import UTC, date, datetime, timedelta

from icalendar import Calendar

from grants.documents.icalendar_feed import Entry, feed

MADE_AT = datetime(2026, 11, 22, 15, 4, 5, tzinfo=UTC)
LONG = "Appel de l’été; défense collective, « droits » et beaucoup d’autres mots encore\nsuite"
CLOSING = Entry("abc-cloture", date(2026, 12, 9), LONG, LONG, "https://a.quebec/x", "Dans 7 jours")


def test_each_entry_is_a_whole_day_with_an_alarm_seven_days_before() -> None:
    read = Calendar.from_ical(feed("Appels", [CLOSING], MADE_AT))
    (event,) = read.walk("VEVENT")
    assert event["uid"] == "abc-cloture@appui"
    assert event.decoded("dtstart") == date(2026, 12, 9)
    assert event.decoded("dtend") == date(2026, 12, 10)
    assert event.decoded("dtstamp") == MADE_AT
    assert str(event["summary"]) == LONG
    assert str(event["url"]) == "https://a.quebec/x"
    (alarm,) = event.walk("VALARM")
    assert alarm.decoded("trigger") == timedelta(days=-7)
    assert (str(alarm["action"]), str(alarm["description"])) == ("DISPLAY", "Dans 7 jours")


def test_lines_are_folded_and_end_as_the_norm_wants() -> None:
    content = feed("Appels", [CLOSING], MADE_AT)
    assert content.endswith(b"END:VCALENDAR\r\n")
    lines = content.split(b"\r\n")
    assert all(len(line) <= 75 and b"\n" not in line for line in lines)
    assert b"DTSTART;VALUE=DATE:20261209" in lines
    assert content == feed("Appels", [CLOSING], MADE_AT)


def test_a_feed_without_days_is_still_a_calendar() -> None:
    read = Calendar.from_ical(feed("Appels", [], MADE_AT))
    assert not read.walk("VEVENT")
    assert str(read["x-wr-calname"]) == "Appels"
