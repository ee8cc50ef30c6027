"""The work on an alert as the page of its company shows it: its state, what was done, the form to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from signaux_faibles.snapshot.served.lists import PublishedList, alerts_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.alert_work.events import marks_of
from signaux_faibles.web.alert_work.forms import WorkForm, assignable
from signaux_faibles.web.alert_work.state import Mark, Now, WorkState, state_of
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.candidate import in_procedure, may_read
from signaux_faibles.web.rights.alert_work import may_work


@dataclass(frozen=True)
class WorkPanel:
    """The work on an alert; `form` is None for who reads it without working it."""

    published: PublishedList
    state: WorkState
    marks: Sequence[Mark]
    form: WorkForm | None

    @classmethod
    def read(
        cls, siren: str, published: PublishedList | None, *, reader: Reader, snapshot: Snapshot
    ) -> WorkPanel | None:
        """Read the work on the alert of a company in a list; None where the agent may read no alert."""
        alert = alerts_of(snapshot, published, [siren]).get(siren) if published else None
        if published is None or alert is None or not may_read(reader, alert, Family.DETECTION):
            return None
        marks = marks_of([siren])[siren]
        now = Now(published.number, alert.level, in_procedure(alert.standing), reader.today)
        ties = reader.ties(siren, alert.active_departments)
        form = WorkForm(None, people=assignable(reader.agent, reader.today))
        works = may_work(reader.agent, ties, reader.today)
        return cls(published, state_of(marks, now), tuple(reversed(marks)), form if works else None)
