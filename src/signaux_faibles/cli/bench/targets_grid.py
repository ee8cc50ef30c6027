"""The targets of `sf bench recipes` on screen: reached or missed, then every list."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

from rich.table import Table as Screen

from signaux_faibles.cli.options import screen
from signaux_faibles.detection.backtest.forecasts import OURS
from signaux_faibles.detection.learning.joint.labels import LABELS
from signaux_faibles.wording.french import interval, month_title, number

WORDS = {
    "auc_2018": "2018 : AUC",
    "average_precision_2018": "2018 : précision moyenne",
    "more_than_strongest_2018": "2018 : précision moyenne, le nôtre moins la meilleure des autres, borne basse",
    "calls": "Appels avant et après la crise : rapport à la recette de 2024",
    "calls_lower_bound": "Le même rapport, borne basse",
    "way_to_hazard": "Part du chemin entre la recette de 2024 et le risque latent",
    "slope_of_lists": "Pente de 0,9 à 1,1 : part des listes",
    "level_of_quiet_lists": "Observé / attendu de 0,9 à 1,1 : part des listes dont le taux a bougé de 15 % au plus",
    "auc_june_2020": "Juin 2020, appris jusqu'en 2018 : AUC",
    "slope_june_2020": "Juin 2020, appris jusqu'en 2018 : pente",
    "level_june_2020": "Juin 2020, appris jusqu'en 2018 : observé / attendu",
    "auc_without_debts": "Juin 2024, sans aucune dette : AUC",
    "highest_auc": "Alerte de fuite : AUC la plus haute",
    "highest_average_precision": "Alerte de fuite : précision moyenne la plus haute",
    "loss_of_auc": "AUC, le nôtre moins celle qui le devance ou s'en approche le plus, borne basse",
}
REACHED = {True: "oui", False: "non", None: "non mesuré"}
REGIMES = {"avant": "avant la crise", "crise": "crise", "après": "après la crise"}


def show_targets(judged: Mapping[str, Any]) -> None:
    """Print the targets, then the slope and the level of every list."""
    table = Screen(
        "Objectif", "Visé", "Mesuré", "Atteint", title="Objectifs, fixés pour deux pays de 20 000 entreprises"
    )
    for one in judged["table"]:
        about = f" ({LABELS[one['of']]})" if one["of"] else ""
        table.add_row(WORDS[one["name"]] + about, _goal(one["bounds"]), figure_of(one), REACHED[one["reached"]])
    screen.print(table)
    lists = Screen("Liste", "Régime", "Pente", "Observé / attendu", "Taux depuis le calibrage", "Niveau")
    for origin in judged["origins"]:
        ours = origin["recipes"][OURS]
        lists.add_row(
            month_title(date.fromisoformat(origin["month"])),
            REGIMES[origin["regime"]],
            _number(ours["slope"]),
            f"{_number(ours['observed_expected'])} {interval(origin['observed_expected_interval'])}",
            f"× {_number(origin['moved'])}",
            "" if origin["level_certain"] else "ordre valable, niveau incertain",
        )
    screen.print(lists)


def figure_of(target: Mapping[str, Any]) -> str:
    """What was measured, with its interval where one exists."""
    return f"{_number(target['value'])} {interval(target['interval'])}".rstrip()


def _goal(bounds: Mapping[str, Any]) -> str:
    least, most = bounds["least"], bounds["most"]
    if least is not None and most is not None:
        return f"{number(least, 3)} à {number(most, 3)}"
    if least is not None:
        return f"{'>' if bounds['strict'] else '≥'} {number(least, 3)}"
    return f"≤ {number(most, 3)}"


def _number(value: float | None) -> str:
    return "–" if value is None or value != value else number(value, 3)
