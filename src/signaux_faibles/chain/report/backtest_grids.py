"""The tables of the page of a back-test."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from signaux_faibles.chain.report.page import Grid
from signaux_faibles.detection.backtest.policy import CALLS, USUAL
from signaux_faibles.detection.learning.joint.labels import LABELS
from signaux_faibles.wording.french import counted, month_label, number, percent, period

UNCERTAIN = "ordre valable, niveau incertain"
CERTAIN = "niveau valable"


def measures_grid(caption: str, view: Mapping[str, Any]) -> Grid:
    """Order and level of each recipe; the log-loss is given as a gain over the constant."""
    least = view["recipes"]["constant"]["log_loss"]
    rows = [
        (
            LABELS[name],
            _bounded(one, "auc"),
            _bounded(one, "average_precision"),
            percent(1 - one["log_loss"] / least),
            _number(one["slope"], 2),
            _bounded(one, "observed_expected", 2),
            *(number(1000 * benefit, 2) for benefit in one["net_benefit"].values()),
        )
        for name, one in view["recipes"].items()
    ]
    headers = ("", "AUC", "Précision moyenne", "Gain sur la constante", "Pente", "Observé / attendu",
               "Bénéfice net à 5 %, pour mille", "à 10 %")  # fmt: skip
    failing = counted(view["failing"], "entreprise défaillante", "entreprises défaillantes")
    counts = f"{number(view['rows'])} lignes, {number(view['events'])} positives, {failing}"
    return Grid(f"{caption} : {counts}", headers, tuple(rows), frozenset(range(1, len(headers))))


def policy_grid(caption: str, recipes: Mapping[str, Any], in_all: Mapping[str, float]) -> Grid:
    """What the calls of each recipe reach."""
    rows = [
        (
            LABELS[name],
            number(one["calls"]),
            number(one["failures"]),
            percent(one["failures"] / in_all["failures"]) if in_all["failures"] else "",
            number(one["late"]),
            number(one["jobs"]),
            _number(one["ratio"], 2) + _interval(one["ratio_interval"], 2),
        )
        for name, one in recipes.items()
    ]
    headers = (
        "",
        "Appels",
        "Défaillances atteintes",
        "Part de toutes",
        "Dont à moins de 6 mois",
        "Emplois",
        "Rapport à la recette de 2024",
    )
    whole = f"{caption} : {number(in_all['failures'])} défaillances, {number(in_all['jobs'])} emplois en tout"
    return Grid(whole, headers, tuple(rows), frozenset(range(1, len(headers))))


def capacity_grid(view: Mapping[str, Any]) -> Grid:
    """Precision, recall and lift of each recipe at each capacity."""
    rows = [
        (
            LABELS[name],
            *(_precision_and_recall(one["at_capacity"][str(calls)]) for calls in CALLS),
            _number(one["at_capacity"][str(USUAL)]["lift"], 1),
        )
        for name, one in view["recipes"].items()
    ]
    headers = ("", *(f"Aux {calls} premières" for calls in CALLS), f"Mieux que le hasard à {USUAL} : fois")
    return Grid(
        "Précision · rappel par département et par liste", headers, tuple(rows), frozenset(range(1, len(headers)))
    )


def quarters_grid(quarters: Sequence[Mapping[str, Any]]) -> Grid:
    """For each list, how it did and whether its levels could be trusted."""
    rows = [
        (
            month_label(date.fromisoformat(one["month"])),
            number(one["events"]),
            *(_number(one["recipes"]["ours"][name], 3) for name in ("auc", "average_precision")),
            _number(one["recipes"]["ours"]["slope"], 2),
            number(one["recipes"]["ours"]["observed_expected"], 2),
            _number(one["updated"], 2),
            _number(one["moved"], 2),
            CERTAIN if one["level_certain"] else UNCERTAIN,
        )
        for one in quarters
    ]
    headers = ("Liste", "Lignes positives", "AUC", "Précision moyenne", "Pente", "Observé / attendu", "Remis à niveau",
               "Taux connu, depuis la calibration", "")  # fmt: skip
    return Grid("Le nôtre, liste par liste", headers, tuple(rows), frozenset(range(1, len(headers) - 1)))


def reliability_grid(tenths: Sequence[Mapping[str, float]]) -> Grid:
    """Predicted and observed frequency by tenth of the rows."""
    rows = [
        (str(rank), percent(one["foreseen"], 2), percent(one["observed"], 2), number(one["rows"]))
        for rank, one in enumerate(tenths, 1)
    ]
    return Grid(
        "Par dixième de probabilité", ("Dixième", "Prévu", "Observé", "Lignes"), tuple(rows), frozenset((0, 1, 2, 3))
    )


def slices_grid(slices: Sequence[Mapping[str, Any]]) -> Grid:
    """Observed and expected failures by sector and size."""
    rows = [
        (
            one["slice"],
            number(one["observed"]),
            number(one["expected"], 1),
            number(one["observed"] / one["expected"], 2) + _interval(one["interval"], 2) if one["expected"] else "",
            number(one["holm"], 3),
        )
        for one in slices
    ]
    headers = ("Tranche", "Observé", "Attendu", "Observé / attendu", "Probabilité d'un tel écart par hasard, corrigée")
    return Grid(
        "Par secteur et par taille, entreprises qui emploient encore", headers, tuple(rows), frozenset((1, 2, 3, 4))
    )


def models_grid(models: Sequence[Mapping[str, Any]]) -> Grid:
    """When each model was used, what it learned from, and how its four learners weigh."""
    names = tuple(models[0]["weights"])
    rows = [
        (
            _months(one["used"]),
            _months(one["learned"]),
            _months(one["calibrated"]),
            number(one["rows"]),
            number(one["events"]),
            *(number(one["weights"][name], 2) for name in names),
        )
        for one in models
    ]
    headers = ("Listes", "A appris sur", "Calibré sur", "Lignes", "Positives", *(LABELS[name] for name in names))
    return Grid("Les modèles, un par origine", headers, tuple(rows), frozenset(range(3, len(headers))))


def _precision_and_recall(one: Mapping[str, Any]) -> str:
    return "–" if one["precision"] is None else f"{percent(one['precision'])} · {percent(one['recall'])}"


def _months(days: Sequence[str]) -> str:
    return period(date.fromisoformat(days[0]), date.fromisoformat(days[-1]))


def _bounded(one: Mapping[str, Any], name: str, digits: int = 3) -> str:
    return _number(one[name], digits) + _interval(one[f"{name}_interval"], digits)


def _interval(bounds: Sequence[float], digits: int) -> str:
    return f" [{' ; '.join(number(bound, digits) for bound in bounds)}]" if bounds else ""


def _number(value: float | None, digits: int) -> str:
    return "–" if value is None else number(value, digits)
