"""The worlds: what agents change in each, what the data show of it, and that the reference is not changed by them."""

from __future__ import annotations

import dataclasses
from pathlib import Path

import duckdb
import numpy as np
import pyarrow as pa
import pytest

from signaux_faibles.fictitious import Scale, invent
from signaux_faibles.fictitious.lives import lives
from signaux_faibles.fictitious.measured.effects import effect
from signaux_faibles.fictitious.months import LAST
from signaux_faibles.fictitious.parameters.world import WORLDS, Size
from signaux_faibles.fictitious.part import Part, invent_part
from signaux_faibles.fictitious.people import population
from signaux_faibles.fictitious.rng import stream
from signaux_faibles.fictitious.truth.help import help_given, takeovers

SIZE = Size(4_000, 0.5, 0)
SEED = 20
HELPING = [name for name, world in WORLDS.items() if world.help.changes_lives]
IDLE = [name for name in WORLDS if name not in HELPING]


@pytest.fixture(scope="module")
def worlds() -> dict[str, Part]:
    """A few thousand companies of each world."""
    return {name: invent_part(population.parts(SIZE, parameters.population)[0], 0, SIZE, SEED, name)
            for name, parameters in WORLDS.items()}  # fmt: skip


def _truth(part: Part) -> duckdb.DuckDBPyRelation:
    """The help whose 18 months are over before the end of the country."""
    return duckdb.connect().from_arrow(help_given(part)).filter("periode < DATE '2027-01-01'")


def _failing(rows: duckdb.DuckDBPyRelation, suffix: str) -> float:
    within = f"coalesce(defaillance_{suffix} < periode + INTERVAL 19 MONTH, false)"
    return float(rows.aggregate(f"avg({within}::INT)").fetchall()[0][0])


def test_agents_draw_nothing_of_what_the_reference_draws(worlds: dict[str, Part]) -> None:
    """Without agents at all, the same lives."""
    parameters = WORLDS["reference"]
    employers = worlds["reference"].employers
    alone = lives.Life(employers, parameters, stream(SEED, "reference", "lives"))
    for now in range(LAST):
        alone.begin(now)
        alone.step(now)
    assert np.array_equal(alone.lives().headcount, worlds["reference"].lives.headcount)
    assert np.array_equal(alone.lives().events.day, worlds["reference"].lives.events.day)


@pytest.mark.parametrize("world", IDLE)
def test_where_the_help_changes_nothing_both_outcomes_are_one(worlds: dict[str, Part], world: str) -> None:
    rows = _truth(worlds[world])
    assert len(rows) > 20
    for name in ("defaillance", "procedure", "liquidation", "effectif_18"):
        assert rows.filter(f"{name}_avec IS DISTINCT FROM {name}_sans").fetchall() == []


@pytest.mark.parametrize("world", HELPING)
def test_where_it_helps_fewer_fail(worlds: dict[str, Part], world: str) -> None:
    """A ratio of 0.6 on the monthly risk for two years."""
    helped = _truth(worlds[world]).filter("role = 'aidee'")
    assert len(helped) > 500
    assert 0.04 < _failing(helped, "sans") < 0.12
    assert 0.35 < _failing(helped, "avec") / _failing(helped, "sans") < 0.85


def test_agents_choose_companies_whose_data_are_bad(worlds: dict[str, Part]) -> None:
    """Confounding by indication: those helped fail more than the others, though the help is good."""
    part = worlds["aide_visible"]
    assert _failing(_truth(part), "avec") > 1.5 * 0.018


def test_hidden_selection_looks_like_an_effect_and_is_none(worlds: dict[str, Part]) -> None:
    """At the same data, those whom agents of this world choose do far better, helped or not."""
    assert _failing(_truth(worlds["aide_cachee"]), "sans") < 0.7 * _failing(_truth(worlds["sans_effet"]), "sans")


def test_half_of_the_help_may_leave_no_trace(worlds: dict[str, Part]) -> None:
    logged = _truth(worlds["aide_non_consignee"]).aggregate("avg(consigne::INT)").fetchall()[0][0]
    assert 0.42 < logged < 0.58
    assert _truth(worlds["aide_visible"]).filter("NOT consigne").fetchall() == []


