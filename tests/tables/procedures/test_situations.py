"""What keeps a company from being in bonis: a procedure, one whose outcome nobody knows, judgments to read."""

# ruff: noqa: E501 (a case a line)

from datetime import date

import pytest

from harness.rules import case, check, on_every_engine
from signaux_faibles.tables.procedures.bodacc import BODACC_VERDICTS
from signaux_faibles.tables.procedures.chronology import PROCEDURES_CHRONOLOGY
from signaux_faibles.tables.procedures.situations import CURRENT_PROCEDURES, current_procedures, durations
from signaux_faibles.tables.procedures.to_read import JUDGMENTS_TO_READ

DAY = date(2026, 6, 30)

CASES = [
    case(
        "the gravest procedure in progress; what is over, joined or a plan of ten years keeps nobody",
        chronology="""
            siren | date_effet | action_procol   | stade_procol              | libelle_procol
            X     | 2026-01-08 | sauvegarde      | ouverture                 | Sauvegarde
            X     | 2026-03-08 | redressement    | ouverture                 | Redressement judiciaire
            Y     | 2026-01-08 | liquidation     | ouverture                 | Liquidation judiciaire
            Y     | 2026-03-08 | liquidation     | fin_procedure             | In bonis
            Z     | 2026-01-08 | redressement    | inclusion_autre_procedure | Redressement judiciaire
            S     | 2016-06-29 | redressement    | plan_continuation         | Plan de redressement
            T     | 2018-06-29 | redressement    | plan_continuation         | Plan de redressement
            U     | 2026-04-08 | sortie_de_crise | ouverture                 | Traitement de sortie de crise
        """,
        expected="""
            siren | situation | date_effet | action_procol   | stade_procol      | libelle_procol                | inconnue_depuis | a_lire
            X     | en_cours  | 2026-03-08 | redressement    | ouverture         | Redressement judiciaire       |                 | 0
            T     | en_cours  | 2018-06-29 | redressement    | plan_continuation | Plan de redressement          |                 | 0
            U     | en_cours  | 2026-04-08 | sortie_de_crise | ouverture         | Traitement de sortie de crise |                 | 0
        """,
    ),
    case(
        "untouched for longer than its kind allows, a procedure is neither in progress nor over",
        chronology="""
            siren | date_effet | action_procol   | stade_procol | libelle_procol
            X     | 2024-06-30 | redressement    | ouverture    | Redressement judiciaire
            Y     | 2024-06-29 | redressement    | ouverture    | Redressement judiciaire
            Z     | 2024-12-29 | sauvegarde      | ouverture    | Sauvegarde
            S     | 2025-09-29 | sortie_de_crise | ouverture    | Traitement de sortie de crise
            T     | 2016-06-29 | liquidation     | ouverture    | Liquidation judiciaire
            U     | 2016-06-30 | liquidation     | ouverture    | Liquidation judiciaire
            V     | 2024-06-29 | redressement    | plan_cession | Redressement judiciaire
            W     | 2010-06-04 | sauvegarde      |              | Sauvegarde
        """,
        expected="""
            siren | situation      | libelle_procol                                 | inconnue_depuis
            X     | en_cours       | Redressement judiciaire                        |
            Y     | issue_inconnue | Redressement judiciaire : issue inconnue       | 2026-06-29
            Z     | issue_inconnue | Sauvegarde : issue inconnue                    | 2026-06-29
            S     | issue_inconnue | Traitement de sortie de crise : issue inconnue | 2026-06-29
            T     | issue_inconnue | Liquidation judiciaire : issue inconnue        | 2026-06-29
            U     | en_cours       | Liquidation judiciaire                         |
            V     | en_cours       | Redressement judiciaire                        |
            W     | issue_inconnue | Sauvegarde : issue inconnue                    | 2012-06-04
        """,
    ),
    case(
        "an act or a judgment touches it, up to the day; one in progress hides one whose outcome is unknown",
        chronology="""
            siren | date_effet | action_procol | stade_procol | libelle_procol
            X     | 2023-01-08 | redressement  | ouverture    | Redressement judiciaire
            Y     | 2023-01-08 | redressement  | ouverture    | Redressement judiciaire
            Z     | 2012-01-08 | redressement  | ouverture    | Redressement judiciaire
            Z     | 2026-01-08 | sauvegarde    | ouverture    | Sauvegarde
        """,
        verdicts="""
            siren | id | date_parution | date_jugement | effet      | stade_procol
            X     | A1 | 2024-09-20    | 2024-09-01    | sans_effet | acte
            X     | A2 | 2024-02-20    | 2024-02-01    | sans_effet | acte
            X     | A3 | 2026-02-20    | 2026-02-01    | sans_effet |
            Y     | A4 | 2026-07-20    | 2026-07-01    | a_lire     |
        """,
        expected="""
            siren | situation      | action_procol
            X     | en_cours       | redressement
            Y     | issue_inconnue | redressement
            Z     | en_cours       | sauvegarde
        """,
    ),
    case(
        "nothing of what came before outlives the closing of a liquidation",
        chronology="""
            siren | date_effet | action_procol | stade_procol  | libelle_procol
            X     | 2012-01-08 | redressement  | ouverture     | Redressement judiciaire
            X     | 2013-01-08 | liquidation   | ouverture     | Liquidation judiciaire
            X     | 2015-01-08 | liquidation   | fin_procedure | In bonis
            Y     | 2015-01-08 | liquidation   | fin_procedure | In bonis
            Y     | 2026-01-08 | redressement  | ouverture     | Redressement judiciaire
        """,
        expected="""
            siren | action_procol
            Y     | redressement
        """,
    ),
    case(
        "judgments to read stand alone or beside a procedure: how many, and the last one",
        chronology="""
            siren | date_effet | action_procol | stade_procol | libelle_procol
            Y     | 2026-01-08 | sauvegarde    | ouverture    | Sauvegarde
        """,
        to_read="""
            siren | date_effet | id | motif
            X     | 2026-02-01 | A1 | m
            X     | 2026-03-01 | A2 | m
            Y     | 2026-02-01 | A3 | m
            Z     |            |    | jugement n'est pas un objet JSON
        """,
        expected="""
            siren | situation | libelle_procol  | action_procol | a_lire | a_lire_id | a_lire_date
            X     | a_lire    | Jugement à lire |               | 2      | A2        | 2026-03-01
            Y     | en_cours  | Sauvegarde      | sauvegarde    | 1      | A3        | 2026-02-01
            Z     | a_lire    | Jugement à lire |               | 1      |           |
        """,
    ),
    case(
        "what takes effect after the day is not known yet",
        chronology="""
            siren | date_effet | action_procol | stade_procol | libelle_procol
            X     | 2026-07-01 | sauvegarde    | ouverture    | Sauvegarde
        """,
        expected="""
            siren | situation
        """,
    ),
]


