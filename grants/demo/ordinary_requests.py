"""Requests for information of the last weeks, in every state: what the desk has before it."""

from collections.abc import Iterator

from grants.demo import request_acts as do
from grants.demo.request_plots import Plot, step
from grants.demo.request_words import (
    HOUSING,
    TO_A_COLLEAGUE,
    TO_AN_ADVISOR,
    TO_THE_LEAD,
)

HALF_AN_HOUR, FEW_HOURS = 0.02, 0.15  # in days


def plots() -> Iterator[Plot]:
    """Both secretariats."""
    yield from _waiting()
    yield from _calls()
    yield from _in_hand()
    yield from _ended()
    yield from _referred()
    yield from _sct_open()
    yield from _sct_ended()


def _waiting() -> Iterator[Plot]:
    """Nobody has these in hand yet."""
    yield Plot("SACA", "web", "general", HALF_AN_HOUR, hour=None, mailed=None)
    yield Plot("SACA", "web", "policies", 1.3, hour=None)
    yield Plot("SACA", "web", "general", FEW_HOURS, hour=None, wants_callback=True)
    yield Plot("SACA", "email", "media", 2.2, hour=15, urgent=True)
    yield Plot("SACA", "post", "policies", 13, entered=7)  # late before it was written down


def _calls() -> Iterator[Plot]:
    """Somebody waits for a call, or waited."""
    yield Plot("SACA", "phone", "general", 4, (step(0, "luc", do.take),), hour=11)
    yield Plot(
        "SACA", "phone", "general", 6, (step(1, "fatou", do.call, outcome="voice_mail"),), hour=15
    )
    reached = (
        step(0, "luc", do.call, outcome="voice_mail"),
        step(1, "luc", do.call, outcome="answered"),
        step(1, "luc", do.answer, by="phone"),
    )
    yield Plot("SACA", "phone", "statistics", 9, reached, hour=13)
    yield Plot("SACA", "phone", "general", 5, hour=14, put_through_to="odile")
    yield Plot("SACA", "phone", "general", 3, hour=15, answered_by="fatou")
    yield Plot("SACA", "exhibit", "business", 17, hour=13, answered_by="luc")


def _in_hand() -> Iterator[Plot]:
    """Somebody works on these."""
    yield Plot("SACA", "email", "statistics", 3, (step(0, "fatou", do.take),))
    yield Plot(
        "SACA",
        "web",
        "policies",
        10,
        (
            step(1, "fatou", do.acknowledge, answer_in=10),
            step(2, "fatou", do.transfer, to="samuel", reason=TO_AN_ADVISOR),
            step(4, "samuel", do.transfer, to="helene", reason=TO_THE_LEAD),
        ),
    )
    yield Plot(
        "SACA",
        "email",
        "statistics",
        28,
        (
            step(2, "luc", do.acknowledge, answer_in=10),
            step(11, "luc", do.extend, answer_in=12),
        ),
    )
    yield Plot("SACA", "post", "access", 12, (step(1, "fatou", do.acknowledge, answer_in=12),))
    yield Plot(
        "SACA",
        "web",
        "general",
        15,
        (step(1, "luc", do.move_to_access),),
        question=("Envoyez-moi tout ce que vous avez écrit sur notre demande de l’an dernier."),
    )


def _ended() -> Iterator[Plot]:
    """Closed these last weeks, each in another way."""
    yield Plot("SACA", "web", "general", 35, (step(3, "fatou", do.answer),))
    yield Plot(
        "SACA", "web", "general", 34.9, (step(2, "fatou", do.abandon, reason="duplicate"),), hour=10
    )
    yield Plot(
        "SACA",
        "phone",
        "general",
        50,
        (
            step(0, "luc", do.call, outcome="no_answer"),
            step(1, "luc", do.call, outcome="voice_mail"),
            step(3, "luc", do.call, outcome="voice_mail"),
            step(5, "luc", do.abandon, reason="unreachable"),
        ),
        hour=10,
    )
    yield Plot(
        "SACA",
        "web",
        "business",
        60,
        (
            step(1, "fatou", do.take),
            step(2, "fatou", do.withdraw),
        ),
    )
    yield Plot(
        "SACA",
        "web",
        "general",
        26,
        (
            step(1, "fatou", do.move_to_access),
            step(3, "fatou", do.redirect, to="ACCES"),
        ),
    )
    yield Plot(
        "SACA",
        "email",
        "media",
        40,
        (
            step(0, "luc", do.take),
            step(1, "luc", do.answer),
        ),
        urgent=True,
    )
    yield Plot("SACA", "email", "ministry", 1.2, (step(0, "luc", do.answer, waits=True),))


