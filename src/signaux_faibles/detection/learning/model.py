"""A model: for each horizon a margin and its calibration, then the frozen thresholds."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from threadpoolctl import threadpool_limits

from signaux_faibles.detection.features.rows import PanelRows
from signaux_faibles.detection.features.variables import Flags, Reals
from signaux_faibles.detection.learning.calibration import Calibration
from signaux_faibles.detection.learning.joint.mixture import Mixture
from signaux_faibles.detection.learning.panel_encoding import PanelEncoding
from signaux_faibles.detection.learning.parts import by_parts
from signaux_faibles.detection.learning.thresholds import Thresholds
from signaux_faibles.panel.schema import HORIZONS, LONGEST


@dataclass(frozen=True)
class Explained:
    """Why margins are what they are: margin = base + Σ contribution.

    Attributes:
        by_variable: what each variable adds to the margin of each row.
    """

    base: float
    by_variable: dict[str, Reals]


@dataclass(frozen=True)
class Model:
    """What `sf train` makes and `sf promote` freezes.

    Attributes:
        mixtures, calibrations: by horizon in months.
        centre: by variable, the mean of what it adds, at 18 months, over the rows learned from. Contributions are shown
            relative to it, so that they compare a company with the others, not with an empty row.
        thresholds: on the published probability at 18 months.
        class_observed: by level, the share of its companies that failed, on the last list of the last back-test and by
            its own thresholds; None for a level without companies, or without a back-test.
    """

    encoding: PanelEncoding
    mixtures: Mapping[int, Mixture]
    calibrations: Mapping[int, Calibration]
    centre: Mapping[str, float]
    thresholds: Thresholds
    class_observed: Mapping[str, float | None]

    def probabilities(self, rows: PanelRows, least: int = min(HORIZONS)) -> dict[int, Reals]:
        """The published probability at each horizon, never higher at a shorter one.

        Args:
            rows: all those of their months, since ranks are among them.
            least: the shortest horizon asked for; that of the longest one needs no other.
        """
        columns = self.encoding.read(rows)
        published: dict[int, Reals] = {}
        bound: Reals | None = None
        with threadpool_limits(1):  # the same sums on every machine
            for horizon in sorted((one for one in HORIZONS if one >= least), reverse=True):
                alone = self.calibrations[horizon].probability(by_parts(self.mixtures[horizon].margin, columns))
                bound = alone if bound is None else np.minimum(alone, bound)
                published[horizon] = bound
        return published

    def margin(self, rows: PanelRows, selection: Flags) -> Reals:
        """The margin at 18 months, before calibration, of some of the rows of a month."""
        return self.mixtures[LONGEST].margin(self.encoding.read(rows).at(selection))

    def explain(self, rows: PanelRows, selection: Flags) -> Explained:
        """Exactly why some of the rows of a month have their margin at 18 months.

        Args:
            rows: all those of the month; selection: those to explain; shape (rows,).
        """
        with threadpool_limits(1):
            added = by_parts(self.mixtures[LONGEST].contributions, self.encoding.read(rows).at(selection))
        by_variable = of_variables(added, self.encoding)
        return Explained(self.base, {name: part - self.centre[name] for name, part in by_variable.items()})

    @property
    def base(self) -> float:
        """The mean margin at 18 months of the rows learned from."""
        return self.mixtures[LONGEST].base + sum(self.centre.values())

    @property
    def variables(self) -> frozenset[str]:
        """The names of the variables that it reads."""
        return frozenset(self.encoding.variable_of)


def of_variables(added: Reals, encoding: PanelEncoding) -> dict[str, Reals]:
    """What each variable adds, from what each column adds: the flags of sections are one variable."""
    by_variable: dict[str, Reals] = {}
    for name, part in zip(encoding.variable_of, added.T, strict=True):
        by_variable[name] = by_variable.get(name, np.zeros(len(part))) + part
    return by_variable
