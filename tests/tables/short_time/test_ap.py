# ruff: noqa: E501 (a row of a table stays on one line)
"""Activité partielle by month (import-chain §8.1)."""

from datetime import date

from harness.rules import case, check, on_every_engine
from signaux_faibles.perimeter.perimeter import CLEAN_FILTER
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.sources.dgefp.apconso import APCONSO
from signaux_faibles.sources.dgefp.apdemande import APDEMANDE
from signaux_faibles.tables.short_time.ap import CLEAN_AP, clean_ap

ONLY_X = """
    siren
    X
"""
EXAMPLE = [
    case(
        "the worked example of the reference: hours repeated each month, an inverted demand, unknown hours",
        companies=ONLY_X,
        apdemande="""
            siret | id_demande | periode_debut | periode_fin | heures | motif_recours
            X     | d1         | 2020-01-15    | 2020-03-10  | 303.34 | 1
            X     | d2         | 2020-02-15    | 2020-02-20  | 151.67 | 5
            X     | d3         | 2020-02-15    | 2020-02-20  |        |
            X     | d4         | 2020-05-15    | 2020-02-20  | 151.67 | 1
        """,
        apconso="""
            siret | id_demande | periode    | heures
            X     | d1         | 2020-02-01 | 151.67
            X     | d2         | 2020-02-01 | 151.67
            X     | d2         | 2020-04-01 |
            OTHER | d9         | 2020-06-01 | 10
        """,
        expected="""
            siret | siren | periode    | etp_autorise | etp_consomme | motif_recours                                                  | is_last
            X     | X     | 2020-01-01 | 2            | 0            | Conjoncture économique                                         | false
            X     | X     | 2020-02-01 | 3            | 2            | Autres circonstances exceptionnelles; Conjoncture économique   | false
            X     | X     | 2020-03-01 | 2            | 0            | Conjoncture économique                                         | false
            X     | X     | 2020-04-01 | 0            | 0            |                                                                | false
        """,
    ),
    case(
        "a consumption of the latest month of the whole file is marked, whoever it is of",
        companies="""
            siren
            Y
        """,
        apconso="""
            siret | id_demande | periode    | heures
            Y     | b1         | 2020-06-01 | 151.67
            Y     | b1         | 2020-05-01 | 75.835
        """,
        expected="""
            siret | periode    | etp_consomme | is_last
            Y     | 2020-05-01 | 0.5          | false
            Y     | 2020-06-01 | 1            | true
        """,
    ),
    case(
        "what nobody reported is 0 in the contract and unknown beside",
        companies=ONLY_X,
        apdemande="""
            siret | id_demande | periode_debut | periode_fin | heures
            X     | c1         | 2020-01-15    | 2020-01-20  |
            X     | c2         | 2020-02-15    | 2020-02-20  | 0
        """,
        expected="""
            siret | periode    | etp_autorise | etp_consomme | etp_autorise_reparti | etp_autorise_connu | etp_consomme_connu
            X     | 2020-01-01 | 0            | 0            |                      |                    |
            X     | 2020-02-01 | 0            | 0            | 0                    | 0                  |
        """,
    ),
    case(
        "beside, the hours of a demand are spread over its days: 30, 29 and 1 of 60",
        companies=ONLY_X,
        apdemande="""
            siret | id_demande | periode_debut | periode_fin | heures
            X     | x1         | 2020-01-02    | 2020-03-01  | 910.02
        """,
        expected="""
            siret | periode    | etp_autorise | etp_autorise_reparti
            X     | 2020-01-01 | 6            | 3
            X     | 2020-02-01 | 6            | 2.9
            X     | 2020-03-01 | 6            | 0.1
        """,
    ),
    case(
        "a demand inverted within one month covers that month",
        companies=ONLY_X,
        apdemande="""
            siret | id_demande | periode_debut | periode_fin | heures
            X     | e1         | 2020-01-20    | 2020-01-15  | 151.67
        """,
        expected="""
            siret | periode    | etp_autorise | etp_autorise_reparti
            X     | 2020-01-01 | 1            | 1
        """,
    ),
    case(
        "a demand or a consumption delivered twice counts once: the last decision, the last line (W6)",
        companies=ONLY_X,
        apdemande="""
            siret | id_demande | date_statut | periode_debut | periode_fin | heures
            X     | f1         | 2020-02-01  | 2020-01-15    | 2020-01-20  | 303.34
            X     | f1         | 2020-01-01  | 2020-01-15    | 2020-01-20  | 151.67
        """,
        apconso="""
            siret | id_demande | periode    | heures
            X     | f1         | 2020-01-01 | 303.34
            X     | f1         | 2020-01-01 | 151.67
        """,
        expected="""
            siret | periode    | etp_autorise | etp_consomme
            X     | 2020-01-01 | 2            | 1
        """,
    ),
    case(
        "codes 6 and 7 share a label; a consumption keeps its day (Q9)",
        companies=ONLY_X,
        apdemande="""
            siret | id_demande | periode_debut | periode_fin | heures | motif_recours
            X     | g1         | 2020-01-15    | 2020-01-20  | 151.67 | 7
            X     | g2         | 2020-01-15    | 2020-01-20  | 151.67 | 6
        """,
        apconso="""
            siret | id_demande | periode    | heures
            X     | g1         | 2020-01-30 | 151.67
        """,
        expected="""
            siret | periode    | etp_autorise | etp_consomme | motif_recours
            X     | 2020-01-01 | 2            | 0            | Motif inconnu
            X     | 2020-01-30 | 0            | 1            |
        """,
    ),
]


@on_every_engine
def test_activite_partielle_by_month(engine):
    calendar = Calendar.between(engine, date(2019, 1, 1), date(2020, 12, 1))
    check(
        engine,
        lambda apdemande, apconso, companies: clean_ap(apdemande, apconso, companies, calendar),
        EXAMPLE,
        inputs={"apdemande": APDEMANDE.staging, "apconso": APCONSO.staging, "companies": CLEAN_FILTER},
        output=CLEAN_AP,
    )
