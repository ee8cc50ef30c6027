"""Times as indexes of years or months, and periods written « A:B »."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

import numpy as np
import numpy.typing as npt

from signaux_faibles.detection.errors import DetectionRefused
from signaux_faibles.detection.learning.joint.trial import Periods

YEAR, MONTH = 1, 12
"""Periods in a year."""
_WRITTEN = re.compile(r"(-?\d{1,6})|(\d{4})-(0[1-9]|1[0-2])(?:-\d{2})?")


def indexed(values: Sequence[Any], name: str) -> tuple[npt.NDArray[np.int64], int]:
    """The index of each time, and how many indexes make a year.

    Whole numbers are years, or any count of periods of a year; dates, and texts like 2018-06, are months.

    Raises:
        DetectionRefused: a time is empty or is none of these.
    """
    texts = [_text(value) for value in values]
    matches = [_WRITTEN.fullmatch(text) for text in texts]
    if None in matches:
        wrong = texts[matches.index(None)] or "vide"
        raise DetectionRefused(
            f"La colonne « {name} » (--time) doit porter des années, des mois ou des dates : {wrong}."
        )
    monthly = {bool(match and match[2]) for match in matches}
    if len(monthly) > 1:
        raise DetectionRefused(f"La colonne « {name} » (--time) mêle des années et des mois.")
    year = MONTH if monthly == {True} else YEAR
    return np.array([_index(text, year)[0] for text in texts], dtype=np.int64), year


def periods(train: str, calibrate: str, test: str, year: int) -> Periods:
    """The three periods of a trial.

    Args:
        train, calibrate, test: « A:B », both ends included.
        year: how many indexes make a year.
    Raises:
        DetectionRefused: one cannot be read, ends before it begins, or does not follow the one before.
    """
    options = {"--train": train, "--calibrate": calibrate, "--test": test}
    read = {option: _period(option, text, year) for option, text in options.items()}
    for (one, before), (other, after) in zip(list(read.items())[:-1], list(read.items())[1:], strict=True):
        if after[0] <= before[1]:
            raise DetectionRefused(
                f"Les périodes {one} {options[one]} et {other} {options[other]} se recouvrent ou sont à l'envers : "
                "apprentissage, calibration puis jugement se suivent."
            )
    return Periods(*read.values())


def _period(option: str, text: str, year: int) -> tuple[int, int]:
    first, colon, last = text.partition(":")
    if not colon or not _WRITTEN.fullmatch(first) or not _WRITTEN.fullmatch(last):
        raise DetectionRefused(
            f"Période {option} illisible : « {text} ». Écrivez par exemple 2003:2010 ou 2018-01:2018-12."
        )
    start, end = _index(first, year)[0], _index(last, year)[1]
    if end < start:
        raise DetectionRefused(f"La période {option} {text} finit avant de commencer.")
    return start, end


def _index(text: str, year: int) -> tuple[int, int]:
    """The first and the last index of a written time."""
    if text.count("-") > text.startswith("-"):
        written, month = (int(part) for part in text.split("-")[:2])
        index = written * MONTH + month - 1
        return (index, index) if year == MONTH else (written, written)
    first = int(text) * year
    return first, first + year - 1


def _text(value: Any) -> str:
    if isinstance(value, date):
        return f"{value:%Y-%m}"
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if value is None else str(value)
