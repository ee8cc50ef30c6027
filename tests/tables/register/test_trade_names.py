"""Acronyms, usual names and signs, by which agents also know a company."""

from harness.rules import case, check, on_every_engine
from signaux_faibles.sources.insee.sirene import SIRENE
from signaux_faibles.sources.insee.sirene_ul import SIRENE_UL
from signaux_faibles.tables.register.trade_names import TRADE_NAMES, trade_names

CASES = [
    case(
        "the acronym and the usual names of the legal unit",
        sirene_ul="""
            siren | sigle | denomination_usuelle1 | denomination_usuelle2 | denomination_usuelle3
            X     | SNCF  | LES CHEMINS DE FER    | LE RAIL               | LES TRAINS
        """,
        expected="""
            siren | kind                 | name
            X     | dénomination usuelle | LE RAIL
            X     | dénomination usuelle | LES CHEMINS DE FER
            X     | dénomination usuelle | LES TRAINS
            X     | sigle                | SNCF
        """,
    ),
    case(
        "the signs and the usual name of active establishments, each once",
        sirene="""
            siren | siret | est_actif | enseigne1  | enseigne2 | enseigne3 | denomination_usuelle
            X     | X.1   | true      | LE FOURNIL | LE PAIN   | LA MIE    | CHEZ PAUL
            X     | X.2   | true      | LE FOURNIL |           |           |
            X     | X.3   | false     | L'ANCIEN   |           |           |
        """,
        expected="""
            siren | kind                 | name
            X     | dénomination usuelle | CHEZ PAUL
            X     | enseigne             | LA MIE
            X     | enseigne             | LE FOURNIL
            X     | enseigne             | LE PAIN
        """,
    ),
    case(
        "nothing of what is not disseminated, nor of the establishments of such a unit",
        sirene_ul="""
            siren  | statut_diffusion | sigle
            MASKED | P                | [ND]
            LEAKED | P                | DUPONT
            OPEN   | O                | [ND]
        """,
        sirene="""
            siren  | siret | est_actif | statut_diffusion | enseigne1
            LEAKED | L.1   | true      | O                | CHEZ DUPONT
            OPEN   | O.1   | true      | P                | CHEZ PAUL
            OPEN   | O.2   | true      | O                | LE FOURNIL
        """,
        expected="""
            siren | kind     | name
            OPEN  | enseigne | LE FOURNIL
        """,
    ),
]


@on_every_engine
def test_the_other_names_of_companies(engine):
    inputs = {"sirene_ul": SIRENE_UL.staging, "sirene": SIRENE.staging}
    check(engine, trade_names, CASES, inputs=inputs, output=TRADE_NAMES)
