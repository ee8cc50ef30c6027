"""The panel of a month built from the batches up to it, and from the archive of today: the same features.

Small tables drawn at random cannot show that a source is dated too early, because the test invents when each fact
becomes known. Here the invented country says it: its file of September 2018 holds what was known then. The archive of
December holds more, and nothing in it says when the older facts became known. What the panel assumes must give back
September.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb
import numpy as np
import pytest

from harness.steps import steps_behind
from signaux_faibles.chain.intake.deliveries import Deliveries
from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.plan.groups import write_table
from signaux_faibles.chain.plan.inputs import Inputs
from signaux_faibles.chain.plan.lineage import types_behind
from signaux_faibles.chain.plan.plan import SCHEMAS
from signaux_faibles.chain.plan.step import Stage
from signaux_faibles.chain.run import run
from signaux_faibles.fictitious import Scale, invent
from signaux_faibles.fictitious.measured.known import KnownStocks
from signaux_faibles.fictitious.measured.known_panel import KnownPanel
from signaux_faibles.fictitious.months import month as month_rank
from signaux_faibles.fictitious.parameters.world import WORLDS
from signaux_faibles.fictitious.part import invent_part
from signaux_faibles.fictitious.people import population
from signaux_faibles.home.home import Home
from signaux_faibles.panel.accounts import ACCOUNT_FEATURES
from signaux_faibles.panel.schema import PANEL
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.sources.batch import delivered_at
from signaux_faibles.sources.discovery import FICTITIOUS_MARK
from signaux_faibles.sources.registry import CONTRACTS

THEN, TODAY = "1809", "1812"
MONTH = date(2018, 9, 1)
HEADCOUNTS = (
    "effectif", "effectif_anciennete", "effectif_retard", "effectif_evolution_6", "effectif_evolution_12",
    "effectif_known_at", "dette_par_salarie",
)  # fmt: skip
BOUNDS = {
    **dict.fromkeys(HEADCOUNTS, 0.06),
    **dict.fromkeys(("in_bonis", "procedure_anterieure"), 0.01),
    **dict.fromkeys((field.name for field in ACCOUNT_FEATURES), 0.05),
}
"""The share of companies that may differ, by feature; none for the others.

