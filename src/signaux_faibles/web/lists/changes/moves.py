"""What changed between a list and the one before, and why, where the archive says it."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import Enum
from typing import Any

from signaux_faibles.detection.levels import Level
from signaux_faibles.detection.lists.causes import Cause
from signaux_faibles.detection.lists.past.planning import IMPORTED
from signaux_faibles.snapshot.served.lists import Alert, PublishedList
from signaux_faibles.web.lists.candidate import level_words


class AlertChange(Enum):
    """How the alert of a company changed."""

    ENTERED = "Nouvelles alertes"
    WORSENED = "Aggravations"
    EASED = "De élevée à modérée"
    LEFT = "Sorties d’alerte"


class DeducedCause(Enum):
    """What made the change, as far as the archive holds it."""

    DATA = "Ses données : le modèle et les seuils sont ceux de la liste précédente."
    THRESHOLDS = "Les seuils ou ses données : le modèle est le même, pas les seuils."
    MODEL = "Le modèle ou ses données : le modèle a changé, et l’archive ne les départage pas."
    PREDECESSOR = (
        "Le modèle ou ses données : une des deux listes vient du service précédent, dont le modèle n’est pas ici."
    )
    NEWLY_ASSESSED = "Périmètre : la liste précédente ne l’évaluait pas."
    PROCEDURE = "Elle n’est plus évaluée : procédure collective."
    CLOSED = "Elle n’est plus évaluée : fermée."
    NO_LONGER_ASSESSED = "Périmètre : elle n’est plus évaluée."


NO_LONGER = (DeducedCause.PROCEDURE, DeducedCause.CLOSED, DeducedCause.NO_LONGER_ASSESSED)
"""Causes of companies that the list does not assess."""
OF_CARDS = (DeducedCause.DATA, DeducedCause.THRESHOLDS, DeducedCause.MODEL, DeducedCause.PREDECESSOR)
"""Causes of many changes of a list at once, which are explained once."""
COMPUTED: Mapping[Cause, tuple[str, str]] = {
    Cause.DATA: (
        "ses données",
        "Ses données : le modèle et les seuils de la liste précédente l’auraient changée de même.",
    ),
    Cause.NOMENCLATURE: (
        "la nomenclature d’activités",
        "La nomenclature d’activités : son secteur est déduit de la NAF 2025, et lui seul change son niveau.",
    ),
    Cause.MODEL: (
        "le modèle",
        "Le modèle : sur les mêmes données, celui de la liste précédente ne l’aurait pas changée.",
    ),
    Cause.THRESHOLDS: ("les seuils", "Les seuils : sa probabilité, par le même modèle, ne l’aurait pas changée."),
}
"""What the build of the list found by scoring the company again: in short, and in a sentence."""


@dataclass(frozen=True)
class Move:
    """A company whose alert changed; `before` and `after` are None without alert.

    Attributes:
        cause: as far as the cards of both lists say it.
        computed: what the build of the list found, in order; empty where it could not.
    """

    alert: Alert
    before: Level | None
    after: Level | None
    cause: DeducedCause
    computed: tuple[Cause, ...] = ()

    @property
    def before_words(self) -> str:
        """The level in the list before; a company that it did not assess had none, not even « pas d’alerte »."""
        return level_words(self.before, assessed=self.cause is not DeducedCause.NEWLY_ASSESSED)

    @property
    def after_words(self) -> str:
        """The level in the list, likewise."""
        return level_words(self.after, assessed=self.cause not in NO_LONGER)

    @property
    def why(self) -> str:
        """What made the change, in a sentence."""
        reasons = [COMPUTED[one] for one in self.computed if one in COMPUTED]
        if not reasons:
            return self.cause.value
        if len(reasons) == 1:
            return reasons[0][1]
        return f"Plusieurs causes, dans cet ordre : {', puis '.join(short for short, _ in reasons)}."

    @property
    def short(self) -> str:
        """What made the change, in a few words where a sentence above the page explains them: « Ses données »."""
        reasons = [one for one in self.computed if one in COMPUTED]
        explained = len(reasons) == 1 or (not reasons and self.cause in OF_CARDS)
        return self.why.partition(" : ")[0] if explained else self.why

    @property
    def change(self) -> AlertChange:
        """How it changed."""
        if self.before is None:
            return AlertChange.ENTERED
        if self.after is None:
            return AlertChange.LEFT
        return AlertChange.WORSENED if self.after is Level.HIGH else AlertChange.EASED


def moves(
    before: Mapping[str, Alert],
    after: Mapping[str, Alert],
    assessed: Mapping[str, Mapping[int, Level | None]],
    previous: PublishedList,
    chosen: PublishedList,
    computed: Mapping[str, tuple[Cause, ...]] | None = None,
) -> list[Move]:
    """The companies whose alert changed, in the order of the list, then those that left it.

    Args:
        before, after: the alerts of each list that the agent may read, by siren.
        assessed: by siren, the lists that assessed it, each with its level. A company out of reach of the agent in one
            of the lists, as when its head office moved, is compared by what that list says of it.
        computed: by siren, what the build of the list found.
    """
    all_moves = []
    for siren, alert in {**after, **{siren: one for siren, one in before.items() if siren not in after}}.items():
        levels = assessed[siren]
        was, now = levels.get(previous.number), levels.get(chosen.number)
        if was is not now:
            why = (computed or {}).get(siren, ())
            all_moves.append(Move(alert, was, now, cause(alert, levels, previous, chosen), why))
    return all_moves


def cause(
    alert: Alert, levels: Mapping[int, Level | None], previous: PublishedList, chosen: PublishedList
) -> DeducedCause:
    """What made the alert of a company change."""
    if previous.number not in levels:
        return DeducedCause.NEWLY_ASSESSED
    if chosen.number not in levels:
        if alert.standing and alert.standing.procedure:
            return DeducedCause.PROCEDURE
        return DeducedCause.NO_LONGER_ASSESSED if alert.active else DeducedCause.CLOSED
    return cause_of_cards(previous.card, chosen.card)


def cause_of_cards(previous: Mapping[str, Any], chosen: Mapping[str, Any]) -> DeducedCause:
    """What changed between two lists that both assessed a company, besides its data."""
    if IMPORTED in (previous.get("origin"), chosen.get("origin")):
        return DeducedCause.PREDECESSOR
    if not previous.get("model") or previous["model"] != chosen.get("model"):
        return DeducedCause.MODEL
    return DeducedCause.DATA if previous.get("thresholds") == chosen.get("thresholds") else DeducedCause.THRESHOLDS


def by_cause(moves: Sequence[Move]) -> list[tuple[Cause, str, int]]:
    """How many moves are due to each cause alone, with its name; those that the build of the list found."""
    counted = Counter(move.computed[0] for move in moves if len(move.computed) == 1)
    return [(cause, short, counted[cause]) for cause, (short, _) in COMPUTED.items() if counted[cause]]


def grouped(moves: Sequence[Move]) -> list[tuple[AlertChange, list[Move]]]:
    """The moves by change, in the order of `AlertChange`; a change that no company made is left out."""
    groups = [(change, [move for move in moves if move.change is change]) for change in AlertChange]
    return [(change, some) for change, some in groups if some]
