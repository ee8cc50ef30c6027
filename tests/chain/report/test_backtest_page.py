"""The page of a back-test, from what was measured on rows drawn at random."""

from __future__ import annotations

import json
import re
from datetime import date
from typing import Any

import numpy as np
import pytest

from detection.backtest.made_rows import made_rows
from signaux_faibles.chain.report.backtest_page import backtest_page
from signaux_faibles.chain.report.html import as_html
from signaux_faibles.detection.backtest.forecasts import LAST_LIST, LOGISTIC, OURS, READ, UNSEEN, Forecasts
from signaux_faibles.detection.backtest.report import judged
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.learning.joint.recipes import RECIPES
from signaux_faibles.detection.learning.joint.views import ON_AMOUNTS, ON_RANKS, ON_VALUES, RIDGE
from signaux_faibles.relations.months import index_of

NAMES = (OURS, UNSEEN, RIDGE, ON_AMOUNTS, ON_VALUES, ON_RANKS, LOGISTIC, *RECIPES, *READ, LAST_LIST)
MODEL = {
    "used": ["2019-12-01", "2020-06-01"], "learned": ["2011-01-01", "2018-04-01"],
    "calibrated": ["2017-05-01", "2018-04-01"], "rows": 10, "events": 2, "companies": 5,
    "weights": {RIDGE: 0.5, ON_AMOUNTS: 0.0, ON_VALUES: 0.25, ON_RANKS: 0.25}, "calibration": "platt",
}  # fmt: skip

ABOUT = {
    **{"snapshots": ["2610-a"], "as_of": "2026-10-31", "every": 12},
    **{"stride": 3, "seeds": 1, "folds": 3, "permuted": False},
}


@pytest.fixture(scope="module")
def measured() -> dict[str, Any]:
    start = index_of(date(2019, 12, 1))
    rows = made_rows(900, months=(start, start + 9)).of_months(range(start, start + 10, 3))
    chance = np.random.default_rng(0)
    given = {name: chance.uniform(0.001, 0.3, len(rows)) for name in NAMES}
    given["constant"] = np.full(len(rows), 0.02)
    found = judged(Forecasts(rows, given, np.where(rows.columns["month"] == start, 1.3, 1.0), [MODEL]))
    return {**ABOUT, "fictitious": True, **found}


def test_what_is_measured_is_json(measured: dict[str, Any]) -> None:
    assert json.loads(json.dumps(measured, allow_nan=False))["employers"]["all"]["rows"] > 0
    assert set(measured["employers"]) == {"all", "avant", "crise"}


def test_the_page_opens_with_what_it_does_not_prove(measured: dict[str, Any]) -> None:
    page = backtest_page(measured)
    assert page.mark == "Données fictives"
    assert "ne disent rien de la détection d'entreprises réelles" in " ".join(page.sections[0].sentences)
    assert "ni à l'échelle de la démonstration" in " ".join(page.sections[0].sentences)
    real = backtest_page({**measured, "fictitious": False})
    assert real.mark == ""
    assert "inventées" not in " ".join(real.sections[0].sentences)


def test_it_says_what_the_prediction_is_worth(measured: dict[str, Any]) -> None:
    section = next(one for one in backtest_page(measured).sections if one.title == "Que vaut la prédiction ?")
    names = [row[0] for row in section.grids[0].rows]
    assert names == [
        "Le nôtre", "Le nôtre, dix pour cent d'appels en plus", "Dernière liste", "Secteur, département et taille",
        "Au hasard",
    ]  # fmt: skip
    assert len(section.figures) == 2


def test_uncertain_levels_are_named(measured: dict[str, Any]) -> None:
    text = as_html(backtest_page(measured))
    assert "ordre valable, niveau incertain" in text
    assert "niveau valable" in text


def test_the_page_is_whole_marked_and_draws_nothing_from_elsewhere(measured: dict[str, Any]) -> None:
    page = as_html(backtest_page(measured))
    assert page.count("<svg") == page.count("</svg>") == 6
    assert page.count("Données fictives") >= 8
    assert not re.search(r"(src|href)=|<script", page)
    assert "None" not in page
    assert "nan" not in re.sub(r"<style>.*?</style>", "", page, flags=re.DOTALL)


def test_a_counter_proof_says_so(measured: dict[str, Any]) -> None:
    page = backtest_page({**measured, "permuted": True})
    assert "Contre-épreuve" in page.sections[0].sentences[0]


def test_a_result_too_good_to_be_true_is_said_first(measured: dict[str, Any]) -> None:
    assert measured["too_good"] == [], "chance has an average precision above .30 here, where most fail"
    assert "Trop beau" not in as_html(backtest_page(measured))
    leaking = backtest_page({**measured, "too_good": [OURS, "natural_forest"]})
    assert leaking.sections[0].sentences[0].startswith("Trop beau pour être vrai (Le nôtre, ")


def test_lists_without_a_failure_or_too_short_to_call_from_are_still_reported() -> None:
    start = index_of(date(2019, 12, 1))
    rows = made_rows(20, months=(start, start + 1)).of_months([start])
    healthy = {name: np.zeros(len(rows)) for name in ("target_6", "target_12", "target_18")}
    given = {name: np.full(len(rows), 0.02) for name in NAMES}
    found = judged(Forecasts(PanelRows({**rows.columns, **healthy}), given, np.full(len(rows), np.nan), [MODEL]))
    assert json.loads(json.dumps(found, allow_nan=False))["employers"]["all"]["recipes"]["ours"]["auc"] is None
    page = as_html(backtest_page({**ABOUT, "fictitious": True, **found}))
    assert "aucune défaillance, rien à comparer" in page
    assert "ordre valable, niveau incertain" in page


def test_the_altman_like_score_is_named_computed_or_not(measured: dict[str, Any]) -> None:
    def said(found: dict[str, Any]) -> str:
        return " ".join(backtest_page(found).sections[-1].sentences)

    views = measured["employers"]
    held = {**views["all"], "recipes": {**views["all"]["recipes"], "altman": views["all"]["recipes"]["constant"]}}
    assert "non calculé" in said(measured)
    assert "derniers comptes publics connus" in said({**measured, "employers": {**views, "all": held}})


def test_it_says_how_many_parts_of_the_companies_were_left_out(measured: dict[str, Any]) -> None:
    assert "la moyenne de 3," in " ".join(backtest_page(measured).sections[-1].sentences)
