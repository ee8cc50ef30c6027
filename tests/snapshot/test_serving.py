"""The files that pages read."""

from __future__ import annotations

from pathlib import Path

import duckdb
import pytest

from signaux_faibles.snapshot.serving import build_serving


def test_a_failed_build_leaves_no_file(tmp_path: Path) -> None:
    (tmp_path / "tables").mkdir()
    with pytest.raises(duckdb.IOException):
        build_serving(tmp_path)
    assert [file.name for file in tmp_path.iterdir()] == ["tables"]
