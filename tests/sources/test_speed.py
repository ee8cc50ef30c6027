"""The measure of reading reads the whole file; what it finds depends on the machine and is not judged here."""

import pytest

from signaux_faibles.sources.registry import CONTRACTS
from signaux_faibles.sources.speed import measure


@pytest.mark.parametrize("kind", ["debit", "effectif"])
def test_a_measure_reads_the_whole_file(tmp_path, kind):
    speed = measure(CONTRACTS[kind], 2_000, tmp_path)
    assert speed.rows_read == 2_000
    assert speed.rows_written == (2_000 if kind == "debit" else 6_000)
    assert speed.rows_per_second > 0
