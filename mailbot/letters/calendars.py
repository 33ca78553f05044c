"""Calendars that go with letters (RFC 5545): days to remember, and meetings that somebody is invited to. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Final

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from mailbot.letters.cleaning import clean, one_line
from mailbot.letters.model import Enclosure, Recipient

_PRODUCT: Final = "-//mailbot//desk//EN"
_LONGEST_LINE: Final = 200
_LONGEST_TEXT: Final = 1_000
_REMEMBERED_BEFORE: Final = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Day:
    """A day to remember. `key` is the same in every calendar that tells of it, so that a later one replaces it."""

    key: str
    on: date
    title: str
    words: str = ""


@dataclass(frozen=True, slots=True)
class Meeting:
    """A meeting that `guests` are invited to by `host`. `starts_at` is aware; `words` say what it is about."""

    key: str
    starts_at: datetime
    lasts: timedelta
    title: str
    host: Recipient
    guests: tuple[Recipient, ...]
    words: str = ""


def days_to_remember(days: Sequence[Day], name: str, domain: str, now: datetime) -> Enclosure:
    """A file with whole days, each with an alarm a week before; `domain` makes the keys our own."""
    calendar = _calendar()
    for day in days:
        event = _event(day.key, domain, day.title, day.words, now)
        event.add("dtstart", day.on)
        event.add("dtend", day.on + timedelta(days=1))
        event.add("transp", "TRANSPARENT")  # nobody is busy because of it
        alarm = Alarm()
        alarm.add("action", "DISPLAY")
        alarm.add("description", one_line(day.title, _LONGEST_LINE))
        alarm.add("trigger", -_REMEMBERED_BEFORE)
        event.add_component(alarm)
        calendar.add_component(event)
    return Enclosure(name, "text/calendar; charset=utf-8", calendar.to_ical())


def invitation(meeting: Meeting, name: str, domain: str, now: datetime) -> Enclosure:
    """A file that mail programs show as an invitation (RFC 5546, METHOD:REQUEST)."""
    calendar = _calendar()
    calendar.add("method", "REQUEST")
    event = _event(meeting.key, domain, meeting.title, meeting.words, now)
    event.add("dtstart", meeting.starts_at)
    event.add("dtend", meeting.starts_at + meeting.lasts)
    event.add("organizer", _address(meeting.host))
    for guest in meeting.guests:
        address = _address(guest)
        address.params["RSVP"] = vText("TRUE")
        event.add("attendee", address, encode=False)
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return Enclosure(name, "text/calendar; method=REQUEST; charset=utf-8", calendar.to_ical())


def _calendar() -> Calendar:
    calendar = Calendar()
    calendar.add("prodid", _PRODUCT)
    calendar.add("version", "2.0")
    return calendar


def _event(key: str, domain: str, title: str, words: str, now: datetime) -> Event:
    event = Event()
    event.add("uid", f"{key}@{domain}")
    event.add("dtstamp", now)
    event.add("summary", one_line(title, _LONGEST_LINE))
    if words:
        event.add("description", clean(words, _LONGEST_TEXT))
    return event


def _address(person: Recipient) -> vCalAddress:
    address = vCalAddress(f"mailto:{person.address}")
    address.params["CN"] = vText(one_line(person.name, _LONGEST_LINE))
    return address
