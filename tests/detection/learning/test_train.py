"""Learning on a panel of invented companies: what it finds, what it must not see."""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest
from scipy.special import logit

from detection.invented_home import AS_OF, FIRST, write, write_home
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.rows import PanelRows, learning_rows, scoring_rows
from signaux_faibles.detection.features.variables import read_variables
from signaux_faibles.detection.learning.archive import promote, promoted, read_model, write_candidate
from signaux_faibles.detection.learning.backtest import OURS, SERVICE, cohorts, fit, judge, months_wanted
from signaux_faibles.detection.learning.model import Model
from signaux_faibles.detection.learning.split import backtest_splits, split_at
from signaux_faibles.detection.learning.train import Candidate, train
from signaux_faibles.detection.scoring.scores import Promoted, promoted_model, score_month
from signaux_faibles.home.home import Home
from signaux_faibles.home.published import NothingPublished
from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL

Trained = tuple[Home, Candidate]


def tables_of(home: Home) -> Path:
    return home.snapshots / "2610-a" / "tables"


def used(trained: Trained) -> Promoted:
    found = promoted_model(trained[0], fictitious=True)
    assert found is not None
    return found


def test_a_planted_sign_is_found_and_beats_every_baseline(trained: Trained) -> None:
    forecasts = trained[1].card["backtest"][0]["views"][SERVICE]["forecasts"]
    assert 0.65 < forecasts[OURS]["auc"] < 0.95, "half of the failures give no sign: near 1 would be a leak"
    for name, found in forecasts.items():
        assert name == OURS or found["average_precision"] <= forecasts[OURS]["average_precision"]


def test_the_same_data_and_seed_give_the_same_model(trained: Trained, tmp_path: Path) -> None:
    write_home(Home(tmp_path))
    assert train(Home(tmp_path), seed=0).name == trained[1].name


def test_a_model_is_read_back_as_it_was(trained: Trained) -> None:
    home, candidate = trained
    read, card = read_model(home, candidate.name)
    assert read == candidate.model == Model.from_json(candidate.model.to_json())
    assert card["sha256"] == read.sha256


def test_a_model_that_was_changed_is_refused(trained: Trained, tmp_path: Path) -> None:
    home, candidate = trained
    shutil.copytree(home.models, tmp_path / "models")
    file = tmp_path / "models" / candidate.name / "model.json"
    file.write_text(file.read_text(encoding="utf-8").replace('"moderee": 0.', '"moderee": 0.1', 1), encoding="utf-8")
    with pytest.raises(DetectionRefused, match="modifié"):
        promote(Home(tmp_path), candidate.name)


def test_a_model_that_reads_variables_of_an_older_version_is_refused(trained: Trained, tmp_path: Path) -> None:
    model = trained[1].model
    columns = tuple(replace(column, variable=f"old_{column.variable}") for column in model.regressions[18].columns)
    older = replace(model, regressions={18: replace(model.regressions[18], columns=columns)})
    write_candidate(Home(tmp_path), "older", older, {"sha256": older.sha256, "fictitious": True})
    with pytest.raises(DetectionRefused, match=r"ne calcule plus .*old_effectif.*sf train.*models/promoted"):
        promote(Home(tmp_path), "older")


def test_an_unknown_model_is_not_promoted(trained: Trained) -> None:
    home, candidate = trained
    with pytest.raises(DetectionRefused, match="Pas de modèle"):
        promote(home, "../ailleurs")
    assert promoted(home) == candidate.name


def test_invented_data_never_score_real_ones(trained: Trained) -> None:
    with pytest.raises(DetectionRefused, match="fictives"):
        promoted_model(trained[0], fictitious=False)


def test_all_companies_in_bonis_are_scored_and_a_longer_horizon_is_never_less_likely(trained: Trained) -> None:
    rows = score_month(tables_of(trained[0]), date(2026, 10, 1), used(trained))
    panel = pq.read_table(tables_of(trained[0]) / "panel.parquet")
    of_month = panel.filter(pc.and_(pc.equal(panel["periode"], pa.scalar(date(2026, 10, 1))), panel["in_bonis"]))
    assert rows["siren"].to_pylist() == of_month["siren"].to_pylist()
    six, twelve, eighteen = (rows[f"probability_{horizon}"].to_numpy() for horizon in (6, 12, 18))
    assert (six <= twelve).all()
    assert (twelve <= eighteen).all()


def test_contributions_add_up_to_the_margin(trained: Trained) -> None:
    values = read_variables(scoring_rows(tables_of(trained[0]), date(2026, 10, 1)).columns)
    regression = used(trained).model.regressions[18]
    total = regression.base + sum(regression.contributions(values).values())
    assert total == pytest.approx(regression.margin(values), abs=1e-9)


def test_what_happens_after_the_origin_teaches_nothing(trained: Trained, tmp_path: Path) -> None:
    """Failures after the origin are given to other companies: the model of that origin stays the same."""
    write_home(Home(tmp_path))
    split = split_at(index_of(date(2023, 3, 1)), index_of(FIRST))
    file = tables_of(Home(tmp_path)) / "known_procol.parquet"
    events = pq.read_table(file)
    later = pc.greater_equal(events["date_effet"], pa.scalar(month_at(split.origin)))
    future = events.filter(later)
    moved = future.set_column(0, "siren", pa.array([f"9{siren[1:]}" for siren in future["siren"].to_pylist()]))
    fitted = []
    for told in (events, pa.concat_tables([events.filter(pc.invert(later)), moved])):
        pq.write_table(told, file)
        rows = learning_rows(tables_of(Home(tmp_path)), AS_OF, months_wanted(split))
        fitted.append(fit(*cohorts(split, rows), 18))
    assert fitted[0].regression == fitted[1].regression
    assert fitted[0].calibration == fitted[1].calibration


