# ruff: noqa: E501 (a row of a table stays on one line)
"""The place of a company in its sector: class compared with, percentile, gap, trend, quadrant (open-data §2.7)."""

import pyarrow as pa

from harness.rules import case, check, on_every_engine
from harness.text_tables import Names, parse, typed
from signaux_faibles.tables.sector.backoff import ladder
from signaux_faibles.tables.sector.observations import SECTOR_OBSERVATIONS
from signaux_faibles.tables.sector.position import SECTOR_POSITIONS, sector_positions
from signaux_faibles.tables.sector.quantiles import SECTOR_QUANTILES
from signaux_faibles.tables.sector.ratios import sector_ratios

COMPUTED = """
    classe_naf | classe_ca | exercice | ratio                               | cohorte | q10 | q25 | q50 | q75 | q90 | known_at   | known_at_assumed
    4711B      | <2M       | 2020     | marge_ebe                           | 40      | 0   | 2   | 4   | 6   | 9   | 2021-09-01 | false
    4711B      | <2M       | 2021     | marge_ebe                           | 40      | 0   | 3   | 5   | 7   | 9   | 2022-09-01 | false
    4711B      | <2M       | 2022     | marge_ebe                           | 40      | 0   | 5   | 10  | 15  | 20  | 2023-09-01 | false
    4711B      | <2M       | 2022     | credit_clients_jours                | 40      | 10  | 20  | 30  | 40  | 50  | 2023-09-01 | false
    4711B      | <2M       | 2021     | credit_clients_jours                | 40      | 10  | 20  | 30  | 40  | 50  | 2022-09-01 | false
    4711B      | <2M       | 2022     | credit_fournisseurs_jours           | 40      | 10  | 20  | 30  | 40  | 50  | 2023-09-01 | false
    4711B      | <2M       | 2021     | credit_fournisseurs_jours           | 40      | 10  | 20  | 30  | 40  | 50  | 2022-09-01 | false
    4711B      | <2M       | 2022     | rotation_des_stocks_jours           | 40      | 0   | 0   | 0   | 0   | 5   | 2023-09-01 | false
    4711B      | <2M       | 2022     | taux_d_endettement                  | 40      | -50 | 0   | 50  | 100 | 200 | 2023-09-01 | false
    4711B      | <2M       | 2021     | taux_d_endettement                  | 40      | -50 | 0   | 50  | 100 | 200 | 2022-09-01 | false
    5610A      | <2M       | 2022     | marge_ebe                           | 29      | 0   | 1   | 2   | 3   | 4   | 2023-09-01 | false
    5610       | <2M       | 2022     | marge_ebe                           | 30      | 0   | 2   | 4   | 6   | 8   | 2023-08-01 | true
    5610A      | *         | 2022     | marge_ebe                           | 90      | 0   | 3   | 6   | 9   | 12  | 2023-09-01 | false
    56         | *         | 2022     | marge_ebe                           | 95      | 0   | 4   | 8   | 12  | 16  | 2023-09-01 | false
    *          | 10M-50M   | 2022     | marge_ebe                           | 95      | 0   | 5   | 10  | 15  | 20  | 2023-09-01 | false
    *          | *         | 2022     | marge_ebe                           | 900     | 0   | 6   | 12  | 18  | 24  | 2023-09-01 | false
    9602A      | <2M       | 2022     | marge_ebe                           | 50      | 0   | 1   | 2   | 3   | 4   | 2023-09-01 | false
    9602       | <2M       | 2022     | marge_ebe                           | 60      | 0   | 1   | 2   | 3   | 4   | 2023-09-01 | false
"""
PUBLISHED = """
    classe_naf | classe_ca | exercice | ratio     | cohorte | q10 | q25 | q50 | q75 | q90 | known_at   | known_at_assumed
    9602A      | <2M       | 2022     | marge_ebe | 55      | 1   | 2   | 3   | 4   | 5   | 2024-01-01 | false
    5610A      | *         | 2022     | marge_ebe | 12      | 1   | 2   | 3   | 4   | 5   | 2024-01-01 | false
    4711       | <2M       | 2022     | marge_ebe | 500     | 1   | 2   | 3   | 4   | 5   | 2024-01-01 | false
"""
SHOP = "4711B | 4711 | 471 | 47 | G"
HEADER = "siren | exercice | date_cloture | known_at | known_at_assumed | fiable | nomenclature | naf_5 | naf_4 | naf_3 | naf_2 | naf_1 | classe_ca"
MEAL = "5610A | 5610 | 561 | 56 | I"


