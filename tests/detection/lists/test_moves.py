"""What moved a level: scored again with one thing changed at a time, so that causes are distinguished."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from typing import Any

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from detection.invented_home import WHEN
from harness.list_cards import change_card
from signaux_faibles.detection.features.rows import PanelRows, scoring_rows
from signaux_faibles.detection.lists.archive import PUBLISHED, WITHDRAWN, ArchivedList, act, archived_list
from signaux_faibles.detection.lists.build import build_list
from signaux_faibles.detection.lists.moves import ScoredMonth, deduced_sections, list_before, moves
from signaux_faibles.home.home import Home

MONTH = date(2026, 10, 1)


@pytest.fixture
def home(listed_home: Home) -> Home:
    return listed_home


@pytest.fixture
def september(home: Home, drafted: ArchivedList) -> ArchivedList:
    """The list of today, said to be of the month before, and published."""
    change_card(drafted.folder, month="2026-09-01")
    act(home, drafted.number, PUBLISHED, **WHEN)
    return archived_list(home, drafted.number)


@pytest.fixture
def rows(home: Home) -> PanelRows:
    return scoring_rows(home.snapshots / "2610-a" / "tables", MONTH)


@dataclass(frozen=True)
class Changed:
    """A model that gives other odds than another one, or has other thresholds."""

    model: Any
    thresholds: Any
    odds: float = 1.0

    def probabilities(self, rows: PanelRows, *horizons: int) -> dict[int, Any]:
        """Those of the other model, with its odds multiplied."""
        known = self.model.probabilities(rows, *horizons)
        return {horizon: self.odds * p / (1 - p + self.odds * p) for horizon, p in known.items()}


def with_levels(entries: pa.Table, levels: list[Any]) -> pa.Table:
    place = entries.schema.get_field_index("level")
    return entries.set_column(place, "level", pa.array(levels, pa.string()))


def listed(model: Any, rows: PanelRows, before: ArchivedList) -> pa.Table:
    """The entries that this model gives to these rows."""
    probability = model.probabilities(rows)[18]
    levels = [None if one == "aucune" else str(one) for one in model.thresholds.levels(probability)]
    found = dict(zip(rows.sirens.tolist(), levels, strict=True))
    entries = pq.read_table(before.folder / "entries.parquet")
    return with_levels(entries, [found.get(siren) for siren in entries["siren"].to_pylist()])


def causes(found: pa.Table) -> set[str]:
    return set(found["causes"].to_pylist())


def test_nothing_moves_when_nothing_changes(home, september, rows, trained):
    model = trained[1].model
    entries = listed(model, rows, september)
    assert moves(home, september, entries, ScoredMonth(rows, model, set())).num_rows == 0


def test_thresholds_alone(home, september, rows, trained):
    model = trained[1].model
    looser = Changed(model, replace(model.thresholds, moderee=model.thresholds.moderee / 2))
    found = moves(home, september, listed(looser, rows, september), ScoredMonth(rows, looser, set()))
    assert found.num_rows > 0
    assert causes(found) == {"seuils"}


def test_data_alone(home, september, rows, trained):
    """Everybody owes nothing any more: the same model and thresholds would have changed these levels."""
    model = trained[1].model
    columns = dict(rows.columns)
    for name in ("part_ouvriere", "part_patronale", "mois_impayes_12", "dette_nouvelle_12", "age_dette"):
        columns[name] = np.zeros(len(rows))
    paid = PanelRows(columns)
    found = moves(home, september, listed(model, paid, september), ScoredMonth(paid, model, set()))
    assert found.num_rows > 0
    assert causes(found) == {"donnees"}


def test_model_alone(home, september, rows, trained):
    """The same data by a model that gives to all twice the odds, at the same thresholds."""
    model = trained[1].model
    bolder = Changed(model, model.thresholds, odds=2.0)
    found = moves(home, september, listed(bolder, rows, september), ScoredMonth(rows, bolder, set()))
    assert found.num_rows > 0
    assert causes(found) == {"modele"}


def test_nomenclature_alone(home, september, rows, trained):
    """A section that is deduced from the NAF 2025, for a company whose data did not change."""
    model = trained[1].model
    sections = rows.columns["naf_section"].copy()
    sections[:] = [{"C": "F", "F": "G", "G": "C"}[one] for one in sections]
    translated = PanelRows({**rows.columns, "naf_section": sections})
    entries = listed(model, translated, september)
    everybody = set(rows.sirens.tolist())
    found = moves(home, september, entries, ScoredMonth(translated, model, everybody))
    assert found.num_rows > 0
    assert causes(found) == {"nomenclature"}
    delivered = moves(home, september, entries, ScoredMonth(translated, model, set()))
    assert causes(delivered) == {"donnees"}, "a section that the register delivers is a fact of the company"


def test_several_causes_are_named_in_order(home, september, rows, trained):
    """Who owes nothing any more would leave; thresholds of next to nothing bring everybody in."""
    model = trained[1].model
    columns = dict(rows.columns)
    for name in ("part_ouvriere", "part_patronale", "mois_impayes_12", "dette_nouvelle_12", "age_dette"):
        columns[name] = np.zeros(len(rows))
    paid = PanelRows(columns)
    looser = Changed(model, replace(model.thresholds, elevee=1e-9, moderee=1e-9))
    found = moves(home, september, listed(looser, paid, september), ScoredMonth(paid, looser, set()))
    assert "donnees+seuils" in causes(found)
    assert causes(found) <= {"seuils", "donnees+seuils"}


def test_who_enters_and_who_leaves_the_perimeter(home, september, rows, trained):
    model = trained[1].model
    entries = listed(model, rows, september)
    alerted = [row for row in entries.to_pylist() if row["level"]]
    gone = alerted[0]["siren"]
    sirens = ["999999999" if siren == gone else siren for siren in entries["siren"].to_pylist()]
    changed = entries.set_column(0, "siren", pa.array(sirens))
    found = {row["siren"]: row for row in moves(home, september, changed, ScoredMonth(rows, model, set())).to_pylist()}
    assert {siren: row["causes"] for siren, row in found.items()} == {
        gone: "perimetre_sortie",
        "999999999": "perimetre_entree",
    }
    assert (found[gone]["before"], found[gone]["after"]) == (alerted[0]["level"], None)


@pytest.mark.parametrize(
    ("change", "cause"),
    [({"origin": "imported", "model": None}, "service_precedent"), ({"model": "2512-logit-x"}, "inconnue")],
)
def test_a_list_whose_model_is_not_here_is_not_compared(home, september, rows, trained, change, cause):
    model = trained[1].model
    other = replace(september, card=september.card | change)
    entries = listed(model, rows, september)
    changed = with_levels(entries, [None] * entries.num_rows)
    assert causes(moves(home, other, changed, ScoredMonth(rows, model, set()))) == {cause}


def test_a_build_compares_with_the_list_before_and_its_card_counts_the_causes(home, september):
    made = build_list(home, **WHEN)
    assert list_before(home, MONTH) == september
    assert made.card["moves"] == {"previous": september.number, "label": "Octobre 2026", "causes": {}}
    act(home, september.number, WITHDRAWN, **WHEN)
    assert "moves" not in build_list(home, **WHEN).card, "a withdrawn list is not compared with"


def test_the_register_says_whose_section_is_deduced(tmp_path):
    assert deduced_sections(tmp_path) == set()
    rows = {"siren": ["1", "2", "3", "4"], "rev2_origine": ["livrée", "livraison antérieure", "déduite", None]}
    pq.write_table(pa.table(rows), tmp_path / "activities.parquet")
    assert deduced_sections(tmp_path) == {"3", "4"}
