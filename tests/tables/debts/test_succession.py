# ruff: noqa: E501 (a row of a table stays on one line)
"""Which establishment takes over from one that closes, within a company."""

from harness.rules import case, check, on_every_engine
from signaux_faibles.tables.debts.debit import DEBT_VERSIONS
from signaux_faibles.tables.debts.succession import (
    CURRENT_ESTABLISHMENTS,
    SUCCESSIONS,
    current_establishments,
    successions,
)
from signaux_faibles.tables.register.effectif import CLEAN_EFFECTIF
from signaux_faibles.tables.register.establishments import CLEAN_SIRENE_HISTO

A_MOVE = """
    siret | date_debut | date_fin   | est_actif
    X     | 2010-01-01 | 2020-03-31 | true
    X     | 2020-04-01 |            | false
    X.2   | 2020-04-01 |            | true
    X.3   | 2005-01-01 |            | true
"""
CASES = [
    case(
        "the employees of the closed establishment are found in the one that opened",
        histo=A_MOVE,
        effectif="""
            siret | periode    | effectif
            X     | 2020-02-01 | 10
            X     | 2020-03-01 | 9
            X     | 2020-03-01 | 3
            X     | 2020-04-01 | 0
            X.2   | 2020-03-01 | 0
            X.2   | 2020-04-01 | 8
            X.2   | 2020-05-01 | 30
            X.3   | 2020-04-01 | 12
        """,
        expected="""
            siren | siret | siret_successeur | date_fermeture | date_ouverture | effectif_avant | effectif_apres | par_effectif | par_dette
            X     | X     | X.2              | 2020-04-01     | 2020-04-01     | 12             | 8              | true         | false
        """,
    ),
    case(
        "the debt of the closed establishment is found in the one that opened: it is older than itself",
        histo=A_MOVE,
        versions="""
            siret | periode    | periode_debut
            X.2   | 2020-06-01 | 2019-11-01
            X.2   | 2020-06-01 | 2020-05-01
        """,
        expected="""
            siret | siret_successeur | effectif_avant | effectif_apres | par_effectif | par_dette
            X     | X.2              |                |                | false        | true
        """,
    ),
    case(
        "nothing reappears: nothing is inferred",
        histo=A_MOVE,
        versions="""
            siret | periode    | periode_debut
            X.2   | 2020-06-01 | 2020-04-01
            X.3   | 2020-06-01 | 2003-01-01
        """,
        effectif="""
            siret | periode    | effectif
            X     | 2020-03-01 | 10
            X.2   | 2020-04-01 | 4
        """,
        expected="""
            siret | siret_successeur
        """,
    ),
    case(
        "neither an establishment of another company nor one opened four months later",
        histo="""
            siret | date_debut | est_actif
            X     | 2010-01-01 | true
            X     | 2020-04-01 | false
            X.2   | 2020-08-01 | true
            Y     | 2020-04-01 | true
        """,
        effectif="""
            siret | periode    | effectif
            X     | 2020-03-01 | 10
            X.2   | 2020-08-01 | 10
            Y     | 2020-04-01 | 10
        """,
        expected="""
            siret | siret_successeur
        """,
    ),
    case(
        "of several, the one that the debt shows, then the headcount, then the nearest opening",
        histo="""
            siret | date_debut | est_actif
            DEBT  | 2010-01-01 | true
            DEBT  | 2020-04-01 | false
            DEBT.2 | 2020-04-01 | true
            DEBT.3 | 2020-05-01 | true
            NEAR  | 2010-01-01 | true
            NEAR  | 2020-04-01 | false
            NEAR.2 | 2020-05-01 | true
            NEAR.3 | 2020-03-25 | true
        """,
        effectif="""
            siret  | periode    | effectif
            DEBT   | 2020-03-01 | 10
            DEBT.2 | 2020-04-01 | 10
            NEAR   | 2020-03-01 | 10
            NEAR.2 | 2020-05-01 | 10
            NEAR.3 | 2020-04-01 | 10
        """,
        versions="""
            siret  | periode    | periode_debut
            DEBT.3 | 2020-06-01 | 2019-11-01
        """,
        expected="""
            siret | siret_successeur | par_effectif | par_dette
            DEBT  | DEBT.3           | false        | true
            NEAR  | NEAR.3           | true         | false
        """,
    ),
    case(
        "an establishment that opened again is not closed",
        histo="""
            siret | date_debut | est_actif
            X     | 2010-01-01 | true
            X     | 2020-04-01 | false
            X     | 2020-09-01 | true
            X.2   | 2020-04-01 | true
        """,
        effectif="""
            siret | periode    | effectif
            X     | 2020-03-01 | 10
            X.2   | 2020-04-01 | 10
        """,
        expected="""
            siret | siret_successeur
        """,
    ),
]


@on_every_engine
def test_the_successor_of_a_closed_establishment(engine):
    inputs = {"histo": CLEAN_SIRENE_HISTO, "effectif": CLEAN_EFFECTIF, "versions": DEBT_VERSIONS}
    check(engine, successions, CASES, inputs=inputs, output=SUCCESSIONS)


MOVES = [
    case(
        "several moves in a row are followed to the last",
        links="""
            siret | siret_successeur
            X     | X.2
            X.2   | X.3
            X.3   | X.4
            Y     | Y.2
        """,
        expected="""
            siret | siret_actuel
            X     | X.4
            X.2   | X.4
            X.3   | X.4
            Y     | Y.2
        """,
    ),
]


@on_every_engine
def test_where_the_activity_of_a_closed_establishment_is_now(engine):
    check(engine, current_establishments, MOVES, inputs={"links": SUCCESSIONS}, output=CURRENT_ESTABLISHMENTS)
