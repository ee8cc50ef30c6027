"""What a report says about procedures: how far both sources agree, and the wordings that no rule reads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

import duckdb

from signaux_faibles.chain.report.page import Grid, Section, cell, excerpt
from signaux_faibles.relations.in_memory import in_memory
from signaux_faibles.wording.french import counted, number

TITLE = "Procédures collectives"


@dataclass(frozen=True)
class UnreadWording:
    """A wording of BODACC without a verdict; `reason` is None if no rule knows it."""

    family: str | None
    nature: str | None
    reason: str | None
    notices: int
    first: date | None
    last: date | None


@dataclass(frozen=True)
class ToRead:
    """Judgments that someone must read for one reason; `example` is the id of the last notice."""

    reason: str
    companies: int
    judgments: int
    example: str | None


@dataclass(frozen=True)
class ProceduresFacts:
    """The chronology of a snapshot.

    Attributes:
        both, urssaf, bodacc: events that both sources report, or one alone.
        opposed: events that the other source denies.
        withdrawn: events of BODACC cancelled, corrected or retracted by a later notice.
        outcomes_unknown: procedures that no judgment has touched for longer than their kind allows.
        to_read: judgments that someone must read before the company is in bonis, the most frequent reason first.
        wordings: those without a verdict, the most frequent first.
    """

    both: int
    urssaf: int
    bodacc: int
    opposed: int
    withdrawn: int
    outcomes_unknown: int
    to_read: tuple[ToRead, ...]
    wordings: tuple[UnreadWording, ...]

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
_TO_READ = """
SELECT motif, count(DISTINCT siren), count(*), arg_max(id, date_effet) FROM read_parquet(?)
GROUP BY motif ORDER BY count(*) DESC, motif
"""
_OUTCOMES_UNKNOWN = "SELECT count(*) FROM read_parquet(?) WHERE situation = 'issue_inconnue'"
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
    with in_memory() as connection:
        in_both, urssaf, bodacc, opposed = connection.execute(_CHRONOLOGY, [chronology]).fetchall()[0]
        withdrawn = connection.execute("SELECT count(retire_le) FROM read_parquet(?)", [events]).fetchall()[0][0]
        wordings = tuple(UnreadWording(*row) for row in connection.execute(_WORDINGS, [unmatched]).fetchall())
        outcomes_unknown, reasons = _in_suspense(connection, tables)
    return ProceduresFacts(in_both, urssaf, bodacc, opposed, withdrawn, outcomes_unknown, reasons, wordings)


def _in_suspense(connection: duckdb.DuckDBPyConnection, tables: Path) -> tuple[int, tuple[ToRead, ...]]:
    """How many outcomes are unknown, and what must be read; nothing while this table is not computed."""
    current, to_read = (tables / f"{name}.parquet" for name in ("current_procedures", "judgments_to_read"))
    if not (current.exists() and to_read.exists()):
        return 0, ()
    unknown = connection.execute(_OUTCOMES_UNKNOWN, [str(current)]).fetchall()[0][0]
    return unknown, tuple(ToRead(*row) for row in connection.execute(_TO_READ, [str(to_read)]).fetchall())


def procedures_section(facts: ProceduresFacts | None) -> Section:
    """How far both sources agree, and the wordings without verdict; empty when no event is known."""
    if facts is None or not (facts.events or facts.wordings or facts.to_read):
        return Section(TITLE)
    sentence = (
        f"{counted(facts.events, 'événement', 'événements')} : "
        f"{counted(facts.both, 'dit', 'dits')} par l'Urssaf et le BODACC, "
        f"{number(facts.urssaf)} par l'Urssaf seule, {number(facts.bodacc)} par le BODACC seul ; "
        f"{counted(facts.opposed, 'contredit', 'contredits')} par l'autre source. "
        f"{counted(facts.withdrawn, 'événement retiré', 'événements retirés')} par une annonce postérieure."
    )
    unknown = counted(facts.outcomes_unknown, "procédure d'issue inconnue", "procédures d'issue inconnue")
    waiting = f"{unknown} : aucun jugement ne les a touchées depuis plus longtemps que la loi ne le permet."
    sentences = (sentence, waiting) if facts.outcomes_unknown else (sentence,)
    return Section(TITLE, sentences, tuple(grid for grid in (_to_read(facts), _wordings(facts)) if grid.rows))


def _to_read(facts: ProceduresFacts) -> Grid:
    rows = tuple(
        (excerpt(one.reason), number(one.companies), number(one.judgments), one.example or "") for one in facts.to_read
    )
    headers = ("Pourquoi", "Entreprises", "Jugements", "Dernière annonce")
    return Grid("Jugements à lire : ces entreprises ne sont pas dites in bonis", headers, rows, frozenset({1, 2}))


def _wordings(facts: ProceduresFacts) -> Grid:
    rows = tuple(
        (
            excerpt(wording.nature or "(sans nature)"),
            wording.family or "",
            wording.reason or "aucune règle ne le connaît",
            number(wording.notices),
            cell(wording.first),
            cell(wording.last),
        )
        for wording in facts.wordings
    )
    headers = ("Libellé", "Famille", "Pourquoi", "Annonces", "Première parution", "Dernière parution")
    return Grid("Libellés du BODACC qui ne donnent aucun événement certain", headers, rows, frozenset({3}))
