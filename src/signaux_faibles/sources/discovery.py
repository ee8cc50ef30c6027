"""Which file of a delivery folder is of which type (import-chain §3.2, contract Q2 and W18).

Names must match exactly, case included, so that a file is never read with the contract of another type whose name looks
like it.
Files that no contract names are listed with the nearest expected name, so that a misnamed delivery is noticed at once.
The parts of the bulk files of the RNE, `stock_000001.json`, have the same name for two types: their first bytes say
which.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path

from signaux_faibles.sources.contract import Contract
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.left_aside import why_left
from signaux_faibles.sources.reading.opening import opened
from signaux_faibles.sources.registry import CONTRACTS

FICTITIOUS_MARK = "DONNEES_FICTIVES.txt"
"""A file with this name marks a delivery of the invented country; it is not hidden, so that people see it."""


_PART = re.compile(r"stock_[0-9]+\.json(\.gz|\.zip)?")
_MARKS = {"rne": b'"formality"', "inpi_json": b'"typeBilan"'}
_FIRST_BYTES = 1 << 20


@dataclass
class Discovery:
    """What a delivery folder holds.

    Attributes:
        fictitious: whether the folder holds `FICTITIOUS_MARK`.
        files: the files of each type, by the name of the type; types in the order of `CONTRACTS`, files by name.
        unknown: entries of no known type: files, and any folder.
        ambiguous: the files of types delivered several times that must not be; they are not in `files`.
    """

    folder: Path
    fictitious: bool = False
    files: dict[str, list[Path]] = field(default_factory=dict)
    unknown: list[Path] = field(default_factory=list)
    ambiguous: dict[str, list[Path]] = field(default_factory=dict)

    @property
    def sentences(self) -> list[str]:
        """What the operator must know, in French: one sentence per file or type left aside."""
        twice = [
            f"{self.folder.name} : {len(paths)} fichiers pour le type {name} ({_names(paths)}). N'en gardez qu'un."
            for name, paths in self.ambiguous.items()
        ]
        return twice + [_unknown(path) for path in self.unknown]


def discover(folder: Path) -> Discovery:
    """Sort the entries of a folder by type, without entering subfolders.

    Raises:
        DeliveryRefused: the folder does not exist or cannot be read.
    """
    try:
        entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    except OSError as error:
        raise DeliveryRefused(f"{folder} : dossier de livraison introuvable ou illisible. Vérifiez le lot.") from error
    by_type: dict[str, list[Path]] = {name: [] for name in CONTRACTS}
    discovery = Discovery(folder)
    for entry in entries:
        if entry.name == FICTITIOUS_MARK:
            discovery.fictitious = True
            continue
        contract = None if entry.is_dir() else contract_of(entry.name) or contract_of_part(entry)
        if contract is None:
            discovery.unknown.append(entry)
        else:
            by_type[contract.name].append(entry)
    for name, paths in by_type.items():
        if len(paths) > 1 and (not CONTRACTS[name].files.several or _same_name_twice(paths)):
            discovery.ambiguous[name] = paths
        elif paths:
            discovery.files[name] = paths
    return discovery


def contract_of(name: str) -> Contract | None:
    """The contract of files with that name; None when there is none."""
    return next((contract for contract in CONTRACTS.values() if contract.files.accepts(name)), None)


def contract_of_part(path: Path) -> Contract | None:
    """The contract of a part of a bulk file of the RNE, by its first bytes; None for any other file."""
    if not _PART.fullmatch(path.name):
        return None
    try:
        with opened(path) as stream:
            start = stream.read(_FIRST_BYTES)
    except DeliveryRefused:
        return None
    return next((CONTRACTS[name] for name, mark in _MARKS.items() if mark in start), None)


def nearest_name(name: str) -> str | None:
    """The expected name closest to `name`, with the same compression; None when none is close."""
    stem, ending = _split(name)
    expected = {exact.lower(): exact for contract in CONTRACTS.values() for exact in contract.files.exact}
    close = get_close_matches(stem.lower(), expected, n=1, cutoff=0.7)
    return expected[close[0]] + ending if close else None


def _unknown(path: Path) -> str:
    if path.is_dir():
        return f"{path.name} : dossier ignoré. Les fichiers d'un lot se déposent directement dans le dossier du lot."
    why = why_left(path.name)
    if why:
        return f"{path.name} : fichier laissé de côté, {why}"
    nearest = nearest_name(path.name)
    hint = f"Nom attendu le plus proche : {nearest}." if nearest else "Il ne ressemble à aucun nom attendu."
    return f"{path.name} : fichier inconnu, il n'est pas lu. {hint}"


def _split(name: str) -> tuple[str, str]:
    for ending in (".gz", ".zip"):
        if name.lower().endswith(ending):
            return name[: -len(ending)], ending
    return name, ""


def _same_name_twice(paths: list[Path]) -> bool:
    """Whether a file lies next to its own archive."""
    stems = [_split(path.name)[0].removesuffix(".csv") for path in paths]
    return len(set(stems)) < len(stems)


def _names(paths: list[Path]) -> str:
    return ", ".join(path.name for path in paths)