def reported(columns, *rows):
    """Observations: each row says siren, exercice, activity, turnover, then the columns; filed the 1st of July after."""
    lines = [f"{HEADER} | {columns}"]
    for siren, exercice, activity, turnover, values in rows:
        reliable = "false" if siren.endswith("!") else "true"
        name = siren.removesuffix("!")
        identity = f"{name} | {exercice} | {exercice}-12-31 | {exercice + 1}-07-01 | false | {reliable} | NAFRev2"
        lines.append(f"{identity} | {activity} | {turnover} | {values}")
    return "\n".join(lines)


CASES = [
    case(
        "percentiles are linear between quantiles, and stop at the first and at the last",
        observations=reported(
            "marge_ebe",
            ("A", 2022, SHOP, "<2M", "5"),
            ("B", 2022, SHOP, "<2M", "12.5"),
            ("C", 2022, SHOP, "<2M", "-30"),
            ("D", 2022, SHOP, "<2M", "21"),
            ("E", 2022, SHOP, "<2M", "2.5"),
        ),
        expected="""
            siren | ratio     | valeur | classe_naf | classe_ca | source   | cohorte | mediane | centile | ecart | tendance | quadrant | sans_position | known_at
            A     | marge_ebe | 5      | 4711B      | <2M       | calculés | 40      | 10      | 25      | -0.5  |          |          |               | 2023-09-01
            B     | marge_ebe | 12.5   | 4711B      | <2M       | calculés | 40      | 10      | 62.5    | 0.25  |          |          |               | 2023-09-01
            C     | marge_ebe | -30    | 4711B      | <2M       | calculés | 40      | 10      | 10      | -4    |          |          |               | 2023-09-01
            D     | marge_ebe | 21     | 4711B      | <2M       | calculés | 40      | 10      | 90      | 1.1   |          |          |               | 2023-09-01
            E     | marge_ebe | 2.5    | 4711B      | <2M       | calculés | 40      | 10      | 17.5    | -0.75 |          |          |               | 2023-09-01
        """,
    ),
    case(
        "several quantiles are the value: the middle of them; without spread there is no gap",
        observations=reported("rotation_des_stocks_jours", ("A", 2022, SHOP, "<2M", "0"), ("B", 2022, SHOP, "<2M", "5")),
        expected="""
            siren | ratio                     | valeur | centile | ecart | quadrant | sans_position
            A     | rotation_des_stocks_jours | 0      | 42.5    |       |          | les entreprises comparées ont presque toutes la même valeur
            B     | rotation_des_stocks_jours | 5      | 90      |       |          | les entreprises comparées ont presque toutes la même valeur
        """,
    ),
    case(
        "a class is too small: the coarser activity of the same turnover, before the same activity of all turnovers",
        observations=reported("marge_ebe", ("A", 2022, MEAL, "<2M", "4")),
        expected="""
            siren | classe_naf | classe_ca | cohorte | known_at   | known_at_assumed
            A     | 5610       | <2M       | 30      | 2023-08-01 | true
        """,
    ),
    case(
        "no class of that turnover, or a turnover withheld: all turnovers, from the finest activity up",
        observations=reported(
            "marge_ebe",
            ("A", 2022, MEAL, "2M-10M", "4"),
            ("B", 2022, MEAL, "", "4"),
            ("C", 2022, "5629B | 5629 | 562 | 56 | I", "2M-10M", "4"),
        ),
        expected="""
            siren | classe_naf | classe_ca | cohorte
            A     | 5610A      | *         | 90
            B     | 5610A      | *         | 90
            C     | 56         | *         | 95
        """,
    ),
    case(
        "no sector: all activities, of the same turnover if they are many; an exercice without class has no place",
        observations=reported(
            "marge_ebe",
            ("A", 2022, " | | | | ", "10M-50M", "4"),
            ("B", 2022, " | | | | ", "<2M", "4"),
            ("C", 2012, SHOP, "<2M", "4"),
        ),
        expected="""
            siren | exercice | classe_naf | classe_ca | source   | cohorte | mediane | centile | sans_position               | known_at
            A     | 2022     | *          | 10M-50M   | calculés | 95      | 10      | 22      |                             | 2023-09-01
            B     | 2022     | *          | *         | calculés | 900     | 12      | 20      |                             | 2023-09-01
            C     | 2012     |            |           |          |         |         |         | aucune classe assez nombreuse | 2013-07-01
        """,
    ),
    case(
        "published quantiles go before ours for the same class, not for a coarser one, nor when too few are in it",
        observations=reported(
            "marge_ebe",
            ("A", 2022, "9602A | 9602 | 960 | 96 | S", "<2M", "3"),
            ("B", 2022, SHOP, "<2M", "10"),
            ("C", 2022, MEAL, "", "6"),
            ("D", 2022, "4711Z | 4711 | 471 | 47 | G", "<2M", "3"),
        ),
        expected="""
            siren | classe_naf | classe_ca | source   | cohorte | centile | known_at
            A     | 9602A      | <2M       | publiés  | 55      | 50      | 2024-01-01
            B     | 4711B      | <2M       | calculés | 40      | 50      | 2023-09-01
            C     | 5610A      | *         | calculés | 90      | 50      | 2023-09-01
            D     | 4711       | <2M       | publiés  | 500     | 50      | 2024-01-01
        """,
    ),
    case(
        "the trend is the slope of the gap over three exercices: gaps of 0.5 (2020), 0.25 (2021), -0.5 (2022)",
        observations=reported(
            "marge_ebe",
            ("A", 2020, SHOP, "<2M", "6"),
            ("A", 2021, SHOP, "<2M", "6"),
            ("A", 2022, SHOP, "<2M", "5"),
            ("B", 2020, SHOP, "<2M", "6"),
            ("B", 2021, SHOP, "<2M", "6"),
            ("C", 2020, SHOP, "<2M", "6"),
        ),
        expected="""
            siren | exercice | ecart | tendance | quadrant
            A     | 2022     | -0.5  | -0.5     | défavorable, se dégrade
            B     | 2021     | 0.25  | -0.25    | favorable, se dégrade
            C     | 2020     | 0.5   |          |
        """,
    ),
    case(
        "the last exercice is that of which a ratio is known, in whichever nomenclature",
        observations=f"""
            {HEADER} | marge_ebe
            A | 2021 | 2021-12-31 | 2022-07-01 | false | true | NAFRev2 | {SHOP} | <2M | 5
            A | 2022 | 2022-12-31 | 2023-07-01 | false | true | NAFRev2 | {SHOP} | <2M |
            B | 2021 | 2021-12-31 | 2022-07-01 | false | true | NAFRev2 | {SHOP} | <2M | 5
            B | 2022 | 2022-12-31 | 2023-07-01 | false | true | NAF2025 | {SHOP} | <2M | 5
        """,
        expected="""
            siren | exercice | nomenclature
            A     | 2021     | NAFRev2
            B     | 2022     | NAF2025
        """,
    ),
    case(
        "an exercice is missing: the slope over the two that are known; one that is not reliable is not looked at",
        observations=reported(
            "marge_ebe",
            ("A", 2020, SHOP, "<2M", "2"),
            ("A", 2022, SHOP, "<2M", "15"),
            ("B", 2020, SHOP, "<2M", "2"),
            ("B!", 2021, SHOP, "<2M", "999"),
            ("B", 2022, SHOP, "<2M", "15"),
            ("C!", 2021, SHOP, "<2M", "999"),
            ("C", 2022, SHOP, "<2M", "15"),
            ("D", 2020, SHOP, "<2M", "2"),
            ("D!", 2021, SHOP, "<2M", "999"),
        ),
        expected="""
            siren | exercice | fiable | ecart | tendance | quadrant
            A     | 2022     | true   | 0.5   | 0.5      | favorable, se maintient ou s'améliore
            B     | 2022     | true   | 0.5   | 0.5      | favorable, se maintient ou s'améliore
            C     | 2022     | true   | 0.5   |          |
            D     | 2021     | false  | 248.5 | 249      | favorable, se maintient ou s'améliore
        """,
    ),
    case(
        "a trend is known once what it is measured from is: an earlier exercice filed, or a class completed, later",
        observations=f"""
            {HEADER} | marge_ebe
            A | 2021 | 2021-12-31 | 2024-05-02 | false | true | NAFRev2 | {SHOP} | <2M | 5
            A | 2022 | 2022-12-31 | 2023-07-01 | false | true | NAFRev2 | {SHOP} | <2M | 10
            B | 2020 | 2020-12-31 | 2021-08-31 | true  | true | NAFRev2 | {SHOP} | <2M | 4
            B | 2021 | 2021-12-31 | 2024-05-02 | false | true | NAFRev2 | {SHOP} | <2M | 5
            B | 2022 | 2022-12-31 | 2023-07-01 | false | true | NAFRev2 | {SHOP} | <2M | 10
            C | 2020 | 2020-12-31 | 2021-08-31 | true  | true | NAFRev2 | {SHOP} | <2M | 4
            C | 2021 | 2021-12-31 | 2024-05-02 | false | true | NAFRev2 | {SHOP} | <2M | 5
            D | 2020 | 2020-12-31 | 2021-08-31 | true  | true | NAFRev2 | {SHOP} | <2M | 4
        """,
        expected="""
            siren | exercice | tendance | known_at   | known_at_assumed
            A     | 2022     | 0        | 2024-05-02 | false
            B     | 2022     | 0        | 2023-09-01 | true
            C     | 2021     | 0        | 2024-05-02 | true
            D     | 2020     |          | 2021-09-01 | true
        """,
    ),
    case(
        "lower is better: above the median is unfavourable; neither: a place and no quadrant",
        observations=reported(
            "credit_clients_jours | credit_fournisseurs_jours",
            ("A", 2021, SHOP, "<2M", "50 | 50"),
            ("A", 2022, SHOP, "<2M", "40 | 40"),
            ("B", 2021, SHOP, "<2M", "50 | 50"),
        ),
        expected="""
            siren | exercice | ratio                     | ecart | tendance | quadrant
            B     | 2021     | credit_clients_jours      | 1     |          |
            B     | 2021     | credit_fournisseurs_jours | 1     |          |
            A     | 2022     | credit_clients_jours      | 0.5   | -0.5     | défavorable, se maintient ou s'améliore
            A     | 2022     | credit_fournisseurs_jours | 0.5   | -0.5     |
        """,
    ),
    case(
        "debts over negative own funds are not fewer debts: no place, and no trend from there",
        observations=reported(
            "taux_d_endettement",
            ("A", 2021, SHOP, "<2M", "-80"),
            ("A", 2022, SHOP, "<2M", "100"),
            ("B", 2022, SHOP, "<2M", "-10"),
        ),
        expected="""
            siren | exercice | valeur | mediane | centile | ecart | tendance | sans_position
            A     | 2022     | 100    | 50      | 75      | 0.5   |          |
            B     | 2022     | -10    | 50      |         |       |          | valeur négative, qui ne se compare pas
        """,
    ),
]  # fmt: skip


