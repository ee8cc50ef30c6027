"""What the report of a run says of the promises of published lists."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from harness.promised_list import CERTAIN, MADE, write_promised_list
from signaux_faibles.chain.report.promises import broken, list_facts, promises_section
from signaux_faibles.home.home import Home

JUNE_2025 = date(2025, 6, 1)


@pytest.mark.parametrize(("failed", "is_broken"), [(20, False), (0, True)])
def test_a_broken_promise_is_seen_first(tmp_path: Path, failed: int, is_broken: bool) -> None:
    facts = list_facts(write_promised_list(tmp_path, JUNE_2025, MADE, CERTAIN, failed=failed))
    section = promises_section(facts)
    assert section.detail is not is_broken, "on the screen when it is broken, in the file otherwise"
    assert section.sentences[0].startswith(
        "Ancienne. Promesse : parmi ses alertes élevées, au moins 1 entreprise sur 4"
    )
    assert any(f"{failed} entreprise" in sentence for sentence in section.sentences)
    assert [sentence.startswith("Liste Ancienne : Promesse rompue") for sentence in broken(facts)] == [True] * is_broken


def test_without_a_list_there_is_nothing_to_say(tmp_path: Path) -> None:
    assert list_facts(Home(tmp_path)) == ()
    assert promises_section(()).empty
