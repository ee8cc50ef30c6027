"""Which source has moved since what was learned, and what the list would be without it.

A model goes on scoring when a source is lost or changes its meaning. Each source is compared with the latest month
learned from: how often it is unknown, how its values are spread. Then it is hidden, to see who would enter or leave the
list, and how much order is lost on that month, whose outcomes are known and where the model is at its best.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.presence import TOLERANCE
from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import (
    APCONSO,
    DEBIT,
    DELAI,
    EFFECTIF,
    LIASSE,
    PAYDEX,
    SIRENE,
    VARIABLES,
    Provenance,
    Reals,
    read_variables,
)
from signaux_faibles.detection.learning.metrics import Ranked
from signaux_faibles.detection.learning.model import Model
from signaux_faibles.detection.levels import NONE
from signaux_faibles.panel.schema import LONGEST


class Source(StrEnum):
    """A source that may be lost, by the name that a command gives it."""

    DEBITS = "debits"
    DELAIS = "delais"
    EFFECTIFS = "effectifs"
    LIASSES = "liasses"
    PAYDEX = "paydex"
    ACTIVITE_PARTIELLE = "activite-partielle"
    SIRENE = "sirene"


SOURCES: Mapping[Source, Provenance] = {
    Source.DEBITS: DEBIT,
    Source.DELAIS: DELAI,
    Source.EFFECTIFS: EFFECTIF,
    Source.LIASSES: LIASSE,
    Source.PAYDEX: PAYDEX,
    Source.ACTIVITE_PARTIELLE: APCONSO,
    Source.SIRENE: SIRENE,
}
SPREAD = 0.25
"""Population stability index from which the spread of values has moved (model §6.9)."""
Values = Mapping[str, npt.NDArray[Any]]
_TENTHS = np.arange(0.1, 1.0, 0.1)
_LEAST = 1e-4


@dataclass(frozen=True)
class SourceState:
    """A source at a month, against the latest month learned from.

    Attributes:
        learned, scored: the share of its values that is unknown.
        spread: how far the spread of its variable that moved most has moved, and the label of that variable.
    """

    name: Source
    label: str
    learned: float
    scored: float
    spread: float
    variable: str

    @property
    def moved(self) -> bool:
        """Whether it differs from what was learned."""
        return abs(self.learned - self.scored) > TOLERANCE or self.spread >= SPREAD


@dataclass(frozen=True)
class Hidden:
    """A list without a source.

    Attributes:
        entering, leaving: companies that would enter or leave alert.
        loss: AUC lost on the latest month learned from; None when that cannot be measured.
    """

    entering: int
    leaving: int
    loss: float | None


def compared(reference: PanelRows, rows: PanelRows) -> list[SourceState]:
    """The state of each source.

    Args:
        reference: the latest month learned from; rows: the month to score.
    """
    before, now = read_variables(reference.columns), read_variables(rows.columns)
    return [SourceState(name, source.label, *_compared(source, before, now)) for name, source in SOURCES.items()]


def hidden(reference: PanelRows, rows: PanelRows, model: Model) -> list[Hidden]:
    """The list without each source in turn, in the order of `SOURCES`.

    Args:
        reference: the latest month learned from, with its outcomes; rows: the month of the list.
    """
    alerts, order = _alerts(rows, model), _auc(reference, model)
    lists = []
    for source in SOURCES.values():
        degraded = _alerts(without(rows, source), model)
        lost = _auc(without(reference, source), model)
        loss = None if order is None or lost is None else order - lost
        entering, leaving = len(degraded - alerts), len(alerts - degraded)
        lists.append(Hidden(entering, leaving, loss))
    return lists


def about(reference: PanelRows, rows: PanelRows, model: Model) -> list[dict[str, Any]]:
    """What the card says of each source: its state, whether it moved, and the list without it."""
    pairs = zip(compared(reference, rows), hidden(reference, rows, model), strict=True)
    return [vars(state) | {"moved": state.moved} | vars(without_it) for state, without_it in pairs]


def without(rows: PanelRows, *sources: Provenance) -> PanelRows:
    """The rows as if some sources had never been delivered: what no other variable reads is unknown."""
    own = {column for source in sources for column in _columns_of(source, rows)}
    return PanelRows({name: _unknown(values) if name in own else values for name, values in rows.columns.items()})


class _Read(Mapping[str, npt.NDArray[Any]]):
    """Columns that remember which of them were read."""

    def __init__(self, columns: Mapping[str, npt.NDArray[Any]]) -> None:
        self._columns, self.names = columns, set[str]()

    def __getitem__(self, name: str) -> npt.NDArray[Any]:
        self.names.add(name)
        return self._columns[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._columns)

    def __len__(self) -> int:
        return len(self._columns)


def _columns_of(source: Provenance, rows: PanelRows) -> set[str]:
    """The columns that the variables of a source read, and no others."""
    own, others = _Read(rows.columns), _Read(rows.columns)
    for variable in VARIABLES:
        variable.values(own if variable.source is source else others)
    return own.names - others.names


def _unknown(values: npt.NDArray[Any]) -> npt.NDArray[Any]:
    return np.full(len(values), None if values.dtype == object else np.nan, dtype=values.dtype)


def _alerts(rows: PanelRows, model: Model) -> set[str]:
    levels = model.thresholds.levels(model.probabilities(rows, LONGEST)[LONGEST])
    return {siren for siren, level in zip(rows.sirens.tolist(), levels, strict=True) if level != NONE}


def _auc(reference: PanelRows, model: Model) -> float | None:
    """None when nobody or everybody fails."""
    failed = reference.target(LONGEST)
    if failed.all() or not failed.any():
        return None
    return Ranked.of(failed, model.probabilities(reference, LONGEST)[LONGEST]).auc(np.ones(len(failed)))


def _compared(source: Provenance, before: Values, now: Values) -> tuple[float, float, float, str]:
    """The shares unknown, the largest spread, and the variable that has it."""
    own = [variable for variable in VARIABLES if variable.source is source]
    shares = [np.mean([_share_unknown(values[variable.name]) for variable in own]) for values in (before, now)]
    spreads = {
        variable.label: _spread(before[variable.name], now[variable.name]) for variable in own if variable.shapes
    }
    most = max(spreads, key=lambda label: spreads[label])
    return float(shares[0]), float(shares[1]), spreads[most], most


def _share_unknown(values: npt.NDArray[Any]) -> float:
    unknown = [value is None for value in values] if values.dtype == object else np.isnan(values)
    return float(np.mean(unknown)) if len(values) else 0.0


def _spread(before: Reals, now: Reals) -> float:
    """The population stability index of the known values, on the tenths of those learned from; 0 when one has none."""
    before, now = before[~np.isnan(before)], now[~np.isnan(now)]
    if not len(before) or not len(now):
        return 0.0
    edges = np.unique(np.quantile(before, _TENTHS))
    shares = [
        np.maximum(np.bincount(np.searchsorted(edges, values), minlength=len(edges) + 1) / len(values), _LEAST)
        for values in (before, now)
    ]
    return float(np.sum((shares[1] - shares[0]) * np.log(shares[1] / shares[0])))
