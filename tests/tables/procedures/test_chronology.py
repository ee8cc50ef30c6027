"""What Urssaf and BODACC report about the procedures of a company, in one chronology."""

# ruff: noqa: E501 (a case a line)

from datetime import date

import narwhals.stable.v2 as nw
import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.tables.procedures.bodacc import BODACC_EVENTS, standing
from signaux_faibles.tables.procedures.chronology import PROCEDURES_CHRONOLOGY, procedures_chronology
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL

CASES = [
    case(
        "the same event within 30 days is one: the day of the judgment, known since the first that reported it",
        urssaf="""
            siren | date_effet | action_procol | stade_procol | known_at   | known_at_assumed
            X     | 2026-01-31 | sauvegarde    | ouverture    | 2026-02-21 | false
            Y     | 2026-01-08 | sauvegarde    | ouverture    | 2026-01-10 | true
            Z     | 2026-02-08 | sauvegarde    | ouverture    | 2026-02-21 | false
        """,
        bodacc="""
            siren | id | date_effet | action_procol | stade_procol | known_at
            X     | A1 | 2026-01-01 | sauvegarde    | ouverture    | 2026-01-20
            Y     | A2 | 2026-01-08 | sauvegarde    | ouverture    | 2026-01-20
            Z     | A3 | 2026-01-08 | sauvegarde    | ouverture    | 2026-01-20
        """,
        expected="""
            siren | date_effet | action_procol | stade_procol | date_urssaf | date_bodacc | known_at_urssaf | known_at_bodacc | id_bodacc | known_at   | known_at_assumed | ecart_jours | source_unique | libelle_procol
            X     | 2026-01-01 | sauvegarde    | ouverture    | 2026-01-31  | 2026-01-01  | 2026-02-21      | 2026-01-20      | A1        | 2026-01-20 | false            | 30          | false         | Sauvegarde
            Y     | 2026-01-08 | sauvegarde    | ouverture    | 2026-01-08  | 2026-01-08  | 2026-01-10      | 2026-01-20      | A2        | 2026-01-10 | true             | 0           | false         | Sauvegarde
            Z     | 2026-01-08 | sauvegarde    | ouverture    |             | 2026-01-08  |                 | 2026-01-20      | A3        | 2026-01-20 | false            |             | true          | Sauvegarde
            Z     | 2026-02-08 | sauvegarde    | ouverture    | 2026-02-08  |             | 2026-02-21      |                 |           | 2026-02-21 | false            |             | true          | Sauvegarde
        """,
    ),
    case(
        "Urssaf writes the opening of a liquidation in two ways: one event, in one word",
        urssaf="""
            siren | date_effet | action_procol | stade_procol         | known_at   | known_at_assumed
            X     | 2026-01-08 | liquidation   | judiciaire_ouverture | 2026-02-21 | false
            X     | 2026-01-08 | liquidation   | ouverture            | 2026-03-21 | false
        """,
        bodacc="""
            siren | id | date_effet | action_procol | stade_procol | known_at
            X     | A1 | 2026-01-08 | liquidation   | ouverture    | 2026-01-20
            X     | A2 | 2026-01-08 | liquidation   | ouverture    | 2026-01-25
        """,
        expected="""
            siren | date_effet | action_procol | stade_procol | known_at_urssaf | id_bodacc | known_at   | libelle_procol
            X     | 2026-01-08 | liquidation   | ouverture    | 2026-02-21      | A1        | 2026-01-20 | Liquidation judiciaire
        """,
    ),
    case(
        "Urssaf ends a procedure in several words: one event, in one word",
        urssaf="""
            siren | date_effet | action_procol | stade_procol               | known_at   | known_at_assumed
            X     | 2026-01-08 | liquidation   | cloture_insuffisance_actif | 2026-02-21 | false
            Y     | 2026-01-08 | redressement  | abandon_procedure          | 2026-02-21 | false
        """,
        bodacc="""
            siren | id | date_effet | action_procol | stade_procol  | known_at
            X     | A1 | 2026-01-10 | liquidation   | fin_procedure | 2026-01-20
        """,
        expected="""
            siren | date_effet | action_procol | stade_procol  | date_urssaf | source_unique | libelle_procol
            X     | 2026-01-10 | liquidation   | fin_procedure | 2026-01-08  | false         | In bonis
            Y     | 2026-01-08 | redressement  | fin_procedure | 2026-01-08  | true          | In bonis
        """,
    ),
    case(
        "Urssaf separates its words in any way: the same kinds, the same stages",
        urssaf="""
            siren | date_effet | action_procol          | stade_procol                    | known_at   | known_at_assumed
            A     | 2026-01-08 | redressement ouverture |                                 | 2026-02-21 | false
            B     | 2026-01-08 | redressement           | plan de continuation            | 2026-02-21 | false
            C     | 2026-01-08 | redressement           | fin de procédure                | 2026-02-21 | false
            D     | 2026-01-08 | liquidation            | clôture-insuffisance d'actif    | 2026-02-21 | false
            E     | 2026-01-08 | sauvegarde             | inclusion dans autre procédure  | 2026-02-21 | false
            F     | 2026-01-08 | liquidation judiciaire | ouverture                       | 2026-02-21 | false
            G     | 2026-01-08 | ouverture liquidation  | fin                             | 2026-02-21 | false
        """,
        bodacc="""
            siren | id | date_effet | action_procol | stade_procol | known_at
            A     | A1 | 2026-01-08 | redressement  | ouverture    | 2026-01-20
        """,
        expected="""
            siren | date_effet | action_procol | stade_procol                   | id_bodacc | libelle_procol
            A     | 2026-01-08 | redressement  | ouverture                      | A1        | Redressement judiciaire
            B     | 2026-01-08 | redressement  | plan_continuation              |           | Plan de redressement
            C     | 2026-01-08 | redressement  | fin_procedure                  |           | In bonis
            D     | 2026-01-08 | liquidation   | fin_procedure                  |           | In bonis
            E     | 2026-01-08 | sauvegarde    | inclusion_dans_autre_procedure |           | Sauvegarde
            F     | 2026-01-08 | liquidation   | ouverture                      |           | Liquidation judiciaire
            G     | 2026-01-08 | liquidation   | ouverture_fin                  |           | Liquidation judiciaire
        """,
    ),
    case(
        "of two events within reach the nearest is the same; the other stays alone",
        urssaf="""
            siren | date_effet | action_procol | stade_procol      | known_at   | known_at_assumed
            X     | 2026-01-10 | sauvegarde    | plan_continuation | 2026-02-21 | false
        """,
        bodacc="""
            siren | id | date_effet | action_procol | stade_procol      | known_at
            X     | A1 | 2026-01-08 | sauvegarde    | plan_continuation | 2026-01-20
            X     | A2 | 2026-01-20 | sauvegarde    | plan_continuation | 2026-01-30
        """,
        expected="""
            siren | date_effet | date_urssaf | date_bodacc | id_bodacc | ecart_jours | source_unique | etat_oppose | libelle_procol
            X     | 2026-01-08 | 2026-01-10  | 2026-01-08  | A1        | 2            | false         |             | Plan de sauvegarde
            X     | 2026-01-20 |             | 2026-01-20  | A2        |              | true          |             | Plan de sauvegarde
        """,
    ),
    case(
        "another stage, or another kind, is another event",
        urssaf="""
            siren | date_effet | action_procol | stade_procol      | known_at   | known_at_assumed
            X     | 2026-01-08 | redressement  | plan_continuation | 2026-02-21 | false
        """,
        bodacc="""
            siren | id | date_effet | action_procol | stade_procol | known_at
            X     | A1 | 2026-01-08 | redressement  | plan_cession | 2026-01-20
        """,
        expected="""
            siren | date_effet | action_procol | stade_procol      | source_unique | etat_oppose
            X     | 2026-01-08 | redressement  | plan_cession      | true          |
            X     | 2026-01-08 | redressement  | plan_continuation | true          |
        """,
    ),
    case(
        "opposite states are shown on both sides: over for the one and not for the other, or two kinds opened",
        urssaf="""
            siren | date_effet | action_procol | stade_procol              | known_at   | known_at_assumed
            X     | 2026-01-08 | redressement  | fin_procedure             | 2026-02-21 | false
            Y     | 2026-01-08 | sauvegarde    | ouverture                 | 2026-02-21 | false
            Z     | 2026-01-08 | redressement  | inclusion_autre_procedure | 2026-02-21 | false
            S     | 2026-01-08 | redressement  | inclusion_autre_procedure | 2026-02-21 | false
        """,
        bodacc="""
            siren | id | date_effet | action_procol | stade_procol      | known_at
            X     | A1 | 2026-01-09 | redressement  | plan_continuation | 2026-01-20
            Y     | A2 | 2026-01-09 | redressement  | ouverture         | 2026-01-20
            Z     | A3 | 2026-01-09 | redressement  | fin_procedure     | 2026-01-20
            S     | A4 | 2026-01-05 | redressement  | plan_cession      | 2026-01-20
        """,
        expected="""
            siren | date_effet | action_procol | stade_procol              | etat_oppose
            X     | 2026-01-08 | redressement  | fin_procedure             | redressement plan_continuation
            X     | 2026-01-09 | redressement  | plan_continuation         | redressement fin_procedure
            Y     | 2026-01-08 | sauvegarde    | ouverture                 | redressement ouverture
            Y     | 2026-01-09 | redressement  | ouverture                 | sauvegarde ouverture
            Z     | 2026-01-08 | redressement  | inclusion_autre_procedure |
            Z     | 2026-01-09 | redressement  | fin_procedure             |
            S     | 2026-01-05 | redressement  | plan_cession              |
            S     | 2026-01-08 | redressement  | inclusion_autre_procedure |
        """,
    ),
    case(
        "a procedure is joined to another once: not again when the other is closed, but again if it was opened again",
        urssaf="""
            siren | date_effet | action_procol | stade_procol              | known_at   | known_at_assumed
            X     | 2022-08-03 | redressement  | inclusion_autre_procedure | 2022-09-21 | false
        """,
        bodacc="""
            siren | id | date_effet | action_procol | stade_procol              | known_at
            X     | A1 | 2021-11-07 | redressement  | ouverture                 | 2021-11-12
            X     | A2 | 2025-08-08 | redressement  | inclusion_autre_procedure | 2025-08-15
            X     | A2 | 2025-08-08 | liquidation   | fin_procedure             | 2025-08-15
            Y     | A3 | 2018-01-05 | redressement  | ouverture                 | 2018-01-20
            Y     | A4 | 2019-01-05 | redressement  | inclusion_autre_procedure | 2019-01-20
            Y     | A5 | 2020-01-05 | redressement  | inclusion_autre_procedure | 2020-01-20
            Y     | A6 | 2021-01-05 | redressement  | ouverture                 | 2021-01-20
            Y     | A7 | 2022-01-05 | redressement  | inclusion_autre_procedure | 2022-01-20
        """,
        expected="""
            siren | date_effet | action_procol | stade_procol              | id_bodacc
            X     | 2021-11-07 | redressement  | ouverture                 | A1
            X     | 2022-08-03 | redressement  | inclusion_autre_procedure |
            X     | 2025-08-08 | liquidation   | fin_procedure             | A2
            Y     | 2018-01-05 | redressement  | ouverture                 | A3
            Y     | 2019-01-05 | redressement  | inclusion_autre_procedure | A4
            Y     | 2021-01-05 | redressement  | ouverture                 | A6
            Y     | 2022-01-05 | redressement  | inclusion_autre_procedure | A7
        """,
    ),
    case(
        "what both report is opposed to nothing: a procedure opened then converted within a month",
        urssaf="""
            siren | date_effet | action_procol | stade_procol | known_at   | known_at_assumed
            X     | 2026-01-08 | redressement  | ouverture    | 2026-02-21 | false
        """,
        bodacc="""
            siren | id | date_effet | action_procol | stade_procol | known_at
            X     | A1 | 2026-01-08 | redressement  | ouverture    | 2026-01-20
            X     | A2 | 2026-01-28 | liquidation   | ouverture    | 2026-02-05
        """,
        expected="""
            siren | date_effet | action_procol | source_unique | etat_oppose
            X     | 2026-01-08 | redressement  | false         |
            X     | 2026-01-28 | liquidation   | true          |
        """,
    ),
    case(
        "a stage that is not reported is a stage like another",
        urssaf="""
            siren | date_effet | action_procol | stade_procol | known_at   | known_at_assumed
            X     | 2026-01-08 | sauvegarde    |              | 2026-02-21 | false
        """,
        expected="""
            siren | date_effet | action_procol | stade_procol | libelle_procol | source_unique
            X     | 2026-01-08 | sauvegarde    |              | Sauvegarde     | true
        """,
    ),
]


