"""The alert of a company in the latest published list, as far as the agent may read."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from signaux_faibles.detection.levels import Level
from signaux_faibles.snapshot.archived.reasons import AlertReason, reasons
from signaux_faibles.snapshot.served.lists import ListEntry, PublishedList, entry, history
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.components.templatetags.french import effect
from signaux_faibles.web.consultation.explanation import Explanation, explain
from signaux_faibles.web.rights.decide import ReadingVerdict

SENTENCES = 3
"""As many as are read before the figures."""


def sentence(reason: AlertReason) -> str:
    """A reason in a sentence, with the median of the sector where it is known."""
    usual = f", contre {reason.sector_median} en médiane dans son secteur" if reason.sector_median else ""
    strength = effect(reason.contribution)
    return f"{reason.label} : {reason.text}{usual}. {strength}."


@dataclass(frozen=True)
class AlertSection:
    """The detection on the page of a company.

    Attributes:
        decision: whether the agent may read the detection of this company.
        published: the list that the alert comes from; None when none is published.
        entry: the level and class; None when the list has not assessed the company.
        explanation: the reasons; None without an alert.
        history: the lists that assessed the company, latest first, with its level.
    """

    decision: ReadingVerdict
    published: PublishedList | None = None
    entry: ListEntry | None = None
    explanation: Explanation | None = None
    history: tuple[tuple[PublishedList, Level | None], ...] = ()

    @property
    def sentences(self) -> tuple[str, ...]:
        """The readable reasons that raise the risk most, in sentences, heaviest first."""
        if self.explanation is None:
            return ()
        reasons = [
            one for theme in self.explanation.themes for one in theme.reasons if one.contribution > 0 and one.measured
        ]
        heaviest = sorted(reasons, key=lambda one: (-one.contribution, one.label))
        return tuple(map(sentence, heaviest[:SENTENCES]))

    @property
    def class_known(self) -> bool:
        """Whether a back-test gives the share of its class that failed, and the size of that class."""
        return self.entry is not None and self.entry.class_observed is not None and bool(self.entry.class_companies)

    @property
    def class_failed(self) -> int:
        """How many companies of the class had failed; zero when it is not known."""
        if self.entry is None or self.entry.class_observed is None:
            return 0
        return round(self.entry.class_observed * (self.entry.class_companies or 0))

    @classmethod
    def read(
        cls, siren: str, *, snapshot: Snapshot, lists: Sequence[PublishedList], ask: Callable[[Family], ReadingVerdict]
    ) -> AlertSection:
        """Read the level, then the reasons, each only if `ask` allows its family."""
        decision = ask(Family.DETECTION)
        if not decision.allowed or not lists:
            return cls(decision)
        latest, past = lists[0], tuple(history(snapshot, lists, siren))
        assessed = entry(snapshot, latest, siren)
        if assessed is None or assessed.level is None:
            return cls(decision, latest, assessed, history=past)
        why = explain(reasons(snapshot, latest, [siren])[siren], lambda family: ask(family).allowed)
        return cls(decision, latest, assessed, why, past)
