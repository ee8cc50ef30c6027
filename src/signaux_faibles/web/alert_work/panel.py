"""The work on an alert as the page of its company shows it: its state, what was done, the form to go on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from signaux_faibles.snapshot.served.lists import PublishedList
from signaux_faibles.web.alert_work.events import marks_of
from signaux_faibles.web.alert_work.forms import WorkForm, assignable
from signaux_faibles.web.alert_work.state import Now, WorkMark, WorkState, may_undo, state_of, undos_named
from signaux_faibles.web.consultation.company_sheet import CompanySheet
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.candidate import in_procedure
from signaux_faibles.web.rights.alert_work import may_work


@dataclass(frozen=True)
class WorkPanel:
    """The work on an alert.

    Attributes:
        state: None once the company is no longer in alert: what was done on it is still to be read.
        form: None for whoever reads the work without doing any, and where there is nothing left to do.
        undoable: whether the last act that stands is the reader's, who may undo it.
    """

    published: PublishedList
    state: WorkState | None
    marks: Sequence[WorkMark]
    form: WorkForm | None
    undoable: bool = False

    @classmethod
    def read(cls, sheet: CompanySheet, reader: Reader) -> WorkPanel | None:
        """Read the work on the alert of a company, in the latest list or in the lists before.

        None where the agent may read no alert, and where there has been none to work.
        """
        alert, siren = sheet.alert, sheet.company.siren
        if alert.published is None:
            return None
        marks = marks_of([siren])[siren]
        if alert.entry is None or alert.entry.level is None:
            return cls(alert.published, None, tuple(reversed(undos_named(marks))), None) if marks else None
        procedure = in_procedure(sheet.procedures.standing)
        before = [(one.number, level) for one, level in alert.history if one.month < alert.published.month]
        now = Now(alert.published.number, alert.entry.level, procedure, reader.today, before)
        form = WorkForm(None, people=assignable(reader.agent, reader.today))
        works = may_work(reader.agent, reader.ties(siren, sheet.company.active_departments), reader.today)
        undoable = works and may_undo(reader.account.pk, marks, alert.published.number)
        return cls(
            alert.published,
            state_of(marks, now),
            tuple(reversed(undos_named(marks))),
            form if works else None,
            undoable,
        )
