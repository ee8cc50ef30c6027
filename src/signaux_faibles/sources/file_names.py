"""The names under which file types are delivered: the usual ones, and those of published or saved copies."""

from __future__ import annotations

import re
from dataclasses import dataclass


@dataclass(frozen=True)
class FileNames:
    """The names under which a type is delivered, case included (contract Q2, W18).

    Attributes:
        exact: whole names, without the extension of an archive; the first one is the usual name.
        pattern: a regular expression for names that contain a date or a label.
        downloaded: regular expressions for the names under which the file is published, as a browser saves it.
        endings: what may follow a name: nothing, or the extension of an archive of that one file.
        several: a delivery may consist of several files, read one after the other.
    """

    exact: tuple[str, ...]
    pattern: str | None = None
    downloaded: tuple[str, ...] = ()
    endings: tuple[str, ...] = ("", ".gz", ".zip")
    several: bool = False

    def accepts(self, name: str) -> bool:
        """Whether a file name is of this type; `x.zip` stands for `x.csv.zip`, as INSEE names its archives."""
        return any(self._is_named(stem) for stem in self._stems(without_copy_mark(name)))

    def _stems(self, name: str) -> list[str]:
        stems = [name.removesuffix(ending) for ending in self.endings if name.endswith(ending)]
        if ".zip" in self.endings and name.endswith(".zip"):
            stems.append(name.removesuffix(".zip") + ".csv")
        # Parquet is compressed internally: an archive of it is not read.
        return [stem for stem in stems if stem == name or not stem.endswith(".parquet")]

    def _is_named(self, stem: str) -> bool:
        patterns = (*self.downloaded, *([self.pattern] if self.pattern else []))
        return stem in self.exact or any(re.fullmatch(pattern, stem) for pattern in patterns)


def without_copy_mark(name: str) -> str:
    """A file name without the mark that a browser or a folder adds to a second copy: `x (1).csv`, `x - Copie.csv`."""
    return re.sub(r"( ?\([0-9]+\)| - Cop(ie|y)( \([0-9]+\))?)(?=(\.[A-Za-z]\w*)+$)", "", name)
