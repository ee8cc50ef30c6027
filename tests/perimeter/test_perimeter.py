"""The perimeter: who is followed, by which rule (import-chain §6.2, §6.4, §6.6, §13.2)."""

from harness.rules import case, check, on_every_engine
from signaux_faibles.perimeter.perimeter import (
    CLEAN_FILTER,
    EVER_FOLLOWED,
    PERIMETER,
    candidates,
    clean_filter,
    ever_followed,
    listed_candidates,
    perimeter,
)
from signaux_faibles.sources.insee.sirene import SIRENE
from signaux_faibles.sources.insee.sirene_ul import SIRENE_UL
from signaux_faibles.sources.product.filter import FILTER
from signaux_faibles.sources.urssaf.effectif_ent import EFFECTIF_ENT

INPUTS = {"effectif_ent": EFFECTIF_ENT.staging, "sirene_ul": SIRENE_UL.staging, "sirene": SIRENE.staging}

PRIVATE = """
    siren | activite_principale | categorie_juridique
    X     | 62.02A              | 5499
"""
IN_PARIS = """
    siren | siret | siege | departement
    X     | X     | true  | 75
"""


def company(name, headcount, kept, *, sirene_ul=PRIVATE, sirene=IN_PARIS):
    expected = "siren\nX" if kept else "siren"
    return case(name, effectif_ent=headcount, sirene_ul=sirene_ul, sirene=sirene, expected=expected)


def headcount(periode, value):
    return f"siren | periode | effectif_ent\nX | {periode} | {value}"


# Every case is stacked: the last month known to anybody is that of the first case, 2024-12.
WHO_IS_FOLLOWED = [
    company("ten employees in the last month", headcount("2024-12-01", 10), True),
    company("nine employees", headcount("2024-12-01", 9), False),
    company("ten employees in the first of the 36 months", headcount("2022-01-01", 10), True),
    company("ten employees a month before the window", headcount("2021-12-01", 50), False),
    company(
        "a commune, by its legal category",
        headcount("2024-12-01", 20),
        False,
        sirene_ul="siren | activite_principale | categorie_juridique\nX | 62.01Z | 7210",
    ),
    company(
        "a school, by its activity",
        headcount("2024-12-01", 20),
        False,
        sirene_ul="siren | activite_principale | categorie_juridique\nX | 85.20Z | 5710",
    ),
    company(
        "a school known by its NAF 2025 only",
        headcount("2024-12-01", 20),
        False,
        sirene_ul="siren | activite_principale_naf25 | categorie_juridique\nX | 85.20Y | 5710",
    ),
    company(
        "a holding is followed",
        headcount("2024-12-01", 20),
        True,
        sirene_ul="siren | activite_principale | categorie_juridique\nX | 64.20Z | 5710",
    ),
    company("a company absent from the legal units", headcount("2024-12-01", 20), True, sirene_ul="siren"),
    company("no head office in the register", headcount("2024-12-01", 20), False, sirene="siren | siret"),
    company(
        "a secondary establishment in Paris and a head office abroad",
        headcount("2024-12-01", 20),
        False,
        sirene="siren | siret | siege | departement\nX | X | false | 75\nX | X.2 | true |",
    ),
    company(
        "two head offices in France make one company",
        headcount("2024-12-01", 20),
        True,
        sirene="siren | siret | siege | departement\nX | X | true | 75\nX | X.2 | true | 69",
    ),
]


@on_every_engine
def test_the_companies_followed(engine):
    check(
        engine,
        lambda **staging: clean_filter(perimeter(candidates(**staging))),
        WHO_IS_FOLLOWED,
        inputs=INPUTS,
        output=CLEAN_FILTER,
    )


REASONS = [
    case(
        "each rule gives its verdict with the values it judged",
        effectif_ent="siren | periode | effectif_ent\nX | 2024-11-01 | 25\nX | 2024-12-01 | 20",
        sirene_ul="siren | activite_principale | categorie_juridique\nX | 84.11Z | 7210",
        sirene=IN_PARIS,
        expected="""
            siren | rule                | kept  | detail
            X     | activite            | false | activité 84.11Z
            X     | categorie_juridique | false | catégorie juridique 7210
            X     | effectif            | true  | effectif maximal sur 36 mois : 25
            X     | siege               | true  | siège : 75
        """,
    ),
    case(
        "what is unknown is said",
        effectif_ent="siren | periode | effectif_ent\nX | 2010-01-01 | 25",
        expected="""
            siren | rule                | kept  | detail
            X     | activite            | true  | activité inconnue
            X     | categorie_juridique | true  | catégorie juridique inconnue
            X     | effectif            | false | effectif maximal sur 36 mois : inconnu
            X     | siege               | false | siège : aucun connu en France
        """,
    ),
]


@on_every_engine
def test_the_reasons_of_the_perimeter(engine):
    check(engine, lambda **staging: perimeter(candidates(**staging)), REASONS, inputs=INPUTS, output=PERIMETER)


EXPLICIT = [
    case(
        "a list stands in place of headcounts, not of the other rules",
        filter="siren\nX\nY\nX",
        sirene_ul="siren | activite_principale | categorie_juridique\nX | 62.02A | 5499\nY | 62.02A | 7210",
        sirene="siren | siret | siege | departement\nX | X | true | 75\nY | Y | true | 75",
        expected="siren\nX",
    )
]


@on_every_engine
def test_an_explicit_perimeter(engine):
    check(
        engine,
        lambda filter, sirene_ul, sirene: clean_filter(perimeter(listed_candidates(filter, sirene_ul, sirene))),
        EXPLICIT,
        inputs={"filter": FILTER.staging, "sirene_ul": SIRENE_UL.staging, "sirene": SIRENE.staging},
        output=CLEAN_FILTER,
    )


EVER = [
    case(
        "a company that had ten employees long ago and has none now was followed",
        effectif_ent="siren | periode | effectif_ent\nX | 2012-01-01 | 10\nX | 2024-12-01 | 1",
        sirene_ul=PRIVATE,
        sirene=IN_PARIS,
        expected="siren\nX",
    ),
    case(
        "a commune never was",
        effectif_ent="siren | periode | effectif_ent\nX | 2012-01-01 | 10",
        sirene_ul="siren | activite_principale | categorie_juridique\nX | 62.01Z | 7210",
        sirene=IN_PARIS,
        expected="siren",
    ),
    case(
        "nor a company that always had nine",
        effectif_ent="siren | periode | effectif_ent\nX | 2012-01-01 | 9",
        sirene_ul=PRIVATE,
        sirene=IN_PARIS,
        expected="siren",
    ),
]


@on_every_engine
def test_the_companies_that_were_ever_followed(engine):
    def rule(effectif_ent, sirene_ul, sirene):
        return ever_followed(effectif_ent, perimeter(candidates(effectif_ent, sirene_ul, sirene)))

    check(engine, rule, EVER, inputs=INPUTS, output=EVER_FOLLOWED)
