"""The notices of the country: true forms, published after their judgment, by increments; Urssaf nearly agrees."""

from __future__ import annotations

import json
from pathlib import Path

import duckdb
import pyarrow as pa
import pytest

from signaux_faibles.fictitious import Invention, Scale, invent
from signaux_faibles.fictitious.files.bodacc.export import FILE
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.sources.bodacc.bodacc import BODACC
from signaux_faibles.sources.reading.file_reader import FileReader
from signaux_faibles.tables.procedures.bodacc import (
    BODACC_EVENTS,
    BODACC_UNMATCHED,
    bodacc_events,
    bodacc_unmatched,
    bodacc_verdicts,
    standing,
)


@pytest.fixture(scope="module")
def reported(country: dict[str, Invention]) -> pa.Table:
    """The notices of the sample as read in 2603."""
    return _read(country["2603"].folder)


@pytest.fixture(scope="module")
def next_month(country: dict[str, Invention], tmp_path_factory: pytest.TempPathFactory) -> pa.Table:
    """The notices of 1810, after 1809."""
    return _read(
        invent(tmp_path_factory.mktemp("next"), scale=Scale.SAMPLE, batch="1810", seed=20, after="1809").folder
    )


def _read(folder: Path) -> pa.Table:
    return pa.concat_tables([chunk.rows for chunk in FileReader(folder / FILE, BODACC).chunks()])


def test_the_reader_refuses_the_damaged_record_alone(country: dict[str, Invention]) -> None:
    reader = FileReader(country["2603"].folder / FILE, BODACC)
    rejects = [reject.reason for chunk in reader.chunks() for reject in chunk.rejects]
    assert rejects == ["registre ne porte aucun numéro SIREN de 9 chiffres"]
    assert reader.report.rows_kept == country["2603"].rows["bodacc"]
    assert not reader.report.warnings


def test_texts_hide_within_texts_and_registrations_have_two_spellings(country: dict[str, Invention]) -> None:
    records = json.loads((country["2603"].folder / FILE).read_text(encoding="utf-8"))
    registrations = {tuple(sorted(map(len, record["registre"] or []))) for record in records[:-1]}
    assert registrations == {(9, 11), (11,), ()}
    assert all(isinstance(record["jugement"], str) for record in records)
    old, new = ([json.loads(r["jugement"]).get("date") for r in records if (r["dateparution"] < day) == before]
                for day, before in (("2010-12-31", True), ("2014-01-01", False)))  # fmt: skip
    assert any(" " in (day or "") for day in old)
    assert all(" " not in (day or "") for day in new)


@pytest.mark.parametrize(
    ("share", "low", "high"),
    [
        ("siren IS NULL", 0.04, 0.11),
        ("date_jugement IS NULL", 0.0, 0.02),
        ("nature = 'Autre jugement et ordonnance'", 0.04, 0.10),
        ("contains(date_publiee, chr(160))", 0.002, 0.03),
        ("type_avis = 'rectificatif'", 0.005, 0.04),
        ("type_avis = 'annulation'", 0.0, 0.015),
        ("date_parution - date_jugement BETWEEN 3 AND 40", 0.90, 0.99),
    ],
)
def test_shares(reported: pa.Table, share: str, low: float, high: float) -> None:
    rows = duckdb.connect().from_arrow(reported)
    assert low <= len(rows.filter(share)) / len(rows) <= high


def test_no_notice_is_published_before_its_judgment_nor_after_the_batch(reported: pa.Table) -> None:
    rows = duckdb.connect().from_arrow(reported)
    assert rows.filter("date_parution <= date_jugement").fetchall() == []
    assert rows.filter("date_parution > DATE '2026-03-20' OR date_parution < DATE '2008-01-01'").fetchall() == []
    assert len(rows.unique("id")) == len(rows)


