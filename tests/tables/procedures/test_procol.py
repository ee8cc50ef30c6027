"""Collective procedures: events, state on a day, state of each month (import-chain §8.6–8.8)."""

from datetime import date

import narwhals.stable.v2 as nw

from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.schema import Kind, table
from signaux_faibles.sources.urssaf.procol import PROCOL
from signaux_faibles.tables.procedures.procol import (
    CLEAN_PROCOL,
    CLEAN_PROCOL_AT_DATE,
    PROCOL_EVIDENCE,
    clean_procol,
    clean_procol_at_date,
    procol_at,
    procol_evidence,
)

EVENTS = [
    case(
        "every label, the first that matches",
        procol="""
            siret | date_effet | action_procol         | stade_procol
            A     | 2020-01-01 | redressement          | fin_procedure
            B     | 2020-01-01 | redressement          | plan_continuation
            C     | 2020-01-01 | redressement          | ouverture
            D     | 2020-01-01 | liquidation           | judiciaire_ouverture
            E     | 2020-01-01 | sauvegarde            | plan_continuation
            F     | 2020-01-01 | sauvegarde            |
            G     | 2020-01-01 | liquidation           | plan_continuation
            H     | 2020-01-01 | redressement          | inclusion_autre_procedure
            I     | 2020-01-01 | ouverture liquidation | fin
            J     | 2020-01-01 | sauvegarde            | fin_procedure
            K     | 2020-01-01 | sortie_de_crise       | ouverture
            L     | 2020-01-01 | sortie_de_crise       | plan_continuation
        """,
        expected="""
            siren | action_procol         | libelle_procol
            A     | redressement          | In bonis
            B     | redressement          | Plan de redressement
            C     | redressement          | Redressement judiciaire
            D     | liquidation           | Liquidation judiciaire
            E     | sauvegarde            | Plan de sauvegarde
            F     | sauvegarde            | Sauvegarde
            G     | liquidation           | Liquidation judiciaire
            H     | redressement          | Redressement judiciaire
            I     | ouverture liquidation |
            J     | sauvegarde            | In bonis
            K     | sortie_de_crise       | Traitement de sortie de crise
            L     | sortie_de_crise       | Plan de sortie de crise
        """,
    ),
    case(
        "every stage by which Urssaf ends a procedure, and those that only look like it",
        procol="""
            siret | date_effet | action_procol | stade_procol
            A     | 2020-01-01 | liquidation   | cloture_insuffisance_actif
            B     | 2020-01-01 | redressement  | abandon_procedure
            C     | 2020-01-01 | liquidation   | judiciaire_cloture_extinction_passif
            D     | 2020-01-01 | liquidation   | clôture
            E     | 2020-01-01 | sauvegarde    | fin_de_procedure
            F     | 2020-01-01 | redressement  | fin_plan_continuation
            G     | 2020-01-01 | sauvegarde    | abandon
            H     | 2020-01-01 | redressement  | fin_periode_observation
            I     | 2020-01-01 | liquidation   | reouverture_apres_cloture
            J     | 2020-01-01 | redressement  | abandon_plan
        """,
        expected="""
            siren | libelle_procol
            A     | In bonis
            B     | In bonis
            C     | In bonis
            D     | In bonis
            E     | In bonis
            F     | In bonis
            G     | In bonis
            H     | Redressement judiciaire
            I     | Liquidation judiciaire
            J     | Redressement judiciaire
        """,
    ),
    case(
        "one event a company, whatever the number of establishments or deliveries",
        procol="""
            siret | date_effet | action_procol | stade_procol | batch
            X     | 2020-01-01 | liquidation   | ouverture    | 2001
            X.2   | 2020-01-01 | liquidation   | ouverture    | 2001
            X     | 2020-01-01 | liquidation   | ouverture    | 2002
            X.2   | 2020-01-02 | liquidation   | ouverture    | 2001
        """,
        expected="""
            siren | date_effet | action_procol | stade_procol | libelle_procol
            X     | 2020-01-01 | liquidation   | ouverture    | Liquidation judiciaire
            X     | 2020-01-02 | liquidation   | ouverture    | Liquidation judiciaire
        """,
    ),
    case(
        "the closing of one establishment says nothing of the company, even when nothing else was reported",
        procol="""
            siret | date_effet | action_procol | stade_procol
            X     | 2020-01-01 | redressement  | solde_procedure
        """,
        expected="""
            siren | date_effet
        """,
    ),
]


