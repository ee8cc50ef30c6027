"""The activity of a unit in the register: NAF rév. 2, both codes in 2026, then NAF 2025.

Where a class of the NAF rév. 2 has the same number in the NAF 2025, a code becomes the sub-class of the same rank; the
others, and those that split, are in `data/naf_2025.csv`: classes after the structure of both nomenclatures (Insee,
https://www.insee.fr/fr/information/8181066), shares being estimates.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from functools import cache
from importlib.resources import files

import numpy as np
import numpy.typing as npt
import pyarrow as pa

from signaux_faibles.fictitious.months import Batch, month
from signaux_faibles.fictitious.people.identifiers import Texts
from signaux_faibles.fictitious.people.population import Bools, Ints
from signaux_faibles.fictitious.people.sectors import activities
from signaux_faibles.reference_tables.tables import load

Codes = npt.NDArray[np.object_]

_NAF_2025_SINCE, _NAF_2025_ALONE = month(2025, 12), month(2027, 1)
_SCATTER, _SCALE = 2_654_435_761, 2**32
"""Multiplying by a large odd number spreads the units over their images without drawing anything."""


def in_both(batch: Batch) -> bool:
    """Whether INSEE delivers both codes: from 16 December 2025, seen in the batch of that month, to the end of 2026."""
    return _NAF_2025_SINCE <= batch.rank < _NAF_2025_ALONE


def not_in_both(batch: Batch) -> bool:
    """Whether a batch delivers one code."""
    return not in_both(batch)


def in_2025_alone(batch: Batch) -> bool:
    """Whether the main code of active units is of the NAF 2025."""
    return batch.rank >= _NAF_2025_ALONE


def not_in_2025_alone(batch: Batch) -> bool:
    """Whether the main code is of the NAF rév. 2."""
    return not in_2025_alone(batch)


def delivered(activity: Ints, siren: Texts | Ints, ceased: Bools, batch: Batch, unit: str) -> dict[str, pa.Array]:
    """The columns of the activity of units, whose names end by `unit`: "UniteLegale" or "Etablissement".

    Args:
        activity: ranks of the activities; siren: of their company; ceased: units that keep their former code.
    """
    rev2 = np.array(activities()[0], dtype=object)[activity]
    naf25 = _naf_2025(activity, siren)
    naf25[ceased] = None
    main, nomenclature = rev2, np.full(len(rev2), "NAFRev2", dtype=object)
    if in_2025_alone(batch):
        main, nomenclature = np.where(ceased, rev2, naf25), np.where(ceased, "NAFRev2", "NAF2025")
    columns = {f"activitePrincipale{unit}": main, f"nomenclatureActivitePrincipale{unit}": nomenclature}
    if in_both(batch):
        columns[f"activitePrincipaleNAF25{unit}"] = naf25
    return {name: pa.array(values, pa.string()) for name, values in columns.items()}


def naf_rev2(activity: Ints) -> pa.Array:
    """NAF rév. 2 codes of activities given by rank."""
    return pa.array(activities()[0]).take(pa.array(activity))


def _naf_2025(activity: Ints, siren: Texts | Ints) -> Codes:
    """NAF 2025 codes: a unit always has the same, whatever the batch."""
    codes, bounds = _images()
    place = siren.astype(np.uint64) * np.uint64(_SCATTER) % np.uint64(_SCALE) / _SCALE
    rank = (place[:, np.newaxis] >= bounds[activity]).sum(axis=1)
    return np.asarray(codes[activity, rank])


@cache
def _images() -> tuple[Codes, npt.NDArray[np.float64]]:
    """The images of each activity, [activity, rank], and the share of the images up to each of them; the last is 1."""
    named = activities()[0]
    images = [_split().get(code) or [(_same_rank(code), 1.0)] for code in named]
    most = max(len(image) for image in images)
    codes = np.full((len(named), most), None, dtype=object)
    bounds = np.ones((len(named), most))
    for rank, image in enumerate(images):
        codes[rank, : len(image)] = [code for code, _ in image]
        bounds[rank, : len(image) - 1] = np.cumsum([share for _, share in image])[:-1]
    return codes, bounds


@cache
def _split() -> dict[str, list[tuple[str, float]]]:
    split: dict[str, list[tuple[str, float]]] = defaultdict(list)
    text = files("signaux_faibles.fictitious").joinpath("data/naf_2025.csv").read_text(encoding="utf-8")
    for row in csv.DictReader(text.splitlines()):
        split[row["naf_rev2"]].append((row["naf_2025"], float(row["part"])))
    return split


def _same_rank(code: str) -> str:
    """The sub-class of the same rank in the class of the same number; the first one when it has fewer."""
    rev2, naf25 = _of_class("naf_codes")[code[:5]], _of_class("naf25_codes")[code[:5]]
    rank = rev2.index(code)
    return naf25[rank] if rank < len(naf25) else naf25[0]


@cache
def _of_class(table: str) -> dict[str, list[str]]:
    of_class: dict[str, list[str]] = defaultdict(list)
    for row in load(table).to_pylist():
        of_class[row["niv4"]].append(row["niv5"])
    return of_class