def cells(text, nomenclature="NAFRev2"):
    """Quantiles from a text table."""
    return typed([row | {"nomenclature": nomenclature} for row in parse(text)], SECTOR_QUANTILES, Names(0))


BOTH = """
    siren | exercice | date_cloture | known_at   | known_at_assumed | fiable | nomenclature | naf_5 | naf_4 | naf_3 | naf_2 | naf_1 | classe_ca | marge_ebe
    A     | 2022     | 2022-12-31   | 2023-07-01 | false            | true   | NAFRev2      | 4711B | 4711  | 471   | 47    | G     | <2M       | 10
    A     | 2022     | 2022-12-31   | 2023-07-01 | false            | true   | NAF2025      | 4711G | 4711  | 471   | 47    | G     | <2M       | 10
    B     | 2022     | 2022-12-31   | 2023-07-01 | false            | true   | NAFRev2      |       |       |       | 47    | G     | <2M       | 10
    B     | 2022     | 2022-12-31   | 2023-07-01 | false            | true   | NAF2025      | 4712H | 4712  | 471   | 47    | G     | <2M       | 10
"""
OF_2025 = """
    classe_naf | classe_ca | exercice | ratio     | cohorte | q10 | q25 | q50 | q75 | q90 | known_at   | known_at_assumed
    4711       | <2M       | 2022     | marge_ebe | 70      | 0   | 2   | 4   | 6   | 9   | 2023-09-01 | false
    471        | <2M       | 2022     | marge_ebe | 80      | 0   | 2   | 4   | 6   | 9   | 2023-09-01 | false
"""
OF_REV2 = """
    classe_naf | classe_ca | exercice | ratio     | cohorte | q10 | q25 | q50 | q75 | q90 | known_at   | known_at_assumed
    4711B      | <2M       | 2022     | marge_ebe | 40      | 0   | 5   | 10  | 15  | 20  | 2023-09-01 | false
    4711       | <2M       | 2022     | marge_ebe | 50      | 0   | 5   | 10  | 15  | 20  | 2023-09-01 | false
    47         | <2M       | 2022     | marge_ebe | 60      | 0   | 5   | 10  | 15  | 20  | 2023-09-01 | false
"""
IN_BOTH = case(
    "a company is placed in each nomenclature among its own classes, though codes be alike; a deduced activity is no finer",
    observations=BOTH,
    expected="""
        siren | nomenclature | classe_naf | cohorte
        A     | NAF2025      | 4711       | 70
        A     | NAFRev2      | 4711B      | 40
        B     | NAF2025      | 471        | 80
        B     | NAFRev2      | 47         | 60
    """,
)


@on_every_engine
def test_a_company_is_placed_in_both_nomenclatures(engine):
    ratios, rungs = engine.from_arrow(sector_ratios()), engine.from_arrow(ladder())
    computed = engine.from_arrow(pa.concat_tables([cells(OF_REV2), cells(OF_2025, "NAF2025")]))
    published = engine.from_arrow(SECTOR_QUANTILES.arrow.empty_table())
    check(
        engine,
        lambda observations: sector_positions(observations, ratios, rungs, computed, published),
        [IN_BOTH],
        inputs={"observations": SECTOR_OBSERVATIONS},
        output=SECTOR_POSITIONS,
    )


@on_every_engine
def test_the_place_of_a_company(engine):
    ratios, rungs = engine.from_arrow(sector_ratios()), engine.from_arrow(ladder())
    computed, published = engine.from_arrow(cells(COMPUTED)), engine.from_arrow(cells(PUBLISHED))
    check(
        engine,
        lambda observations: sector_positions(observations, ratios, rungs, computed, published),
        CASES,
        inputs={"observations": SECTOR_OBSERVATIONS},
        output=SECTOR_POSITIONS,
    )
