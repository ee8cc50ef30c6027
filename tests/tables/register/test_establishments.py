"""When each establishment was active (import-chain §8.9)."""

from harness.rules import case, check, on_every_engine
from signaux_faibles.sources.insee.sirene_histo import SIRENE_HISTO
from signaux_faibles.tables.register.establishments import CLEAN_SIRENE_HISTO, clean_sirene_histo

PERIODS = [
    case(
        "the first period and those that change the state, each up to the day before the next",
        sirene_histo="""
            siret | date_debut | date_fin   | est_actif | changement_statut_actif
            X     | 2012-01-01 |            | true      | true
            X     | 2000-01-01 | 2004-12-31 | true      | false
            X     | 2005-01-01 | 2009-12-31 | false     | true
            X     | 2010-01-01 | 2011-12-31 | false     | false
        """,
        expected="""
            siret | date_debut | date_fin   | est_actif
            X     | 2000-01-01 | 2004-12-31 | true
            X     | 2005-01-01 | 2011-12-31 | false
            X     | 2012-01-01 |            | true
        """,
    ),
    case(
        "a first period whose start is unknown is lost (Q22)",
        sirene_histo="""
            siret | date_debut | est_actif | changement_statut_actif
            X     |            | true      | false
            X     | 2005-01-01 | false     | true
        """,
        expected="""
            siret | date_debut | date_fin | est_actif
            X     | 2005-01-01 |          | false
        """,
    ),
    case(
        "unless it is alone, or flagged as a change: then it comes last",
        sirene_histo="""
            siret   | date_debut | date_fin   | est_actif | changement_statut_actif
            ALONE   |            | 2004-12-31 | true      | false
            FLAGGED |            | 2004-12-31 | true      | true
            FLAGGED | 2005-01-01 |            | false     | true
        """,
        expected="""
            siret   | date_debut | date_fin   | est_actif
            ALONE   |            |            | true
            FLAGGED | 2005-01-01 |            | false
            FLAGGED |            |            | true
        """,
    ),
    case(
        "periods of one start follow each other in the order of the file (W8)",
        sirene_histo="""
            siret | date_debut | est_actif | changement_statut_actif | line
            X     | 2005-01-01 | false     | true                    | 3
            X     | 2005-01-01 | true      | false                   | 2
        """,
        expected="""
            siret | date_debut | date_fin   | est_actif
            X     | 2005-01-01 |            | false
            X     | 2005-01-01 | 2004-12-31 | true
        """,
    ),
]


@on_every_engine
def test_the_periods_of_activity(engine):
    check(
        engine,
        clean_sirene_histo,
        PERIODS,
        inputs={"sirene_histo": SIRENE_HISTO.staging},
        output=CLEAN_SIRENE_HISTO,
    )
