"""What the card of a list says about its sources, in sentences: those that moved, and the list without them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from signaux_faibles.wording.french import counted, number, percent

PAIRS = 1000
"""Companies are compared two by two, so many times, to say what an order is worth in words."""


def said_of_sources(card: Mapping[str, Any]) -> tuple[str, ...]:
    """One sentence per source that moved, with the list without it; empty for an early or an imported list."""
    sentences = [f"Cette liste se passe d’une source : {label}." for label in card.get("hidden", ())]
    for one in card.get("sources", ()):
        if one["moved"]:
            sentences.append(f"{moved(one)} {_without(one)}")
    if "sources" in card and not any(one["moved"] for one in card["sources"]):
        sentences.append("Ses sources sont aussi connues et réparties comme dans les mois appris.")
    return tuple(sentences)


def moved(one: Mapping[str, Any]) -> str:
    """How a source moved since what was learned."""
    label = one["label"]
    learned, scored = percent(one["learned"], 0), percent(one["scored"], 0)
    if learned != scored:
        return f"{label} : {_gaps(one['learned'])} dans les mois appris, {_gaps(one['scored'])} ce mois-ci."
    return f"{label} : ses valeurs ne sont plus réparties de même (surtout « {one['variable']} »)."


def _gaps(share: float) -> str:
    """How much of a source is not known: « toujours connue », « inconnue pour 20 % des valeurs », « inconnue »."""
    words = {0: "toujours connue", 100: "inconnue"}
    return words.get(round(100 * share), f"inconnue pour {percent(share, 0)} des valeurs")


def _without(one: Mapping[str, Any]) -> str:
    if one["scored"] == 1:
        return f"La liste se fait déjà sans elle.{_loss(one)}"
    entering = counted(one["entering"], "entreprise entrerait", "entreprises entreraient")
    leaving = counted(one["leaving"], "sortirait", "sortiraient")
    return f"Sans elle, {entering} en alerte et {leaving}.{_loss(one)}"


def _loss(one: Mapping[str, Any]) -> str:
    """What the order loses; an AUC is the share of pairs, of a failed company and another, in the right order."""
    if one["loss"] is None:
        return ""
    pairs = round(one["loss"] * PAIRS)
    if pairs < 1:
        return " L’ordre n’y perd rien, sur le dernier mois appris."
    pair = "d’une entreprise qui a défailli et d’une qui n’a pas défailli"
    wrong = counted(pairs, "de plus serait rangée", "de plus seraient rangées")
    return f" L’ordre y perd : sur {number(PAIRS)} paires {pair}, {wrong} à l’envers (dernier mois appris)."