@on_every_engine
def test_where_companies_stand(engine):
    inputs = {"chronology": PROCEDURES_CHRONOLOGY, "verdicts": BODACC_VERDICTS, "to_read": JUDGMENTS_TO_READ}
    check(engine, current_procedures, CASES, inputs=inputs, output=CURRENT_PROCEDURES, day=DAY)


ALLOWED = [
    ("redressement", "ouverture", date(2005, 12, 31), 26),
    ("redressement", "ouverture", date(2006, 1, 1), 24),
    ("sauvegarde", "ouverture", date(2021, 9, 30), 24),
    ("sauvegarde", "ouverture", date(2021, 10, 1), 18),
    ("sortie_de_crise", "ouverture", date(2022, 1, 1), 9),
    ("redressement", "plan_cession", date(2022, 1, 1), 120),
    ("liquidation", "ouverture", date(2022, 1, 1), 120),
]


@pytest.mark.parametrize(("action", "stage", "since", "months"), ALLOWED)
def test_how_long_a_procedure_may_last_without_a_judgment(action, stage, since, months):
    """What the law allows and a margin, by the law of the day on which the procedure takes effect."""
    chosen = [one for one in durations() if one.action == action and one.since <= since]
    assert [one.months for one in chosen if one.stage in (None, stage)][-1] == months
    assert all(one.source for one in durations())
