"""The same country at two dates: nothing known is lost, nothing unknown is reported."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from itertools import pairwise
from pathlib import Path

import duckdb
import pytest

from signaux_faibles.fictitious import Invention, Scale, invent

Rows = Callable[[str, str], duckdb.DuckDBPyRelation]
BATCHES = ("1809", "1810", "2603")
EVENT = "siret, date_effet, action_procol, stade_procol"
NEXT = list(pairwise(BATCHES))


def _bytes(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def test_same_seed_same_bytes(country: dict[str, Invention], tmp_path: Path) -> None:
    again = invent(tmp_path, scale=Scale.SAMPLE, batch="1809", seed=20)
    assert _bytes(again.folder) == _bytes(country["1809"].folder)
    assert _bytes(again.truth) == _bytes(country["1809"].truth)


def test_another_seed_is_another_country(country: dict[str, Invention], tmp_path: Path) -> None:
    other = invent(tmp_path, scale=Scale.SAMPLE, batch="1809", seed=21)
    ours = _bytes(country["1809"].folder)
    assert all(ours[name] != content for name, content in _bytes(other.folder).items())


@pytest.mark.parametrize("batch", ["18", "1813", "1801_02", "0912", "2812"])
def test_a_batch_that_cannot_be_is_refused(tmp_path: Path, batch: str) -> None:
    with pytest.raises(ValueError, match=batch):
        invent(tmp_path, scale=Scale.SAMPLE, batch=batch, seed=20)


def test_an_unknown_world_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="utopie"):
        invent(tmp_path, scale=Scale.SAMPLE, batch="1809", seed=20, world="utopie")


@pytest.mark.parametrize(("before", "after"), NEXT)
def test_no_version_of_a_debt_is_lost_though_it_follows_the_establishment(rows: Rows, before: str, after: str) -> None:
    """The SIRET, the state of the account and of the procedure are those of the day of delivery."""
    kept = (
        "left(siret, 9), numero_compte, numero_ecart_negatif, numero_historique_ecart_negatif, date_traitement, "
        "part_ouvriere, part_patronale, periode_debut, code_operation_ecart_negatif"
    )
    known, later = rows("debit", before).project(kept), rows("debit", after).project(kept)
    assert known.except_(later).fetchall() == []
    assert len(later) > len(known)


@pytest.mark.parametrize(("before", "after"), NEXT)
def test_no_event_of_a_procedure_is_lost(rows: Rows, before: str, after: str) -> None:
    known, later = (rows("procol", batch).project(EVENT) for batch in (before, after))
    assert known.except_(later).fetchall() == []


@pytest.mark.parametrize(("before", "after"), NEXT)
def test_no_unit_leaves_the_register(rows: Rows, before: str, after: str) -> None:
    for name, identity in (
        ("sirene", "siret, date_creation, ape, code_commune, voie"),
        ("sirene_ul", "siren, raison_sociale, creation, categorie_juridique, activite_principale"),
    ):
        assert rows(name, before).project(identity).except_(rows(name, after).project(identity)).fetchall() == []


@pytest.mark.parametrize(("before", "after"), NEXT)
def test_only_the_last_two_months_of_headcounts_are_revised(rows: Rows, before: str, after: str) -> None:
    cell = "siren, periode, effectif_ent"
    known = rows("effectif_ent", before).project(cell)
    last = known.max("periode").fetchall()[0][0]
    provisional = f"periode > DATE '{last}' - INTERVAL 2 MONTH"
    changed = known.except_(rows("effectif_ent", after).project(cell))
    assert changed.filter(f"NOT ({provisional})").fetchall() == []
    share = len(changed.filter(provisional)) / len(known.filter(provisional))
    assert share < 0.06


@pytest.mark.parametrize(("before", "after"), NEXT)
@pytest.mark.parametrize(
    ("name", "fact"),
    [
        ("cotisation", "left(siret, 9), numero_compte, periode_debut, periode_fin, du, encaisse"),
        ("delai", "left(siret, 9), numero_compte, date_creation, date_echeance, montant_echeancier, stade, action"),
        ("ccsf", "left(siret, 9), numero_compte, date_traitement, stade"),
        ("apdemande", "id_demande, siret, date_statut, periode_debut, periode_fin, heures, effectif, motif_recours"),
        ("apconso", "id_demande, siret, periode, heures, montant, effectif"),
    ],
)
def test_no_other_fact_is_lost(rows: Rows, before: str, after: str, name: str, fact: str) -> None:
    known, later = (rows(name, batch).project(fact) for batch in (before, after))
    assert known.except_(later).fetchall() == []
    assert len(later) >= len(known)


@pytest.mark.parametrize(("before", "after"), NEXT)
def test_the_history_only_adds_periods_and_closes_open_ones(rows: Rows, before: str, after: str) -> None:
    period = "siret, date_debut, est_actif, changement_statut_actif"
    known, later = (rows("sirene_histo", batch).project(period) for batch in (before, after))
    assert known.except_(later).fetchall() == []


@pytest.mark.parametrize("batch", BATCHES)
@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("cotisation", "periode_fin + INTERVAL 14 DAY"),
        ("delai", "date_creation"),
        ("ccsf", "date_traitement"),
        ("apdemande", "date_statut"),
        ("apconso", "periode"),
        ("sirene_histo", "date_debut"),
    ],
)
def test_nothing_of_the_future_is_reported(rows: Rows, batch: str, name: str, day: str) -> None:
    assert rows(name, batch).filter(f"{day} > DATE '{_twentieth(batch)}'").fetchall() == []


@pytest.mark.parametrize("batch", BATCHES)
def test_no_debt_is_processed_after_the_20th_of_the_batch(rows: Rows, batch: str) -> None:
    last = rows("debit", batch).max("date_traitement").fetchall()[0][0]
    assert _twentieth(batch).replace(day=1) <= last <= _twentieth(batch)


@pytest.mark.parametrize("batch", BATCHES)
def test_no_procedure_is_reported_before_it_is_recorded(rows: Rows, batch: str) -> None:
    procol = rows("procol", batch)
    assert procol.max("date_effet").fetchall()[0][0] <= _twentieth(batch)


def test_procedures_are_recorded_weeks_after_their_day(rows: Rows) -> None:
    """Some events of the month of the batch are only in the next one."""
    known, later = (rows("procol", batch).project(EVENT) for batch in ("1809", "1810"))
    late = later.except_(known).filter("date_effet <= DATE '2018-09-20'")
    assert len(late) > 0


@pytest.mark.parametrize("batch", BATCHES)
def test_headcounts_lag_by_three_to_five_months(rows: Rows, batch: str) -> None:
    last = rows("effectif_ent", batch).max("periode").fetchall()[0][0]
    day = _twentieth(batch)
    assert 3 <= (day.year - last.year) * 12 + day.month - last.month <= 5


@pytest.mark.parametrize("batch", BATCHES)
def test_the_register_knows_no_unit_of_the_month_or_later(rows: Rows, batch: str) -> None:
    assert rows("sirene", batch).max("date_creation").fetchall()[0][0] < _twentieth(batch).replace(day=1)


def _twentieth(batch: str) -> date:
    return date(2000 + int(batch[:2]), int(batch[2:]), 20)