The last two months of an extraction are provisional: Urssaf revises 4 % of them, and a change compares two. A judgment
may take more than its usual delay. One exercice in twenty is declared later than assumed. All these facts are flagged:
without a bound the flag would excuse anything."""


@dataclass(frozen=True)
class TwoPanels:
    """Both panels in one database, as `then` and `today`, limited to the month."""

    database: duckdb.DuckDBPyConnection

    def share_that_differs(self, feature: str) -> float:
        """Of the companies of either panel, the share whose feature differs."""
        differs = f't."{feature}" IS DISTINCT FROM u."{feature}"'
        found = self.database.execute(
            f'SELECT avg(({differs})::INT) FROM "then" t FULL JOIN today u USING (siren)'
        ).fetchone()
        return float(found[0])

    def share_unknown(self, panel: str, feature: str) -> float:
        """The share of the companies of a panel whose feature is unknown."""
        found = self.database.execute(f'SELECT avg(("{feature}" IS NULL)::INT) FROM {panel}').fetchone()
        return float(found[0])


def panel_of(root: Path, batch: str) -> Path:
    """The panel of a home that knows one batch only, which holds only the types behind the panel."""
    deliveries, home = root / "deliveries", Home(root / f"home-{batch}")
    invented = invent(deliveries, scale=Scale.SAMPLE, batch=batch, seed=20)
    needed = types_behind(PANEL.name)
    for file in invented.folder.iterdir():
        if not any(CONTRACTS[name].files.accepts(file.name) for name in needed):
            file.unlink()
    (invented.folder / FICTITIOUS_MARK).write_text("", encoding="utf-8")
    run(RunOptions(batch, deliveries, until=Stage.STAGING), home)
    tables, scratch = root / f"tables-{batch}", root / "scratch"
    tables.mkdir()
    scratch.mkdir(exist_ok=True)
    with open_engine("duckdb", scratch=scratch) as engine:
        known = Deliveries.up_to(home, batch)
        inputs = Inputs(engine, known, tables, delivered_at(batch), filtered=True, schemas=SCHEMAS)
        for step in steps_behind(PANEL.name):
            write_table(step, inputs, tables / f"{step.name}.parquet")
    return tables / f"{PANEL.name}.parquet"


@pytest.fixture(scope="module")
def panels(tmp_path_factory: pytest.TempPathFactory) -> TwoPanels:
    root = tmp_path_factory.mktemp("country")
    database = duckdb.connect()
    for name, batch in (("then", THEN), ("today", TODAY)):
        file = panel_of(root, batch)
        database.execute(f"""CREATE TABLE "{name}" AS SELECT * FROM '{file}' WHERE periode = DATE '{MONTH}'""")
    return TwoPanels(database)


@pytest.mark.parametrize("feature", [name for name in PANEL.names if name not in ("siren", "periode")])
def test_a_past_month_is_what_it_was(panels: TwoPanels, feature: str) -> None:
    assert panels.share_that_differs(feature) <= BOUNDS.get(feature, 0.0)


@pytest.mark.parametrize("feature", [name for name in PANEL.names if name not in ("siren", "periode")])
def test_as_much_is_unknown_in_the_month_scored_as_in_a_past_month(panels: TwoPanels, feature: str) -> None:
    """September was the month scored of its home, and is a past month of the other."""
    shares = [panels.share_unknown(panel, feature) for panel in ('"then"', "today")]
    assert shares[0] == pytest.approx(shares[1], abs=0.02)


def test_the_month_is_neither_empty_nor_unknown(panels: TwoPanels) -> None:
    """Two panels without anything would agree."""
    assert panels.share_unknown("today", "part_ouvriere") == 0
    for feature in ("effectif_evolution_12", "marge_ebe", "evolution_ca", "paydex"):
        assert panels.share_unknown("today", feature) < 0.5


@pytest.fixture(scope="module")
def read_from_lives() -> dict[str, dict[str, float]]:
    """By siren, what `sf bench recipes` reads of the same country in the same month, without any file."""
    size, found = Scale.SAMPLE.size, {}
    for number, ranks in enumerate(population.parts(size, WORLDS["reference"].population)):
        known = KnownStocks.of(invent_part(ranks, number, size, 20, "reference"))
        origin = month_rank(MONTH.year, MONTH.month)
        rank = known.companies(origin)
        numbers = KnownPanel.of(known).at(origin, rank)
        sirens = np.asarray(known.part.employers.siren)[rank]
        for row, siren in enumerate(sirens.tolist()):
            found[siren] = {name: float(values[row]) for name, values in numbers.items()}
    return found


def test_the_bench_of_recipes_reads_what_the_panel_reads(
    panels: TwoPanels, read_from_lives: dict[str, dict[str, float]]
) -> None:
    """Column by column, on the companies that both hold; files have defects and provisional months, lives have not."""
    names = list(next(iter(read_from_lives.values())))
    rows = panels.database.execute(
        f"""SELECT siren, {", ".join(f'CAST("{name}" AS DOUBLE)' for name in names)} FROM "then" WHERE in_bonis"""
    ).fetchall()
    pairs = [(row[1:], list(read_from_lives[row[0]].values())) for row in rows if row[0] in read_from_lives]
    assert len(pairs) > 0.9 * len(rows)
    chain = np.array([pair[0] for pair in pairs], dtype=np.float64)
    bench = np.array([pair[1] for pair in pairs])
    for column, name in enumerate(names):
        equal = np.isclose(chain[:, column], bench[:, column], rtol=1e-3, atol=1e-6, equal_nan=True)
        assert 1 - equal.mean() <= BOUNDS.get(name, 0.01), name
