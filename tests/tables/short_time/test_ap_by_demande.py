"""Activité partielle demand by demand."""

from datetime import date

from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.sources.dgefp.apconso import APCONSO
from signaux_faibles.sources.dgefp.apdemande import APDEMANDE
from signaux_faibles.tables.short_time.ap_by_demande import AP_BY_DEMANDE, ap_by_demande

CASES = [
    case(
        "hours spread over the days of the demand, against the hours consumed under its number",
        apdemande="""
            siret | id_demande | periode_debut | periode_fin | heures
            X     | a          | 2020-01-02    | 2020-03-01  | 600
        """,
        apconso="""
            siret | id_demande | periode    | heures
            X     | a          | 2020-01-31 | 250
            X     | a          | 2020-03-01 | 400.5
            X     | a          | 2020-05-01 |
        """,
        expected="""
            siret | siren | id_demande | periode    | heures_autorisees | heures_consommees | reste | demande_connue
            X     | X     | a          | 2020-01-01 | 300               | 250               | 350   | true
            X     | X     | a          | 2020-02-01 | 290               |                   | 350   | true
            X     | X     | a          | 2020-03-01 | 10                | 400.5             | -50.5 | true
            X     | X     | a          | 2020-05-01 |                   |                   | -50.5 | true
        """,
    ),
    case(
        "a consumption under a number that no demand bears is shown as such",
        apconso="""
            siret | id_demande | periode    | heures
            X     | b          | 2020-01-01 | 10
        """,
        expected="""
            siret | id_demande | periode    | heures_autorisees | heures_consommees | reste | demande_connue
            X     | b          | 2020-01-01 |                   | 10                |       | false
        """,
    ),
    case(
        "hours consumed by another establishment than the one that asked stay with it",
        apdemande="""
            siret | id_demande | periode_debut | periode_fin | heures
            X     | c          | 2020-01-01    | 2020-01-31  | 100
            Y     | d          | 2020-01-01    | 2020-01-31  |
        """,
        apconso="""
            siret | id_demande | periode    | heures
            X     | c          | 2020-01-01 | 70
            X.2   | c          | 2020-01-01 | 20
        """,
        expected="""
            siret | id_demande | periode    | heures_autorisees | heures_consommees | reste | demande_connue
            X     | c          | 2020-01-01 | 100               | 70                | 30    | true
            X.2   | c          | 2020-01-01 |                   | 20                | 80    | true
            Y     | d          | 2020-01-01 |                   |                   |       | true
        """,
    ),
]


@on_every_engine
def test_what_was_authorised_against_what_was_consumed(engine):
    calendar = Calendar.between(engine, date(2020, 1, 1), date(2020, 12, 1))
    check(
        engine,
        lambda apdemande, apconso: ap_by_demande(apdemande, apconso, calendar),
        CASES,
        inputs={"apdemande": APDEMANDE.staging, "apconso": APCONSO.staging},
        output=AP_BY_DEMANDE,
    )