@on_every_engine
def test_the_events_of_a_company(engine):
    check(engine, clean_procol, EVENTS, inputs={"procol": PROCOL.staging}, output=CLEAN_PROCOL)


STATES = [
    case(
        "Urssaf ends a procedure in several words",
        asked="""
            siren | periode
            X     | 2026-02-01
            Y     | 2026-02-01
        """,
        procol="""
            siret | date_effet | action_procol | stade_procol
            X     | 2023-04-13 | liquidation   | ouverture
            X     | 2026-01-23 | liquidation   | cloture_insuffisance_actif
            Y     | 2023-04-13 | redressement  | ouverture
            Y     | 2023-04-13 | redressement  | abandon_procedure
        """,
        expected="""
            siren | periode
        """,
    ),
    case(
        "an ended procedure is over",
        asked="""
            siren | periode
            X     | 2026-02-01
        """,
        procol="""
            siret | date_effet | action_procol | stade_procol
            X     | 2023-04-13 | sauvegarde    | ouverture
            X     | 2026-01-23 | sauvegarde    | fin_procedure
        """,
        expected="""
            siren | periode
        """,
    ),
    case(
        "the end of a kind of procedure does not end another kind",
        asked="""
            siren | periode
            X     | 2026-02-01
        """,
        procol="""
            siret | date_effet | action_procol | stade_procol
            X     | 2023-04-13 | sauvegarde    | ouverture
            X     | 2024-04-26 | sauvegarde    | plan_continuation
            X     | 2026-01-23 | sauvegarde    | fin_procedure
            X     | 2025-12-19 | redressement  | ouverture
        """,
        expected="""
            siren | periode    | date_effet | action_procol | stade_procol | libelle_procol
            X     | 2026-02-01 | 2025-12-19 | redressement  | ouverture    | Redressement judiciaire
        """,
    ),
    case(
        "a procedure joined to another leaves the other, which nothing closed",
        asked="""
            siren | periode
            X     | 2022-06-01
        """,
        procol="""
            siret | date_effet | action_procol | stade_procol
            X     | 2020-01-01 | liquidation   | ouverture
            X     | 2021-06-01 | redressement  | ouverture
            X     | 2022-03-01 | redressement  | inclusion_autre_procedure
        """,
        expected="""
            siren | periode    | action_procol
            X     | 2022-06-01 | liquidation
        """,
    ),
    case(
        "a plan holds ten years",
        asked="""
            siren | periode
            X     | 2016-02-29
            X     | 2016-03-01
        """,
        procol="""
            siret | date_effet | action_procol | stade_procol
            X     | 2006-03-01 | redressement  | plan_continuation
        """,
        expected="""
            siren | periode    | libelle_procol
            X     | 2016-02-29 | Plan de redressement
        """,
    ),
    case(
        "9 years, 11 months and 30 days count as ten years: the second of a month of 31 days (Q25)",
        asked="""
            siren | periode
            X     | 2028-04-30
            X     | 2028-05-01
        """,
        procol="""
            siret | date_effet | action_procol | stade_procol
            X     | 2018-05-02 | redressement  | plan_continuation
        """,
        expected="""
            siren | periode    | libelle_procol
            X     | 2028-04-30 | Plan de redressement
        """,
    ),
    case(
        "a shorter month, or a later day, keeps the plan until the anniversary",
        asked="""
            siren    | periode
            FEBRUARY | 2028-02-01
            THIRD    | 2028-07-01
        """,
        procol="""
            siret    | date_effet | action_procol | stade_procol
            FEBRUARY | 2018-02-02 | redressement  | plan_continuation
            THIRD    | 2018-07-03 | sauvegarde    | plan_continuation
        """,
        expected="""
            siren    | periode    | libelle_procol
            FEBRUARY | 2028-02-01 | Plan de redressement
            THIRD    | 2028-07-01 | Plan de sauvegarde
        """,
    ),
    case(
        "the most severe kind wins; a kind without a name comes last",
        asked="""
            siren | periode
            ALL   | 2022-06-01
            TWO   | 2022-06-01
            ODD   | 2022-06-01
        """,
        procol="""
            siret | date_effet | action_procol         | stade_procol
            ALL   | 2010-01-01 | liquidation           | ouverture
            ALL   | 2015-01-01 | redressement          | ouverture
            ALL   | 2020-01-01 | sauvegarde            | ouverture
            TWO   | 2015-01-01 | redressement          | ouverture
            TWO   | 2020-01-01 | sauvegarde            | ouverture
            ODD   | 2015-01-01 | sauvegarde            | ouverture
            ODD   | 2021-01-01 | ouverture liquidation | fin
        """,
        expected="""
            siren | periode    | action_procol
            ALL   | 2022-06-01 | liquidation
            ODD   | 2022-06-01 | sauvegarde
            TWO   | 2022-06-01 | redressement
        """,
    ),
    case(
        "on one day what closes comes after what opens (Q21)",
        asked="""
            siren | periode
            ENDED | 2022-06-01
            PLAN  | 2022-06-01
        """,
        procol="""
            siret | date_effet | action_procol | stade_procol
            ENDED | 2021-01-01 | redressement  | fin_procedure
            ENDED | 2021-01-01 | redressement  | ouverture
            PLAN  | 2021-01-01 | redressement  | plan_continuation
            PLAN  | 2021-01-01 | redressement  | ouverture
        """,
        expected="""
            siren | periode    | libelle_procol
            PLAN  | 2022-06-01 | Plan de redressement
        """,
    ),
    case(
        "what has not happened yet does not count; the day itself does",
        asked="""
            siren | periode
            SAME  | 2022-06-01
            LATER | 2022-06-01
        """,
        procol="""
            siret | date_effet | action_procol | stade_procol
            SAME  | 2022-06-01 | redressement  | ouverture
            LATER | 2022-06-02 | redressement  | ouverture
        """,
        expected="""
            siren | periode
            SAME  | 2022-06-01
        """,
    ),
    case(
        "when the severe procedure ends, an older one that nothing closed shows again (W32)",
        asked="""
            siren | periode
            X     | 2022-06-01
            X     | 2026-02-01
        """,
        procol="""
            siret | date_effet | action_procol | stade_procol
            X     | 2019-01-01 | sauvegarde    | ouverture
            X     | 2020-01-01 | redressement  | ouverture
            X     | 2024-01-01 | redressement  | fin_procedure
        """,
        expected="""
            siren | periode    | action_procol
            X     | 2022-06-01 | redressement
            X     | 2026-02-01 | sauvegarde
        """,
    ),
]
DAYS = [date(*day) for day in (
    (2016, 2, 29), (2016, 3, 1), (2022, 6, 1), (2026, 2, 1), (2028, 2, 1), (2028, 4, 30), (2028, 5, 1), (2028, 7, 1),
)]  # fmt: skip
ASKED = table("asked", ("siren", "periode"), siren=Kind.TEXT, periode=Kind.DATE)


