# ruff: noqa: E501 (a row of a table stays on one line)
"""The register with its labels (import-chain §8.10, §8.11)."""

from harness.rules import case, check, on_every_engine
from signaux_faibles.reference_tables import tables as reference_tables
from signaux_faibles.sources.insee.sirene import SIRENE
from signaux_faibles.sources.insee.sirene_ul import SIRENE_UL
from signaux_faibles.tables.register.register import CLEAN_SIRENE, CLEAN_SIRENE_UL, clean_sirene, clean_sirene_ul


def places(engine):
    """The reference tables of both rules."""
    return {
        "naf": engine.from_arrow(reference_tables.load("naf_codes")),
        "naf25": engine.from_arrow(reference_tables.load("naf25_codes")),
        "departements": engine.from_arrow(reference_tables.load("labels_departement_region")),
    }


ADDRESSES = [
    case(
        "no bracket, no double space, no empty line for what is unknown (Q23)",
        sirene="""
            siren | siret | numero_voie | type_voie | voie     | code_postal | commune
            X     | X     | 55          | HAMEAU    | demnbujm | 83699       | hzvnctxvbgkms
        """,
        expected="""
            siret | adresse
            X     | 55 HAMEAU demnbujm⏎83699 hzvnctxvbgkms
        """,
    ),
    case(
        "number, repetition, type and name of the street; complement in brackets",
        sirene="""
            siren | siret | numero_voie | indrep | type_voie | voie       | complement_adresse | code_postal | commune
            X     | X     | 12          | BIS    | RUE       | DE LA PAIX |                    | 75002       | PARIS
            X     | X.2   | 12          | BIS    | RUE       | DE LA PAIX | ESCALIER B         | 75002       | PARIS
        """,
        expected="""
            siret | adresse
            X     | 12 BIS RUE DE LA PAIX⏎75002 PARIS
            X.2   | 12 BIS RUE DE LA PAIX (ESCALIER B)⏎75002 PARIS
        """,
    ),
    case(
        "a town abroad is shown, with its country",
        sirene="""
            siren | siret | complement_adresse | commune_etranger | pays_etranger
            X     | X     | ZI NORD            | BRUXELLES        | BELGIQUE
        """,
        expected="""
            siret | adresse
            X     | (ZI NORD)⏎BRUXELLES⏎BELGIQUE
        """,
    ),
    case(
        "a masked address keeps its town; one that is masked whole is unknown",
        sirene="""
            siren | siret | numero_voie | indrep | type_voie | voie | complement_adresse | code_postal | commune | commune_etranger | pays_etranger
            X     | X     | [ND]        |        | [ND]      | [ND] | [ND]               |             | LIMOGES |                  |
            X     | X.2   | [ND]        | [ND]   | [ND]      | [ND] |                    | 87000       | LIMOGES |                  |
            X     | X.3   | [ND]        |        | [ND]      | [ND] |                    |             | [ND]    |                  |
            X     | X.4   | [ND]        |        |           | [ND] |                    |             |         | BRUXELLES        | BELGIQUE
        """,
        expected="""
            siret | adresse
            X     | LIMOGES
            X.2   | 87000 LIMOGES
            X.3   |
            X.4   | BRUXELLES⏎BELGIQUE
        """,
    ),
    case(
        "an unknown address is unknown, not empty",
        sirene="""
            siren | siret | est_actif
            X     | X     | true
        """,
        expected="""
            siret | adresse
            X     |
        """,
    ),
]


@on_every_engine
def test_the_address_of_an_establishment(engine):
    check(engine, clean_sirene, ADDRESSES, inputs={"sirene": SIRENE.staging}, output=CLEAN_SIRENE, **places(engine))


ESTABLISHMENTS = [
    case(
        "labels of known codes; unknown codes have none; the position and the dates as delivered",
        sirene="""
            siren | siret | siege | code_commune | departement | ape    | date_creation | longitude | latitude | est_actif
            X     | X     | true  | 2A004        | 2A          | 01.11Z | 2001-02-03    | 8.7       | 41.9     | true
            X     | X.2   | false | 99999        | 99          | 41.19A |               |           |          | false
            X     | X.3   |       |              |             |        |               |           |          | true
        """,
        expected="""
            siren | siret | siege | code_commune | departement | libelle_departement | region | libelle_region | ape    | naf_section | date_creation | longitude | latitude | est_actif
            X     | X     | true  | 2A004        | 2A          | Corse-du-Sud        | 94     | Corse          | 01.11Z | A           | 2001-02-03    | 8.7       | 41.9     | true
            X     | X.2   | false | 99999        | 99          |                     |        |                | 41.19A |             |               |           |          | false
            X     | X.3   |       |              |             |                     |        |                |        |             |               |           |          | true
        """,
    ),
    case(
        "the activity of each nomenclature that was delivered, from December 2026 on",
        sirene="""
            siren | siret | ape    | ape_naf25
            X     | X     | 25.62B | 25.53Y
            X     | X.2   |        | 25.53Y
            X     | X.3   | 25.62B | 99.99Z
        """,
        expected="""
            siret | ape    | naf_section | ape_naf25 | naf25_section
            X     | 25.62B | C           | 25.53Y    | C
            X.2   |        |             | 25.53Y    | C
            X.3   | 25.62B | C           | 99.99Z    |
        """,
    ),
]


