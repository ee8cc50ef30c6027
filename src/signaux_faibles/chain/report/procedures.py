"""What a report says of the procedures: how far both sources agree, and the wordings that no rule reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from signaux_faibles.chain.report.page import Grid, Section, counted, excerpt, number

TITLE = "Procédures collectives"


@dataclass(frozen=True)
class Wording:
    """A wording of BODACC that gives no verdict; `reason` is None where no rule knows it."""

    family: str | None
    nature: str | None
    reason: str | None
    notices: int
    first: date | None
    last: date | None


@dataclass(frozen=True)
class ProceduresFacts:
    """The chronology of a snapshot.

    Attributes:
        both, urssaf, bodacc: events that both sources tell, or one alone.
        opposed: events that the other source denies.
        withdrawn: events of BODACC cancelled, corrected or retracted by a later notice.
        wordings: those that give no verdict, the most frequent first.
    """

    both: int
    urssaf: int
    bodacc: int
    opposed: int
    withdrawn: int
    wordings: tuple[Wording, ...]

    @property
    def events(self) -> int:
        """All events of the chronology."""
        return self.both + self.urssaf + self.bodacc

    @property
    def warnings(self) -> list[str]:
        """What deserves a look: a wording that no rule knows may hide an event."""
        unknown = [wording for wording in self.wordings if wording.reason is None]
        if not unknown:
            return []
        notices = counted(sum(wording.notices for wording in unknown), "annonce", "annonces")
        return [
            f"BODACC : {counted(len(unknown), 'libellé inconnu', 'libellés inconnus')} ({notices}), sans effet sur la "
            f"chronologie. Voir « {TITLE} »."
        ]


_CHRONOLOGY = """
SELECT count(*) FILTER (NOT source_unique), count(*) FILTER (source_unique AND date_bodacc IS NULL),
    count(*) FILTER (source_unique AND date_urssaf IS NULL), count(*) FILTER (etat_oppose IS NOT NULL)
FROM read_parquet(?)
"""
_WORDINGS = """
SELECT famille, nature, motif, annonces, premiere_parution, derniere_parution FROM read_parquet(?)
ORDER BY motif IS NOT NULL, annonces DESC, famille, nature
"""


def procedures_facts(tables: Path) -> ProceduresFacts | None:
    """Count the events of a folder of tables; None where they are not computed."""
    names = ("procedures_chronology", "bodacc_events", "bodacc_unmatched")
    chronology, events, unmatched = (str(tables / f"{name}.parquet") for name in names)
    if not all(Path(file).exists() for file in (chronology, events, unmatched)):
        return None
    with duckdb.connect() as connection:
        both, urssaf, bodacc, opposed = connection.execute(_CHRONOLOGY, [chronology]).fetchall()[0]
        withdrawn = connection.execute("SELECT count(retire_le) FROM read_parquet(?)", [events]).fetchall()[0][0]
        wordings = tuple(Wording(*row) for row in connection.execute(_WORDINGS, [unmatched]).fetchall())
    return ProceduresFacts(both, urssaf, bodacc, opposed, withdrawn, wordings)


def procedures_section(facts: ProceduresFacts | None) -> Section:
    """How far both sources agree, and the wordings without verdict; empty when no event is known."""
    if facts is None or not (facts.events or facts.wordings):
        return Section(TITLE)
    said = (
        f"{counted(facts.events, 'événement', 'événements')} : "
        f"{counted(facts.both, 'dit', 'dits')} par l'Urssaf et le BODACC, "
        f"{number(facts.urssaf)} par l'Urssaf seule, {number(facts.bodacc)} par le BODACC seul ; "
        f"{counted(facts.opposed, 'contredit', 'contredits')} par l'autre source. "
        f"{counted(facts.withdrawn, 'événement retiré', 'événements retirés')} par une annonce postérieure."
    )
    rows = tuple(
        (
            excerpt(wording.nature or "(sans nature)"),
            wording.family or "",
            wording.reason or "aucune règle ne le connaît",
            number(wording.notices),
            _day(wording.first),
            _day(wording.last),
        )
        for wording in facts.wordings
    )
    headers = ("Libellé", "Famille", "Pourquoi", "Annonces", "Première parution", "Dernière parution")
    grid = Grid("Libellés du BODACC qui ne donnent aucun événement certain", headers, rows, frozenset({3}))
    return Section(TITLE, (said,), (grid,) if rows else ())


def _day(day: date | None) -> str:
    return "" if day is None else day.isoformat()