def _referred() -> Iterator[Plot]:
    """Needs that somebody else can answer."""
    yield Plot(
        "SACA",
        "counter",
        "general",
        45,
        (
            step(0, "fatou", do.refer, to="Comité logement", became="helped"),
            step(1, "fatou", do.redirect, to="Tribunal administratif du logement", by="phone"),
        ),
        hour=15,
        question=HOUSING,
    )
    yield Plot(
        "SACA",
        "web",
        "general",
        22,
        (
            step(1, "odile", do.refer, to="Corporation", became="not_reached"),
            step(2, "odile", do.answer),
        ),
    )
    yield Plot(
        "SACA",
        "phone",
        "general",
        8,
        (
            step(0, "luc", do.call, outcome="answered"),
            step(0, "luc", do.refer, to="Moisson", consent="refused"),
            step(1, "luc", do.answer, by="phone"),
        ),
    )


def _sct_open() -> Iterator[Plot]:
    """Open at the other secretariat."""
    yield Plot("SCT", "web", "business", FEW_HOURS, hour=None, mailed=None)
    yield Plot("SCT", "web", "ministry", 1.4, hour=None)
    yield Plot("SCT", "email", "media", 2.1, hour=14, urgent=True)
    yield Plot("SCT", "post", "policies", 21, (step(1, "yves", do.take),), entered=11)
    yield Plot("SCT", "web", "procurement", 9, (step(2, "carole", do.acknowledge, answer_in=9),))
    yield Plot("SCT", "email", "statistics", 40, (step(5, "yves", do.acknowledge, answer_in=15),))
    yield Plot("SCT", "fax", "access", 11, (step(3, "yves", do.acknowledge, answer_in=10),))
    yield Plot("SCT", "phone", "business", 2.5, hour=11, put_through_to="normand")
    yield Plot(
        "SCT",
        "web",
        "ministry",
        16,
        (
            step(2, "carole", do.acknowledge, answer_in=14),
            step(3, "carole", do.transfer, to="yves", reason=TO_A_COLLEAGUE),
            step(5, "yves", do.transfer, to="normand", reason=TO_THE_LEAD),
            step(9, "normand", do.extend, answer_in=16),
        ),
    )


def _sct_ended() -> Iterator[Plot]:
    """Closed at the other secretariat."""
    yield Plot(
        "SCT",
        "web",
        "business",
        30,
        (
            step(4, "carole", do.acknowledge, answer_in=10),
            step(9, "carole", do.answer),
        ),
    )
    yield Plot("SCT", "web", "business", 29.8, (step(1, "carole", do.abandon, reason="duplicate"),))
    yield Plot(
        "SCT",
        "email",
        "policies",
        48,
        (
            step(2, "yves", do.acknowledge, answer_in=10),
            step(3, "yves", do.withdraw),
        ),
    )
    yield Plot(
        "SCT", "web", "general", 25, (step(6, "yves", do.redirect, to="Commission d’accès"),)
    )
    passed_on = (
        step(1, "carole", do.transfer, to="yves", reason=TO_A_COLLEAGUE),
        step(3, "yves", do.acknowledge, answer_in=12),
        step(4, "yves", do.transfer, to="normand", reason=TO_THE_LEAD),
        step(10, "normand", do.answer),
    )
    yield Plot("SCT", "fax", "policies", 52, passed_on, hour=11)
    sent_on = (
        step(0, "yves", do.refer, to="Protecteur", became="helped"),
        step(1, "yves", do.answer, by="phone"),
    )
    yield Plot("SCT", "phone", "general", 33, sent_on, hour=15)
    yield Plot("SCT", "phone", "statistics", 1.5, hour=10, answered_by="yves")