@on_every_engine
def test_the_establishments_with_their_labels(engine):
    check(
        engine, clean_sirene, ESTABLISHMENTS, inputs={"sirene": SIRENE.staging}, output=CLEAN_SIRENE, **places(engine)
    )


UNITS = [
    case(
        "labels of known codes and of the head office",
        sirene_ul="""
            siren | raison_sociale | categorie_juridique | activite_principale | activite_principale_naf25 | creation   | est_actif
            X     | ÉPIS RÉUNIS    | 5710                | 01.11Z              | 01.11Y                    | 2001-02-03 | true
        """,
        sirene="""
            siren | siret | siege | departement | est_actif
            X     | X.2   | true  | 2A          | true
            X     | X     | false | 01          | true
        """,
        expected="""
            siren | raison_sociale | libelle_categorie_juridique         | libelle_activite_principale                                                             | naf_section | libelle_naf_section                | naf25_section | libelle_naf25_section             | departement | siret_siege | libelle_departement | region | libelle_region | creation   | est_actif
            X     | ÉPIS RÉUNIS    | SAS, société par actions simplifiée | Culture de céréales (à l'exception du riz), de légumineuses et de graines oléagineuses  | A           | Agriculture, sylviculture et pêche | A             | AGRICULTURE, SYLVICULTURE ET PÊCHE | 2A          | X.2         | Corse-du-Sud        | 94     | Corse          | 2001-02-03 | true
        """,
    ),
    case(
        "unknown codes keep their code and have no label; a company without head office stays",
        sirene_ul="""
            siren | raison_sociale | categorie_juridique | activite_principale | activite_principale_naf25
            X     | X              | 5465                | 41.19A              | 41.19A
        """,
        expected="""
            siren | categorie_juridique | libelle_categorie_juridique | activite_principale | libelle_activite_principale | naf_section | activite_principale_naf25 | libelle_activite_principale_naf25 | naf25_section | departement | siret_siege | region
            X     | 5465                |                             | 41.19A              |                             |             | 41.19A                    |                                   |               |             |             |
        """,
    ),
    case(
        "of two head offices: the active one, then the one in a known department, then the most recent (W10)",
        sirene_ul="""
            siren    | raison_sociale
            ACTIVE   | active
            PLACED   | placed
            RECENT   | recent
        """,
        sirene="""
            siren  | siret    | siege | departement | est_actif | date_creation
            ACTIVE | ACTIVE   | true  |             | true      | 2001-01-01
            ACTIVE | ACTIVE.2 | true  | 2A          | false     | 2002-01-01
            PLACED | PLACED   | true  | 2A          | true      | 2001-01-01
            PLACED | PLACED.2 | true  |             | true      | 2002-01-01
            RECENT | RECENT   | true  | 01          | true      | 2002-01-01
            RECENT | RECENT.2 | true  | 2A          | true      | 2001-01-01
        """,
        expected="""
            siren  | siret_siege | departement
            ACTIVE | ACTIVE      |
            PLACED | PLACED      | 2A
            RECENT | RECENT      | 01
        """,
    ),
    case(
        "a company on two lines has one row: the last (W10)",
        sirene_ul="""
            siren | raison_sociale
            X     | ANCIEN NOM
            X     | NOUVEAU NOM
        """,
        expected="""
            siren | raison_sociale
            X     | NOUVEAU NOM
        """,
    ),
    case(
        "a sole trader has the names that are known, one space between them (Q24); a masked name is unknown",
        sirene_ul="""
            siren   | raison_sociale | nom_unite_legale | nom_usage_unite_legale | prenom1_unite_legale | prenom2_unite_legale
            PAUL    |                | DUPONT           |                        | JEAN                 | PAUL
            JEANNE  |                | DUPONT           | DURAND                 | JEANNE               |
            NOBODY  |                |                  |                        |                      |
            MASKED  | [ND]           |                  |                        |                      |
            HIDDEN  |                | [ND]             | [ND]                   | [ND]                 |
            HALF    |                | DUPONT           |                        | [ND]                 |
            COMPANY | DUPONT ET FILS | DUPONT           |                        | JEAN                 |
        """,
        expected="""
            siren   | raison_sociale
            COMPANY | DUPONT ET FILS
            JEANNE  | DUPONT DURAND JEANNE EI
            MASKED  |
            HIDDEN  |
            HALF    |
            NOBODY  |
            PAUL    | DUPONT JEAN PAUL EI
        """,
    ),
]


@on_every_engine
def test_the_legal_units_with_their_labels(engine):
    check(
        engine,
        clean_sirene_ul,
        UNITS,
        inputs={"sirene_ul": SIRENE_UL.staging, "sirene": SIRENE.staging},
        output=CLEAN_SIRENE_UL,
        categories=engine.from_arrow(reference_tables.load("categories_juridiques")),
        **places(engine),
    )
