"""The target: an opening within 6, 12, 18 months of a month in bonis."""

from datetime import date

from harness.rules import case, check, on_every_engine
from signaux_faibles.panel.label import labels
from signaux_faibles.panel.schema import LABELS, PANEL
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL

AS_OF = date(2021, 12, 20)
"""October 2021 is the last month whose openings are all known: windows of 18 months close up to April 2020."""


def events(*lines: str) -> str:
    return "\n".join(
        [
            "siren | date_effet | action_procol | stade_procol | known_at",
            *(f"X | {line} | 2021-12-20" for line in lines),
        ]
    )


def month(day: str) -> str:
    return f"siren | periode\nX | {day}"


def target(day: str, at_risk: str, six: str, twelve: str, eighteen: str) -> str:
    header = "siren | periode | at_risk | target_6 | target_12 | target_18"
    return f"{header}\nX | {day} | {at_risk} | {six} | {twelve} | {eighteen}"


OPENED = "2019-03-15 | redressement | ouverture"
PLAN = "2020-03-15 | redressement | plan_continuation"

TRUTH = [
    case("a company that nothing befalls is false at every horizon",
         panel=month("2019-01-01"), expected=target("2019-01-01", "true", "false", "false", "false")),
    case("an opening one month later is true at every horizon",
         panel=month("2019-02-01"), events=events(OPENED),
         expected=target("2019-02-01", "true", "true", "true", "true")),
    case("an opening six months later is true at 6",
         panel=month("2018-09-01"), events=events(OPENED),
         expected=target("2018-09-01", "true", "true", "true", "true")),
    case("an opening seven months later is true from 12 only",
         panel=month("2018-08-01"), events=events(OPENED),
         expected=target("2018-08-01", "true", "false", "true", "true")),
    case("an opening eighteen months later is true at 18 only",
         panel=month("2017-09-01"), events=events(OPENED),
         expected=target("2017-09-01", "true", "false", "false", "true")),
    case("an opening nineteen months later is too far",
         panel=month("2017-08-01"), events=events(OPENED),
         expected=target("2017-08-01", "true", "false", "false", "false")),
    case("an opening on the first day of the next month is after the end of this one",
         panel=month("2019-02-01"), events=events("2019-03-01 | liquidation | ouverture"),
         expected=target("2019-02-01", "true", "true", "true", "true")),
    case("the month of the opening is apart: the company is no longer in bonis at its end",
         panel=month("2019-03-01"), events=events(OPENED), expected=target("2019-03-01", "false", "", "", "")),
    case("a company in observation has no label",
         panel=month("2019-06-01"), events=events(OPENED), expected=target("2019-06-01", "false", "", "", "")),
    case("a company under a plan has no label",
         panel=month("2020-04-01"), events=events(OPENED, PLAN), expected=target("2020-04-01", "false", "", "", "")),
    case("a sauvegarde counts",
         panel=month("2019-02-01"), events=events("2019-03-10 | sauvegarde | ouverture"),
         expected=target("2019-02-01", "true", "true", "true", "true")),
    case("an opening with an unusual wording counts",
         panel=month("2019-02-01"), events=events("2019-03-10 | liquidation | judiciaire_ouverture"),
         expected=target("2019-02-01", "true", "true", "true", "true")),
    case("an opening without a stage counts",
         panel=month("2019-02-01"), events=events("2019-03-10 | sauvegarde | "),
         expected=target("2019-02-01", "true", "true", "true", "true")),
    case("a conversion is no opening: it does not make the months of the procedure positive",
         panel=month("2020-01-01"),
         events=events(OPENED, "2020-02-10 | redressement | inclusion_autre_procedure",
                       "2020-02-10 | liquidation | ouverture"),
         expected=target("2020-01-01", "false", "", "", "")),
    case("a plan is no opening",
         panel=month("2019-02-01"), events=events("2019-03-10 | redressement | plan_continuation"),
         expected=target("2019-02-01", "true", "false", "false", "false")),
    case("the first opening counts even if a second one follows",
         panel=month("2018-12-01"), events=events(OPENED, "2020-02-10 | liquidation | ouverture"),
         expected=target("2018-12-01", "true", "true", "true", "true")),
    case("during the year after the end of a plan the company is apart",
         panel=month("2019-11-01"),
         events=events("2010-01-05 | redressement | ouverture", "2018-12-05 | redressement | fin_procedure"),
         expected=target("2019-11-01", "false", "", "", "") ),
    case("a year after the end of a plan the company is at risk again",
         panel=month("2019-12-01"),
         events=events("2010-01-05 | redressement | ouverture", "2018-12-05 | redressement | fin_procedure",
                       "2020-03-01 | liquidation | ouverture"),
         expected=target("2019-12-01", "true", "true", "true", "true")),
    case("a plan of ten years has run its course",
         panel=month("2019-12-01"),
         events=events("2009-11-05 | redressement | plan_continuation"),
         expected=target("2019-12-01", "true", "false", "false", "false")),
    case("a liquidation never closed lasts for ever",
         panel=month("2019-12-01"), events=events("2008-11-05 | liquidation | ouverture"),
         expected=target("2019-12-01", "false", "", "", "")),
    case("the last month whose eighteen months are wholly observed",
         panel=month("2020-04-01"), expected=target("2020-04-01", "true", "false", "false", "false")),
    case("one month later the target at 18 is censored, the others are not",
         panel=month("2020-05-01"), expected=target("2020-05-01", "true", "false", "false", "")),
    case("a positive that is known already is censored like the others: keeping it would bend the rate",
         panel=month("2020-05-01"), events=events("2020-06-10 | liquidation | ouverture"),
         expected=target("2020-05-01", "true", "true", "true", "")),
    case("a recent month is censored at every horizon, never false",
         panel=month("2021-10-01"), expected=target("2021-10-01", "true", "", "", "")),
]  # fmt: skip


@on_every_engine
def test_the_truth_table_of_the_target(engine):
    calendar = Calendar.between(engine, date(2008, 1, 1), date(2021, 12, 1))
    check(
        engine,
        lambda panel, events: labels(panel, events, calendar, AS_OF),
        TRUTH,
        inputs={"panel": PANEL, "events": KNOWN_PROCOL},
        output=LABELS,
    )
