"""A model: for each horizon a regression and its calibration, then the frozen thresholds; plain numbers in JSON."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any, Self

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.features.encoding import Feature
from signaux_faibles.detection.features.variables import Reals
from signaux_faibles.detection.learning.calibration import Calibration
from signaux_faibles.detection.learning.logistic import Logistic
from signaux_faibles.detection.learning.thresholds import Thresholds
from signaux_faibles.panel.schema import HORIZONS

LONGEST = max(HORIZONS)


@dataclass(frozen=True)
class Model:
    """What `sf train` makes and `sf promote` freezes.

    Attributes:
        regressions, calibrations: by horizon in months.
        thresholds: on the published probability at 18 months.
        class_observed: by level, the share of its companies that failed in the last back-test; None for a level without
            companies, or without a back-test.
    """

    regressions: Mapping[int, Logistic]
    calibrations: Mapping[int, Calibration]
    thresholds: Thresholds
    class_observed: Mapping[str, float | None]

    def probabilities(self, values: Mapping[str, npt.NDArray[Any]]) -> dict[int, Reals]:
        """The published probability at each horizon; that of a longer horizon bounds that of a shorter one."""
        published: dict[int, Reals] = {}
        bound: Reals | None = None
        for horizon in sorted(HORIZONS, reverse=True):
            alone = self.calibrations[horizon].probability(self.regressions[horizon].margin(values))
            bound = alone if bound is None else np.minimum(alone, bound)
            published[horizon] = bound
        return published

    @property
    def variables(self) -> frozenset[str]:
        """The names of the variables that its regressions read."""
        return frozenset(column.variable for one in self.regressions.values() for column in one.columns)

    def to_json(self) -> str:
        """The whole model as text; equal models give equal texts."""
        written = {
            "regressions": {str(h): asdict(one) for h, one in sorted(self.regressions.items())},
            "calibrations": {str(h): asdict(one) for h, one in sorted(self.calibrations.items())},
            "thresholds": asdict(self.thresholds),
            "class_observed": dict(self.class_observed),
        }
        return json.dumps(written, indent=1, sort_keys=True) + "\n"

    @classmethod
    def from_json(cls, text: str) -> Self:
        """Read back what `to_json` wrote."""
        read = json.loads(text)
        return cls(
            {int(h): _regression(one) for h, one in read["regressions"].items()},
            {int(h): Calibration(**one) for h, one in read["calibrations"].items()},
            Thresholds(**read["thresholds"]),
            read["class_observed"],
        )

    @property
    def sha256(self) -> str:
        """The hash of its text."""
        return hashlib.sha256(self.to_json().encode()).hexdigest()


def _regression(written: dict[str, Any]) -> Logistic:
    columns = tuple(Feature(**column) for column in written["columns"])
    return Logistic(columns, tuple(written["coefficients"]), written["base"])
