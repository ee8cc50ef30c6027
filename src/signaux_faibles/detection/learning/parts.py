"""Many rows, computed in parts on all cores; neither the size of a part nor the number of cores changes a result."""

from __future__ import annotations

import os
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

import numpy as np

from signaux_faibles.detection.features.variables import Reals
from signaux_faibles.detection.learning.joint.encoding import Encoded

WORKERS = min(4, os.cpu_count() or 1)
"""Parts computed at once, each on one processor; their number changes no result."""
ROWS = 8_192
"""Rows of a part: the columns that a ridge bends for them fit in some megabytes."""


def by_parts(function: Callable[[Encoded], Reals], columns: Encoded) -> Reals:
    """What a function of rows gives to each, computed some rows at a time.

    Args:
        function: one value, or one array of values, per row, that depends on this row alone.
    """
    parts = [columns.at(slice(first, first + ROWS)) for first in range(0, max(1, len(columns.values)), ROWS)]
    with ThreadPoolExecutor(WORKERS) as pool:
        return np.concatenate(list(pool.map(function, parts)))
