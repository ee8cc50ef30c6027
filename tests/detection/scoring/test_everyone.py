"""Every company of the perimeter has a score of the promoted model, or a reason not to have one; never both."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import narwhals.stable.v2 as nw
import pyarrow as pa
import pyarrow.parquet as pq

from detection.invented_home import AS_OF, FIRST, write
from signaux_faibles.detection.learning.train import CandidateModel
from signaux_faibles.detection.scoring.scores import promoted_model, score_month
from signaux_faibles.home.home import Home
from signaux_faibles.panel.population import IN_PROCEDURE, JUST_OUT, NO_HEADCOUNT, UNSCORED, unscored
from signaux_faibles.panel.schema import PANEL
from signaux_faibles.perimeter.perimeter import CLEAN_FILTER
from signaux_faibles.relations.calendar import Calendar
from signaux_faibles.relations.opening import open_engine
from signaux_faibles.tables.procedures.procol import KNOWN_PROCOL

MONTH = date(2026, 10, 1)


def test_every_company_of_the_perimeter_is_scored_or_excused(
    trained: tuple[Home, CandidateModel], tmp_path: Path
) -> None:
    tables = trained[0].snapshots / "2610-a" / "tables"
    panel, events = (pq.read_table(tables / f"{name}.parquet") for name in ("panel", "known_procol"))
    left = min(panel["siren"].to_pylist())
    end = {"siren": left, "date_effet": date(2026, 5, 20), "action_procol": "redressement",
           "stade_procol": "fin_procedure", "known_at": date(2026, 6, 5), "known_at_assumed": False}  # fmt: skip
    write(tmp_path / "known_procol.parquet", KNOWN_PROCOL.arrow, [*events.to_pylist(), end])
    pq.write_table(panel, tmp_path / "panel.parquet")
    followed = pa.table({"siren": [*sorted(set(panel["siren"].to_pylist())), "999999999"]}, schema=CLEAN_FILTER.arrow)
    pq.write_table(followed, tmp_path / "clean_filter.parquet")
    scorer = promoted_model(trained[0], fictitious=True)
    assert scorer is not None
    scores = score_month(tmp_path, MONTH, scorer)
    with open_engine("duckdb", scratch=tmp_path) as engine:
        read = {
            one.name: engine.read([tmp_path / f"{one.name}.parquet"], one)
            for one in (CLEAN_FILTER, PANEL, KNOWN_PROCOL)
        }
        calendar = Calendar.between(engine, FIRST, AS_OF)
        reasons = engine.collect(
            unscored(read["clean_filter"], read["panel"], read["known_procol"], calendar, AS_OF).select(nw.all()),
            UNSCORED,
        )
    scored, excused = set(scores["siren"].to_pylist()), set(reasons["siren"].to_pylist())
    assert scored | excused == set(followed["siren"].to_pylist())
    assert not scored & excused
    assert set(reasons["motif"].to_pylist()) == {IN_PROCEDURE, JUST_OUT, NO_HEADCOUNT}
    assert not any(scores[f"probability_{horizon}"].null_count for horizon in (6, 12, 18))
