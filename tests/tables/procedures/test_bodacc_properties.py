"""What BODACC had reported by a day does not depend on what it published later."""

from datetime import date, timedelta

import pyarrow as pa
import pytest
from hypothesis import given
from hypothesis import strategies as st

from harness.examples import tried
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.relations.schema import Schema
from signaux_faibles.sources.bodacc.bodacc import BODACC
from signaux_faibles.tables.procedures.bodacc import (
    BODACC_EVENTS,
    BODACC_VERDICTS,
    bodacc_events,
    bodacc_verdicts,
    standing,
)

NATURES = [
    "Jugement d'ouverture d'une procédure de sauvegarde",
    "Jugement d'ouverture d'une procédure de redressement judiciaire",
    "Jugement d'ouverture de liquidation judiciaire",
    "Jugement de clôture pour insuffisance d'actif",
    "Rétractation de jugement d'ouverture sur tierce opposition",
    "Jugement de faillite personnelle",
]
DAY = date(2026, 1, 31)

days = st.integers(-30, 30).map(lambda number: DAY + timedelta(days=number))
notices = st.lists(
    st.fixed_dictionaries(
        {
            "siren": st.sampled_from([f"00000000{number}" for number in range(6)]),
            "date_parution": days,
            "type_avis": st.sampled_from(["annonce", "annonce", "annonce", "rectificatif", "annulation"]),
            "nature": st.sampled_from(NATURES),
            "date_jugement": days,
            "named": st.none() | st.integers(0, 29),
        }
    ),
    max_size=30,
)


@pytest.fixture(scope="module")
def duck(tmp_path_factory):
    with open_engine("duckdb", scratch=tmp_path_factory.mktemp("bodacc"), memory_limit="1GB") as session:
        yield session


def known_on_the_day(engine, rows):
    """The standing events of staged rows."""
    staged = engine.from_arrow(pa.Table.from_pylist(rows, schema=BODACC.staging.arrow))
    verdicts = engine.from_arrow(engine.collect(bodacc_verdicts(staged), BODACC_VERDICTS))
    events = standing(bodacc_events(verdicts), DAY)
    return engine.collect(events.drop("retire_le", "retire_par"), KNOWN).to_pylist()


KNOWN = Schema("known", BODACC_EVENTS.fields[:-2], BODACC_EVENTS.sort)


@tried(8)
@given(notices)
def test_what_is_published_later_changes_nothing(duck, given_):
    rows = []
    for number, notice in enumerate(given_):
        named = notice["named"]
        # A notice names one that is published: before it, or on the same day.
        earlier = named is not None and named < number and given_[named]["date_parution"] <= notice["date_parution"]
        lineage = {"id": f"A{number:02d}", "batch": "2601", "file": "f.json", "line": number}
        said = {name: value for name, value in notice.items() if name != "named"}
        rows.append(said | lineage | {"avis_precedent": f"A{named:02d}" if earlier else None})
    published = [row for row in rows if row["date_parution"] <= DAY]
    assert known_on_the_day(duck, rows) == known_on_the_day(duck, published)
