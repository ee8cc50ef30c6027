"""The card of a list in plain French: what it read, how many alerts it gives, how it did in the past, its limits."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from signaux_faibles.detection.levels import LABELS, NONE, Level
from signaux_faibles.detection.lists.causes import TOGETHER, Cause
from signaux_faibles.detection.lists.eligibility import WhyNot
from signaux_faibles.detection.lists.past.planning import IMPORTED
from signaux_faibles.detection.lists.sources_said import said_of_sources
from signaux_faibles.web.components.templatetags.french import observed_count
from signaux_faibles.wording.french import counted, day_label, month_label, number, percent, period

MOVED_BY = {
    Cause.DATA: "par leurs données",
    Cause.NOMENCLATURE: "par la nomenclature d’activités",
    Cause.MODEL: "par le modèle",
    Cause.THRESHOLDS: "par les seuils",
    Cause.ASSESSED: "d’entreprises qui n’étaient pas évaluées",
    Cause.NO_LONGER_ASSESSED: "d’entreprises qui ne le sont plus",
    Cause.PREDECESSOR: "par le modèle ou leurs données, la liste précédente venant d’un autre service",
    Cause.UNKNOWN: "par le modèle ou leurs données, le modèle précédent n’étant plus là",
}
AFTERWARDS = "Ce que ses alertes sont devenues"
LEFT_OUT = {
    WhyNot.NOT_FIRST: "déjà en alerte dans les 18 mois",
    WhyNot.PLAN: "avec un délai de paiement en cours",
    WhyNot.RECENT: "de moins de 3 ans",
}


@dataclass(frozen=True)
class ListCard:
    """The paragraphs of a card; each is a title with its sentences."""

    paragraphs: tuple[tuple[str, tuple[str, ...]], ...]
    limits: tuple[str, ...]


def card_of(card: Mapping[str, Any], *, promise: Sequence[str] = (), outcome: Sequence[str] = ()) -> ListCard:
    """What a card says; what an early list does not hold is left out.

    Args:
        promise: what the list promised and what became of it; outcome: what became of its alerts.
    """
    if card.get("origin") == IMPORTED:
        return _imported(card, outcome)
    paragraphs = (
        ("Ce que la liste cherche", _question(card)),
        ("Ce qu’elle a lu", _data(card)),
        ("Ce qui a changé dans ses sources", said_of_sources(card)),
        ("Ce qu’elle contient", _counts(card.get("counts", {}))),
        ("Ce que valent ses niveaux", (*_classes(card.get("class_observed", {})), *_level(card.get("level", {})))),
        ("Ce qu’elle promet", tuple(promise)),
        (AFTERWARDS, tuple(outcome)),
        ("Pourquoi elle a bougé", _moved(card.get("moves", {}))),
        ("Dans quel ordre appeler", _orders(card.get("capacity", {}))),
        ("D’où vient le modèle", _training(card)),
    )
    limits = tuple(card.get("limits", ()))
    return ListCard(tuple((title, sentences) for title, sentences in paragraphs if sentences), limits)


def _imported(card: Mapping[str, Any], outcome: Sequence[str]) -> ListCard:
    """What is known of a list that the service before this one published, and nothing else."""
    source = card["source"]
    origin = [f"Du service d’avant ce logiciel, par le fichier {source['file']}."]
    if source["period"]:
        origin.append(f"Elle décrivait la situation de {month_label(date.fromisoformat(source['period']))}.")
    origin.append(
        f"Modèle d’alors : {source['algorithm']}."
        if source["algorithm"]
        else "Le fichier ne dit pas quel modèle l’a faite."
    )
    if source["unknown"]:
        left = counted(source["unknown"], "entreprise est laissée", "entreprises sont laissées")
        origin.append(f"{left} de côté : le répertoire du jour de l’import ne les connaissait pas.")
    thresholds = tuple(
        f"{LABELS[level]} : score d’au moins {percent(card['thresholds'][level])}, dans l’échelle de ce modèle."
        for level in Level
        if level in card["thresholds"]
    )
    paragraphs = (
        ("Ce que la liste cherche", _question(card)),
        ("D’où elle vient", tuple(origin)),
        ("Ce qu’elle contient", _counts(card["counts"])),
        ("Ce que valent ses niveaux", (*thresholds, "Leur fréquence observée n’est pas connue ici.")),
        *([(AFTERWARDS, tuple(outcome))] if outcome else []),
    )
    return ListCard(paragraphs, tuple(card["limits"]))


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
            companies = counted(part["companies"], "entreprise classée", "entreprises classées")
            sentences.append(
                f"{LABELS[level]} : sur {companies} ainsi au dernier contrôle, {failed} en procédure en 18 mois."
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
    change = level["moved"] - 1
    moved = f"{'baissé' if change < 0 else 'augmenté'} de {percent(abs(change), 0)}"
    return (
        "Ordre valable, niveau incertain : depuis que le modèle a été calibré, le rythme connu des défaillances a "
        f"{moved}. Les entreprises restent bien classées, mais ces fréquences "
        "peuvent ne plus être les bonnes.",
    )


def _training(card: Mapping[str, Any]) -> tuple[str, ...]:
    sentences = [f"Modèle {card['model']}."] if card.get("model") else []
    training = card.get("training", {})
    if {"first", "last"} <= training.keys():
        months = period(date.fromisoformat(training["first"]), date.fromisoformat(training["last"]))
        sentences.append(f"Il a appris sur les mois de {months}, et ses seuils sont figés depuis.")
    return tuple(sentences)


def _moved(moved: Mapping[str, Any]) -> tuple[str, ...]:
    """How many levels moved since the list before, and what moved them."""
    if not moved:
        return ()
    total = sum(moved["causes"].values())
    if not total:
        return (f"Aucun niveau n’a changé depuis la liste {moved['label']}.",)
    parts = [f"{number(moved['causes'][one])} {words}" for one, words in MOVED_BY.items() if moved["causes"].get(one)]
    several = sum(count for causes, count in moved["causes"].items() if TOGETHER in causes)
    if several:
        parts.append(f"{number(several)} par plusieurs de ces causes")
    changed = counted(total, "niveau a changé", "niveaux ont changé")
    return (f"Depuis la liste {moved['label']}, {changed} : {', '.join(parts)}.",)


def _orders(capacity: Mapping[str, Any]) -> tuple[str, ...]:
    """Which alerts the « liste retraitée » ranks, and which it leaves out."""
    if not capacity:
        return ()
    left_out = [
        f"{number(capacity['left_out'][reason])} {words}"
        for reason, words in LEFT_OUT.items()
        if capacity["left_out"].get(reason)
    ]
    ranked = counted(capacity["eligible"], "alerte", "alertes")
    sentences = [
        f"La « liste retraitée » range {ranked}, {number(capacity['k'])} au plus par département sans autre demande. "
        + (f"Elle laisse de côté : {', '.join(left_out)}." if left_out else "Elle n’en laisse aucune de côté.")
    ]
    if not capacity["plans_known"]:
        sentences.append("Les délais de paiement ne sont pas connus ce mois-ci : aucune alerte n’est écartée pour eux.")
    return tuple(sentences)
