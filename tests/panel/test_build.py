"""The panel: what was known at the end of each month."""

from datetime import date

from harness.rules import case, check, on_every_engine
from panel.whole_panel import INPUTS, whole_panel
from signaux_faibles.panel.schema import PANEL
from signaux_faibles.relations.calendar import Calendar

HERE = """
    siren | departement | activite_principale | creation
    X     | 87          | 25.62B              | 2018-11-20
"""
TWENTY = """
    siren | periode    | effectif_ent | known_at   | known_at_assumed
    X     | 2019-12-01 | 20           | 2020-01-15 | false
"""
TWO_ESTABLISHMENTS = """
    siren | siret | periode    | part_ouvriere | part_patronale | impaye_depuis | dette_nouvelle | rembourse
    X     | X     | 2020-01-01 | 100.10        | 200            | 2019-11-01    | 300.10         | 0
    X     | X.2   | 2020-01-01 | 0             | 50             | 2019-10-01    | 50             | 0
    X     | X     | 2020-02-01 | 0             | 100            | 2019-11-01    | 0              | 200.10
    X     | X.2   | 2020-02-01 | 0             | 0              |               | 0              | 50
    X     | X     | 2020-03-01 | 0             | 0              |               | 0              | 100
"""

# The cases are companies of one country, whose last month of headcount is December 2019 at the end of January and of
# February 2020, and February 2020 from March on; its debts are known from January to April 2020.
CASES = [
    case(
        "a headcount counts from the day on which it is known, and grows stale until the next",
        clean_sirene_ul=HERE,
        known_effectif_ent="""
            siren | periode    | effectif_ent | known_at   | known_at_assumed
            X     | 2019-10-01 | 20           | 2020-02-28 | true
            X     | 2019-11-01 | 18           | 2020-04-01 | false
        """,
        expected="""
            siren | periode    | effectif | effectif_anciennete | effectif_known_at | known_at_assumed | age_entreprise
            X     | 2020-02-01 | 20       | 4                   | 2020-02-28        | 1                | 15
            X     | 2020-03-01 | 20       | 5                   | 2020-02-28        | 1                | 16
            X     | 2020-04-01 | 18       | 5                   | 2020-04-01        | 0                | 17
        """,
    ),
    case(
        "a revision is read from the day on which it is known, an older month never replaces a newer one",
        clean_sirene_ul=HERE,
        known_effectif_ent="""
            siren | periode    | effectif_ent | known_at   | known_at_assumed
            X     | 2019-12-01 | 20           | 2020-02-10 | false
            X     | 2019-12-01 | 25           | 2020-03-10 | false
            X     | 2019-11-01 | 50           | 2020-04-10 | false
        """,
        expected="""
            siren | periode    | effectif | effectif_known_at
            X     | 2020-02-01 | 20       | 2020-02-10
            X     | 2020-03-01 | 25       | 2020-03-10
            X     | 2020-04-01 | 25       | 2020-03-10
        """,
    ),
    case(
        "a change compares two months as they were known; it is unknown when one end is",
        clean_sirene_ul=HERE,
        known_effectif_ent="""
            siren | periode    | effectif_ent | known_at   | known_at_assumed
            X     | 2019-02-01 | 40           | 2020-02-10 | false
            X     | 2019-08-01 | 25           | 2020-02-10 | false
            X     | 2020-02-01 | 20           | 2020-03-10 | false
            X     | 2019-08-01 | 10           | 2020-04-10 | false
        """,
        expected="""
            siren | periode    | effectif | effectif_evolution_6 | effectif_evolution_12
            X     | 2020-02-01 | 25       | -0.375               |
            X     | 2020-03-01 | 20       | -0.2                 | -0.5
            X     | 2020-04-01 | 20       | 1.0                  | -0.5
        """,
    ),
    case(
        "a headcount is late from the last month known of any company; ten employees make it followed",
        clean_sirene_ul="""
            siren | departement
            X     | 87
            Y     | 87
            Z     | 87
        """,
        known_effectif_ent="""
            siren | periode    | effectif_ent | known_at   | known_at_assumed
            X     | 2019-12-01 | 10           | 2020-04-10 | false
            Y     | 2019-10-01 | 30           | 2020-04-10 | false
            Y     | 2019-11-01 | 9            | 2020-04-10 | false
            Z     | 2019-12-01 | 9            | 2020-04-10 | false
        """,
        expected="""
            siren | periode    | effectif | effectif_retard
            X     | 2020-04-01 | 10       | 2
            Y     | 2020-04-01 | 9        | 3
        """,
    ),
    case(
        "a company leaves the perimeter 36 months after its last ten employees",
        clean_sirene_ul="""
            siren | departement
            X     | 87
            Y     | 87
        """,
        known_effectif_ent="""
            siren | periode    | effectif_ent | known_at   | known_at_assumed
            X     | 2017-01-01 | 10           | 2020-02-10 | false
            Y     | 2019-12-01 | 12           | 2020-02-10 | false
            Y     | 2020-01-01 | 12           | 2020-03-10 | false
            Y     | 2020-02-01 | 12           | 2020-04-10 | false
        """,
        expected="""
            siren | periode    | effectif | effectif_retard
            X     | 2020-02-01 | 10       | 35
            Y     | 2020-02-01 | 12       | 0
            Y     | 2020-03-01 | 12       | 1
            Y     | 2020-04-01 | 12       | 0
        """,
    ),
    case(
        "public bodies, excluded activities and companies without a head office in France are not of the panel",
        clean_sirene_ul="""
            siren | departement | categorie_juridique | activite_principale
            X     | 87          | 7210                | 25.62B
            Y     | 87          | 5710                | 65.11Z
            Z     |             | 5710                | 25.62B
        """,
        known_effectif_ent="""
            siren | periode    | effectif_ent | known_at   | known_at_assumed
            X     | 2019-12-01 | 20           | 2020-01-15 | false
            Y     | 2019-12-01 | 20           | 2020-01-15 | false
            Z     | 2019-12-01 | 20           | 2020-01-15 | false
        """,
        expected="siren | periode",
    ),
    case(
        "the nomenclature in force judges the activity, and the section is given in both",
        clean_sirene_ul="""
            siren | departement | categorie_juridique | activite_principale | activite_principale_naf25
            X     | 87          | 5710                |                     | 62.10Y
            Y     | 87          | 5710                | 64.99Z              | 64.22Y
            Z     | 87          | 5710                |                     | 65.11Y
        """,
        activities="""
            siren | nomenclature | rev2_1 | naf25_1
            X     | NAF2025      | J      | K
            Y     | NAF2025      | K      | L
            Z     | NAF2025      | K      | L
        """,
        known_effectif_ent="""
            siren | periode    | effectif_ent | known_at   | known_at_assumed
            X     | 2019-12-01 | 20           | 2020-04-15 | false
            Y     | 2019-12-01 | 20           | 2020-04-15 | false
            Z     | 2019-12-01 | 20           | 2020-04-15 | false
        """,
        expected="""
            siren | periode    | naf_section | naf25_section
            X     | 2020-04-01 | J           | K
            Y     | 2020-04-01 | K           | L
        """,
    ),
    case(
        "debts are summed over the establishments; a month without row owes nothing",
        clean_sirene_ul=HERE,
        known_effectif_ent=TWENTY,
        debt_by_month=TWO_ESTABLISHMENTS,
        expected="""
            siren | periode    | part_ouvriere | part_patronale | age_dette
            X     | 2020-01-01 | 100.10        | 250            | 3
            X     | 2020-02-01 | 0             | 100            | 3
            X     | 2020-03-01 | 0             | 0              |
            X     | 2020-04-01 | 0             | 0              |
        """,
    ),
    case(
        "changes, peaks and the debt per employee are those of the whole company",
        clean_sirene_ul=HERE,
        known_effectif_ent=TWENTY,
        debt_by_month=TWO_ESTABLISHMENTS,
        expected="""
            siren | periode    | dette_evolution_3 | dette_max_12 | dette_par_salarie
            X     | 2020-01-01 |                   | 350.10       | 17.505
            X     | 2020-02-01 |                   | 350.10       | 5.0
            X     | 2020-03-01 |                   | 350.10       | 0.0
            X     | 2020-04-01 | -350.10           | 350.10       | 0.0
        """,
    ),
    case(
        "a debt of anyone, followed or not, shows that the source describes the month",
        debt_by_month="""
            siren | siret | periode    | part_ouvriere | part_patronale | dette_nouvelle | rembourse
            X     | X     | 2020-04-01 | 1             | 1              | 2              | 0
        """,
        expected="siren | periode",
    ),
    case(
        "movements and months with an employee share unpaid are those of the year up to the month",
        clean_sirene_ul=HERE,
        known_effectif_ent=TWENTY,
        debt_by_month="""
            siren | siret | periode    | part_ouvriere | part_patronale | dette_nouvelle | rembourse
            X     | X     | 2020-01-01 | 100.10        | 250            | 350.10         | 0
            X     | X     | 2020-02-01 | 50            | 100            | 0              | 200.10
            X     | X     | 2020-03-01 | 0             | 0              | 0              | 150
        """,
        expected="""
            siren | periode    | dette_nouvelle_12 | rembourse_12 | mois_impayes_12
            X     | 2020-01-01 | 350.10            | 0            | 1
            X     | 2020-02-01 | 350.10            | 200.10       | 2
            X     | 2020-03-01 | 350.10            | 350.10       | 2
            X     | 2020-04-01 | 350.10            | 350.10       | 2
        """,
    ),
    case(
        "a procedure counts from the month in which it is known, even if it took effect before",
        clean_sirene_ul=HERE,
        known_effectif_ent=TWENTY,
        known_procol="""
            siren | date_effet | action_procol | stade_procol  | known_at
            X     | 2020-01-20 | redressement  | ouverture     | 2020-02-05
            X     | 2020-04-02 | redressement  | fin_procedure | 2020-04-28
        """,
        expected="""
            siren | periode    | in_bonis | procedure_anterieure
            X     | 2020-01-01 | true     | false
            X     | 2020-02-01 | false    | true
            X     | 2020-03-01 | false    | true
            X     | 2020-04-01 | true     | true
        """,
    ),
    case(
        "an end that is known before the opening it ends closes it for good",
        clean_sirene_ul=HERE,
        known_effectif_ent=TWENTY,
        known_procol="""
            siren | date_effet | action_procol | stade_procol  | known_at
            X     | 2020-01-20 | redressement  | ouverture     | 2020-03-05
            X     | 2020-01-25 | redressement  | fin_procedure | 2020-02-28
        """,
        expected="""
            siren | periode    | in_bonis | procedure_anterieure
            X     | 2020-01-01 | true     | false
            X     | 2020-02-01 | true     | false
            X     | 2020-03-01 | true     | true
            X     | 2020-04-01 | true     | true
        """,
    ),
]  # fmt: skip


@on_every_engine
def test_the_panel_says_what_was_known(engine):
    calendar = Calendar.between(engine, date(2019, 1, 1), date(2020, 4, 1))
    check(engine, lambda **tables: whole_panel(tables, calendar), CASES, inputs=INPUTS, output=PANEL)
