# ruff: noqa: E501 (a row of a table stays on one line)
"""Who directs a company, from the successive documents of the register (open-data §2.9)."""

import pyarrow as pa

from harness.rules import case, check, on_every_engine
from signaux_faibles.reference_tables.tables import load
from signaux_faibles.relations.schema import Field, Kind, Schema
from signaux_faibles.sources.inpi.rne import RNE
from signaux_faibles.tables.register.directors import DIRECTORS, directors

DELIVERIES = Schema(
    "rne",
    (*RNE.staging.fields, Field("delivered_at", Kind.DATE), Field("is_first", Kind.BOOLEAN)),
    ("siren",),
)

CASES = [
    case(
        "a person and a company, known since the day of the document; the label of the role, if we know it",
        deliveries="""
            siren | line | rang | role | nom    | nom_usage | prenoms  | mois_naissance | siren_dirigeant | denomination_dirigeant | date_effet | date_mise_a_jour | delivered_at | is_first
            X     | 1    | 1    | 30   | DUPONT | MARTIN    | Léa,Anne | 1970-05        |                 |                        | 2019-03-01 | 2024-02-03       | 2024-11-30   | true
            X     | 1    | 2    | 999  |        |           |          |                | Y               | HOLDING                |            | 2024-02-03       | 2024-11-30   | true
        """,
        expected="""
            siren | nature     | role | role_libelle | nom    | nom_usage | prenoms  | mois_naissance | siren_dirigeant | denomination | debut      | known_at   | known_at_assumed | fin_connue | est_actuel
            X     | entreprise | 999  |              |        |           |          |                | Y               | HOLDING      |            | 2024-02-03 | false            |            | true
            X     | personne   | 30   | Gérant       | DUPONT | MARTIN    | Léa,Anne | 1970-05        |                 |              | 2019-03-01 | 2024-02-03 | false            |            | true
        """,
    ),
    case(
        "one leaves, one comes, one comes back: what a later document no longer reports has ended by then",
        deliveries="""
            siren | line | rang | role | nom | date_mise_a_jour | delivered_at | is_first
            X     | 1    | 1    | 30   | A   | 2020-01-10       | 2024-11-30   | true
            X     | 1    | 2    | 30   | B   | 2020-01-10       | 2024-11-30   | true
            X     | 2    | 1    | 30   | B   | 2021-02-10       | 2024-11-30   | true
            X     | 3    | 1    | 30   | B   | 2022-03-10       | 2024-11-30   | true
            X     | 3    | 2    | 30   | A   | 2022-03-10       | 2024-11-30   | true
        """,
        expected="""
            siren | nom | known_at   | fin_connue | est_actuel
            X     | A   | 2020-01-10 | 2021-02-10 | false
            X     | A   | 2022-03-10 |            | true
            X     | B   | 2020-01-10 |            | true
        """,
    ),
    case(
        "a company twice in one file, the newer document first: the stock of March 2026 has 253 of them",
        deliveries="""
            siren | line | rang | role | nom | date_mise_a_jour | delivered_at | is_first
            X     | 1    | 1    | 30   | B   | 2025-11-02       | 2026-03-31   | true
            X     | 2    | 1    | 30   | A   | 2023-05-14       | 2026-03-31   | true
        """,
        expected="""
            siren | nom | known_at   | fin_connue | est_actuel
            X     | A   | 2023-05-14 | 2025-11-02 | false
            X     | B   | 2025-11-02 |            | true
        """,
    ),
    case(
        "the same role reported twice in a document is one; another role of the same person is another mandate",
        deliveries="""
            siren | line | rang | role | nom | date_mise_a_jour | delivered_at | is_first
            X     | 1    | 1    | 53   | A   | 2020-01-10       | 2024-11-30   | true
            X     | 1    | 2    | 53   | A   | 2020-01-10       | 2024-11-30   | true
            X     | 1    | 3    | 65   | A   | 2020-01-10       | 2024-11-30   | true
        """,
        expected="""
            siren | role | nom
            X     | 53   | A
            X     | 65   | A
        """,
    ),
    case(
        "a partial document, without a list of powers, ends nothing; an empty list ends all",
        deliveries="""
            siren | line | rang | role | nom | date_mise_a_jour | delivered_at | is_first | dirigeants_dits
            X     | 1    | 1    | 30   | A   | 2024-01-01       | 2025-11-30   | true     | true
            X     | 2    |      |      |     | 2025-03-18       | 2025-11-30   | true     | false
            Y     | 3    | 1    | 30   | B   | 2024-01-01       | 2025-11-30   | true     | true
            Y     | 4    |      |      |     | 2025-03-18       | 2025-11-30   | true     | true
            Z     | 5    |      |      |     | 2025-03-18       | 2025-11-30   | true     | false
        """,
        expected="""
            siren | nom | known_at   | fin_connue | est_actuel
            X     | A   | 2024-01-01 |            | true
            Y     | B   | 2024-01-01 | 2025-03-18 | false
        """,
    ),
    case(
        "the words of the register stand for the label of a role that has none",
        deliveries="""
            siren | line | rang | role | role_precise                       | nom | date_mise_a_jour | delivered_at | is_first
            X     | 1    | 1    | 99   | Membre du conseil d'administration | A   | 2024-01-01       | 2025-11-30   | true
            X     | 1    | 2    | 30   | Gérant unique                      | B   | 2024-01-01       | 2025-11-30   | true
        """,
        expected="""
            siren | nom | role | role_libelle
            X     | A   | 99   | Membre du conseil d'administration
            X     | B   | 30   | Gérant
        """,
    ),
    case(
        "without a date, the batch; assumed if it is our first; a day after the delivery is a mistake",
        deliveries="""
            siren | line | rang | role | nom | date_mise_a_jour | delivered_at | is_first | batch
            X     | 1    | 1    | 30   | A   |                  | 2024-11-30   | true     | 2411
            X     | 1    | 1    | 30   | B   |                  | 2024-12-31   | false    | 2412
            X     | 1    | 1    | 30   | C   | 2042-01-01       | 2025-01-31   | false    | 2501
        """,
        expected="""
            siren | nom | known_at   | known_at_assumed | fin_connue
            X     | A   | 2024-11-30 | true             | 2024-12-31
            X     | B   | 2024-12-31 | false            | 2025-01-31
            X     | C   | 2025-01-31 | false            |
        """,
    ),
    case(
        "of several documents of one day the last; a power that no longer holds is none; no director, no row",
        deliveries="""
            siren | line | rang | role | nom | actif | date_mise_a_jour | delivered_at | is_first | batch
            X     | 1    | 1    | 30   | A   |       | 2024-02-03       | 2024-11-30   | true     | 2411
            X     | 9    | 1    | 30   | B   | true  | 2024-02-03       | 2024-12-31   | false    | 2412
            X     | 9    | 2    | 30   | C   | false | 2024-02-03       | 2024-12-31   | false    | 2412
            Y     | 3    |      |      |     |       | 2024-02-03       | 2024-11-30   | true     | 2411
        """,
        expected="""
            siren | nom | known_at
            X     | B   | 2024-02-03
        """,
    ),
    case(
        "a last document without director ends them all",
        deliveries="""
            siren | line | rang | role | nom | date_mise_a_jour | delivered_at | is_first
            X     | 1    | 1    | 30   | A   | 2020-01-10       | 2024-11-30   | true
            X     | 2    |      |      |     | 2021-02-10       | 2024-11-30   | true
        """,
        expected="""
            siren | nom | fin_connue | est_actuel
            X     | A   | 2021-02-10 | false
        """,
    ),
]


def _rule(engine):
    roles: pa.Table = load("roles_rne")
    return lambda deliveries: directors(deliveries, engine.from_arrow(roles))


@on_every_engine
def test_the_directors_of_a_company(engine):
    check(engine, _rule(engine), CASES, inputs={"deliveries": DELIVERIES}, output=DIRECTORS)


def test_no_day_of_birth_has_a_place():
    assert not [name for name in (*DIRECTORS.names, *RNE.staging.names) if "naissance" in name and "mois" not in name]
