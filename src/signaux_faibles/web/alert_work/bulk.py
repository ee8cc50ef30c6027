"""One act on several alerts: each is judged and written as if it were alone."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from signaux_faibles.snapshot.served.lists import Alert, PublishedList, alerts_of
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.web.alert_work.events import Overtaken, Seen, SentAct, marks_of, write_act
from signaux_faibles.web.alert_work.state import WorkMark, may_undo
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.lists.candidate import in_procedure
from signaux_faibles.web.rights.agent import CompanyTies
from signaux_faibles.web.rights.alert_work import OF_THE_FORM, WorkAct, WorkRefusal, work_refusal
from signaux_faibles.web.unlocking.unlock import ties_of


@dataclass(frozen=True)
class RefusedCompany:
    """A company whose act is refused, by the name that the agent may read, and why in a sentence.

    Attributes:
        again: its siren and the version of its state, where the act may be sent again, on purpose or corrected.
    """

    name: str
    sentence: str
    overtaken: bool = False
    again: tuple[str, int] | None = None


@dataclass(frozen=True)
class BulkOutcome:
    """What an act on several alerts did; `acts` are the versions that it made, by siren."""

    acts: Mapping[str, int]
    refused: tuple[RefusedCompany, ...]

    @property
    def written(self) -> int:
        """On how many alerts the act is written."""
        return len(self.acts)

    @property
    def overtaken(self) -> bool:
        """Whether every refusal is due to a change that somebody else made meanwhile."""
        return bool(self.refused) and all(one.overtaken for one in self.refused)

    @property
    def reasons(self) -> list[tuple[str, list[str]]]:
        """Each reason of a refusal once, with the companies that it concerns."""
        names: dict[str, list[str]] = {}
        for one in self.refused:
            names.setdefault(one.sentence, []).append(one.name)
        return [*names.items()]


def act_on(
    published: PublishedList, versions: Mapping[str, int], sent: SentAct, *, reader: Reader, snapshot: Snapshot
) -> BulkOutcome:
    """Write an act on each company; one that is refused stops no other.

    Args:
        versions: by siren, the version of the state that the agent read.
    """
    alerts = alerts_of(snapshot, published, list(versions))
    asked = sent.asked
    theirs = ties_of(sent.person, asked.assignee.zone, reader.today) if sent.person and asked.assignee else None
    marks = marks_of([*alerts]) if asked.act is WorkAct.UNDO else {}
    refused: dict[str, RefusedCompany] = {}
    for siren, version in versions.items():
        alert = alerts.get(siren)
        ties = reader.ties(siren, alert.active_departments) if alert else CompanyTies(frozenset())
        act_for_one = replace(
            asked,
            assignee_ties=theirs(siren, alert.active_departments) if theirs and alert else None,
            own=_own(reader, marks.get(siren, ()), version, published),
        )
        refusal = work_refusal(reader.agent, ties, act_for_one, reader.today) if alert else WorkRefusal.NOT_IN_LIST
        if alert is None or refusal is WorkRefusal.NOT_IN_LIST:
            refused[siren] = RefusedCompany(siren, WorkRefusal.NOT_IN_LIST.value)
        elif refusal:
            again = (siren, version) if refusal in OF_THE_FORM else None
            refused[siren] = RefusedCompany(_name(alert), refusal.value, again=again)
        else:
            try:
                seen = _seen(alert, version, published, snapshot)
                write_act(reader.account, seen, act_for_one, assignee=sent.person, note=sent.note)
            except Overtaken as overtaken:
                again = None if overtaken.version is None else (siren, overtaken.version)
                refused[siren] = RefusedCompany(_name(alert), str(overtaken), overtaken=True, again=again)
    acts = {siren: version + 1 for siren, version in versions.items() if siren not in refused}
    return BulkOutcome(acts, tuple(refused.values()))


def _own(reader: Reader, marks: Sequence[WorkMark], version: int, published: PublishedList) -> bool:
    """Whether the last act that stood when the agent read the state is theirs; of a version that exists."""
    return 0 < version <= len(marks) and may_undo(reader.account.pk, marks[:version], published.number)


def _seen(alert: Alert, version: int, published: PublishedList, snapshot: Snapshot) -> Seen:
    id_, procedure = snapshot.manifest.id, in_procedure(alert.standing)
    return Seen(alert.siren, version, published.number, id_, alert.rank, alert.level, procedure)


def _name(alert: Alert) -> str:
    return alert.name or alert.siren
