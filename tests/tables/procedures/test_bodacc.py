"""The events that BODACC publishes: once each, absorbed, withdrawn, and known from their publication."""

# ruff: noqa: E501 (a case a line)

from datetime import date

import pyarrow as pa

from harness.rules import case, check, on_every_engine
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.sources.bodacc.bodacc import BODACC
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.tables.procedures.bodacc import (
    BODACC_EVENTS,
    BODACC_UNMATCHED,
    BODACC_VERDICTS,
    bodacc_events,
    bodacc_unmatched,
    bodacc_verdicts,
    standing,
)
from sources.delivered import DATA

EVENTS = [
    case(
        "a notice is an event of its company on the day of the judgment, known from its publication",
        bodacc="""
            siren | id | date_parution | date_jugement | nature
            X     | A1 | 2026-01-20    | 2026-01-08    | Jugement d'ouverture d'une procédure de sauvegarde
            Y     | A2 | 2026-01-20    |               | Jugement arrêtant le plan de sauvegarde
            Z     | A3 | 2026-01-20    | 2026-01-08    | Jugement d'interdiction de gérer
                  | A4 | 2026-01-20    | 2026-01-08    | Jugement d'ouverture d'une procédure de sauvegarde
        """,
        expected="""
            siren | id | date_effet | date_assumee | action_procol | stade_procol      | known_at   | retire_le
            X     | A1 | 2026-01-08 | false        | sauvegarde    | ouverture         | 2026-01-20 |
            Y     | A2 | 2026-01-20 | true         | sauvegarde    | plan_continuation | 2026-01-20 |
        """,
    ),
    case(
        "a notice delivered twice counts once, as last delivered; each person of a notice has its event",
        bodacc="""
            siren | id | date_parution | date_jugement | nature                                             | batch
            X     | B1 | 2026-01-20    | 2026-01-08    | Jugement d'ouverture d'une procédure de sauvegarde | 2601
            X     | B1 | 2026-01-20    | 2026-01-09    | Jugement d'ouverture d'une procédure de sauvegarde | 2602
            Y     | B1 | 2026-01-20    | 2026-01-09    | Jugement d'ouverture d'une procédure de sauvegarde | 2602
        """,
        expected="""
            siren | id | date_effet
            X     | B1 | 2026-01-09
            Y     | B1 | 2026-01-09
        """,
    ),
    case(
        "a liquidation absorbs the procedures opened before it, and only those that were reported (W32)",
        bodacc="""
            siren | id | date_parution | date_jugement | nature
            X     | C1 | 2024-01-20    | 2024-01-08    | Jugement d'ouverture d'une procédure de redressement judiciaire
            X     | C2 | 2025-01-20    | 2025-01-08    | Jugement de conversion en liquidation judiciaire
            X     | C3 | 2026-01-20    | 2026-01-08    | Jugement de clôture pour insuffisance d'actif
            Y     | C4 | 2025-01-20    | 2025-01-08    | Jugement d'ouverture de liquidation judiciaire
        """,
        expected="""
            siren | id | date_effet | action_procol | stade_procol              | known_at
            X     | C1 | 2024-01-08 | redressement  | ouverture                 | 2024-01-20
            X     | C2 | 2025-01-08 | liquidation   | ouverture                 | 2025-01-20
            X     | C2 | 2025-01-08 | redressement  | inclusion_autre_procedure | 2025-01-20
            X     | C3 | 2026-01-08 | liquidation   | fin_procedure             | 2026-01-20
            X     | C3 | 2026-01-08 | redressement  | inclusion_autre_procedure | 2026-01-20
            Y     | C4 | 2025-01-08 | liquidation   | ouverture                 | 2025-01-20
        """,
    ),
    case(
        "a traitement de sortie de crise gives way to a graver procedure; a liquidation undone gives way to a milder one",
        bodacc="""
            siren | id | date_parution | date_jugement | nature
            X     | K1 | 2024-01-20    | 2024-01-08    | Jugement d'ouverture d'une procédure de traitement de sortie de crise
            X     | K2 | 2024-05-20    | 2024-05-08    | Jugement mettant fin à la procédure de traitement de sortie de crise et ouvrant une procédure de liquidation judiciaire
            Y     | K3 | 2024-01-20    | 2024-01-08    | Jugement d'ouverture de liquidation judiciaire
            Y     | K4 | 2024-05-20    | 2024-05-08    | Arrêt infirmant le jugement ayant prononcé la liquidation judiciaire et ouvrant un redressement judiciaire
        """,
        expected="""
            siren | id | date_effet | action_procol   | stade_procol
            X     | K1 | 2024-01-08 | sortie_de_crise | ouverture
            X     | K2 | 2024-05-08 | liquidation     | ouverture
            X     | K2 | 2024-05-08 | sortie_de_crise | inclusion_autre_procedure
            Y     | K3 | 2024-01-08 | liquidation     | ouverture
            Y     | K4 | 2024-05-08 | liquidation     | inclusion_autre_procedure
            Y     | K4 | 2024-05-08 | redressement    | ouverture
        """,
    ),
    case(
        "what a judgment absorbs is known when both are: an opening published late",
        bodacc="""
            siren | id | date_parution | date_jugement | nature
            X     | D1 | 2025-06-01    | 2024-01-08    | Jugement d'ouverture d'une procédure de sauvegarde
            X     | D2 | 2025-01-20    | 2025-01-08    | Jugement d'ouverture de liquidation judiciaire
        """,
        expected="""
            siren | id | date_effet | action_procol | stade_procol              | known_at
            X     | D1 | 2024-01-08 | sauvegarde    | ouverture                 | 2025-06-01
            X     | D2 | 2025-01-08 | liquidation   | ouverture                 | 2025-01-20
            X     | D2 | 2025-01-08 | sauvegarde    | inclusion_autre_procedure | 2025-06-01
        """,
    ),
    case(
        "a cancelling notice withdraws the one that it names, for all its persons, even without siren",
        bodacc="""
            siren | id | date_parution | type_avis  | avis_precedent | date_jugement | nature
            X     | E1 | 2026-01-20    | annonce    |                | 2026-01-08    | Jugement d'ouverture de liquidation judiciaire
            Y     | E1 | 2026-01-20    | annonce    |                | 2026-01-08    | Jugement d'ouverture de liquidation judiciaire
                  | E2 | 2026-02-20    | annulation | E1             |               |
        """,
        expected="""
            siren | id | retire_le  | retire_par
            X     | E1 | 2026-02-20 | E2
            Y     | E1 | 2026-02-20 | E2
        """,
    ),
    case(
        "a correcting notice replaces the one that it names: another day, or another company",
        bodacc="""
            siren | id | date_parution | type_avis    | avis_precedent | date_jugement | nature
            X     | F1 | 2026-01-20    | annonce      |                | 2026-01-08    | Jugement d'ouverture de liquidation judiciaire
            X     | F2 | 2026-02-20    | rectificatif | F1             | 2026-01-09    | Jugement d'ouverture de liquidation judiciaire
            Y     | F3 | 2026-01-20    | annonce      |                | 2026-01-08    | Jugement d'ouverture de liquidation judiciaire
            Z     | F4 | 2026-02-20    | rectificatif | F3             | 2026-01-08    | Jugement d'ouverture de liquidation judiciaire
        """,
        expected="""
            siren | id | date_effet | retire_le  | retire_par
            X     | F1 | 2026-01-08 | 2026-02-20 | F2
            X     | F2 | 2026-01-09 |            |
            Y     | F3 | 2026-01-08 | 2026-02-20 | F4
            Z     | F4 | 2026-01-08 |            |
        """,
    ),
    case(
        "a correction that says nothing we can read leaves the earlier notice; one that says a sanction removes it",
        bodacc="""
            siren | id | date_parution | type_avis    | avis_precedent | nature
            X     | G1 | 2026-01-20    | annonce      |                | Jugement d'ouverture de liquidation judiciaire
            X     | G2 | 2026-02-20    | rectificatif | G1             | Arrêts divers
            Y     | G3 | 2026-01-20    | annonce      |                | Jugement d'ouverture de liquidation judiciaire
            Y     | G4 | 2026-02-20    | rectificatif | G3             | Jugement de faillite personnelle
        """,
        expected="""
            siren | id | retire_par
            X     | G1 |
            Y     | G3 | G4
        """,
    ),
    case(
        "one that names no other withdraws the last notice of the company that said the same, published before it",
        bodacc="""
            siren | id | date_parution | type_avis    | date_jugement | nature
            X     | H1 | 2020-01-20    | annonce      | 2020-01-08    | Jugement d'ouverture d'une procédure de sauvegarde
            X     | H2 | 2026-01-20    | annonce      | 2026-01-08    | Jugement d'ouverture d'une procédure de sauvegarde
            X     | H3 | 2026-02-20    | annulation   | 2026-01-08    | Jugement d'ouverture d'une procédure de sauvegarde
            X     | H4 | 2026-03-20    | annonce      | 2026-03-08    | Jugement d'ouverture d'une procédure de sauvegarde
            Y     | H5 | 2026-01-20    | annonce      | 2026-01-08    | Jugement d'ouverture d'une procédure de sauvegarde
            Y     | H6 | 2026-02-20    | rectificatif | 2026-01-09    | Jugement arrêtant le plan de sauvegarde
        """,
        expected="""
            siren | id | retire_par
            X     | H1 |
            X     | H2 | H3
            X     | H4 |
            Y     | H5 |
            Y     | H6 |
        """,
    ),
    case(
        "a retraction withdraws the last opening, of the kind that it names if it names one, and what it absorbed",
        bodacc="""
            siren | id | date_parution | date_jugement | nature
            X     | I1 | 2024-01-20    | 2024-01-08    | Jugement d'ouverture d'une procédure de redressement judiciaire
            X     | I2 | 2025-01-20    | 2025-01-08    | Jugement de conversion en liquidation judiciaire
            X     | I3 | 2025-03-20    | 2025-03-08    | Rétractation de prononcé de liquidation judiciaire sur tierce opposition
            Y     | I4 | 2024-01-20    | 2024-01-08    | Jugement d'ouverture d'une procédure de sauvegarde
            Y     | I5 | 2024-02-20    | 2024-02-08    | Rétractation de jugement d'ouverture sur tierce opposition
            Z     | I6 | 2024-01-20    | 2024-01-08    | Jugement d'ouverture d'une procédure de sauvegarde
            Z     | I7 | 2024-02-20    | 2024-02-08    | Rétractation de prononcé de redressement judiciaire sur tierce opposition
        """,
        expected="""
            siren | id | date_effet | action_procol | stade_procol              | retire_par
            X     | I1 | 2024-01-08 | redressement  | ouverture                 |
            X     | I2 | 2025-01-08 | liquidation   | ouverture                 | I3
            X     | I2 | 2025-01-08 | redressement  | inclusion_autre_procedure | I3
            Y     | I4 | 2024-01-08 | sauvegarde    | ouverture                 | I5
            Z     | I6 | 2024-01-08 | sauvegarde    | ouverture                 |
        """,
    ),
    case(
        "a notice withdrawn twice was withdrawn the first time",
        bodacc="""
            siren | id | date_parution | type_avis    | avis_precedent | nature
            X     | J1 | 2026-01-20    | annonce      |                | Jugement d'ouverture de liquidation judiciaire
            X     | J3 | 2026-03-20    | annulation   | J1             |
            X     | J2 | 2026-02-20    | annulation   | J1             |
        """,
        expected="""
            siren | id | retire_le  | retire_par
            X     | J1 | 2026-02-20 | J2
        """,
    ),
]  # fmt: skip


