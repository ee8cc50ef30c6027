"""Headcounts as delivered, with the mark of the latest (import-chain §8.5)."""

from harness.rules import case, check, on_every_engine
from signaux_faibles.sources.effectif_ent import EFFECTIF_ENT
from signaux_faibles.tables.effectif import clean_effectif_ent
from signaux_faibles.tables.schemas import CLEAN_EFFECTIF_ENT

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
