"""What an agent reads beside a change of alert: what the company owes, and what was done on its alert."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from signaux_faibles.snapshot.served.company_facts import NO_DEBT, debt_facts_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.alert_work.held_marks import held_marks
from signaux_faibles.web.alert_work.state import WorkMark, last_mark
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.candidate import may_read
from signaux_faibles.web.lists.changes.moves import Move
from signaux_faibles.web.lists.columns import CONFIDENTIAL, fact_line


@dataclass(frozen=True)
class MoveFacts:
    """What is read beside a move.

    Attributes:
        owed: what the company owes, or that it owes no longer, in one line; empty where nothing is known of it, None
            where the agent may not read it.
        last: the last mark on its alert, None without one.
    """

    owed: str | None
    last: WorkMark | None

    @property
    def debts(self) -> str:
        """The line of debts as it is read."""
        return CONFIDENTIAL if self.owed is None else self.owed or "—"


@dataclass(frozen=True)
class MoveRow:
    """A company whose alert changed, with what is read beside it."""

    move: Move
    facts: MoveFacts


def facts_of(some: Sequence[Move], reader: Reader, snapshot: Snapshot) -> dict[str, MoveFacts]:
    """By siren, what is read beside each move."""
    sirens = [move.alert.siren for move in some]
    owed, marks = debt_facts_of(snapshot, sirens), held_marks()
    facts = {}
    for move in some:
        siren, readable = move.alert.siren, may_read(reader, move.alert, Family.URSSAF)
        line = fact_line(owed.get(siren, NO_DEBT)) if readable else None
        facts[siren] = MoveFacts(line, last_mark(marks.get(siren, ())))
    return facts