def test_an_increment_holds_what_the_batch_before_did_not(
    country: dict[str, Invention], next_month: pa.Table, reported: pa.Table
) -> None:
    before, after, whole = (set(t["id"].to_pylist()) for t in (_read(country["1809"].folder), next_month, reported))
    through_october = {
        r["id"]
        for r in reported.select(["id", "date_parution"]).to_pylist()
        if r["date_parution"].isoformat() <= "2018-10-20"
    }
    assert before | after == through_october
    assert 0 < len(after) < 0.2 * len(before)
    assert before < whole


def test_every_wording_is_understood_but_the_orders_that_say_nothing(reported: pa.Table, tmp_path: Path) -> None:
    with open_engine("duckdb", scratch=tmp_path, memory_limit="1GB") as engine:
        verdicts = bodacc_verdicts(engine.from_arrow(_with_lineage(reported)))
        (order,) = engine.collect(bodacc_unmatched(verdicts), BODACC_UNMATCHED).to_pylist()
    assert (order["famille"], order["nature"]) == ("Extrait de jugement", "Autre jugement et ordonnance")
    said = duckdb.connect().from_arrow(reported).filter("nature = 'Autre jugement et ordonnance'")
    assert order["annonces"] < len(said.unique("id")), "most say in their complement what is decided"


def test_plans_and_what_ends_them_are_published_as_extracts(reported: pa.Table) -> None:
    rows = duckdb.connect().from_arrow(reported)
    extracts = (
        "Jugement de plan%",
        "Jugement arrêtant%",
        "%résolution du plan%",
        "Jugement mettant fin%",
        "Autre jugement et ordonnance",
    )
    for words in extracts:
        assert rows.filter(f"nature LIKE '{words}'").unique("famille").fetchall() == [("Extrait de jugement",)]


def test_a_siren_stands_among_the_persons_alone_for_some(country: dict[str, Invention]) -> None:
    records = json.loads((country["2603"].folder / FILE).read_text(encoding="utf-8"))[:-1]
    persons = [json.loads(record["listepersonnes"])["personne"] for record in records if not record["registre"]]
    craft = sum("inscriptionRM" in person for person in persons)
    trade = sum("numeroImmatriculation" in person for person in persons)
    assert 0.005 < craft / len(records) < 0.03
    assert 0.005 < trade / len(records) < 0.03


def test_both_sources_report_most_openings_and_each_some_alone(
    country: dict[str, Invention], reported: pa.Table, tmp_path: Path
) -> None:
    """Openings since 2010: of those that Urssaf knows, a tenth are missing or without siren, and few days differ."""
    with open_engine("duckdb", scratch=tmp_path, memory_limit="1GB") as engine:
        verdicts = bodacc_verdicts(engine.from_arrow(_with_lineage(reported)))
        published = engine.collect(standing(bodacc_events(verdicts)), BODACC_EVENTS)
    connection = duckdb.connect()
    connection.register("published", published)
    truth = country["2603"].truth / "failures.parquet"
    both = connection.sql(
        f"""SELECT f.siren, f.date_ouverture, min(abs(p.date_effet - f.date_ouverture)) AS apart
        FROM read_parquet('{truth}') f LEFT JOIN published p ON p.siren = f.siren
            AND p.action_procol = f.procedure AND p.stade_procol = 'ouverture'
            AND abs(p.date_effet - f.date_ouverture) < 60
        WHERE f.date_ouverture BETWEEN '2010-01-01' AND '2025-12-31' GROUP BY ALL"""
    )
    openings = len(both)
    assert 0.80 < len(both.filter("apart IS NOT NULL")) / openings < 0.97
    assert 0.03 < len(both.filter("apart > 0")) / openings < 0.20


def _with_lineage(rows: pa.Table) -> pa.Table:
    constant = {"batch": "2603", "file": FILE}
    columns = [pa.repeat(constant[n], len(rows)) if n in constant else rows[n] for n in BODACC.staging.names]
    return pa.table(columns, names=BODACC.staging.names)