@on_every_engine
def test_one_chronology_of_two_sources(engine):
    inputs = {"urssaf": KNOWN_PROCOL, "bodacc": BODACC_EVENTS}
    check(engine, procedures_chronology, CASES, inputs=inputs, output=PROCEDURES_CHRONOLOGY)


AS_KNOWN = [
    case(
        "on a day, neither what was reported later nor what was withdrawn by then",
        urssaf="""
            siren | date_effet | action_procol | stade_procol | known_at   | known_at_assumed
            X     | 2026-01-08 | liquidation   | ouverture    | 2026-02-21 | false
            Y     | 2026-01-08 | liquidation   | ouverture    | 2026-01-21 | false
        """,
        bodacc="""
            siren | id | date_effet | action_procol | stade_procol | known_at   | retire_le
            X     | A1 | 2026-01-08 | liquidation   | ouverture    | 2026-01-20 | 2026-02-01
            Y     | A2 | 2026-01-08 | liquidation   | ouverture    | 2026-01-20 | 2026-01-31
        """,
        expected="""
            siren | id_bodacc | known_at_urssaf
            X     | A1        |
            Y     |           | 2026-01-21
        """,
    ),
]


def known_in_january(urssaf, bodacc):
    day = date(2026, 1, 31)
    return procedures_chronology(urssaf.filter(nw.col("known_at") <= nw.lit(day)), standing(bodacc, day))


