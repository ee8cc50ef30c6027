"""What no administration knows, and only evaluations read."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from types import TracebackType
from typing import Self

import numpy as np
import pyarrow as pa
import pyarrow.parquet as pq

from signaux_faibles.fictitious.lives.courts import Events, ProcedureKind
from signaux_faibles.fictitious.lives.debts import Gaps
from signaux_faibles.fictitious.lives.lives import CAUSES
from signaux_faibles.fictitious.months import LAST, first_day, month, month_of
from signaux_faibles.fictitious.part import Part
from signaux_faibles.fictitious.people.population import Ints
from signaux_faibles.fictitious.people.sectors import SECTORS
from signaux_faibles.fictitious.truth.help import help_given, takeovers
from signaux_faibles.relations.files import whole_file

FIRST_HAZARD = month(2010, 1)
_BEFORE = 18
_HEADCOUNT_FALL = 0.05


class Truth:
    """Writes `companies`, `failures`, `hazard`, `help` and `takeovers`, part after part; use as a context."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._stack = ExitStack()
        self._writers: dict[str, pq.ParquetWriter] = {}

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.__exit__(kind, error, trace)

    def add(self, part: Part) -> None:
        """Add a part."""
        tables = {
            "companies": _companies(part),
            "failures": _failures(part),
            "hazard": _hazard(part),
            "help": help_given(part),
            "takeovers": takeovers(part),
        }
        for name, table in tables.items():
            if name not in self._writers:
                draft = self._stack.enter_context(whole_file(self._folder / f"{name}.parquet"))
                writer = pq.ParquetWriter(draft, table.schema, compression="zstd")
                self._writers[name] = self._stack.enter_context(writer)
            self._writers[name].write_table(table)


def _companies(part: Part) -> pa.Table:
    """Every employer, past and to come."""
    employers, end = part.employers, part.lives.end
    return pa.table(
        {
            "siren": pa.array(employers.siren),
            "secteur": pa.array([sector.code for sector in SECTORS]).take(pa.array(employers.sector)),
            "creation": pa.array(first_day(employers.birth)),
            "fin": pa.array(first_day(end), mask=end >= LAST),
            "effectif_a_maturite": pa.array(np.round(employers.full_size).astype(np.int32)),
            "fragilite": pa.array(employers.frailty.astype(np.float32)),
        }
    )


def _failures(part: Part) -> pa.Table:
    """Openings for companies in bonis, with what could be seen in the 18 months before."""
    employers, lives, gaps = part.employers, part.lives, part.gaps
    events = lives.events
    rank = np.flatnonzero(events.failures)
    company, when = events.company[rank], month_of(events.day[rank])
    before = np.clip(when - _BEFORE, 0, LAST - 1)
    at, ago = lives.headcount[company, np.maximum(when - 1, 0)], lives.headcount[company, before]
    fell = (ago > 0) & (at < ago * (1 - _HEADCOUNT_FALL))
    return pa.table(
        {
            "siren": pa.array(employers.siren[company]),
            "date_ouverture": pa.array(events.day[rank]),
            "procedure": pa.array([kind.name.lower() for kind in ProcedureKind]).take(pa.array(events.kind[rank])),
            "cause": pa.array(CAUSES).take(pa.array(events.cause[rank])),
            "effectif": pa.array(at),
            "signe_dette": pa.array(_indebted(events, rank, gaps)),
            "signe_effectif": pa.array(fell),
        }
    )


def _indebted(events: Events, rank: Ints, gaps: Gaps) -> np.ndarray:
    """Whether an unpaid contribution other than a deferral was processed in the 18 months before."""
    own = ~gaps.deferred
    key = np.sort(gaps.company[own] * 1_000 + np.maximum(month_of(gaps.created[own]), 0))
    when = month_of(events.day[rank])
    start = np.searchsorted(key, events.company[rank] * 1_000 + np.maximum(when - _BEFORE, 0))
    stop = np.searchsorted(key, events.company[rank] * 1_000 + when)
    return np.asarray(stop > start)


def _hazard(part: Part) -> pa.Table:
    """Monthly probability of failure of companies of ten employees or more, at the end of each quarter."""
    employers, lives = part.employers, part.lives
    months = np.arange(FIRST_HAZARD + 2, LAST, 3)
    company, column = np.nonzero((lives.headcount[:, months] >= 10) & (lives.hazard[:, months] > 0))
    return pa.table(
        {
            "siren": pa.array(employers.siren[company]),
            "periode": pa.array(first_day(months[column])),
            "risque_mensuel": pa.array(lives.hazard[company, months[column]]),
            "en_crise": pa.array(lives.crisis[company, months[column]]),
        }
    )
