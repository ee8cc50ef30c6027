"""From a folder of real files, as they are downloaded, to the folder of a batch (docs/real-files.md).

Public files come in folders. Some are extracts under names of their own: they are copied under names that contracts
know. Annual accounts come one document per file: they are packed in one archive, so that a run reads and judges them
together. Nothing is written in the folder that they come from.
"""

from __future__ import annotations

import re
import shutil
import zipfile
from dataclasses import dataclass, field
from pathlib import Path

from signaux_faibles.relations.files import whole_file
from signaux_faibles.sources.discovery import FICTITIOUS_MARK, contract_of, contract_of_part
from signaux_faibles.sources.errors import DeliveryRefused
from signaux_faibles.sources.reading.regular import checked, open_regular, unchanged

DOCUMENT = re.compile(r"PUB_CA_.*\.xml")
ARCHIVE, BESIDE_AN_ARCHIVE = "bilans_saisis.zip", "bilans_saisis_documents.zip"
DOWNLOADED = (
    (re.compile(r"StockEtablissement_\w+\.csv"), "StockEtablissement_utf8.csv"),
    (re.compile(r"StockUniteLegale_\w+\.csv"), "sireneUL.csv"),
    (re.compile(r"StockEtablissementHistorique_\w+\.csv"), "StockEtablissementHistorique_utf8.csv"),
    (re.compile(r"bodacc_\w*records\.json"), "annonces-commerciales.json"),
)
"""Names that extracts of public files have, and the name that a delivery gives them."""
COPIED_AT_ONCE = 8 * 1024 * 1024
_NO_DATE = (1980, 1, 1, 0, 0, 0)
"""For every entry of the archive: the same documents must give the same bytes, so that they are read once."""


@dataclass
class Gathered:
    """What was put in the folder of a batch.

    Attributes:
        files: the name of each file delivered, by where it comes from in the source.
        documents: how many documents the archive of annual accounts holds.
        unread: the files that no contract reads, by their place in the source.
    """

    folder: Path
    files: dict[str, str] = field(default_factory=dict)
    documents: int = 0
    unread: list[str] = field(default_factory=list)


def gather(source: Path, deliveries: Path, batch: str) -> Gathered:
    """Fill the folder of a batch from a folder of files, at any depth.

    Raises:
        DeliveryRefused: the source does not exist or holds nothing that a contract reads, two of its files would have
            the same name, one is not an ordinary file or changes while it is copied, or the source is the invented
            country.
    """
    if not source.is_dir():
        raise DeliveryRefused(f"{source} : dossier introuvable. Vérifiez le chemin des fichiers réels.")
    paths = sorted(path for path in source.rglob("*") if not path.is_dir() and not path.name.startswith("."))
    if any(path.name == FICTITIOUS_MARK for path in paths):
        raise DeliveryRefused(f"{source} : données fictives. Donnez ce dossier à « sf run », tel quel.")
    gathered = Gathered(deliveries / batch)
    documents = [path for path in paths if DOCUMENT.fullmatch(path.name)]
    for path in (path for path in paths if path not in set(documents)):
        _sort(path, source, gathered)
    if not documents and not gathered.files:
        raise DeliveryRefused(f"{source} : aucun fichier d'un nom connu. Les noms attendus sont dans docs/sources.")
    gathered.folder.mkdir(parents=True, exist_ok=True)
    for place, name in gathered.files.items():
        true = checked(source / place, folder=source)
        with (
            whole_file(gathered.folder / name) as draft,
            unchanged(true),
            open_regular(true) as stream,
            draft.open("wb") as copy,
        ):
            shutil.copyfileobj(stream, copy, COPIED_AT_ONCE)
    if documents:
        archive = ARCHIVE if ARCHIVE not in gathered.files.values() else BESIDE_AN_ARCHIVE
        _pack([checked(path, folder=source) for path in documents], gathered, archive)
    return gathered


def _sort(path: Path, source: Path, gathered: Gathered) -> None:
    place = str(path.relative_to(source))
    name = _delivered_as(path)
    if name is None:
        gathered.unread.append(place)
    elif name in gathered.files.values():
        twin = next(other for other, taken in gathered.files.items() if taken == name)
        raise DeliveryRefused(f"{twin} et {place} seraient livrés sous le même nom {name}. N'en gardez qu'un.")
    else:
        gathered.files[place] = name


def _delivered_as(path: Path) -> str | None:
    if contract_of(path.name) or contract_of_part(path):
        return path.name
    return next((delivered for pattern, delivered in DOWNLOADED if pattern.fullmatch(path.name)), None)


def _pack(documents: list[Path], gathered: Gathered, name: str) -> None:
    """Pack the documents, each under its name; a name already taken goes into a numbered folder."""
    names: dict[str, int] = {}
    with whole_file(gathered.folder / name) as draft, zipfile.ZipFile(draft, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in documents:
            rank = names[path.name] = names.get(path.name, 0) + 1
            member = path.name if rank == 1 else f"{rank}/{path.name}"
            with unchanged(path), open_regular(path) as stream:
                archive.writestr(zipfile.ZipInfo(member, _NO_DATE), stream.read(), zipfile.ZIP_DEFLATED)
    gathered.documents = len(documents)
