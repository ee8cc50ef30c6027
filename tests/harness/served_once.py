"""The files that pages read, made once in a process from the same tables: most tests publish the same companies."""

from __future__ import annotations

import atexit
import hashlib
import shutil
import tempfile
from functools import cache
from pathlib import Path

from signaux_faibles.home.home import COMPANIES, REGISTER, SERVING
from signaux_faibles.snapshot.serving import build_companies, build_search, build_serving, register_in_order


def serve(snapshot: Path) -> None:
    """Make the files that pages read, or copy those of a snapshot whose tables hold the same bytes."""
    digest = hashlib.sha256()
    for file in sorted((snapshot / "tables").iterdir()):
        digest.update(file.name.encode() + b"\0" + file.read_bytes())
    made = _made() / digest.hexdigest()
    if made.exists():
        for name in (SERVING, REGISTER, COMPANIES):
            shutil.copyfile(made / name, snapshot / name)
        return
    build_serving(snapshot, memory_limit="1GB", threads=1)
    with register_in_order(snapshot, memory_limit="1GB") as companies:
        build_search(snapshot, companies)
    build_companies(snapshot, memory_limit="1GB", threads=1)
    made.mkdir()
    for name in (SERVING, REGISTER, COMPANIES):
        shutil.copyfile(snapshot / name, made / name)


@cache
def _made() -> Path:
    """A folder for each digest of tables, removed when the process ends."""
    folder = Path(tempfile.mkdtemp(prefix="sf-served-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    return folder
