"""Ridges and boostings as plain values, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

import numpy as np

from signaux_faibles.detection.errors import DamagedModel
from signaux_faibles.detection.features.variables import Reals
from signaux_faibles.detection.learning.artefact.checked import (
    mapping,
    number,
    numbers,
    part,
    positions,
    texts,
)
from signaux_faibles.detection.learning.calibration import Calibration
from signaux_faibles.detection.learning.joint.amounts import Amounts
from signaux_faibles.detection.learning.joint.boosting import Boosting
from signaux_faibles.detection.learning.joint.mixture import Mixture, Part
from signaux_faibles.detection.learning.joint.ridge import HINGES, Hinges, Ridge
from signaux_faibles.detection.learning.joint.stacking import Stack
from signaux_faibles.detection.learning.joint.trees import check_trees
from signaux_faibles.detection.learning.joint.views import VIEWS

DESIGNS = {"hinges": Hinges, "amounts": Amounts}
NAMES = {kind: name for name, kind in DESIGNS.items()}
CALIBRATIONS = ("platt", "beta")
Keep = Callable[[str, str], str]
"""Keeps the text of a booster under a name, and gives its file."""
Read = Callable[[str], str]
"""The text of a file."""


def mixture_written(mixture: Mixture, keep: Keep) -> dict[str, Any]:
    """A margin as plain values; the texts of boosters are kept apart."""
    learners = {}
    for (name, parts), weight in zip(mixture.parts.items(), mixture.stack.weights, strict=True):
        folds = [_written(one, partial(keep, f"{name}-{rank}")) for rank, one in enumerate(parts)]
        learners[name] = {"weight": weight, "folds": folds}
    return {"base": mixture.stack.base, "learners": learners}


def mixture_read(read: Any, columns: int, text_of: Read) -> Mixture:
    """The margin that plain values describe, over a number of panel columns, without ratios or changes.

    Raises:
        DamagedModel: they are not those of a margin.
    """
    parts: dict[str, tuple[Part, ...]] = {}
    weights = []
    for name, learner in mapping(read, "learners").items():
        if name not in VIEWS:
            raise DamagedModel(f"la façon d'apprendre « {name} » n'existe pas")
        folds = part(learner, "folds")
        if not isinstance(folds, list) or not folds:
            raise DamagedModel("« folds » n'est pas une liste")
        parts[name] = tuple(_read(one, columns, text_of) for one in folds)
        weights.append(number(learner, "weight"))
    if not parts or min(weights) < 0 or len({len(folds) for folds in parts.values()}) != 1:
        raise DamagedModel("les façons d'apprendre ne vont pas ensemble")
    return Mixture(parts, Stack(tuple(weights), number(read, "base")))


def calibration_written(calibration: Calibration) -> dict[str, Any]:
    """A calibration as plain values."""
    return asdict(calibration)


def calibration_read(read: Any) -> Calibration:
    """The calibration that plain values describe, which must not fall when the margin rises."""
    kind = part(read, "kind")
    above, below, shift = (number(read, name) for name in ("above", "below", "shift"))
    if kind not in CALIBRATIONS or min(above, below) < 0:
        raise DamagedModel("une calibration n'en est pas une")
    return Calibration(kind, above, below, shift)


def _written(one: Part, keep: Callable[[str], str]) -> dict[str, Any]:
    if isinstance(one, Boosting):
        return {"boosters": [keep(text) for text in one.texts]}
    design = {name: value.tolist() for name, value in vars(one.design).items()}
    return {
        "design": {"kind": NAMES[type(one.design)], **design},
        "coefficients": one.coefficients.tolist(),
        "base": one.base,
    }


def _read(read: Any, columns: int, text_of: Read) -> Part:
    if isinstance(read, Mapping) and "boosters" in read:
        boosters = tuple(text_of(file) for file in texts(read, "boosters"))
        for text in boosters:
            check_trees(text, columns)
        if not boosters:
            raise DamagedModel("« boosters » est vide")
        return _believed(Boosting(boosters))
    design = _design(part(read, "design"), columns)
    return Ridge(design, numbers(read, "coefficients", len(design.mean)), number(read, "base"))


def _believed(boosting: Boosting) -> Boosting:
    """The same boosting, once LightGBM has read its texts."""
    from lightgbm.basic import LightGBMError

    try:
        boosting.boosters  # noqa: B018
    except LightGBMError as refused:
        raise DamagedModel("LightGBM refuse de lire un boosting") from refused
    return boosting


def _design(read: Any, columns: int) -> Hinges | Amounts:
    kind, flagged = part(read, "kind"), positions(read, "flagged", columns)
    if kind == NAMES[Hinges]:
        curved = positions(read, "curved", columns)
        width = columns + len(HINGES) * len(curved) + len(flagged)
        return Hinges(curved, flagged, numbers(read, "mean", width), _scale(read, width))
    if kind != NAMES[Amounts]:
        raise DamagedModel("une régression n'est pas de la sorte attendue")
    low, high = numbers(read, "low", columns), numbers(read, "high", columns)
    if np.any(low > high):
        raise DamagedModel("une régression a des bornes à l'envers")
    width = columns + len(flagged)
    return Amounts(low, high, flagged, numbers(read, "mean", width), _scale(read, width))


def _scale(read: Any, width: int) -> Reals:
    scale = numbers(read, "scale", width)
    if np.any(scale <= 0):
        raise DamagedModel("« scale » n'est pas fait de nombres positifs")
    return scale
