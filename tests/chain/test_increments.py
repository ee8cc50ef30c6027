"""What is delivered by increments holds years, then a month: that is no fall of its volume (sources.contract)."""

from __future__ import annotations

import json
from datetime import date, timedelta

from harness.deliveries import FOLLOWED
from signaux_faibles.chain.plan.step import Stage

FEW, MANY = 1, 150
JUDGMENT = {"famille": "Jugement d'ouverture", "nature": "Jugement d'ouverture de liquidation judiciaire"}


def _notices(chain, batch: str, first: date, count: int) -> None:
    days = [(first + timedelta(days=rank)).isoformat() for rank in range(count)]
    notices = [
        {
            "id": f"A{day[:4]}{rank + 1:04d}{rank}",
            "dateparution": day,
            "familleavis": "collective",
            "registre": [FOLLOWED],
            "jugement": json.dumps(JUDGMENT),
        }
        for rank, day in enumerate(days)
    ]
    path = chain.deliveries / batch / "annonces-commerciales.json"
    path.write_text(json.dumps(notices), encoding="utf-8")


def test_a_month_after_years_is_accepted(chain) -> None:
    chain.deliver("2601")
    _notices(chain, "2601", date(2025, 1, 1), MANY)
    chain.run("2601", until=Stage.STAGING)
    chain.deliver("2602")
    _notices(chain, "2602", date(2026, 1, 21), FEW)
    outcome = chain.run("2602", until=Stage.STAGING)
    assert [file.report["rows_kept"] for file in outcome.files.delivered["bodacc"]] == [FEW]


def test_a_month_without_a_notice_is_accepted(chain) -> None:
    chain.deliver("2601")
    _notices(chain, "2601", date(2025, 1, 1), MANY)
    chain.run("2601", until=Stage.STAGING)
    chain.deliver("2602")
    _notices(chain, "2602", date(2026, 1, 21), 0)
    outcome = chain.run("2602", until=Stage.STAGING)
    assert [file.report["rows_kept"] for file in outcome.files.delivered["bodacc"]] == [0]


def test_a_month_that_was_skipped_is_reported(chain) -> None:
    """The next increment does not repeat what it held."""
    for batch, first in (("2601", date(2025, 1, 1)), ("2603", date(2026, 3, 2))):
        chain.deliver(batch)
        _notices(chain, batch, first, FEW)
    chain.run("2601", until=Stage.STAGING)
    warnings = chain.run("2603", until=Stage.STAGING).files.warnings
    (reported,) = (sentence for sentence in warnings if "lots 2601 et 2603" in sentence)
    assert "1 mois manquant" in reported


def test_no_month_is_reported_when_none_was_skipped(chain) -> None:
    for batch, first in (("2601", date(2025, 1, 1)), ("2602", date(2026, 2, 2))):
        chain.deliver(batch)
        _notices(chain, batch, first, FEW)
        assert not any("manquant" in one for one in chain.run(batch, until=Stage.STAGING).files.warnings)
