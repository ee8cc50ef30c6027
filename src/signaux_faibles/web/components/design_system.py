"""The files of the design system (DSFR, bundled by django-dsfr) that pages load, and no others.

The fonts of the State are served only where the administration has set its mark (`SF_MARQUE_ETAT`).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

from django.conf import settings
from django.contrib.staticfiles.finders import BaseFinder
from django.contrib.staticfiles.utils import matches_patterns
from django.core.files.storage import FileSystemStorage, Storage

PREFIX = "dsfr"
STYLE_AND_SCRIPT = ("dsfr/dsfr.main.min.css", "dsfr/dsfr.module.min.js")


class DesignSystemFinder(BaseFinder):
    """Finder of static files: style sheet, script and icons, under `dsfr/`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.storage = FileSystemStorage(location=str(files("dsfr") / "static" / "dsfr" / "dist"))
        self.storage.prefix = PREFIX  # type: ignore[attr-defined]

    def find(self, path: str, find_all: bool = False, **kwargs: Any) -> Any:  # noqa: ARG002 (given by Django)
        """The path of a file on disk; an empty list when it is not one of those served."""
        served = path.startswith(f"{PREFIX}/") and path.removeprefix(f"{PREFIX}/") in set(self._names())
        paths = [self.storage.path(path.removeprefix(f"{PREFIX}/"))] if served else []
        return paths[0] if paths and not find_all else paths

    def list(self, ignore_patterns: Iterable[str] | None) -> Iterator[tuple[str, Storage]]:
        """The files, with the storage that holds them."""
        for name in self._names():
            if not matches_patterns(name, list(ignore_patterns or ())):
                yield name, self.storage

    def _names(self) -> Iterator[str]:
        root = Path(self.storage.location)
        folders = ["icons"] + (["fonts"] if settings.SF_MARQUE_ETAT else [])
        yield from STYLE_AND_SCRIPT
        for folder in folders:
            yield from (str(file.relative_to(root)) for file in sorted((root / folder).rglob("*.*")))
