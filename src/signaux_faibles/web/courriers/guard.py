"""What a letter to a director never says: a score, an alert, an amount, the data of another administration.

A template holds fields, and each field comes from the register or from the sender: nothing else can enter a letter. The
words are checked too, since people write templates. The Charte de confiance asks whoever sees a first signal to go to
the director: an administration may speak of its own data, never of what others entrusted to it.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from signaux_faibles.web.rights.agent import Administration

FIELDS = {
    "denomination": "le nom de l’entreprise, ou « votre entreprise » s’il n’est pas diffusible",
    "siren": "son siren",
    "administration": "votre administration, avec son article",
    "signature": "votre nom et votre fonction",
    "courriel": "votre adresse électronique",
    "date": "la date du courrier",
}
"""The fields of a template, each written `{denomination}`, with what takes its place."""
FIELD = re.compile(r"\{([^{}]*)\}")
_DEBT = r"(?:dettes?|impaye\w*|arrieres?|retards?|creances?|privileges?|inscriptions?)"
_SOCIAL = r"(?:social\w*|urssaf|cotisation\w*)"
_TAX = r"(?:fisc\w*|impots?|tva|taxes?|dgfip)"
_TAX_OFFICE = frozenset({Administration.DGFIP})
_URSSAF = frozenset({Administration.URSSAF})
_BDF = frozenset({Administration.BDF})
_LABOUR = frozenset({Administration.DDETS, Administration.DREETS, Administration.DGEFP})
_NOBODY: frozenset[Administration] = frozenset()


@dataclass(frozen=True)
class Forbidden:
    """Words that a template may not hold; `owners` are the administrations whose own data they name."""

    pattern: re.Pattern[str]
    why: str
    owners: frozenset[Administration] = _NOBODY


def _words(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"\b(?:{pattern})\b")


def _near(one: str, other: str) -> re.Pattern[str]:
    return re.compile(rf"\b{one}\b[^.\n]{{0,60}}\b{other}\b|\b{other}\b[^.\n]{{0,60}}\b{one}\b")


FORBIDDEN = (
    Forbidden(_words(r"scor\w+|probabilit\w+|algorithm\w+|intelligence artificielle|modele predictif"), "un score"),
    Forbidden(_words(r"alert\w+|signal|signaux|signale\w*|signalement\w*"), "une alerte"),
    Forbidden(_words(r"detect\w+|repere\w*|cible\w*|criticite|liste retraitee"), "une détection"),
    Forbidden(_words(r"defaillan\w+|faillite\w*|niveau de risque"), "un risque de défaillance"),
    Forbidden(re.compile(r"\d\s*(?:%|€|euros?\b)|\bpour cent\b"), "un montant ou une part"),
    Forbidden(_near(_DEBT, _SOCIAL), "une donnée de l’Urssaf", _URSSAF),
    Forbidden(_near(_DEBT, _TAX), "une donnée de la DGFiP", _TAX_OFFICE),
    Forbidden(
        _words(r"impaye\w*|arrieres?|retards? de paiement"),
        "une dette, qu’une autre administration connaît",
        _URSSAF | _TAX_OFFICE,
    ),
    Forbidden(_words(r"cotation\w*|fiben|incidents? de paiement"), "une donnée de la Banque de France", _BDF),
    Forbidden(
        re.compile(r"\b(?:vo(?:tre|s)|heures?)\b[^.\n]{0,40}\b(?:activite partielle|chomees?)\b"),
        "une donnée des services de l’emploi",
        _LABOUR,
    ),
    Forbidden(_words(r"mandats? ad hoc|conciliations?"), "une procédure amiable : la fiche les présente"),
)


def faults(text: str, administration: Administration) -> tuple[str, ...]:
    """Why a template of an administration is refused, in sentences; none where it may be sent."""
    unknown = [name for name in FIELD.findall(text) if name not in FIELDS]
    sentences = [f"« {{{name}}} » n’est pas un champ : {_listed()}." for name in dict.fromkeys(unknown)]
    if re.search(r"[{}]", FIELD.sub("", text)):
        sentences.append(f"Une accolade est seule : un champ s’écrit {{denomination}}. {_listed().capitalize()}.")
    folded = _folded(FIELD.sub(" ", text))
    for one in FORBIDDEN:
        match = None if administration in one.owners else one.pattern.search(folded)
        if match is not None:
            sentences.append(
                f"« {match[0].strip()} » est refusé : un courrier au dirigeant ne mentionne jamais {one.why}."
            )
    return tuple(sentences)


def _listed() -> str:
    return "les champs sont " + ", ".join(f"{{{name}}}" for name in FIELDS)


def _folded(text: str) -> str:
    """A text as patterns read it: without accents, capitals, invisible characters or repeated spaces."""
    spread = unicodedata.normalize("NFKD", text.replace("\u00ad", "").replace("’", "'"))
    seen = "".join(one for one in spread if unicodedata.category(one) not in ("Mn", "Cf"))
    return re.sub(r"[^\S\n]+", " ", seen).casefold()
