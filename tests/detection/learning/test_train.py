"""Learning on a panel of invented companies: what it finds, what it must not see."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.parquet as pq
import pytest

from detection.invented_home import AS_OF, FIRST, write, write_home
from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.features.rows import PanelRows, learning_rows, scoring_rows
from signaux_faibles.detection.features.variables import LIASSE, PAYDEX, VARIABLES
from signaux_faibles.detection.learning.archive import promote, promoted
from signaux_faibles.detection.learning.artefact.files import written
from signaux_faibles.detection.learning.artefact.parts import calibration_written, mixture_written
from signaux_faibles.detection.learning.fitting import OURS, SERVICE, cohorts, fit, judge, months_read
from signaux_faibles.detection.learning.joint.learner import Fitted
from signaux_faibles.detection.learning.panel_encoding import CodedRows, PanelEncoding
from signaux_faibles.detection.learning.split import backtest_splits, split_at
from signaux_faibles.detection.learning.train import CandidateModel, train
from signaux_faibles.detection.scoring.scores import Promoted, promoted_model, score_month
from signaux_faibles.home.home import Home
from signaux_faibles.home.published import NothingPublished
from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL

pytestmark = pytest.mark.usefixtures("few_trees")
Trained = tuple[Home, CandidateModel]
MONTH = date(2026, 10, 1)


def tables_of(home: Home) -> Path:
    return home.snapshots / "2610-a" / "tables"


def used(trained: Trained) -> Promoted:
    found = promoted_model(trained[0], fictitious=True)
    assert found is not None
    return found


def coded(rows: PanelRows) -> CodedRows:
    return CodedRows.of(rows, PanelEncoding.fit(rows))


def as_text(fitted: Fitted) -> tuple[object, ...]:
    """All that was learned, trees included."""
    return mixture_written(fitted.mixture, lambda _name, text: text), calibration_written(fitted.calibration)


def test_a_planted_sign_is_found_and_beats_every_baseline(trained: Trained) -> None:
    forecasts = trained[1].card["backtest"][0]["views"][SERVICE]["forecasts"]
    assert 0.65 < forecasts[OURS]["auc"] < 0.95, "half of the failures give no sign: near 1 would be a leak"
    for name, found in forecasts.items():
        assert name == OURS or found["average_precision"] <= forecasts[OURS]["average_precision"]


def test_the_same_data_and_seed_give_the_same_bytes(trained: Trained, tmp_path: Path) -> None:
    write_home(Home(tmp_path))
    again = train(Home(tmp_path), seed=0)
    assert again.name == trained[1].name
    assert written(again.model) == written(trained[1].model)
    for file in trained[1].folder.iterdir():
        assert (again.folder / file.name).read_bytes() == file.read_bytes(), file.name


def test_an_unknown_model_is_not_promoted(trained: Trained) -> None:
    home, candidate = trained
    with pytest.raises(DetectionRefused, match="Pas de modèle"):
        promote(home, "../ailleurs")
    assert promoted(home) == candidate.name


def test_invented_data_never_score_real_ones(trained: Trained) -> None:
    with pytest.raises(DetectionRefused, match="fictives"):
        promoted_model(trained[0], fictitious=False)


def test_all_companies_in_bonis_are_scored_and_a_longer_horizon_is_never_less_likely(trained: Trained) -> None:
    rows = score_month(tables_of(trained[0]), MONTH, used(trained))
    panel = pq.read_table(tables_of(trained[0]) / "panel.parquet")
    of_month = panel.filter(pc.and_(pc.equal(panel["periode"], pa.scalar(MONTH)), panel["in_bonis"]))
    assert rows["siren"].to_pylist() == of_month["siren"].to_pylist()
    six, twelve, eighteen = (rows[f"probability_{horizon}"].to_numpy() for horizon in (6, 12, 18))
    assert (six <= twelve).all()
    assert (twelve <= eighteen).all()


def test_contributions_add_up_to_the_margin(trained: Trained) -> None:
    rows, model = scoring_rows(tables_of(trained[0]), MONTH), used(trained).model
    shown = np.arange(len(rows)) % 3 == 0
    explained = model.explain(rows, shown)
    total = explained.base + sum(explained.by_variable.values())
    np.testing.assert_allclose(total, model.margin(rows, shown), rtol=0, atol=1e-9)
    assert set(explained.by_variable) == {variable.name for variable in VARIABLES}


def test_a_usual_company_is_explained_by_little(trained: Trained) -> None:
    """Contributions compare with the rows learned from: over a month they nearly cancel out."""
    rows, model = scoring_rows(tables_of(trained[0]), MONTH), used(trained).model
    explained = model.explain(rows, np.ones(len(rows), dtype=np.bool_))
    for name, part in explained.by_variable.items():
        assert abs(part.mean()) < 0.25, name


def test_a_company_without_two_whole_sources_is_scored_and_explained(trained: Trained) -> None:
    rows, model = scoring_rows(tables_of(trained[0]), MONTH), used(trained).model
    lost = [variable.name for variable in VARIABLES if variable.source in (LIASSE, PAYDEX)]
    poor = PanelRows({**rows.columns, **{name: np.full(len(rows), np.nan) for name in (*lost, "paydex")}})
    every = np.ones(len(rows), dtype=np.bool_)
    explained = model.explain(poor, every)
    total = explained.base + sum(explained.by_variable.values())
    np.testing.assert_allclose(total, model.margin(poor, every), rtol=0, atol=1e-9)
    for probability in model.probabilities(poor).values():
        assert ((probability > 0) & (probability < 1)).all()


def test_a_company_without_anything_known_is_scored(trained: Trained) -> None:
    rows, model = scoring_rows(tables_of(trained[0]), MONTH), used(trained).model
    first = np.arange(len(rows)) == 0
    columns = {
        name: np.where(first, np.nan, values) if values.dtype == np.float64 else values
        for name, values in rows.columns.items()
    }
    columns["naf_section"] = np.where(first, None, columns["naf_section"])
    for probability in model.probabilities(PanelRows(columns)).values():
        assert 0 < probability[0] < 1


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
    for reported in (events, pa.concat_tables([events.filter(pc.invert(later)), moved])):
        pq.write_table(reported, file)
        rows = learning_rows(tables_of(Home(tmp_path)), AS_OF, months_read(split))
        fitted.append(as_text(fit(coded(rows), split, 18)))
    assert fitted[0] == fitted[1]


def test_what_calibrates_has_not_seen_the_company(trained: Trained) -> None:
    """Turning the outcomes of a company over changes the model, and nothing of what calibrates by that company."""
    split = split_at(index_of(date(2023, 3, 1)), index_of(FIRST))
    panel = coded(learning_rows(tables_of(trained[0]), AS_OF, months_read(split)))
    learned, latest = cohorts(split, panel.rows)
    sirens, outcome = panel.rows.sirens, panel.rows.target(18)
    failing = set(sirens[outcome & learned]) & set(sirens[~outcome & learned])
    mine = learned & (sirens == min(failing & set(sirens[latest])))
    turned = {**panel.rows.columns, "target_18": np.where(mine, 1.0 - outcome, panel.rows.columns["target_18"])}
    before, after = (fit(one, split, 18) for one in (panel, CodedRows(PanelRows(turned), panel.columns)))
    left_out_by = before.fold_of[sirens[mine][0]]
    margins = [one.mixture.by_fold(panel.columns.at(mine)) for one in (before, after)]
    np.testing.assert_array_equal(margins[0][left_out_by], margins[1][left_out_by])
    others = [fold for fold in range(len(margins[0])) if fold != left_out_by]
    assert (margins[0][others] != margins[1][others]).any()


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


def test_a_class_is_observed_on_the_last_list_of_the_back_test(trained: Trained) -> None:
    home, candidate = trained
    split = backtest_splits(index_of(AS_OF) - 2 - 18, index_of(FIRST), index_of(AS_OF))[0]
    past = judge(split, coded(learning_rows(tables_of(home), AS_OF, months_read(split))), seed=0)
    assert past == candidate.card["backtest"][0]
    assert candidate.card["class_observed"] == past["last_list"]
    frequencies = {level: found["frequency"] for level, found in past["last_list"].items()}
    assert candidate.model.class_observed == frequencies


def test_a_class_and_a_promise_rest_on_one_list_and_on_thresholds_that_saw_no_outcome_of_it(trained: Trained) -> None:
    _, candidate = trained
    card = candidate.card["backtest"][0]
    by_level = card["last_list"]
    both = card["classes"]
    assert set(by_level) == {"elevee", "moderee", "aucune"}
    assert 0 < sum(one["companies"] for one in by_level.values()) < sum(one["rows"] for one in both.values())
    for level, one in by_level.items():
        assert one["companies"] <= both[level]["rows"]
        assert one["events"] <= both[level]["events"]


def test_without_a_back_test_no_class_is_observed(tmp_path: Path) -> None:
    """A panel that begins too late to judge: the frequencies of the calibration cohort are not shown in their place."""
    tables = write_home(Home(tmp_path))
    panel = pq.read_table(tables / "panel.parquet")
    late = pc.greater_equal(panel["periode"], pa.scalar(date(2020, 1, 1)))
    pq.write_table(panel.filter(late), tables / "panel.parquet")
    candidate = train(Home(tmp_path))
    assert (candidate.card["backtest"], candidate.card["class_observed"]) == ([], {})
    assert candidate.model.class_observed == {"elevee": None, "moderee": None, "aucune": None}


def test_the_card_says_how_it_learned(trained: Trained) -> None:
    card = trained[1].card
    assert "boosting" in card["recipe"]
    assert set(card["learners"]) == {"6", "12", "18"}
    for one in card["learners"].values():
        assert min(one["weights"].values()) >= 0
        assert sum(one["weights"].values()) > 0.5
        assert 0 < one["events"] < one["rows_taught"] <= card["training"]["rows"]
    assert card["learners"]["6"]["events"] < card["learners"]["18"]["events"] == card["training"]["events"]
    assert card["base"] == pytest.approx(trained[1].model.base)


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
    siren = scoring_rows(tables, MONTH).sirens[0]
    end = {"siren": siren, "date_effet": ended, "action_procol": "redressement", "stade_procol": "fin_procedure"}
    write(tables / "known_procol.parquet", KNOWN_PROCOL.arrow, [{**end, "known_at": known, "known_at_assumed": False}])
    assert (siren in scoring_rows(tables, MONTH).sirens) == scored