@on_every_engine
def test_the_procedure_in_progress_on_a_day(engine):
    def rule(procol, asked):
        events = clean_procol(procol)
        states = [procol_at(events, day).with_columns(periode=nw.lit(day, dtype=nw.Date)) for day in DAYS]
        return nw.concat(states).join(asked, on=["siren", "periode"], how="semi")

    check(engine, rule, STATES, inputs={"procol": PROCOL.staging, "asked": ASKED}, output=CLEAN_PROCOL_AT_DATE)


MONTHS = [
    case(
        "the vector of the reference: one company from 2016 to the expiry of its plan",
        procol="""
            siret | date_effet | action_procol | stade_procol
            X     | 2016-03-15 | sauvegarde    | ouverture
            X.2   | 2016-03-15 | sauvegarde    | ouverture
            X     | 2016-09-10 | sauvegarde    | plan_continuation
            X     | 2018-01-01 | redressement  | ouverture
            X     | 2018-05-02 | redressement  | plan_continuation
            X     | 2019-01-01 | redressement  | solde_procedure
        """,
        expected="""
            siren | action_procol | stade_procol      | first      | last       | months
            X     | redressement  | ouverture         | 2018-01-01 | 2018-05-01 | 5
            X     | redressement  | plan_continuation | 2018-06-01 | 2028-04-01 | 119
            X     | sauvegarde    | ouverture         | 2016-04-01 | 2016-09-01 | 6
            X     | sauvegarde    | plan_continuation | 2016-10-01 | 2017-12-01 | 15
        """,
    ),
    case(
        "an event of the first counts for its month, an event of the second from the next month",
        procol="""
            siret  | date_effet | action_procol | stade_procol
            FIRST  | 2028-05-01 | redressement  | ouverture
            SECOND | 2028-05-02 | redressement  | ouverture
        """,
        expected="""
            siren  | first      | last       | months
            FIRST  | 2028-05-01 | 2028-06-01 | 2
            SECOND | 2028-06-01 | 2028-06-01 | 1
        """,
    ),
    case(
        "a procedure opened and ended within a month leaves no trace",
        procol="""
            siret | date_effet | action_procol | stade_procol
            X     | 2020-05-02 | redressement  | ouverture
            X     | 2020-05-31 | redressement  | fin_procedure
        """,
        expected="""
            siren | months
        """,
    ),
    case(
        "a liquidation that nothing closes never ends, even one older than the calendar",
        procol="""
            siret | date_effet | action_procol | stade_procol
            X     | 2007-05-02 | liquidation   | ouverture
        """,
        expected="""
            siren | first      | last       | months
            X     | 2016-01-01 | 2028-06-01 | 150
        """,
    ),
]
SPANS = table(
    "spans", ("siren", "action_procol", "stade_procol"),
    siren=Kind.TEXT, action_procol=Kind.TEXT, stade_procol=Kind.TEXT, first=Kind.DATE, last=Kind.DATE,
    months=Kind.BIGINT,
)  # fmt: skip


