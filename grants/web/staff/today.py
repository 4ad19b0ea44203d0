"""À faire aujourd'hui: what presses first, and why."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from flask import render_template, request, url_for

from grants import clock
from grants.domain.access import Action, Actor, Role
from grants.domain.calendar import Calendar, local_date, local_time, start_of_day
from grants.domain.time_left import next_business_days, soon_until
from grants.extensions import db
from grants.queries import calendars, desk
from grants.queries.desk import (
    MINE,
    NOBODY,
    REPLACED,
    SOMEBODY,
    TEAM,
    Cursor,
    Filters,
    QueuedFile,
)
from grants.web.session import current_actor
from grants.web.staff.request_notice import waiting_notice
from grants.web.staff.rows import DeskRow, rows
from grants.wording import formats
from grants.wording.time_left import day_short

UNASSIGNED_SHOWN = 10
WEEK_DAYS = 5
WHOSE = {
    MINE: "Mes dossiers",
    REPLACED: "Dossiers que je remplace",
    TEAM: "Toute l’équipe",
    NOBODY: "Sans responsable",
}
NO_CLOCK_YEAR = 9999
LONGEST_ID = 9  # digits: what any database takes


@dataclass(frozen=True)
class Group:
    """A group of lines with its name and what it means."""

    anchor: str
    title: str
    note: str
    rows: Sequence[DeskRow]


def today() -> str:
    """The page a member of the staff opens first."""
    actor, now = current_actor(), clock.utc_now()
    session = db.session()
    calendar = calendars.calendar(session)
    whose = _whose(actor)
    wanted = _filters(actor, whose, calendar, now)
    waiting = _waiting(actor, wanted)
    page = desk.page(session, actor, wanted)
    new = desk.new_files(session, actor, wanted) if _shows_new(wanted) else []
    lines = rows([*waiting, *new, *page.files], actor=actor, calendar=calendar, now=now)
    counts = desk.due_counts(session, actor, whose, wanted.today)
    return render_template(
        "staff/today.html",
        heading=_heading(now, counts),
        week=_week(counts, calendar, now),
        groups=_groups(waiting, new, page.files, lines, wanted, now),
        programs=desk.programs(session, actor),
        whose_choices=_choices(actor),
        wanted=wanted,
        whose=whose,
        next_url=_next_url(page.next_after, wanted, whose),
        is_first_page=wanted.after is None,
        waiting=waiting_notice(actor, now),
    )


def _choices(actor: Actor) -> dict[str, str]:
    """Own files, and those of a person one replaces, exist only for those who review."""
    own = Role.ADVISOR in actor.roles
    return {key: label for key, label in WHOSE.items() if own or key not in (MINE, REPLACED)}


def _whose(actor: Actor) -> str:
    choices = _choices(actor)
    asked = request.args.get("qui", "")
    usual = TEAM if actor.may(Action.ASSIGN) or MINE not in choices else MINE
    return asked if asked in choices else usual


def _filters(actor: Actor, whose: str, calendar: Calendar, now: datetime) -> Filters:
    """The filters of the URL. Who assigns sees the files of nobody apart, at the top."""
    apart = whose == TEAM and actor.may(Action.ASSIGN)
    return Filters(
        whose=SOMEBODY if apart else whose,
        program=request.args.get("programme", ""),
        after=_cursor(request.args.get("apres", "")),
        new_since=_news_since(whose, calendar, now),
        soon_until=soon_until(local_date(now), calendar),
        today=local_date(now),
    )


def _news_since(whose: str, calendar: Calendar, now: datetime) -> datetime | None:
    """Since when a file is news: the last business day, in one's own list only."""
    if whose != MINE:
        return None
    return start_of_day(calendar.previous_business_day(local_date(now)))


def _cursor(text: str) -> Cursor | None:
    """Where the page begins; an address that was damaged begins at the first line."""
    instant, _, row_id = text.rpartition("_")
    try:
        return datetime.fromisoformat(instant).astimezone(UTC), int(row_id[:LONGEST_ID])
    except (ValueError, OverflowError):
        return None


def _waiting(actor: Actor, wanted: Filters) -> list[QueuedFile]:
    if wanted.whose != SOMEBODY or wanted.after is not None:
        return []
    return desk.unassigned(db.session(), actor, wanted.program, UNASSIGNED_SHOWN)


def _shows_new(wanted: Filters) -> bool:
    return wanted.whose == MINE and wanted.after is None


def _groups(
    waiting: Sequence[QueuedFile],
    new: Sequence[QueuedFile],
    files: Sequence[QueuedFile],
    lines: Mapping[int, DeskRow],
    wanted: Filters,
    now: datetime,
) -> list[Group]:
    """The groups that hold something, in the order in which they press."""
    late = [file for file in files if file.next_due_at < now]
    soon = [file for file in files if now <= file.next_due_at <= _limit(wanted)]
    rest = [file for file in files if file.next_due_at > _limit(wanted)]
    named = (
        ("sans-responsable", "Sans responsable", "à affecter à une personne", waiting),
        ("retard", "En retard", "la promesse est déjà dépassée", late),
        ("bientot", "D’ici deux jours ouvrables", "", soon),
        ("nouveau", "Nouveau", "depuis le dernier jour ouvrable", new),
        ("ensuite", "Ensuite", "", rest),
    )
    return [
        Group(anchor, title, _note(group, meaning), [lines[file.id] for file in group])
        for anchor, title, meaning, group in named
        if group
    ]


def _limit(wanted: Filters) -> datetime:
    return wanted.soon_until or datetime.max.replace(tzinfo=UTC)


def _note(group: Sequence[QueuedFile], meaning: str) -> str:
    number = formats.count(len(group), "dossier")
    return f"{number}, {meaning}" if meaning else number


def _heading(now: datetime, counts: Mapping[datetime, int]) -> str:
    local = local_time(now)
    number = formats.count(sum(counts.values()), "dossier ouvert", "dossiers ouverts")
    day = formats.date_long(local.date())
    return f"{day[:1].upper()}{day[1:]} · {number} · mis à jour à {formats.time(local)}"


def _week(
    counts: Mapping[datetime, int], calendar: Calendar, now: datetime
) -> list[dict[str, object]]:
    """What falls due on the next five business days; what is late stands under today."""
    first, *others = next_business_days(local_date(now), calendar, WEEK_DAYS)
    by_day = _by_day((due_at, count) for due_at, count in counts.items() if due_at >= now)
    late = sum(count for due_at, count in counts.items() if due_at < now)
    days = [_day(first, by_day.get(first, 0) + late, f"dont {late} en retard" if late else "")]
    days[0] |= {"label": "Aujourd’hui", "today": True}
    return [*days, *(_day(day, by_day.get(day, 0), "") for day in others)]


def _by_day(dues: Iterable[tuple[datetime, int]]) -> dict[date, int]:
    found: dict[date, int] = {}
    for due_at, count in dues:
        if due_at.year < NO_CLOCK_YEAR:
            day = local_date(due_at)
            found[day] = found.get(day, 0) + count
    return found


def _day(day: date, count: int, note: str) -> dict[str, object]:
    usual = formats.plural(count, "échéance", "échéances") if count else "aucune échéance"
    return {"label": day_short(day), "count": count, "note": note or usual}


def _next_url(after: Cursor | None, wanted: Filters, whose: str) -> str:
    if after is None:
        return ""
    due_at, row_id = after
    cursor = f"{due_at.isoformat()}_{row_id}"
    program = wanted.program or None
    return url_for("staff.today", qui=whose, programme=program, apres=cursor)