def test_help_spreads_to_a_neighbour_of_the_sector(worlds: dict[str, Part]) -> None:
    part = worlds["debordement"]
    neighbours = _truth(part).filter("role = 'voisine'")
    assert len(neighbours) > 500
    assert neighbours.filter("consigne OR voisine_de IS NULL").fetchall() == []
    assert _failing(neighbours, "avec") < _failing(neighbours, "sans")
    sector = dict(zip(part.employers.siren.tolist(), part.employers.sector.tolist(), strict=True))
    pairs = neighbours.project("siren, voisine_de").fetchall()
    assert all(sector[one] == sector[other] for one, other in pairs)


def test_businesses_go_on_under_another_siren(worlds: dict[str, Part]) -> None:
    part = worlds["reprise"]
    rows = takeovers(part).to_pylist()
    assert len(rows) > 30
    rank = {siren: place for place, siren in enumerate(part.employers.siren.tolist())}
    for row in rows:
        old, new = rank[row["siren"]], rank[row["siren_repreneur"]]
        assert part.employers.sector[old] == part.employers.sector[new]
        at = part.employers.birth[new] + 1
        size = part.lives.headcount[new, at]
        assert size < 0 or 0.5 * row["emplois_repris"] < size + 3 < 3 * row["emplois_repris"] + 6
    assert all(takeovers(worlds[name]).num_rows == 0 for name in WORLDS if name != "reprise")


def test_nobody_is_helped_twice_nor_before_agents_begin(worlds: dict[str, Part]) -> None:
    for name, part in worlds.items():
        helped = part.stories.helped
        assert len(np.unique(helped.company)) == len(helped.company), name
        assert helped.period.min() >= WORLDS[name].help.since, name


@pytest.mark.slow
@pytest.mark.parametrize("world", ["aide_visible", "reprise"])
def test_a_world_is_delivered_in_the_same_forms(tmp_path: Path, world: str) -> None:
    one = invent(tmp_path / "one", scale=Scale.SAMPLE, batch="2603", seed=SEED, world=world)
    again = invent(tmp_path / "two", scale=Scale.SAMPLE, batch="2603", seed=SEED, world=world)
    for folder, other in ((one.folder, again.folder), (one.truth, again.truth)):
        names = sorted(path.name for path in folder.iterdir())
        assert names == sorted(path.name for path in other.iterdir())
        assert all((folder / name).read_bytes() == (other / name).read_bytes() for name in names)


def test_every_world_is_another_country(worlds: dict[str, Part]) -> None:
    size = {name: pa.array(part.employers.full_size) for name, part in worlds.items()}
    assert len({array.to_pylist()[0] for array in size.values()}) == len(WORLDS)


def test_another_mechanism_makes_as_many_failures(worlds: dict[str, Part]) -> None:
    """Failures of 2015-2019 by company and year, within 35 % of those of the reference."""
    rate = {}
    for name in ("reference", "contagion"):
        part = worlds[name]
        events = part.lives.events
        years = events.day[events.failures].astype("datetime64[Y]").astype(int) + 1970
        rate[name] = ((years >= 2015) & (years < 2020)).sum()
    assert rate["contagion"] == pytest.approx(rate["reference"], rel=0.35)
    assert dataclasses.replace(WORLDS["contagion"], distress=WORLDS["reference"].distress) == WORLDS["reference"]


def test_the_measure_of_the_effect_is_that_of_the_truth(worlds: dict[str, Part]) -> None:
    """Where the help changes nothing the measure says so; where it spreads, neighbours are measured apart."""
    nothing = effect([worlds["sans_effet"]])
    assert nothing is not None
    assert nothing.with_help == nothing.without
    assert nothing.jobs == 1.0
    useful = effect([worlds["debordement"]])
    assert useful is not None
    assert useful.without == pytest.approx(
        _failing(_truth(worlds["debordement"]).filter("role = 'aidee'"), "sans"), abs=0.01
    )
    assert effect([worlds["debordement"]], "voisine") is not None
    assert effect([worlds["reference"]], "voisine") is None
