"""A home to damage, and the commands as they are typed in it."""

from __future__ import annotations

import shutil

import pytest

from harness.deliveries import write_delivery
from harness.typed import sf


@pytest.fixture(scope="session")
def template(tmp_path_factory):
    """A home that has published January 2026, and its deliveries."""
    root = tmp_path_factory.mktemp("recovery")
    write_delivery(root / "deliveries" / "2601")
    assert sf(root, "run", "2601").exit_code == 0
    return root


@pytest.fixture
def place(template, tmp_path):
    """A copy of it, for one test."""
    shutil.copytree(template, tmp_path / "place")
    return tmp_path / "place"