@on_every_engine
def test_the_chronology_known_on_a_day(engine):
    check(
        engine,
        known_in_january,
        AS_KNOWN,
        inputs={"urssaf": KNOWN_PROCOL, "bodacc": BODACC_EVENTS},
        output=PROCEDURES_CHRONOLOGY,
    )


days = st.integers(0, 90).map(lambda number: date.fromordinal(date(2026, 1, 1).toordinal() + number))
reported = st.lists(
    st.tuples(
        st.sampled_from([f"00000000{number}" for number in range(8)]),
        days,
        st.sampled_from(["liquidation", "redressement"]),
        st.sampled_from(["ouverture", "fin_procedure"]),
        days,
    ),
    max_size=40,
    unique_by=lambda event: event[:4],
)


@pytest.fixture(scope="module")
def duck(tmp_path_factory):
    with open_engine("duckdb", scratch=tmp_path_factory.mktemp("chronology"), memory_limit="1GB") as session:
        yield session


@tried(8)
@given(urssaf=reported, bodacc=reported)
def test_nothing_is_lost_nor_reported_twice(duck, urssaf, bodacc):
    names = ["siren", "date_effet", "action_procol", "stade_procol", "known_at"]
    sides = [
        [
            dict(zip(names, event, strict=True)) | {"id": f"A{n}", "known_at_assumed": False}
            for n, event in enumerate(side)
        ]
        for side in (urssaf, bodacc)
    ]
    relations = [
        duck.from_arrow(
            pa.Table.from_pylist([{k: row.get(k) for k in schema.names} for row in side], schema=schema.arrow)
        )
        for side, schema in zip(sides, (KNOWN_PROCOL, BODACC_EVENTS), strict=True)
    ]
    found = duck.collect(procedures_chronology(*relations), PROCEDURES_CHRONOLOGY).to_pylist()
    for source, events in (("urssaf", urssaf), ("bodacc", bodacc)):
        shown = [
            (row["siren"], row[f"date_{source}"], row["action_procol"], row["stade_procol"], row[f"known_at_{source}"])
            for row in found
            if row[f"date_{source}"]
        ]
        assert sorted(shown) == sorted(events)
    for row in found:
        assert row["known_at"] == min(filter(None, (row["known_at_urssaf"], row["known_at_bodacc"])))
        assert row["source_unique"] == (row["ecart_jours"] is None)
        assert row["ecart_jours"] is None or abs(row["ecart_jours"]) <= 30
