"""The work on an alert as the page of its company shows it: its state, what was done, the form to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from signaux_faibles.snapshot.served.lists import PublishedList
from signaux_faibles.web.alert_work.events import marks_of
from signaux_faibles.web.alert_work.forms import WorkForm, assignable
from signaux_faibles.web.alert_work.state import Now, WorkMark, WorkState, state_of
from signaux_faibles.web.consultation.company_sheet import CompanySheet
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.candidate import in_procedure
from signaux_faibles.web.rights.alert_work import may_work


@dataclass(frozen=True)
class WorkPanel:
    """The work on an alert; `form` is None for whoever reads it without working it."""

    published: PublishedList
    state: WorkState
    marks: Sequence[WorkMark]
    form: WorkForm | None

    @classmethod
    def read(cls, sheet: CompanySheet, reader: Reader) -> WorkPanel | None:
        """Read the work on the alert of a company in the latest list; None where the agent may read no alert."""
        published, entry, siren = sheet.alert.published, sheet.alert.entry, sheet.company.siren
        if published is None or entry is None or entry.level is None:
            return None
        marks = marks_of([siren])[siren]
        now = Now(published.number, entry.level, in_procedure(sheet.procedures.standing), reader.today)
        form = WorkForm(None, people=assignable(reader.agent, reader.today))
        works = may_work(reader.agent, reader.ties(siren, sheet.company.active_departments), reader.today)
        return cls(published, state_of(marks, now), tuple(reversed(marks)), form if works else None)
