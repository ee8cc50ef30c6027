"""Payments to suppliers, activité partielle and payment plans, as known in each month."""

from datetime import date

from harness.rules import case, check, on_every_engine
from panel.whole_panel import INPUTS, whole_panel
from signaux_faibles.panel.build import LastDeliveries
from signaux_faibles.panel.schema import PANEL
from signaux_faibles.relations.calendar import Calendar

HERE = """
    siren | departement | activite_principale | creation
    X     | 87          | 25.62B              | 2010-11-20
"""
TWENTY = """
    siren | periode    | effectif_ent | known_at   | known_at_assumed
    X     | 2019-12-01 | 20           | 2020-01-15 | false
"""

CASES = [
    case(
        "the lateness of a month is known in the next one, the last value of the month wins, shares stay in 0-100",
        clean_sirene_ul=HERE,
        known_effectif_ent=TWENTY,
        paydex="""
            siren | date_valeur | periode    | paydex | fpi_30 | fpi_90
            X     | 2019-01-31  | 2019-01-01 | 5      |        |
            X     | 2020-01-31  | 2020-01-01 | 15     | 110    | -2
            X     | 2020-01-15  | 2020-01-01 | 99     | 99     | 99
        """,
        expected="""
            siren | periode    | paydex | paydex_evolution_12 | fpi_30 | fpi_90
            X     | 2020-01-01 |        |                     |        |
            X     | 2020-02-01 | 15     | 10                  | 100    | 0
            X     | 2020-03-01 |        |                     |        |
        """,
    ),
    case(
        "hours consumed in a month count two months later, for a year; none is known before the source begins",
        clean_sirene_ul=HERE,
        known_effectif_ent=TWENTY,
        apconso="""
            siret | id_demande | periode    | heures  | line
            X     | A          | 2019-12-01 | 1820.04 | 1
            X.2   | B          | 2019-12-01 | 1820.04 | 2
            X     | A          | 2020-01-01 | 0       | 3
        """,
        expected="""
            siren | periode    | ap_etp_12 | ap_mois_12
            X     | 2020-01-01 |           |
            X     | 2020-02-01 | 2         | 1
            X     | 2020-03-01 | 2         | 1
        """,
    ),
    case(
        "a plan counts from the month in which it becomes known until its last instalment, if it was granted",
        clean_sirene_ul=HERE,
        known_effectif_ent=TWENTY,
        delai="""
            siret | date_creation | date_echeance | stade
            X     | 2020-01-10    | 2020-03-15    | APPROB
            X     | 2020-02-01    | 2021-03-15    | REFUS
        """,
        expected="""
            siren | periode    | delai_en_cours
            X     | 2020-01-01 | false
            X     | 2020-02-01 | true
            X     | 2020-03-01 | false
        """,
    ),
]


NEVER_DELIVERED = [
    case(
        "a source that was never delivered says nothing: neither zero nor false",
        clean_sirene_ul=HERE,
        known_effectif_ent=TWENTY,
        expected="""
            siren | periode    | ap_etp_12 | ap_mois_12 | delai_en_cours | paydex | marge_ebe
            X     | 2020-01-01 |           |            |                |        |
            X     | 2020-02-01 |           |            |                |        |
            X     | 2020-03-01 |           |            |                |        |
        """,
    ),
]


@on_every_engine
def test_a_source_never_delivered_is_unknown(engine):
    calendar = Calendar.between(engine, date(2019, 1, 1), date(2020, 3, 1))
    nothing = LastDeliveries(short_time=None, plans=None)
    rule = lambda **tables: whole_panel(tables, calendar, nothing)  # noqa: E731
    check(engine, rule, NEVER_DELIVERED, inputs=INPUTS, output=PANEL)


@on_every_engine
def test_the_panel_reads_each_source_as_it_was_known(engine):
    calendar = Calendar.between(engine, date(2019, 1, 1), date(2020, 3, 1))
    check(engine, lambda **tables: whole_panel(tables, calendar), CASES, inputs=INPUTS, output=PANEL)
