"""`sf bench recipes`: ways to learn compared on invented countries, up to the hazard that nobody sees."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Annotated, Any

import numpy as np
import typer
from rich.table import Table as Screen

from signaux_faibles.cli.bench.invented_rows import InventedRows, invented_rows
from signaux_faibles.cli.bench.targets import judged_by_targets
from signaux_faibles.cli.bench.targets_grid import show_targets
from signaux_faibles.cli.bench.windows import WINDOWS, WITHOUT_DEBTS, Window
from signaux_faibles.cli.options import Boosters, EveryMeasureAsJson, Stride, alerts, screen
from signaux_faibles.detection.backtest.ceiling import HAZARD
from signaux_faibles.detection.backtest.forecasts import OURS, Forecasts, forecast, joined, trial_of
from signaux_faibles.detection.backtest.lost_source import forecast_without
from signaux_faibles.detection.backtest.measures import by_quarter, measures_of
from signaux_faibles.detection.backtest.policy import USUAL, policies, share_of
from signaux_faibles.detection.backtest.report import REFERENCE, known_or_none
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import DEBIT
from signaux_faibles.detection.learning.joint.labels import LABELS
from signaux_faibles.detection.learning.joint.learner import Settings
from signaux_faibles.detection.learning.joint.recipes import NotApplicable, recipe_2024_own_way
from signaux_faibles.detection.learning.joint.trial import Trial
from signaux_faibles.detection.learning.metrics import measure
from signaux_faibles.detection.learning.panel_encoding import settings_of
from signaux_faibles.detection.learning.regime import KNOWN_AFTER
from signaux_faibles.detection.learning.split import STRIDE, Split
from signaux_faibles.fictitious.measured.hardness import known_of, of_processes
from signaux_faibles.fictitious.parameters.world import WORLDS
from signaux_faibles.relations.months import index_of, month_at
from signaux_faibles.wording.french import counted, interval, number, period

PROCESSES, OWN_WAY = "processes_free_of_noise", "recipe_2024_own_way"
CEILINGS = (HAZARD, PROCESSES)
"""What nobody can know: the true risk of the month, and a strong model of the processes behind all that is observed."""


Companies = Annotated[int, typer.Option(help="Entreprises de dix salariés ou plus, dans chaque pays.")]
SeedsOfCountries = Annotated[list[int] | None, typer.Option("--seed", help="Graine d'un pays ; répétable.")]
WorldName = Annotated[str, typer.Option(help=f"Monde : {', '.join(WORLDS)}.")]


def bench_recipes(
    companies: Companies = 20_000,
    seed: SeedsOfCountries = None,
    world: WorldName = "reference",
    stride: Stride = STRIDE,
    boosters: Boosters = 1,
    as_json: EveryMeasureAsJson = False,
) -> None:
    """Compare les façons d'apprendre sur des pays inventés, chacun appris à part, jugés ensemble."""
    if world not in WORLDS:
        raise typer.BadParameter(f"le monde « {world} » n'existe pas ; mondes connus : {', '.join(WORLDS)}")
    seeds = seed or [20, 31]
    lists: dict[str, list[Forecasts]] = {window.name: [] for window in (*WINDOWS, WITHOUT_DEBTS)}
    for one in seeds:
        with alerts.status(f"Graine {one} : le pays"):
            country = invented_rows(known_of(companies, one, world), _months(stride))
        for window in WINDOWS:
            with alerts.status(f"Graine {one} : {window.name}"):
                lists[window.name].append(_forecasts(country, window.split(), settings_of(boosters), stride, one))
        with alerts.status(f"Graine {one} : {WITHOUT_DEBTS.name}"):
            deprived = forecast_without(country.panel, WITHOUT_DEBTS.split(), DEBIT, settings_of(boosters), stride)
            lists[WITHOUT_DEBTS.name].append(_named_apart(deprived, one))
    together = {name: joined(parts) for name, parts in lists.items()}
    deprived = together.pop(WITHOUT_DEBTS.name)
    measured = {window.name: _measured(window, together[window.name]) for window in WINDOWS}
    targets = judged_by_targets(measured, together, deprived, world, CEILINGS)
    about = {"companies": companies, "seeds": seeds, "world": world, "stride": stride, "boosters": boosters}
    if as_json:
        everything = known_or_none({"about": about, **measured, "targets": targets})
        typer.echo(json.dumps(everything, ensure_ascii=False, indent=1, allow_nan=False))
    else:
        for window in WINDOWS:
            _show(window, measured[window.name])
        show_targets(targets)


