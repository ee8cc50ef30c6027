"""The alert of a company in the latest published list, as far as the agent may read."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from signaux_faibles.snapshot.served.lists import Entry, PublishedList, entry, reasons
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.sources.families import Family
from signaux_faibles.web.consultation.explanation import Explanation, explain
from signaux_faibles.web.rights.decide import Decision


@dataclass(frozen=True)
class AlertSection:
    """The detection on the page of a company.

    Attributes:
        decision: whether the agent may read the detection of this company.
        published: the list that the alert comes from; None when none is published.
        entry: the level and class; None when the list has not assessed the company.
        explanation: the reasons; None without an alert.
    """

    decision: Decision
    published: PublishedList | None = None
    entry: Entry | None = None
    explanation: Explanation | None = None

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
        cls, siren: str, *, snapshot: Snapshot, latest: PublishedList | None, ask: Callable[[Family], Decision]
    ) -> AlertSection:
        """Read the level, then the reasons, each only if `ask` allows its family."""
        decision = ask(Family.DETECTION)
        if not decision.allowed or latest is None:
            return cls(decision)
        assessed = entry(snapshot, latest, siren)
        if assessed is None or assessed.level is None:
            return cls(decision, latest, assessed)
        why = explain(reasons(snapshot, latest, [siren])[siren], lambda family: ask(family).allowed)
        return cls(decision, latest, assessed, why)
