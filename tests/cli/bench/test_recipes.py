"""`sf bench recipes` on a very small invented country: every recipe is there, and the hazard that nobody sees."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import numpy as np
import pytest
from typer.testing import CliRunner

from signaux_faibles.cli.app import app
from signaux_faibles.cli.bench.invented_rows import InventedRows, invented_rows
from signaux_faibles.cli.bench.recipes import CEILINGS
from signaux_faibles.cli.bench.targets_grid import WORDS, show_targets
from signaux_faibles.cli.bench.windows import WINDOWS, WITHOUT_DEBTS
from signaux_faibles.detection.features.amounts import AMOUNTS
from signaux_faibles.detection.learning.metrics import Ranked
from signaux_faibles.detection.learning.split import HORIZON
from signaux_faibles.fictitious.measured.hardness import known_of
from signaux_faibles.panel.label import REPORTING_DELAY
from signaux_faibles.relations.months import index_of, month_at

MONTHS = [index_of(day) for window in WINDOWS for day in (window.first, window.last)]


@pytest.fixture(scope="module")
def country() -> InventedRows:
    return invented_rows(known_of(600, 20), MONTHS)


def test_rows_are_those_of_lists(country: InventedRows) -> None:
    assert sorted({month_at(int(month)) for month in country.panel.rows.columns["month"]}) == [
        month_at(month) for month in MONTHS
    ]
    assert (country.panel.rows.columns["in_bonis"] == 1).all()
    keys = list(zip(country.panel.rows.sirens, country.panel.rows.columns["month"], strict=True))
    assert keys == sorted(set(keys))


def test_ours_and_the_recipes_of_the_service_read_their_own_inputs(country: InventedRows) -> None:
    """Unknown stays unknown for ours, and is zero for the recipes of 2021 and 2024, as it was."""
    ours, past = country.panel.table, country.past
    assert np.isnan(ours.column("paydex")).any()
    assert not np.isnan(past.values).any()
    assert (past.outcome == ours.outcome).all()
    assert (past.groups == ours.groups).all()


def test_no_recipe_reads_accounts_before_they_are_declared(country: InventedRows) -> None:
    """Dated by their closing, the accounts of companies that file late, which fail more, would be read too early."""
    unknown = np.isnan(country.panel.table.column("comptes_anciennete"))
    accounts = country.past.values[:, -9:-3]
    assert 0.01 < unknown.mean() < 0.5
    assert (accounts[unknown] == 0).all()
    assert (accounts[~unknown] != 0).any(axis=1).all()


def test_a_longer_horizon_holds_a_shorter_one(country: InventedRows) -> None:
    for shorter, longer in ((6, 12), (12, 18)):
        assert (country.panel.rows.target(shorter) <= country.panel.rows.target(longer)).all()
    assert 0.005 < country.panel.rows.target(18).mean() < 0.05


def test_the_latent_hazard_ranks_failures(country: InventedRows) -> None:
    ones = np.ones(len(country.panel.rows))
    assert Ranked.of(country.panel.rows.target(18), country.hazard).auc(ones) > 0.75
    assert (country.panel.table.outcome == country.panel.rows.target(18)).all()


def test_rules_read_sectors_departments_and_debts(country: InventedRows) -> None:
    names = ("naf_section", "departement", "effectif", "mois_impayes_12", "part_ouvriere", *AMOUNTS)
    assert country.panel.rules.names == names
    assert len(set(country.panel.rules.column("departement"))) > 50
    assert (country.panel.rules.column("mois_impayes_12") <= 12).all()


@pytest.mark.parametrize("window", WINDOWS, ids=lambda window: window.name)
def test_a_window_learns_only_what_was_known_at_its_first_list(window: object) -> None:
    split = window.split()  # type: ignore[attr-defined]
    assert split.training.last + HORIZON + REPORTING_DELAY <= min(split.evaluation.quarterly())


@pytest.fixture(scope="module")
def found() -> dict[str, Any]:
    small = ["--companies", "700", "--seed", "20", "--stride", "12", "--json"]
    done = CliRunner().invoke(app, ["bench", "recipes", *small])
    assert done.exit_code == 0, done.output
    return json.loads(done.stdout)


def test_all_recipes_are_compared(found: dict[str, Any]) -> None:
    assert found["about"]["seeds"] == [20]
    for window in WINDOWS:
        recipes = found[window.name]["recipes"]
        rules = {"sector_rate", "sector_department_size", "debt_rule", "last_list", "altman"}
        learned = {"ours", "ours_unseen", "logistic", "recipe_2021", "recipe_2024", "natural_forest", "hazard"}
        assert learned | rules | {"constant", *CEILINGS} < set(recipes)
        assert set(recipes) <= set(found[window.name]["policy"])
        assert found[window.name]["strongest"] not in CEILINGS
        assert found[window.name]["policy"]["recipe_2024"]["ratio"] == 1
        assert 0 < found[window.name]["models"][0]["recipe_2024_own_way"]["auc"] < 1
        assert len(found[window.name]["by_list"]) == len(window.split().evaluation.quarterly())


def test_targets_are_judged_by_what_the_run_measured(found: dict[str, Any]) -> None:
    targets = {one["name"]: one for one in found["targets"]["table"]}
    before, calls = found["avant"]["recipes"]["ours"], found["targets"]["calls"]
    assert targets["auc_2018"]["value"] == before["auc"]
    assert targets["more_than_strongest_2018"]["of"] == found["avant"]["strongest"]
    for name in ("ours", "recipe_2024", "latent_hazard"):
        assert calls["failures"][name] == sum(found[one]["policy"][name]["failures"] for one in ("avant", "après"))
    lists = [one for window in WINDOWS for one in found[window.name]["by_list"]]
    assert [one["month"] for one in found["targets"]["origins"]] == [one["month"] for one in lists]
    june = next(one for one in lists if one["month"] == "2020-06-01")
    assert targets["auc_june_2020"]["value"] == pytest.approx(june["recipes"]["ours"]["auc"])
    assert targets["level_june_2020"]["value"] == pytest.approx(june["recipes"]["ours"]["observed_expected"])
    deprived = found["targets"]["without_debts"]["recipes"]["ours_without_source"]
    assert targets["auc_without_debts"]["value"] == deprived["auc"]
    assert all(one["reached"] in (True, False, None) for one in targets.values())


def test_every_target_has_its_words(found: dict[str, Any], capsys: pytest.CaptureFixture[str]) -> None:
    assert {one["name"] for one in found["targets"]["table"]} | {"loss_of_auc"} == set(WORDS)
    show_targets(found["targets"])
    shown = capsys.readouterr().out
    assert "Juin 2024, sans aucune dette" in shown
    assert shown.count("crise") > len(WINDOWS)


def test_the_list_without_debts_is_made_by_a_model_one_purge_older() -> None:
    split = WITHOUT_DEBTS.split()
    assert month_at(split.evaluation.first) == month_at(split.evaluation.last) == date(2024, 6, 1)
    assert month_at(split.training.last) == date(2022, 10, 1)


def test_an_unknown_world_is_refused() -> None:
    done = CliRunner().invoke(app, ["bench", "recipes", "--world", "ailleurs"])
    assert done.exit_code == 2
    assert "ailleurs" in done.output
