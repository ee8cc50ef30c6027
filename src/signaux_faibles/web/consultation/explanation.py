"""Why a company is in alert, as far as the agent may read: themes, then their variables.

Of a reason whose family is closed to the agent, only « motif confidentiel » is shown: neither its theme, nor its
variable, nor its effect.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from itertools import groupby

from signaux_faibles.snapshot.served.lists import AlertReason
from signaux_faibles.sources.families import Family

CONFIDENTIAL = "Motif confidentiel"


@dataclass(frozen=True)
class Theme:
    """The readable reasons of a theme, heaviest first, and the sum of their effects on the log-odds."""

    label: str
    reasons: tuple[AlertReason, ...]

    @property
    def contribution(self) -> float:
        """Additive effect on the log-odds."""
        return sum(reason.contribution for reason in self.reasons)


@dataclass(frozen=True)
class Explanation:
    """The reasons of an alert that an agent may read.

    Attributes:
        themes: heaviest first.
        confidential: whether there are reasons that the agent may not read.
    """

    themes: tuple[Theme, ...]
    confidential: bool

    @property
    def main(self) -> str:
        """The theme that raises the risk most, shown in a row of a list."""
        raising = [theme.label for theme in self.themes if theme.contribution > 0]
        return raising[0] if raising else CONFIDENTIAL if self.confidential else ""


def explain(reasons: Sequence[AlertReason], may_read: Callable[[Family], bool]) -> Explanation:
    """Keep the reasons that may be read, and group them by theme."""
    readable = [reason for reason in reasons if may_read(reason.family)]
    by_theme = groupby(sorted(readable, key=lambda reason: reason.theme), key=lambda reason: reason.theme)
    themes = [
        Theme(label, tuple(sorted(group, key=lambda reason: -abs(reason.contribution)))) for label, group in by_theme
    ]
    heaviest_first = sorted(themes, key=lambda theme: (-abs(theme.contribution), theme.label))
    return Explanation(tuple(heaviest_first), confidential=len(readable) < len(reasons))
