"""Why a company is in alert, as far as the agent may read: themes, then their variables.

Of a reason whose family is closed to the agent, only « motif confidentiel » is shown: neither its theme, nor its
variable, nor its effect. It comes first, whatever its weight, since a theme that the agent may read cannot be called
the main one beside it, and its rank would give its weight away.

A reason without effect, with the same effect on every alert of the list, or with a slight one for the usual value of
the sector, explains nothing of this company: it is named apart, and no theme counts it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import accumulate, groupby, pairwise

from django.utils.safestring import SafeString

from signaux_faibles.snapshot.archived.reasons import SAME_EFFECT, AlertReason, ThemeEffect, summed
from signaux_faibles.sources.families import Family
from signaux_faibles.web.charts.drawing import step
from signaux_faibles.web.components.templatetags.french import effect

CONFIDENTIAL = "Motif confidentiel"
COMMON, WHOLE = "Sans effet propre à l’entreprise", "Ensemble"
PUT_FORWARD, FAVOURABLE = "Mis en avant par le modèle d’alors", "Jugé favorable par le modèle d’alors"


@dataclass(frozen=True)
class Theme:
    """The readable reasons of a theme, heaviest first, and the sum of their effects on the log-odds."""

    label: str
    reasons: tuple[AlertReason, ...]

    @cached_property
    def contribution(self) -> float:
        """Additive effect on the log-odds."""
        return summed(reason.contribution for reason in self.reasons)

    @property
    def measured(self) -> bool:
        """Whether a model of ours weighs it; else only what the model of an imported list put forward is known."""
        return all(reason.measured for reason in self.reasons)

    @property
    def words(self) -> str:
        """Its effect in words."""
        return words_of(self.contribution, measured=self.measured)


@dataclass(frozen=True)
class WaterfallBar:
    """A bar of the waterfall of themes: its label, its effect on the log-odds, its drawing."""

    label: str
    effect: float
    drawing: SafeString


@dataclass(frozen=True)
class Explanation:
    """The reasons of an alert that an agent may read.

    Attributes:
        themes: heaviest first.
        confidential: whether there are reasons that the agent may not read.
        idle: the readable reasons that do not set this company apart, by label.
    """

    themes: tuple[Theme, ...]
    confidential: bool
    idle: tuple[AlertReason, ...] = ()

    @property
    def readable(self) -> str:
        """The theme that raises the risk most among those that the agent may read; empty when none does."""
        return next((theme.label for theme in self.themes if theme.contribution > 0), "")

    @property
    def common(self) -> float:
        """The effect of the reasons that do not set this company apart."""
        return sum(reason.contribution for reason in self.idle)

    @cached_property
    def total(self) -> float:
        """The sum of the effects that the agent may read, which the steps add up to."""
        return sum(theme.contribution for theme in self.themes) + self.common

    @cached_property
    def steps(self) -> tuple[WaterfallBar, ...]:
        """The themes as a waterfall, each from where the one before ends; then what is common, then the whole.

        Empty for an imported list, whose model gave no effect that can be added up.
        """
        if not self.themes or not all(theme.measured for theme in self.themes):
            return ()
        effects = [*((theme.label, theme.contribution) for theme in self.themes), (COMMON, self.common)]
        ends = list(accumulate((effect for _, effect in effects), initial=0.0))
        bounds = min(ends), max(ends)
        steps = [
            WaterfallBar(label, size, step(start, end, bounds, f"{label}, effet sur le risque"))
            for (label, size), (start, end) in zip(effects, pairwise(ends), strict=True)
        ]
        whole = WaterfallBar(WHOLE, self.total, step(0.0, self.total, bounds, f"{WHOLE}, effet sur le risque"))
        return (*(steps if abs(self.common) >= SAME_EFFECT else steps[:-1]), whole)

    @property
    def main(self) -> str:
        """The main reason, shown in a row of a list: « motif confidentiel » as soon as there is one."""
        return CONFIDENTIAL if self.confidential else self.readable


@dataclass(frozen=True)
class ReadableThemes:
    """The themes that an agent may read, each with its effect in words as `Theme` says it.

    Attributes:
        confidential: whether there are reasons that the agent may not read.
    """

    words: Mapping[str, str]
    confidential: bool


def readable_themes(effects: Iterable[ThemeEffect], may_read: Callable[[Family], bool]) -> ReadableThemes:
    """The themes with a readable reason that sets the company apart."""
    totals, measured, confidential = _totals(effects, may_read)
    return ReadableThemes(
        {one: words_of(total, measured=one in measured) for one, total in totals.items()}, confidential
    )


def _totals(
    effects: Iterable[ThemeEffect], may_read: Callable[[Family], bool]
) -> tuple[dict[str, float], set[str], bool]:
    """The effects of the themes that may be read, those that a model of ours measured, whether others may not be."""
    effects_of: dict[str, list[float]] = {}
    not_measured: set[str] = set()
    confidential = False
    for one in effects:
        if not may_read(one.family):
            confidential = True
        elif one.effect is not None:
            effects_of.setdefault(one.theme, []).append(one.effect)
            not_measured |= set() if one.measured else {one.theme}
    totals = {theme: summed(some) for theme, some in effects_of.items()}
    return totals, totals.keys() - not_measured, confidential


def words_of(contribution: float, *, measured: bool) -> str:
    """An effect in words; of an imported list, only its sign is known."""
    if measured:
        return effect(contribution)
    return PUT_FORWARD if contribution > 0 else FAVOURABLE


@dataclass(frozen=True)
class MainReason:
    """The main reason of an alert, as `Explanation` gives it: `readable` among those that the agent may read."""

    readable: str
    confidential: bool

    @property
    def main(self) -> str:
        """What a row of a list shows: « motif confidentiel » as soon as there is one."""
        return CONFIDENTIAL if self.confidential else self.readable


def main_reason(effects: Iterable[ThemeEffect], may_read: Callable[[Family], bool]) -> MainReason:
    """The theme that raises the risk most among those that may be read; empty when none does."""
    totals, _, confidential = _totals(effects, may_read)
    heaviest_first = sorted(totals, key=lambda theme: (-abs(totals[theme]), theme))
    return MainReason(next((theme for theme in heaviest_first if totals[theme] > 0), ""), confidential)


def explain(reasons: Sequence[AlertReason], may_read: Callable[[Family], bool]) -> Explanation:
    """Keep the reasons that may be read, and group them by theme."""
    readable = [reason for reason in reasons if may_read(reason.family)]
    informative = [reason for reason in readable if not _is_idle(reason)]
    by_theme = groupby(sorted(informative, key=lambda reason: reason.theme), key=lambda reason: reason.theme)
    themes = [
        Theme(label, tuple(sorted(group, key=lambda reason: -abs(reason.contribution)))) for label, group in by_theme
    ]
    heaviest_first = sorted(themes, key=lambda theme: (-abs(theme.contribution), theme.label))
    idle = tuple(sorted(filter(_is_idle, readable), key=lambda reason: reason.label))
    return Explanation(tuple(heaviest_first), len(readable) < len(reasons), idle)


def _is_idle(reason: AlertReason) -> bool:
    return reason.idle or abs(reason.contribution) < SAME_EFFECT