def test_what_calibrates_has_not_seen_the_company(trained: Trained) -> None:
    """Turning the outcomes of a company over changes the model, and nothing of what calibrates by that company."""
    split = split_at(index_of(date(2023, 3, 1)), index_of(FIRST))
    learned, latest = cohorts(split, learning_rows(tables_of(trained[0]), AS_OF, months_wanted(split)))
    failing = set(learned.sirens[learned.target(18)]) & set(learned.sirens[~learned.target(18)])
    mine = learned.sirens == min(failing & set(learned.sirens[latest]))
    turned = {**learned.columns, "target_18": np.where(mine, 1.0 - learned.target(18), learned.columns["target_18"])}
    before, after = (fit(PanelRows(columns), latest, 18) for columns in (learned.columns, turned))
    margins = [logit(one.unseen)[mine[latest]] for one in (before, after)]
    calibrations = [one.calibration for one in (before, after)]
    unseen = [(margin - c.shift) / c.above for margin, c in zip(margins, calibrations, strict=True)]
    assert [c.kind for c in calibrations] == ["platt", "platt"]
    assert before.regression != after.regression
    assert unseen[0] == pytest.approx(unseen[1], abs=1e-6)


def test_a_leak_would_show(tmp_path: Path) -> None:
    """With the answer written in a column, the measures cry out: the back-test can see a leak."""
    tables = write_home(Home(tmp_path))
    panel = pq.read_table(tables / "panel.parquet")
    events = pq.read_table(tables / "known_procol.parquet")
    failing = dict(zip(events["siren"].to_pylist(), events["date_effet"].to_pylist(), strict=True))
    pairs = zip(panel["siren"].to_pylist(), panel["periode"].to_pylist(), strict=True)
    soon = [float(s in failing and 0 < index_of(failing[s]) - index_of(month) <= 18) for s, month in pairs]
    leaking = panel.set_column(
        panel.schema.get_field_index("effectif_evolution_6"), "effectif_evolution_6", pa.array(soon)
    )
    pq.write_table(leaking, tables / "panel.parquet")
    found = train(Home(tmp_path)).card["backtest"][0]["views"][SERVICE]["forecasts"][OURS]
    assert found["auc"] > 0.98


def test_too_few_failures_teach_nothing(tmp_path: Path) -> None:
    write_home(Home(tmp_path), companies=20)
    with pytest.raises(DetectionRefused, match="il en faut 10"):
        train(Home(tmp_path))


def test_nothing_is_learned_without_a_published_snapshot(tmp_path: Path) -> None:
    with pytest.raises(NothingPublished, match="sf run"):
        train(Home(tmp_path))


def test_a_class_is_observed_with_the_thresholds_of_the_model(trained: Trained) -> None:
    home, candidate = trained
    split = backtest_splits(index_of(AS_OF) - 2 - 18, index_of(FIRST))[0]
    past = judge(split, learning_rows(tables_of(home), AS_OF, months_wanted(split)), seed=0)
    told = past.observed(candidate.model.thresholds)
    assert candidate.card["class_observed"] == told
    assert candidate.model.class_observed == {level: found["frequency"] for level, found in told.items()}
    assert past.card == candidate.card["backtest"][0]


def test_without_a_back_test_no_class_is_observed(tmp_path: Path) -> None:
    """A panel that begins too late to judge: the frequencies of the calibration cohort are not shown in their place."""
    tables = write_home(Home(tmp_path))
    panel = pq.read_table(tables / "panel.parquet")
    late = pc.greater_equal(panel["periode"], pa.scalar(date(2020, 1, 1)))
    pq.write_table(panel.filter(late), tables / "panel.parquet")
    candidate = train(Home(tmp_path))
    assert (candidate.card["backtest"], candidate.card["class_observed"]) == ([], {})
    assert candidate.model.class_observed == {"elevee": None, "moderee": None, "aucune": None}


def test_importance_on_assumed_dates_is_a_share(trained: Trained) -> None:
    assert 0 <= trained[1].card["assumed_dates"]["importance"] <= 1
    by_source = trained[1].card["assumed_dates"]["by_source"]
    assert {name: found["rows"] for name, found in by_source.items()} == {
        "Urssaf (effectifs)": pytest.approx(0.5),
        "Urssaf (procédures collectives)": 0.0,
        "DGFiP (liasses fiscales)": 0.0,
    }


ENDS = [
    ("ended eleven months before", date(2025, 11, 20), date(2025, 12, 5), False),
    ("ended twelve months before", date(2025, 10, 20), date(2025, 12, 5), True),
    ("an end that became known later", date(2026, 9, 20), date(2026, 11, 5), True),
]


@pytest.mark.parametrize(("ended", "known", "scored"), [row[1:] for row in ENDS], ids=[row[0] for row in ENDS])
def test_a_company_just_out_of_a_procedure_is_not_scored(
    tmp_path: Path, ended: date, known: date, scored: bool
) -> None:
    tables = write_home(Home(tmp_path), companies=20)
    month = date(2026, 10, 1)
    siren = scoring_rows(tables, month).sirens[0]
    end = {"siren": siren, "date_effet": ended, "action_procol": "redressement", "stade_procol": "fin_procedure"}
    write(tables / "known_procol.parquet", KNOWN_PROCOL.arrow, [{**end, "known_at": known, "known_at_assumed": False}])
    assert (siren in scoring_rows(tables, month).sirens) == scored
