"""Every company of the perimeter is scored, or has a reason not to be."""

from datetime import date

import narwhals.stable.v2 as nw

from harness.rules import case, check, on_every_engine
from signaux_faibles.panel.population import IN_PROCEDURE, JUST_OUT, NO_HEADCOUNT, UNSCORED, listed, unscored
from signaux_faibles.panel.schema import PANEL
from signaux_faibles.perimeter.perimeter import CLEAN_FILTER
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL

AS_OF = date(2020, 6, 30)
IN_JUNE = """
    siren | periode    | in_bonis
    X     | 2020-06-01 | {}
    X     | 2020-05-01 | true
"""
OPENED = """
    siren | date_effet | action_procol | stade_procol | known_at
    X     | 2020-06-10 | redressement  | ouverture    | {}
"""
ENDED = """
    siren | date_effet | action_procol | stade_procol  | known_at
    X     | {}         | redressement  | fin_procedure | 2020-01-10
"""


def reason(words: str) -> str:
    return f"siren | periode | motif\nX | 2020-06-01 | {words}"


CASES = [
    case("a company in bonis is scored", followed="siren\nX", panel=IN_JUNE.format("true"), expected="siren"),
    case("so is one whose procedure nobody knows yet", followed="siren\nX", panel=IN_JUNE.format("true"),
         events=OPENED.format("2020-07-20"), expected="siren"),
    case("a company in a procedure is not", followed="siren\nX", panel=IN_JUNE.format("false"),
         events=OPENED.format("2020-06-20"), expected=reason(IN_PROCEDURE)),
    case("nor is one that left a procedure less than a year ago", followed="siren\nX", panel=IN_JUNE.format("true"),
         events=ENDED.format("2019-07-10"), expected=reason(JUST_OUT)),
    case("a year later it is", followed="siren\nX", panel=IN_JUNE.format("true"),
         events=ENDED.format("2019-06-10"), expected="siren"),
    case("a company without a known headcount is not in the panel", followed="siren\nX", expected=reason(NO_HEADCOUNT)),
    case("a company outside the perimeter needs no reason", panel=IN_JUNE.format("false"), expected="siren"),
]  # fmt: skip


@on_every_engine
def test_who_is_not_scored_and_why(engine):
    calendar = Calendar.between(engine, date(2019, 1, 1), AS_OF)
    inputs = {"followed": CLEAN_FILTER, "panel": PANEL, "events": KNOWN_PROCOL}
    rule = lambda followed, panel, events: _partition(followed, panel, events, calendar)  # noqa: E731
    check(engine, rule, CASES, inputs=inputs, output=UNSCORED)


def _partition(followed, panel, events, calendar):
    """The companies that are not scored; none is both scored and excused."""
    excused = unscored(followed, panel, events, calendar, AS_OF)
    scored = listed(panel.filter(nw.col("periode") == nw.lit(AS_OF.replace(day=1))), events, calendar)
    return excused.join(scored.select("siren"), on="siren", how="anti")
