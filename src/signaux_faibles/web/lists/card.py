"""The card of a list in plain French: what it read, how many alerts it gives, how it did in the past, its limits."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from signaux_faibles.detection.levels import LABELS, NONE, Level
from signaux_faibles.web.components.templatetags.french import observed_count
from signaux_faibles.wording.french import counted, day_label, month_label, number, percent, period, signed_percent


@dataclass(frozen=True)
class Card:
    """The paragraphs of a card; each is a title with its sentences."""

    paragraphs: tuple[tuple[str, tuple[str, ...]], ...]
    limits: tuple[str, ...]


def card_of(card: Mapping[str, Any]) -> Card:
    """What a card says; what an early list does not hold is left out."""
    paragraphs = (
        ("Ce que la liste cherche", _question(card)),
        ("Ce qu’elle a lu", _data(card)),
        ("Ce qu’elle contient", _counts(card.get("counts", {}))),
        ("Ce que valent ses niveaux", (*_classes(card.get("class_observed", {})), *_level(card.get("level", {})))),
        ("D’où vient le modèle", _training(card)),
    )
    limits = tuple(card.get("limits", ()))
    return Card(tuple((title, sentences) for title, sentences in paragraphs if sentences), limits)


def _question(card: Mapping[str, Any]) -> tuple[str, ...]:
    month = month_label(date.fromisoformat(card["month"]))
    return (
        f"Parmi les entreprises du périmètre qui n’étaient pas en procédure en {month}, celles qui risquent d’entrer "
        "en procédure collective (sauvegarde, redressement ou liquidation) dans les 18 mois.",
        "Elle aide à choisir qui appeler. Elle ne dit ni pourquoi une entreprise va mal, ni si elle fera défaut.",
    )


def _data(card: Mapping[str, Any]) -> tuple[str, ...]:
    if "as_of" not in card:
        return (f"L’instantané {card['snapshot']}.",)
    until = day_label(date.fromisoformat(card["as_of"]))
    return (f"L’instantané {card['snapshot']} : ce qui était livré au {until}, et rien de plus récent.",)


def _counts(counts: Mapping[str, Any]) -> tuple[str, ...]:
    if not counts:
        return ()
    assessed = counted(counts["scored"], "entreprise évaluée", "entreprises évaluées")
    levels = ", ".join(f"{number(counts[level])} en {LABELS[level].lower()}" for level in Level)
    firsts = counts.get("first_alerts")
    first = (
        "On ne sait pas lesquelles sont des premières alertes : aucune liste des 18 mois précédents n’est archivée."
        if firsts is None
        else f"{counted(firsts, 'première alerte', 'premières alertes')} en 18 mois."
    )
    return (f"{assessed} : {levels}.", first)


def _classes(observed: Mapping[str, Any]) -> tuple[str, ...]:
    """One sentence per level: of how many companies that it would have had, how many failed."""
    sentences = []
    for level in (Level.HIGH, Level.MODERATE, NONE):
        part = observed.get(level, {})
        if part.get("companies") and part.get("frequency") is not None:
            failed = observed_count(part["frequency"], part["companies"])
            known = counted(part["companies"], "entreprise classée", "entreprises classées")
            sentences.append(
                f"{LABELS[level]} : sur {known} ainsi au dernier contrôle, {failed}, en procédure en 18 mois."
            )
    return tuple(sentences)


def _level(level: Mapping[str, Any]) -> tuple[str, ...]:
    """Whether the levels still hold, from the failures known at the month of the list."""
    if not level:
        return ()
    if level["certain"]:
        bound = percent(level["bound"], 0)
        return (f"Depuis que le modèle a été calibré, le rythme connu des défaillances a changé de moins de {bound}.",)
    if level["moved"] is None:
        return ("On ne sait pas si les défaillances ont changé de rythme depuis que le modèle a été calibré.",)
    return (
        "Ordre valable, niveau incertain : depuis que le modèle a été calibré, le rythme connu des défaillances a "
        f"changé de {signed_percent(level['moved'] - 1)}. Les entreprises restent bien classées, mais ces fréquences "
        "peuvent ne plus être les bonnes.",
    )


def _training(card: Mapping[str, Any]) -> tuple[str, ...]:
    sentences = [f"Modèle {card['model']}."] if card.get("model") else []
    training = card.get("training", {})
    if {"first", "last"} <= training.keys():
        months = period(date.fromisoformat(training["first"]), date.fromisoformat(training["last"]))
        sentences.append(f"Il a appris sur les mois de {months}, et ses seuils sont figés depuis.")
    return tuple(sentences)
