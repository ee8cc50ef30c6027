# ruff: noqa: E501 (a row of a table stays on one line)
"""The activity of companies in both nomenclatures, whichever the register delivers."""

from harness.rules import case, check, on_every_engine
from harness.text_tables import Names, parse, typed
from signaux_faibles.perimeter.perimeter import CANDIDATES
from signaux_faibles.reference_tables.tables import load
from signaux_faibles.sources.insee.sirene_ul import SIRENE_UL
from signaux_faibles.tables.activities.activities import ACTIVITIES, activities
from signaux_faibles.tables.activities.images import NAF_IMAGES

IMAGES = """
    nomenclature | code   | niv5   | niv4  | niv3 | niv2 | niv1
    NAFRev2      | 62.01Z | 62.10Y | 62.10 | 62.1 | 62   | K
    NAFRev2      | 47.79Z |        | 47.79 | 47.7 | 47   | G
    NAFRev2      | 74.10Z |        |       |      |      |
    NAF2025      | 62.10Y | 62.01Z | 62.01 | 62.0 | 62   | J
    NAF2025      | 56.12Y |        |       | 56.1 | 56   | I
"""

CASES = [
    case(
        "in 2026 both codes are delivered",
        companies="siren | activite_principale | activite_principale_naf25 | nomenclature\nX | 47.79Z | 47.79G | NAFRev2",
        expected="""
            siren | nomenclature | rev2_5 | rev2_1 | rev2_origine | naf25_5 | naf25_1 | naf25_origine
            X     | NAFRev2      | 47.79Z | G      | livrée       | 47.79G  | G       | livrée
        """,
    ),
    case(
        "in January 2027 the NAF rév. 2 is the one delivered last",
        companies="siren | activite_principale_naf25 | nomenclature\nX | 47.79G | NAF2025",
        earlier="siren | activite_principale | activite_principale_naf25 | batch\nX | 47.79Z | 47.79G | 2612",
        expected="""
            siren | nomenclature | rev2_5 | rev2_2 | rev2_1 | rev2_origine         | rev2_lot | naf25_5 | naf25_origine
            X     | NAF2025      | 47.79Z | 47     | G      | livraison antérieure | 2612     | 47.79G  | livrée
        """,
    ),
    case(
        "an activity that changed since is deduced from the new one",
        companies="siren | activite_principale_naf25 | nomenclature\nX | 62.10Y | NAF2025",
        earlier="siren | activite_principale | activite_principale_naf25 | batch\nX | 47.79Z | 47.79G | 2612",
        expected="""
            siren | rev2_5 | rev2_1 | rev2_origine | rev2_lot | naf25_5
            X     | 62.01Z | J      | déduite      |          | 62.10Y
        """,
    ),
    case(
        "the code delivered earlier counts when the other one was not delivered then",
        companies="siren | activite_principale_naf25 | nomenclature\nX | 62.10Y | NAF2025",
        earlier="siren | activite_principale | activite_principale_naf25 | batch\nX | 62.02A | | 2612",
        expected="""
            siren | rev2_5 | rev2_origine         | rev2_lot
            X     | 62.02A | livraison antérieure | 2612
        """,
    ),
    case(
        "a company created in 2027, whose code splits, is known at the level that is sure",
        companies="siren | activite_principale_naf25 | nomenclature\nX | 56.12Y | NAF2025",
        expected="""
            siren | rev2_5 | rev2_4 | rev2_3 | rev2_2 | rev2_1 | rev2_origine | naf25_5 | naf25_4 | naf25_1
            X     |        |        | 56.1   | 56     | I      | déduite      | 56.12Y  | 56.12   | I
        """,
    ),
    case(
        "a company whose NAF 2025 is not delivered in 2026, then one of which nothing is sure",
        companies="""
            siren | activite_principale | nomenclature
            X     | 62.01Z              | NAFRev2
            Y     | 74.10Z              | NAFRev2
        """,
        expected="""
            siren | rev2_5 | rev2_origine | naf25_5 | naf25_1 | naf25_origine
            X     | 62.01Z | livrée       | 62.10Y  | K       | déduite
            Y     | 74.10Z | livrée       |         |         |
        """,
    ),
    case(
        "a company that ceased keeps its NAF rév. 2, that of an earlier delivery notwithstanding",
        companies="siren | activite_principale | nomenclature\nX | 62.01Z | NAFRev2",
        earlier="siren | activite_principale | activite_principale_naf25 | batch\nX | 47.79Z | 47.79G | 2612",
        expected="siren | rev2_5 | rev2_origine | rev2_lot\nX | 62.01Z | livrée |",
    ),
    case(
        "both beside in 2027: the main code is of the NAF 2025",
        companies="siren | activite_principale | activite_principale_naf25 | nomenclature\nX | 62.01Z | 62.10Y | NAF2025",
        expected="siren | nomenclature | rev2_5 | rev2_origine | naf25_5\nX | NAF2025 | 62.01Z | livrée | 62.10Y",
    ),
    case(
        "an activity that nobody knows, now or before",
        companies="siren | activite_principale\nX |",
        earlier="siren | activite_principale | activite_principale_naf25 | batch\nX | 47.79Z | 47.79G | 2612",
        expected="siren | nomenclature | rev2_5 | rev2_origine | naf25_5 | naf25_origine\nX | | | | |",
    ),
    case(
        "a code that no table holds",
        companies="siren | activite_principale_naf25 | nomenclature\nX | 99.99Y | NAF2025",
        expected="siren | rev2_5 | rev2_origine | naf25_5 | naf25_4 | naf25_origine\nX | | | 99.99Y | | livrée",
    ),
]  # fmt: skip


@on_every_engine
def test_a_company_has_an_activity_in_both_nomenclatures(engine):
    check(
        engine,
        activities,
        CASES,
        inputs={"companies": CANDIDATES, "earlier": SIRENE_UL.staging},
        output=ACTIVITIES,
        images=engine.from_arrow(typed(parse(IMAGES), NAF_IMAGES, Names(0))),
        rev2=engine.from_arrow(load("naf_codes")),
        naf25=engine.from_arrow(load("naf25_codes")),
    )
