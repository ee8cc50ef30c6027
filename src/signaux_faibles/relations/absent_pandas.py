"""Spare DuckDB a search of the disk for pandas, which it makes for each value that Python gives it."""

from __future__ import annotations

import sys
from importlib.machinery import ModuleSpec
from importlib.util import find_spec


class AbsentPandas:
    """A finder of modules that answers at once that pandas is not there."""

    @staticmethod
    def find_spec(name: str, *_: object) -> ModuleSpec | None:
        """Nothing for any other module: the next finder looks for it.

        Raises:
            ModuleNotFoundError: the module is pandas.
        """
        if name == "pandas":
            raise ModuleNotFoundError("No module named 'pandas'", name=name)
        return None


def note_that_pandas_is_absent() -> None:
    """Let `import pandas` fail at once where pandas is not installed.

    DuckDB checks whether a value is one of pandas, and searches for that module again each time that it is missing: a
    quarter of a millisecond a value, most of the time that it takes to plan a table of many rules.
    """
    if AbsentPandas not in sys.meta_path and find_spec("pandas") is None:
        sys.meta_path.insert(0, AbsentPandas)
