"""Requests for information of fourteen months: most promises kept, some late in each year."""

from collections.abc import Callable, Iterator

from grants.demo import request_acts as do
from grants.demo.request_plots import Plot, step
from grants.demo.request_words import TO_A_COLLEAGUE, TO_AN_ADVISOR

SACA_COUNT, SCT_COUNT, CALLS_COUNT = 20, 15, 12
SACA_AGENTS, SCT_AGENTS = ("fatou", "luc"), ("carole", "yves")


def plots() -> Iterator[Plot]:
    """One every three weeks or so, in each secretariat; a series in time, a series late."""
    for rank in range(SACA_COUNT):
        is_late = rank // len(SACA) % 2 == 1
        yield SACA[rank % len(SACA)](418 - rank * 19, SACA_AGENTS[rank % 2], is_late)
    for rank in range(SCT_COUNT):
        is_late = rank // len(SCT) == 1
        yield SCT[rank % len(SCT)](412 - rank * 25, SCT_AGENTS[rank % 2], is_late)
    for rank in range(CALLS_COUNT):
        yield _by_phone(404 - rank * 34, SACA_AGENTS[rank % 2], is_late=False)


def _on_line(days_ago: float, agent: str, is_late: bool) -> Plot:
    """By the site; when late, the mail server was away for a week."""
    first = 7 if is_late else 0
    steps = (step(first + 1, agent, do.take), step(first + 2, agent, do.answer))
    return Plot("SACA", "web", "general", days_ago, steps, mailed=first)


def _by_phone(days_ago: float, agent: str, is_late: bool) -> Plot:
    """A message left on the telephone, then a call."""
    missed = (step(0, agent, do.call, outcome="no_answer"),)
    reached = (
        step(4, agent, do.call, outcome="answered"),
        step(4, agent, do.answer, by="phone"),
    )
    at_once = (step(0, agent, do.call, outcome="answered"), step(0, agent, do.answer, by="phone"))
    steps = (*missed, *reached) if is_late else at_once
    return Plot("SACA", "phone", "general", days_ago, steps, hour=10)


def _with_date(days_ago: float, agent: str, is_late: bool) -> Plot:
    """By e-mail; figures to look for, so a date is announced."""
    steps = (
        step(1, agent, do.acknowledge, answer_in=10),
        step(15 if is_late else 8, agent, do.answer),
    )
    return Plot("SACA", "email", "statistics", days_ago, steps)


def _spoken(days_ago: float, agent: str, is_late: bool) -> Plot:
    """At an exhibition, the person wants a call; at the counter, the answer comes at once."""
    if is_late:
        return Plot("SACA", "counter", "policies", days_ago, hour=11, answered_by=agent)
    steps = (
        step(1, agent, do.call, outcome="voice_mail"),
        step(1, agent, do.call, outcome="answered"),
        step(1, agent, do.answer, by="phone"),
    )
    return Plot("SACA", "exhibit", "general", days_ago, steps, hour=14)


def _by_post(days_ago: float, agent: str, is_late: bool) -> Plot:
    """A letter; when late, it was written down a week after it came."""
    steps = (step(1, agent, do.acknowledge), step(6, agent, do.answer))
    return Plot("SACA", "post", "policies", days_ago, steps, entered=7 if is_late else 0)


def _passed_on(days_ago: float, agent: str, is_late: bool) -> Plot:
    """By fax, about a file: it passes to an advisor."""
    steps = (
        step(1, agent, do.acknowledge, answer_in=8),
        step(2, agent, do.transfer, to="odile", reason=TO_AN_ADVISOR),
        step(12 if is_late else 6, "odile", do.answer),
    )
    return Plot("SACA", "fax", "general", days_ago, steps)


def _vendor(days_ago: float, agent: str, is_late: bool) -> Plot:
    """By the site, a business that wants to sell."""
    steps = (
        step(4, agent, do.acknowledge, answer_in=15),
        step(24 if is_late else 13, agent, do.answer),
    )
    return Plot("SCT", "web", "business", days_ago, steps)


def _letter(days_ago: float, agent: str, is_late: bool) -> Plot:
    """A letter about a policy; when late, acknowledged too late as well."""
    steps = (
        step(13 if is_late else 8, agent, do.acknowledge, answer_in=12),
        step(20, agent, do.answer),
    )
    return Plot("SCT", "post", "policies", days_ago, steps)


def _from_ministry(days_ago: float, agent: str, is_late: bool) -> Plot:
    """A ministry asks by e-mail; the person who knows the rules takes over."""
    steps = (
        step(3, agent, do.acknowledge, answer_in=20),
        step(4, agent, do.transfer, to="normand", reason=TO_A_COLLEAGUE),
        step(29 if is_late else 17, "normand", do.answer),
    )
    return Plot("SCT", "email", "ministry", days_ago, steps)


def _at_once(days_ago: float, agent: str, is_late: bool) -> Plot:
    """Asked and answered at once."""
    channel = "exhibit" if is_late else "phone"
    return Plot("SCT", channel, "statistics", days_ago, hour=13, answered_by=agent)


def _supplier(days_ago: float, agent: str, is_late: bool) -> Plot:
    """A supplier complains by fax and is sent to the authority that can act."""
    steps = (
        step(12 if is_late else 5, agent, do.acknowledge, answer_in=10),
        step(14 if is_late else 8, agent, do.redirect, to="AMP"),
    )
    return Plot("SCT", "fax", "procurement", days_ago, steps)


Pattern = Callable[[float, str, bool], Plot]
SACA: tuple[Pattern, ...] = (_on_line, _by_phone, _with_date, _spoken, _by_post, _passed_on)
SCT: tuple[Pattern, ...] = (_vendor, _letter, _from_ministry, _at_once, _supplier)
