"""A command starts without what only learning reads."""

import subprocess
import sys

ONLY_TO_LEARN = {"lightgbm", "sklearn", "scipy.optimize", "scipy.stats", "matplotlib", "pyspark"}


def test_no_command_loads_what_it_does_not_use():
    command = "import sys; import signaux_faibles.cli.app; print(*sys.modules)"
    found = subprocess.run([sys.executable, "-c", command], capture_output=True, text=True, check=True)
    assert set(found.stdout.split()) & ONLY_TO_LEARN == set()