def events(engine, bodacc):
    """From staging to events; verdicts are written before they are read, as a run does."""
    return bodacc_events(engine.from_arrow(engine.collect(bodacc_verdicts(bodacc), BODACC_VERDICTS)))


@on_every_engine
def test_the_events_of_a_company(engine):
    check(
        engine,
        lambda bodacc: events(engine, bodacc),
        EVENTS,
        inputs={"bodacc": BODACC.staging},
        output=BODACC_EVENTS,
    )


KNOWN = [
    case(
        "on a day, what is published and not yet withdrawn",
        bodacc="""
            siren | id | date_parution | type_avis  | avis_precedent | date_jugement | nature
            X     | B1 | 2026-01-20    | annonce    |                | 2026-01-08    | Jugement d'ouverture de liquidation judiciaire
            X     | B2 | 2026-02-20    | annulation | B1             |               |
            Y     | B3 | 2026-01-20    | annonce    |                | 2026-01-08    | Jugement d'ouverture de liquidation judiciaire
            Y     | B4 | 2026-01-31    | annulation | B3             |               |
            Z     | B5 | 2026-02-01    | annonce    |                | 2026-01-08    | Jugement d'ouverture de liquidation judiciaire
        """,
        expected="""
            siren | id
            X     | B1
        """,
    ),
]


