"""Headcounts as delivered, with the mark of the latest (import-chain §8.5)."""

from harness.rules import case, check, on_every_engine
from signaux_faibles.sources.urssaf.effectif import EFFECTIF
from signaux_faibles.sources.urssaf.effectif_ent import EFFECTIF_ENT
from signaux_faibles.tables.register.effectif import (
    CLEAN_EFFECTIF,
    CLEAN_EFFECTIF_ENT,
    EFFECTIF_GAPS,
    clean_effectif,
    clean_effectif_ent,
    effectif_gaps,
)

COMPANIES = [
    case(
        "the latest month of each company is marked; months without value stay without row",
        effectif_ent="""
            siren | periode    | effectif_ent
            X     | 2024-01-01 | 12
            X     | 2024-03-01 | 0
            Y     | 2024-02-01 | 7
        """,
        expected="""
            siren | periode    | effectif_ent | is_latest
            X     | 2024-01-01 | 12           | false
            X     | 2024-03-01 | 0            | true
            Y     | 2024-02-01 | 7            | true
        """,
    ),
    case(
        "a company on two lines has the value of the last line",
        effectif_ent="""
            siren | periode    | effectif_ent | line
            X     | 2024-01-01 | 12           | 9
            X     | 2024-01-01 | 11           | 3
        """,
        expected="""
            siren | periode    | effectif_ent | is_latest
            X     | 2024-01-01 | 12           | true
        """,
    ),
]


@on_every_engine
def test_the_headcount_of_companies(engine):
    check(
        engine,
        clean_effectif_ent,
        COMPANIES,
        inputs={"effectif_ent": EFFECTIF_ENT.staging},
        output=CLEAN_EFFECTIF_ENT,
    )


ESTABLISHMENTS = [
    case(
        "one row an account, as delivered; the latest month of each establishment is marked",
        effectif="""
            siret | numero_compte | periode    | effectif
            X     | one           | 2024-01-01 | 5
            X     | two           | 2024-01-01 | 7
            X     | one           | 2024-02-01 | 0
            X.2   | one           | 2024-01-01 | 5
            X.2   | two           | 2024-01-01 | 5
        """,
        expected="""
            siret | periode    | effectif | is_latest
            X     | 2024-01-01 | 5        | false
            X     | 2024-01-01 | 7        | false
            X     | 2024-02-01 | 0        | true
            X.2   | 2024-01-01 | 5        | true
            X.2   | 2024-01-01 | 5        | true
        """,
    ),
]


@on_every_engine
def test_the_headcount_of_establishments(engine):
    check(engine, clean_effectif, ESTABLISHMENTS, inputs={"effectif": EFFECTIF.staging}, output=CLEAN_EFFECTIF)


GAPS = [
    case(
        "only the months between two values are a gap",
        effectif_ent="""
            siren | periode    | effectif_ent
            X     | 2023-11-01 | 12
            X     | 2024-02-01 | 0
            X     | 2024-03-01 | 9
            X     | 2024-05-01 | 8
            Y     | 2024-05-01 | 8
        """,
        expected="""
            siren | debut      | fin        | mois | effectif_avant | effectif_apres
            X     | 2023-12-01 | 2024-01-01 | 2    | 12             | 0
            X     | 2024-04-01 | 2024-04-01 | 1    | 9              | 8
        """,
    ),
]


@on_every_engine
def test_the_months_without_headcount(engine):
    check(engine, effectif_gaps, GAPS, inputs={"effectif_ent": CLEAN_EFFECTIF_ENT}, output=EFFECTIF_GAPS)
