"""What an agent reads where families are closed: which data, why, what would open them, and whom to ask; said once."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from signaux_faibles.sources.families import Family
from signaux_faibles.web.rights.agent import Agent
from signaux_faibles.web.rights.decide import ReadingVerdict, Reason
from signaux_faibles.wording.french import day_label

PROTECTED = tuple(family for family in Family if family is not Family.OPEN)
HOLDS = {
    Family.URSSAF: "cotisations, dettes sociales et délais de paiement",
    Family.DGEFP: "activité partielle",
    Family.DETECTION: "niveau d’alerte et ses motifs",
    Family.BDF: "ratios de la Banque de France",
    Family.FISCAL: "TVA et restes à recouvrer fiscaux",
}
"""What the habilitation for each family opens."""
NAMES = {
    Family.URSSAF: "Urssaf",
    Family.DGEFP: "DGEFP",
    Family.DETECTION: "détection",
    Family.BDF: "Banque de France",
    Family.FISCAL: "fiscale",
}


@dataclass(frozen=True)
class Refusal:
    """The families that one reason closes.

    Attributes:
        families: in the order of `Family`.
        title: what is closed; text: why, since when, and whom to ask.
    """

    reason: Reason
    families: tuple[Family, ...]
    title: str
    text: str


def refusals(
    agent: Agent, ask: Callable[[Family], ReadingVerdict], families: Sequence[Family] = PROTECTED
) -> tuple[Refusal, ...]:
    """The closed families, those of one reason together, in the order in which reasons are met."""
    closed: dict[Reason, list[Family]] = {}
    for family in families:
        decision = ask(family)
        if not decision.allowed:
            closed.setdefault(decision.why, []).append(family)
    return tuple(
        Refusal(reason, tuple(some), _title(some), _text(agent, reason, some)) for reason, some in closed.items()
    )


def refusal_in_words(agent: Agent, decision: ReadingVerdict, family: Family) -> str:
    """Why a page that stands on one family is closed, since when, and whom to ask."""
    return _text(agent, decision.why, (family,))


def _title(families: Sequence[Family]) -> str:
    return "Fermé : " + " ; ".join(HOLDS[family] for family in families)


def _text(agent: Agent, reason: Reason, families: Sequence[Family]) -> str:
    correspondent = f"le correspondant de votre administration ({agent.administration.value})"
    names = " et ".join(NAMES[family] for family in families)
    many = len(families) > 1
    them = "les" if many else "la"
    if reason is Reason.NOT_HABILITATED:
        asked = f"les habilitations {names}" if many else f"l’habilitation {names}"
        return f"Il y faut {asked}, que votre compte n’a pas. Pour {them} demander : {correspondent}."
    if reason is Reason.EXPIRED:
        days = dict.fromkeys(day_label(agent.habilitations[family]) for family in families)
        ended = "Vos habilitations sont arrivées" if many else "Votre habilitation est arrivée"
        return f"{ended} à échéance le {' et le '.join(days)}. Pour {them} renouveler : {correspondent}."
    return str(reason.value)