@on_every_engine
def test_what_was_known_on_a_day(engine):
    check(
        engine,
        lambda bodacc: standing(events(engine, bodacc), date(2026, 1, 31)),
        KNOWN,
        inputs={"bodacc": BODACC.staging},
        output=BODACC_EVENTS,
    )


NOW = [
    case(
        "today, all that nothing withdrew",
        bodacc=KNOWN[0].tables["bodacc"],
        expected="""
            siren | id
            Z     | B5
        """,
    ),
]


@on_every_engine
def test_what_stands_today(engine):
    check(
        engine,
        lambda bodacc: standing(events(engine, bodacc)),
        NOW,
        inputs={"bodacc": BODACC.staging},
        output=BODACC_EVENTS,
    )


def real_notices() -> pa.Table:
    """The staging of the real records."""
    (chunk,) = FileReader(DATA / "bodacc_real_records.json", BODACC).chunks()
    lineage = [pa.array([text] * chunk.rows.num_rows) for text in ("2610", "real.json")]
    table = chunk.rows.append_column("batch", lineage[0]).append_column("file", lineage[1])
    return table.select(BODACC.staging.names)


def test_the_real_records_end_to_end(tmp_path):
    with open_engine("duckdb", scratch=tmp_path, memory_limit="1GB") as engine:
        verdicts = bodacc_verdicts(engine.from_arrow(real_notices()))
        reported = engine.collect(bodacc_events(verdicts), BODACC_EVENTS).to_pylist()
        silent = engine.collect(bodacc_unmatched(verdicts), BODACC_UNMATCHED)
        aside = [
            row["id"] for row in engine.collect(verdicts, BODACC_VERDICTS).to_pylist() if row["effet"] != "evenement"
        ]
    assert [
        (row["siren"], row["date_effet"], row["action_procol"], row["stade_procol"], row["known_at"])
        for row in reported
    ] == [
        ("383755949", date(2025, 4, 16), "redressement", "ouverture", date(2025, 5, 23)),
        ("482309382", date(2009, 12, 10), "liquidation", "ouverture", date(2009, 12, 27)),
        ("853479236", date(2026, 8, 31), "liquidation", "ouverture", date(2026, 9, 9)),
        ("878454818", date(2026, 9, 29), "redressement", "ouverture", date(2026, 10, 6)),
    ]
    assert aside == ["A202601721583"]
    assert silent.num_rows == 0


