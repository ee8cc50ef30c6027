"""Where pandas is not installed, DuckDB does not search the disk for it at each value."""

import subprocess
import sys

import pytest

from signaux_faibles.relations.absent_pandas import AbsentPandas

SEARCHES = """
import sys
import duckdb
import signaux_faibles.relations

class Disk:
    def find_spec(self, name, path=None, target=None):
        print(name)

sys.meta_path.append(Disk())
for value in range(20):
    duckdb.ConstantExpression(value)
duckdb.execute("SELECT ?", [1]).fetchall()
"""


@pytest.mark.skipif(AbsentPandas not in sys.meta_path, reason="pandas is installed")
def test_no_value_makes_duckdb_search_for_pandas():
    found = subprocess.run([sys.executable, "-c", SEARCHES], capture_output=True, text=True, check=True)
    assert "pandas" not in found.stdout.split()


def test_any_other_module_is_left_to_the_other_finders():
    assert AbsentPandas.find_spec("json", None) is None