def _months(stride: int) -> set[int]:
    """The months that are learned from, judged, or that say how far failures have moved by a list."""
    months: set[int] = set()
    for split in (window.split() for window in (*WINDOWS, WITHOUT_DEBTS)):
        lists = split.evaluation.quarterly()
        months |= {*split.training.spaced(stride), *split.calibration.quarterly(), *lists, lists[0] - STRIDE}
        months |= {month - KNOWN_AFTER for month in lists}
    return months


def _forecasts(country: InventedRows, split: Split, settings: Settings, stride: int, seed: int) -> Forecasts:
    """What each recipe gives to the lists of a window, and the ceilings."""
    panel = country.panel
    forecasts = forecast(panel, [split], settings, _quietly, stride, country.past)
    trial = trial_of(panel, split, settings, stride)
    taught = panel.table.outcome[trial.learned]
    ceilings = {
        HAZARD: country.hazard[trial.judged],
        PROCESSES: of_processes(country.processes[trial.learned], taught, country.processes[trial.judged]),
    }
    models = [{"seed": seed, **forecasts.models[0], OWN_WAY: _own_way(replace(trial, table=country.past))}]
    return _named_apart(replace(forecasts, by_recipe={**forecasts.by_recipe, **ceilings}, models=models), seed)


def _named_apart(forecasts: Forecasts, seed: int) -> Forecasts:
    """The same forecasts, their companies named by their country too."""
    named = np.array([f"{seed}:{siren}" for siren in forecasts.rows.sirens], dtype=object)
    return replace(forecasts, rows=PanelRows({**forecasts.rows.columns, "siren": named}))


def _own_way(trial: Trial) -> dict[str, Any] | None:
    """The recipe of 2024 as it was judged: on companies left out of the very months learned from."""
    try:
        probability, left_out = recipe_2024_own_way(trial)
    except NotApplicable:
        return None
    return measure(trial.table.outcome[left_out], probability)


def _quietly(_done: int, _count: int) -> None:
    """One window learns once: there is no progress to show within it."""


def _measured(window: Window, forecasts: Forecasts) -> dict[str, Any]:
    months = forecasts.rows.columns["month"]
    months_measured = [index_of(day) for day in window.measured] or np.unique(months)
    policy = policies(forecasts, share_of(USUAL), REFERENCE, seed=0)
    least, most = policy[REFERENCE]["failures"], policy[HAZARD]["failures"]
    way = (policy[OURS]["failures"] - least) / (most - least) if most > least else None
    return {
        **measures_of(forecasts, np.isin(months, months_measured), 0, ceilings=CEILINGS),
        "lists": [month_at(int(month)).isoformat() for month in months_measured],
        "policy": policy,
        "way_to_hazard": way,
        "by_list": by_quarter(forecasts, (OURS,)),
        "models": forecasts.models,
    }


def _show(window: Window, measured: dict[str, Any]) -> None:
    lists = period(*(date.fromisoformat(measured["lists"][rank]) for rank in (0, -1)))
    calls = period(window.first, window.last)
    title = (
        f"Listes de {lists} : {number(measured['rows'])} lignes, "
        f"{counted(measured['failing'], 'entreprise défaillante', 'entreprises défaillantes')} ; appels de {calls}. "
        "Données fictives."
    )
    table = Screen("", "AUC", "Précision moyenne", "Pente", "Observé / attendu", "Défaillances atteintes",
                   "Rapport à la recette de 2024", title=title)  # fmt: skip
    for name, one in measured["recipes"].items():
        reached = measured["policy"][name]
        table.add_row(
            LABELS[name],
            f"{number(one['auc'], 3)} {interval(one['auc_interval'])}",
            f"{number(one['average_precision'], 3)} {interval(one['average_precision_interval'])}",
            "–" if one["slope"] is None else number(one["slope"], 2),
            number(one["observed_expected"], 2),
            number(reached["failures"]),
            f"{number(reached['ratio'], 2)} {interval(reached['ratio_interval'], 2)}",
        )
    screen.print(table)
    beside = measured["beside_strongest"]
    screen.print(
        f"Le nôtre moins la meilleure des autres ({LABELS[measured['strongest']]}) : précision moyenne "
        f"{number(beside['average_precision'], 3)} {interval(beside['average_precision_interval'])}, AUC "
        f"{number(beside['auc'], 3)} {interval(beside['auc_interval'])}."
    )
    if measured["way_to_hazard"] is not None:
        way = number(100 * measured["way_to_hazard"])
        screen.print(f"Part du chemin entre la recette de 2024 et le risque latent : {way} %.")