def test_the_wordings_without_verdict_are_counted(tmp_path):
    reported = [
        ("A1", "100000001", "Jugement d'un genre nouveau", date(2026, 1, 1)),
        ("A1", "100000002", "Jugement d'un genre nouveau", date(2026, 1, 1)),
        ("A2", None, "Jugement d'un genre nouveau", date(2026, 3, 1)),
        ("A3", "100000001", "Arrêts divers", date(2026, 1, 1)),
        ("A4", "100000001", "Jugement d'ouverture de liquidation judiciaire", date(2026, 1, 1)),
        ("A5", "100000001", None, date(2026, 1, 1)),
    ]
    rows = [
        {"id": id_, "siren": siren, "nature": nature, "date_parution": day, "batch": "1", "file": "f", "line": n}
        for n, (id_, siren, nature, day) in enumerate(reported)
    ]
    with open_engine("duckdb", scratch=tmp_path, memory_limit="1GB") as engine:
        staged = engine.from_arrow(pa.Table.from_pylist(rows, schema=BODACC.staging.arrow))
        found = engine.collect(bodacc_unmatched(bodacc_verdicts(staged)), BODACC_UNMATCHED).to_pylist()
    assert [
        (row["nature"], row["annonces"], row["motif"] is None, row["derniere_parution"], row["exemple_id"])
        for row in found
    ] == [
        (None, 1, True, date(2026, 1, 1), "A5"),
        ("Arrêts divers", 1, False, date(2026, 1, 1), "A3"),
        ("Jugement d'un genre nouveau", 2, True, date(2026, 3, 1), "A1"),
    ]
