"""The table of the published lists (application §5.8): when each was published, what it holds in a zone, what became
of it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.archived.withdrawn import WithdrawnList
from signaux_faibles.snapshot.served.lists import AlertCount, PublishedList
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.reading import Reader
from signaux_faibles.web.rights.decide import decide
from signaux_faibles.wording.french import day_label

LATEST = "Dernière liste"


@dataclass(frozen=True)
class ListLine:
    """A list of the table.

    Attributes:
        high, moderate: its alerts that the agent may read, of companies seated in their zone; None once withdrawn.
        first_alerts: how many of them are first ones; None where that is not known.
        published_on: None for a list of the service before, whose day of publication is not known.
        state: what became of it, in words; empty for a list that nothing replaces.
    """

    number: int
    label: str
    month: date
    published_on: date | None
    high: int | None
    moderate: int | None
    first_alerts: int | None
    state: str

    @property
    def withdrawn(self) -> bool:
        """Whether nothing of its content is shown any more."""
        return self.high is None


def readable_counts(counts: Iterable[AlertCount], reader: Reader) -> list[AlertCount]:
    """Those whose companies a reader may read."""
    return [
        one
        for one in counts
        if decide(
            reader.agent, reader.ties(one.siren or "", one.active_departments), Family.DETECTION, reader.today
        ).allowed
    ]


def line_of(published: PublishedList, counts: Sequence[AlertCount], lists: Sequence[PublishedList]) -> ListLine:
    """The line of a list, among the published ones, latest first."""
    firsts = [one.companies for one in counts if one.first_alert]
    all_known = all(one.first_alert is not None for one in counts)
    return ListLine(
        published.number,
        published.label,
        published.month,
        None if published.imported else published.published_on,
        high=sum(one.companies for one in counts if one.level is Level.HIGH),
        moderate=sum(one.companies for one in counts if one.level is Level.MODERATE),
        first_alerts=sum(firsts) if all_known else None,
        state=_state(published, lists),
    )


def withdrawn_line(gone: WithdrawnList) -> ListLine:
    """The line of a list that was withdrawn: that it was, when and why."""
    on = f" le {day_label(gone.at)}" if gone.at else ""
    state = f"Retirée{on}. {gone.reason or 'Motif non donné.'}"
    return ListLine(gone.number, gone.label, gone.month, None, None, None, None, state)


def _state(published: PublishedList, lists: Sequence[PublishedList]) -> str:
    newer = [one.number for one in lists if one.month == published.month and one.number > published.number]
    sentences = [f"Remplacée par la liste n° {max(newer)}"] if newer else [LATEST] if published == lists[0] else []
    if published.imported:
        on = f" le {day_label(published.published_on)}" if published.published_on else ""
        sentences.append(f"Publiée par le service précédent, importée{on}")
    return ". ".join(sentences)
