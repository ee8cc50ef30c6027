"""The same tables on a Spark of several executors (docs/spark.md): each is a process of its own."""

import os
import subprocess
import sys

import pytest

from harness.tables import same_tables


@pytest.mark.slow
@pytest.mark.spark
def test_several_executors_give_the_same_tables(january):
    here = january.run("2601")
    reported = ["run", "2601", "--deliveries", january.deliveries, "--home", january.home.root, "--until", "score"]
    command = [sys.executable, "-m", "signaux_faibles.cli", *map(str, reported), "--engine", "spark"]
    environment = {**os.environ, "SF_SPARK_MASTER": "local-cluster[2,1,1024]"}
    subprocess.run(command, env=environment, check=True, capture_output=True, timeout=900)
    (there,) = (one for one in january.home.snapshots.iterdir() if one.name != here.snapshot)
    assert same_tables(january.home.snapshots / here.snapshot, there)