@on_every_engine
def test_the_procedure_in_progress_each_month(engine):
    calendar = Calendar.between(engine, date(2016, 1, 1), date(2028, 6, 1))

    def rule(procol):
        months = clean_procol_at_date(clean_procol(procol), calendar)
        return months.group_by("siren", "action_procol", "stade_procol").agg(
            first=nw.col("periode").min(), last=nw.col("periode").max(), months=nw.col("periode").count()
        )

    check(engine, rule, MONTHS, inputs={"procol": PROCOL.staging}, output=SPANS)


EVIDENCE = [
    case(
        "every line that says the event in progress, with its wording; not those of past events",
        procol="""
            siret | date_effet | action_procol | stade_procol      | line | libelle
            X     | 2020-01-01 | redressement  | ouverture         | 2    | Redressement_Ouverture
            X     | 2021-01-01 | redressement  | plan_continuation | 3    | Plan_continuation_redressement
            X.2   | 2021-01-01 | redressement  | plan_continuation | 4    | Redressement_Plan_continuation
            Y     | 2021-01-01 | sauvegarde    |                   | 5    | Sauvegarde
            Z     | 2021-01-01 | sauvegarde    | fin_procedure     | 6    | Sauvegarde_fin_procedure
        """,
        expected="""
            siren | siret | date_effet | libelle_procol       | batch | file     | line | libelle
            X     | X     | 2021-01-01 | Plan de redressement | 2601  | file.csv | 3    | Plan_continuation_redressement
            X     | X.2   | 2021-01-01 | Plan de redressement | 2601  | file.csv | 4    | Redressement_Plan_continuation
            Y     | Y     | 2021-01-01 | Sauvegarde           | 2601  | file.csv | 5    | Sauvegarde
        """,
    ),
]


@on_every_engine
def test_the_lines_on_which_a_procedure_rests(engine):
    check(
        engine,
        lambda procol: procol_evidence(procol, date(2022, 1, 1)),
        EVIDENCE,
        inputs={"procol": PROCOL.staging},
        output=PROCOL_EVIDENCE,
    )
