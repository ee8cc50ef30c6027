"""Values from a file that anybody may have changed: if one is not what it should be, the file is refused."""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.errors import DamagedModel
from signaux_faibles.detection.features.variables import Reals


def read_json(text: str) -> dict[str, Any]:
    """An object.

    Raises:
        DamagedModel: the text is no JSON object, or holds a number that JSON does not have.
    """

    def refuse(constant: str) -> None:
        raise DamagedModel(f"le nombre « {constant} » n'en est pas un")

    try:
        read = json.loads(text, parse_constant=refuse)
    except (ValueError, RecursionError) as broken:
        raise DamagedModel("le JSON est illisible") from broken
    if not isinstance(read, dict):
        raise DamagedModel("le JSON n'est pas un objet")
    return read


def part(read: Any, name: str) -> Any:
    """The value of a key."""
    if not isinstance(read, Mapping) or name not in read:
        raise DamagedModel(f"« {name} » manque")
    return read[name]


def mapping(read: Any, name: str) -> Mapping[str, Any]:
    """The object of a key."""
    value = part(read, name)
    if not isinstance(value, Mapping):
        raise DamagedModel(f"« {name} » n'est pas un objet")
    return value


def number(read: Any, name: str) -> float:
    """The finite number of a key."""
    return _finite(part(read, name), name)


def texts(read: Any, name: str) -> tuple[str, ...]:
    """The list of texts of a key."""
    values = part(read, name)
    if not isinstance(values, list) or not all(isinstance(one, str) for one in values):
        raise DamagedModel(f"« {name} » n'est pas une liste de textes")
    return tuple(values)


def numbers(read: Any, name: str, count: int) -> Reals:
    """The list of finite numbers of a key, of a given length."""
    values = part(read, name)
    if not isinstance(values, list) or len(values) != count:
        raise DamagedModel(f"« {name} » n'a pas {count} nombres")
    return np.array([_finite(one, name) for one in values], dtype=np.float64)


def positions(read: Any, name: str, bound: int) -> npt.NDArray[np.intp]:
    """The list of positions of a key, each below a bound."""
    values = part(read, name)
    if not isinstance(values, list):
        raise DamagedModel(f"« {name} » n'est pas une liste")
    if not all(isinstance(one, int) and not isinstance(one, bool) and 0 <= one < bound for one in values):
        raise DamagedModel(f"« {name} » désigne une colonne qui n'existe pas")
    return np.array(values, dtype=np.intp)


def _finite(value: Any, name: str) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float):
        raise DamagedModel(f"« {name} » n'est pas un nombre")
    try:
        read = float(value)
    except OverflowError as huge:
        raise DamagedModel(f"« {name} » n'est pas un nombre fini") from huge
    if not math.isfinite(read):
        raise DamagedModel(f"« {name} » n'est pas un nombre fini")
    return read
