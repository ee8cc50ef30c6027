"""Rules that need no learner: the frequency of the class of a row, from columns of known names."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.variables import Reals
from signaux_faibles.detection.learning.baselines import ClassRates, debt_rule
from signaux_faibles.detection.learning.joint.recipes import NotApplicable
from signaux_faibles.detection.learning.joint.table import Table
from signaux_faibles.detection.learning.joint.trial import Trial

SIZES = (20, 50, 250)
"""Headcounts at which the size class of a company changes."""
TENTHS = np.arange(0.1, 1.0, 0.1)
Classes = npt.NDArray[Any]


@dataclass(frozen=True)
class BaselineRule:
    """A rule: the columns that it needs, and the class of each row from them."""

    needed: tuple[str, ...]
    classes: Callable[[Table], Classes]  # of each row, whatever the others are

    def probability(self, trial: Trial) -> Reals:
        """The frequency, among the rows learned from, of the class of each row to judge.

        Raises:
            NotApplicable: the table lacks a column.
        """
        missing = [name for name in self.needed if name not in trial.table.names]
        if missing:
            raise NotApplicable(f"colonnes absentes du fichier : {', '.join(missing)}.")
        learned = trial.table.at(trial.learned)
        rates = ClassRates.fit(self.classes(learned), learned.outcome)
        return rates.probability(self.classes(trial.table.at(trial.judged)))


def sector(table: Table) -> Classes:
    """The sector, as a code."""
    return _texts(table.column("naf_section"))


def sector_place_and_size(table: Table) -> Classes:
    """Sector, département and class of headcount together."""
    size = np.digitize(table.column("effectif"), SIZES).astype(str)
    parts = (_texts(table.column("naf_section")), _texts(table.column("departement")), size)
    return np.array([" ".join(part) for part in zip(*parts, strict=True)], dtype=object)


def last_list(table: Table) -> Classes:
    """The level that the last list gave."""
    return _texts(table.column("derniere_alerte"))


def debts(table: Table) -> Classes:
    """How many months of the year the employee share was left unpaid."""
    names = ("siren", "mois_impayes_12", "part_ouvriere")
    return debt_rule({names[0]: table.groups, **{name: table.column(name) for name in names[1:]}})


RULES = {
    "sector_rate": BaselineRule(("naf_section",), sector),
    "sector_department_size": BaselineRule(("naf_section", "departement", "effectif"), sector_place_and_size),
    "debt_rule": BaselineRule(("mois_impayes_12", "part_ouvriere"), debts),
    "last_list": BaselineRule(("derniere_alerte",), last_list),
}
"""By the name that the JSON gives them."""


def altman(trial: Trial, columns: Sequence[str]) -> Reals:
    """An Altman-like score, Z'' with its published weights, and the frequency of its tenth.

    Args:
        columns: current assets, current liabilities, retained earnings, operating result, total assets, total
            liabilities.
    Raises:
        NotApplicable: the columns were not named.
    """
    if not columns:
        raise NotApplicable("ses six colonnes n'ont pas été nommées (--altman).")
    current, short, retained_earnings, operating, assets, owed = (trial.table.column(name) for name in columns)
    total, liabilities = np.where(assets > 0, assets, np.nan), np.where(owed > 0, owed, np.nan)
    score = (
        6.56 * (current - short) / total
        + 3.26 * retained_earnings / total
        + 6.72 * operating / total
        + 1.05 * (assets - owed) / liabilities
    )
    if np.isnan(score[trial.learned]).all():
        raise NotApplicable("ses colonnes ne donnent aucun score.")
    classes = np.digitize(score, np.nanquantile(score[trial.learned], TENTHS)).astype(object)
    classes[np.isnan(score)] = "unknown"
    texts = classes.astype(str)
    rates = ClassRates.fit(texts[trial.learned], trial.table.outcome[trial.learned])
    return rates.probability(texts[trial.judged])


def _texts(values: Reals) -> Classes:
    distinct, code = np.unique(values, return_inverse=True)
    return np.array([f"{value:g}" for value in distinct], dtype=object)[code]
