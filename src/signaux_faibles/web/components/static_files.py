"""Pages and the files that they load travel compressed; scripts and style sheets are named by what they hold.

A browser may then keep them for ever, since another content has another name. Nothing has to be collected between the
installation and the first page: names and compressed copies are made when a worker starts.
"""

from __future__ import annotations

import atexit
import gzip
import hashlib
import shutil
import tempfile
from functools import cache
from pathlib import Path, PurePosixPath
from typing import Any, ClassVar
from wsgiref.headers import Headers

from django.conf import settings
from django.contrib.staticfiles import finders
from django.contrib.staticfiles.storage import StaticFilesStorage
from django.http import HttpRequest
from django.http.response import HttpResponseBase
from django.middleware.gzip import GZipMiddleware
from whitenoise.middleware import WhiteNoiseMiddleware
from whitenoise.responders import StaticFile

LOADED = (".css", ".js")
"""What pages load; the icons of style sheets keep the names that these give them."""
DIGEST = 12
"""Characters of the digest in a name."""


class HashedNames(StaticFilesStorage):
    """The addresses of files: `/static/sf/application.0123456789ab.css`."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        """As Django makes it; addresses are made once, because a page writes fifteen of them."""
        super().__init__(*args, **kwargs)
        self._addresses: dict[str | None, str] = {}

    def url(self, name: str | None) -> str:
        """The address of a file; that of a file that does not exist has no digest, and answers 404."""
        if name not in self._addresses:
            self._addresses[name] = self._address(name)
        return self._addresses[name]

    def _address(self, name: str | None) -> str:
        path = PurePosixPath(name or "")
        digest = _digest(str(path)) if path.suffix in LOADED else ""
        return super().url(str(path.with_suffix(f".{digest}{path.suffix}") if digest else path))


class StaticFiles(WhiteNoiseMiddleware):  # type: ignore[misc]
    """WhiteNoise, which also serves what pages load under its hashed name, compressed where browsers accept gzip."""

    files: dict[str, StaticFile]
    _listed: ClassVar[dict[str, dict[str, StaticFile]]] = {}

    def add_files_from_finders(self) -> None:
        """List the files and compress them: once in a process, with the fonts of the State or without."""
        if settings.SF_MARQUE_ETAT not in self._listed:
            super().add_files_from_finders()
            self._listed[settings.SF_MARQUE_ETAT] = self.files
        self.files = self._listed[settings.SF_MARQUE_ETAT]

    def add_file_to_dictionary(self, url: str, path: str, stat_cache: Any = None) -> None:
        """Serve a file under its own name, and under the one that pages give it."""
        super().add_file_to_dictionary(url, path, stat_cache)
        if Path(path).suffix in LOADED:
            hashed = self.get_static_url(url.removeprefix(settings.STATIC_URL))
            super().add_file_to_dictionary(hashed, path, stat_cache)

    def get_static_file(self, path: str, url: str, stat_cache: Any = None) -> StaticFile:
        """A file with its compressed copy; WhiteNoise expects that copy beside it, where nobody may write."""
        if Path(path).suffix not in LOADED:
            return super().get_static_file(path, url, stat_cache)
        headers = Headers([])
        self.add_mime_headers(headers, path, url)
        self.add_cache_headers(headers, path, url)
        copy = self._copy(Path(path))
        return StaticFile(path, headers.items(), encodings={"gzip": str(copy)} if copy else None)

    def _copy(self, file: Path) -> Path | None:
        """The compressed copy of a file; None where the disk has no room for it: pages come first."""
        content = file.read_bytes()
        copy = _copies() / f"{hashlib.sha256(content).hexdigest()}.gz"
        if not copy.exists():
            try:
                copy.write_bytes(gzip.compress(content, mtime=0))
            except OSError:
                copy.unlink(missing_ok=True)
                return None
        return copy


class CompressedPages(GZipMiddleware):
    """Django's compression, for texts alone.

    It adds a random number of bytes to each answer, so that lengths do not give away a token that a page holds.
    """

    def process_response(self, request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
        """Compress an answer that is a text."""
        if not response.headers.get("Content-Type", "").startswith("text/"):
            return response
        return super().process_response(request, response)


@cache
def _copies() -> Path:
    """The folder of the compressed copies, removed when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="signaux-faibles-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder


@cache
def _digest(name: str) -> str:
    """The beginning of the digest of a file; empty where there is none."""
    path = finders.find(name)
    return hashlib.sha256(Path(path).read_bytes()).hexdigest()[:DIGEST] if path else ""
