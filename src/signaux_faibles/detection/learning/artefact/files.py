"""The files of a model: `model.json`, whose hash is on the card, and the boosters, whose hashes are in it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict
from functools import partial
from typing import Any

from signaux_faibles.detection.errors import DamagedModel
from signaux_faibles.detection.learning.artefact.checked import mapping, number, part, read_json, texts
from signaux_faibles.detection.learning.artefact.parts import (
    Read,
    calibration_read,
    calibration_written,
    mixture_read,
    mixture_written,
)
from signaux_faibles.detection.learning.model import Model
from signaux_faibles.detection.learning.panel_encoding import PanelEncoding
from signaux_faibles.detection.learning.thresholds import Thresholds
from signaux_faibles.detection.levels import CLASSES, Level
from signaux_faibles.panel.schema import HORIZONS

MODEL = "model.json"
SCHEMA = 2
"""Number 1 was a single regression, whose files had no number."""


class OtherSchema(Exception):
    """The model was written by another version of this code."""


def written(model: Model) -> dict[str, str]:
    """The texts of the files, by name; equal models give equal texts."""
    boosters: dict[str, str] = {}

    def keep(horizon: int, name: str, text: str) -> str:
        file = f"{horizon}-{name}-{sum(one.startswith(f'{horizon}-{name}-') for one in boosters)}.txt"
        boosters[file] = text
        return file

    horizons = {
        str(horizon): {
            **mixture_written(mixture, partial(keep, horizon)),
            "calibration": calibration_written(model.calibrations[horizon]),
        }
        for horizon, mixture in sorted(model.mixtures.items())
    }
    content = {
        "schema": SCHEMA,
        "encoding": asdict(model.encoding),
        "horizons": horizons,
        "centre": dict(model.centre),
        "thresholds": asdict(model.thresholds),
        "class_observed": {str(level): share for level, share in model.class_observed.items()},
        "boosters": {file: _sha256(text) for file, text in boosters.items()},
    }
    return {MODEL: json.dumps(content, indent=1, allow_nan=False) + "\n", **boosters}


def sha256_of(files: Mapping[str, str]) -> str:
    """The hash of a model: that of the file that holds the hashes of the others."""
    return _sha256(files[MODEL])


def model_read(text: str, text_of: Read) -> Model:
    """The model of `model.json`.

    Args:
        text_of: the text of another file of the model.
    Raises:
        OtherSchema: it was written by another version.
        DamagedModel: `written` cannot have written it.
    """
    read = read_json(text)
    if read.get("schema") != SCHEMA:
        raise OtherSchema
    hashes = mapping(read, "boosters")

    def checked(file: str) -> str:
        if file not in hashes:
            raise DamagedModel(f"« {file} » n'est pas de ce modèle")
        text = text_of(file)
        if _sha256(text) != hashes[file]:
            raise DamagedModel(f"{file} a été modifié")
        return text

    encoding = _encoding(part(read, "encoding"))
    horizons = mapping(read, "horizons")
    of_horizons = {horizon: part(horizons, str(horizon)) for horizon in HORIZONS}
    centre = part(read, "centre")
    observed = part(read, "class_observed")
    return Model(
        encoding,
        {horizon: mixture_read(one, len(encoding.names), checked) for horizon, one in of_horizons.items()},
        {horizon: calibration_read(part(one, "calibration")) for horizon, one in of_horizons.items()},
        {name: number(centre, name) for name in dict.fromkeys(encoding.variable_of)},
        _thresholds(part(read, "thresholds")),
        {level: None if part(observed, level) is None else number(observed, level) for level in CLASSES},
    )


def _encoding(read: Any) -> PanelEncoding:
    variables, flags, sections = (texts(read, name) for name in ("variables", "flags", "sections"))
    if len({*variables, *sections}) != len(variables) + len(sections) or not set(flags) <= set(variables):
        raise DamagedModel("« encoding » nomme deux fois une colonne, ou une qui n'existe pas")
    return PanelEncoding(variables, flags, sections)


def _thresholds(read: Any) -> Thresholds:
    high, moderate = number(read, Level.HIGH), number(read, Level.MODERATE)
    if high < moderate:
        raise DamagedModel("le seuil élevé est sous le seuil modéré")
    return Thresholds(high, moderate)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()
