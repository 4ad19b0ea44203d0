"""Requests for information of the last weeks, in every state: what the desk has before it."""

from grants.demo import request_acts as do
from grants.demo.request_plots import Plot, step
from grants.demo.request_words import (
    HOUSING,
    TO_A_COLLEAGUE,
    TO_AN_ADVISOR,
    TO_THE_LEAD,
)

HALF_AN_HOUR, FEW_HOURS = 0.02, 0.15  # in days

WAITING = (
    Plot("SACA", "web", "general", HALF_AN_HOUR, hour=None, mailed=None),
    Plot("SACA", "web", "policies", 1.3, hour=None),
    Plot("SACA", "web", "general", FEW_HOURS, hour=None, wants_callback=True),
    Plot("SACA", "email", "media", 2.2, hour=15, urgent=True),
    Plot("SACA", "post", "policies", 13, entered=7),
)
"""Nobody has these in hand yet."""

REACHED = (
    step(0, "luc", do.call, outcome="voice_mail"),
    step(1, "luc", do.call, outcome="answered"),
    step(1, "luc", do.answer, by="phone"),
)

CALLS = (
    Plot("SACA", "phone", "general", 4, (step(0, "luc", do.take),), hour=11),
    Plot(
        "SACA", "phone", "general", 6, (step(1, "fatou", do.call, outcome="voice_mail"),), hour=15
    ),
    Plot("SACA", "phone", "statistics", 9, REACHED, hour=13),
    Plot("SACA", "phone", "general", 5, hour=14, put_through_to="odile"),
    Plot("SACA", "phone", "general", 3, hour=15, answered_by="fatou"),
    Plot("SACA", "exhibit", "business", 17, hour=13, answered_by="luc"),
)
"""Somebody waits for a call, or waited."""

IN_HAND = (
    Plot("SACA", "email", "statistics", 3, (step(0, "fatou", do.take),)),
    Plot(
        "SACA",
        "web",
        "policies",
        10,
        (
            step(1, "fatou", do.acknowledge, answer_in=10),
            step(2, "fatou", do.transfer, to="samuel", reason=TO_AN_ADVISOR),
            step(4, "samuel", do.transfer, to="helene", reason=TO_THE_LEAD),
        ),
    ),
    Plot(
        "SACA",
        "email",
        "statistics",
        28,
        (
            step(2, "luc", do.acknowledge, answer_in=10),
            step(11, "luc", do.extend, answer_in=12),
        ),
    ),
    Plot("SACA", "post", "access", 12, (step(1, "fatou", do.acknowledge, answer_in=12),)),
    Plot(
        "SACA",
        "web",
        "general",
        15,
        (step(1, "luc", do.move_to_access),),
        question=("Envoyez-moi tout ce que vous avez écrit sur notre demande de l’an dernier."),
    ),
)
"""Somebody works on these."""

ENDED = (
    Plot("SACA", "web", "general", 35, (step(3, "fatou", do.answer),)),
    Plot(
        "SACA", "web", "general", 34.9, (step(2, "fatou", do.abandon, reason="duplicate"),), hour=10
    ),
    Plot(
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
    ),
    Plot(
        "SACA",
        "web",
        "business",
        60,
        (
            step(1, "fatou", do.take),
            step(2, "fatou", do.withdraw),
        ),
    ),
    Plot(
        "SACA",
        "web",
        "general",
        26,
        (
            step(1, "fatou", do.move_to_access),
            step(3, "fatou", do.redirect, to="ACCES"),
        ),
    ),
    Plot(
        "SACA",
        "email",
        "media",
        40,
        (
            step(0, "luc", do.take),
            step(1, "luc", do.answer),
        ),
        urgent=True,
    ),
    Plot("SACA", "email", "ministry", 1.2, (step(0, "luc", do.answer, waits=True),)),
)
"""Closed these last weeks, each in another way."""

REFERRED = (
    Plot(
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
    ),
    Plot(
        "SACA",
        "web",
        "general",
        22,
        (
            step(1, "odile", do.refer, to="Corporation", became="not_reached"),
            step(2, "odile", do.answer),
        ),
    ),
    Plot(
        "SACA",
        "phone",
        "general",
        8,
        (
            step(0, "luc", do.call, outcome="answered"),
            step(0, "luc", do.refer, to="Moisson", consent="refused"),
            step(1, "luc", do.answer, by="phone"),
        ),
    ),
)
"""Needs that somebody else can answer."""

SCT_OPEN = (
    Plot("SCT", "web", "business", FEW_HOURS, hour=None, mailed=None),
    Plot("SCT", "web", "ministry", 1.4, hour=None),
    Plot("SCT", "email", "media", 2.1, hour=14, urgent=True),
    Plot("SCT", "post", "policies", 21, (step(1, "yves", do.take),), entered=11),
    Plot("SCT", "web", "procurement", 9, (step(2, "carole", do.acknowledge, answer_in=9),)),
    Plot("SCT", "email", "statistics", 40, (step(5, "yves", do.acknowledge, answer_in=15),)),
    Plot("SCT", "fax", "access", 11, (step(3, "yves", do.acknowledge, answer_in=10),)),
    Plot("SCT", "phone", "business", 2.5, hour=11, put_through_to="normand"),
    Plot(
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
    ),
)
"""Open at the other secretariat."""

PASSED_ON = (
    step(1, "carole", do.transfer, to="yves", reason=TO_A_COLLEAGUE),
    step(3, "yves", do.acknowledge, answer_in=12),
    step(4, "yves", do.transfer, to="normand", reason=TO_THE_LEAD),
    step(10, "normand", do.answer),
)

SENT_ON = (
    step(0, "yves", do.refer, to="Protecteur", became="helped"),
    step(1, "yves", do.answer, by="phone"),
)

SCT_ENDED = (
    Plot(
        "SCT",
        "web",
        "business",
        30,
        (
            step(4, "carole", do.acknowledge, answer_in=10),
            step(9, "carole", do.answer),
        ),
    ),
    Plot("SCT", "web", "business", 29.8, (step(1, "carole", do.abandon, reason="duplicate"),)),
    Plot(
        "SCT",
        "email",
        "policies",
        48,
        (
            step(2, "yves", do.acknowledge, answer_in=10),
            step(3, "yves", do.withdraw),
        ),
    ),
    Plot("SCT", "web", "general", 25, (step(6, "yves", do.redirect, to="Commission d’accès"),)),
    Plot("SCT", "fax", "policies", 52, PASSED_ON, hour=11),
    Plot("SCT", "phone", "general", 33, SENT_ON, hour=15),
    Plot("SCT", "phone", "statistics", 1.5, hour=10, answered_by="yves"),
)
"""Closed at the other secretariat."""

PLOTS: tuple[Plot, ...] = (*WAITING, *CALLS, *IN_HAND, *ENDED, *REFERRED, *SCT_OPEN, *SCT_ENDED)
