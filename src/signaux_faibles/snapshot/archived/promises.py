"""What became of the alerts of a list, and of what it promised, by the procedures that a snapshot knows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from signaux_faibles.detection.levels import Level
from signaux_faibles.detection.lists.promise import LOOKS, PromiseVerdict, Withheld, verdict
from signaux_faibles.relations.months import index_of
from signaux_faibles.snapshot.served.lists import PublishedList
from signaux_faibles.snapshot.shelf import Snapshot
from signaux_faibles.wording.french import counted, number, percent, signed_percent

FEWEST = 10
"""Fewest companies of a level for pages to say what became of them."""
KNOWN_AFTER = 2
"""Months until the procedures of a month are all known."""
_KEPT = f"""
SELECT alert.level, count(*) AS companies,
    list(opening.months) FILTER (opening.months BETWEEN 1 AND {LOOKS[-1]}) AS after
FROM read_parquet($entries) AS alert LEFT JOIN (
    SELECT siren, min(datediff('month', $month, date_effet)) AS months FROM served.procedures_chronology
    WHERE stade_procol = 'ouverture' AND date_effet > last_day($month) GROUP BY siren
) AS opening USING (siren)
WHERE alert.level IS NOT NULL GROUP BY alert.level
"""


@dataclass(frozen=True)
class Aftermath:
    """The companies of a level of a list, and how many failed by each month after it.

    Attributes:
        months: how many months after the list are known whole, at most 18.
        failed: by number of months, from 1, how many companies had entered a procedure.
    """

    companies: int
    months: int
    failed: Mapping[int, int]


def aftermath(snapshot: Snapshot, chosen: PublishedList) -> dict[Level, Aftermath]:
    """What became of the alerts of a list, by level; a level that no company had is left out."""
    table = f"list_{chosen.number}_aftermath"
    snapshot.keep_table(table, _KEPT, {"entries": str(chosen.folder / "entries.parquet"), "month": chosen.month})
    months = min(LOOKS[-1], max(0, index_of(snapshot.manifest.as_of) - index_of(chosen.month) - KNOWN_AFTER))
    rows = snapshot.rows(f"SELECT level, companies, after FROM memory.{table}")
    return {Level(level): Aftermath(companies, months, _cumulated(after or ())) for level, companies, after in rows}


def verdict_of(chosen: PublishedList, aftermaths: Mapping[Level, Aftermath]) -> PromiseVerdict | None:
    """Whether the promise of a list is kept, at the last look; None before the first one, or without promise."""
    high = aftermaths.get(Level.HIGH)
    if high is None:
        return None
    return verdict(chosen.card.get("promise", {}), high.companies, high.failed, high.months)


def promise_sentences(
    chosen: PublishedList, latest: PublishedList, aftermaths: Mapping[Level, Aftermath]
) -> tuple[str, ...]:
    """The promise of a list in sentences, and what became of it; empty for a list that could make none.

    Args:
        latest: the latest list, which says whether levels still hold.
    """
    promise = chosen.card.get("promise")
    if not promise:
        return ()
    if promise["withheld"]:
        return (WITHHELD[Withheld(promise["withheld"])],)
    made = (
        f"Promesse : parmi ses alertes élevées, au moins 1 entreprise sur {number(promise['one_in'])} entrera en "
        f"procédure collective dans les 18 mois (confiance de {percent(promise['confidence'], 0)}, d’après "
        f"{counted(promise['companies'], 'entreprise', 'entreprises')} du dernier contrôle)."
    )
    result = verdict_of(chosen, aftermaths)
    if result is not None and result.broken:
        return (made, f"Promesse rompue, donc retirée : {_observed(result)} Ne comptez plus sur cette proportion.")
    level = latest.card.get("level", {})
    if level and not level["certain"]:
        moved = "" if level["moved"] is None else f" ({signed_percent(level['moved'] - 1)})"
        why = f"le rythme connu des défaillances a changé{moved} depuis que le modèle a été calibré"
        return (made, f"Promesse retirée : {why}.")
    if result is None:
        return (made, f"Elle sera jugée quand les procédures des {LOOKS[0]} mois qui suivent la liste seront connues.")
    standing = "Tenue" if result.months == LOOKS[-1] else "Tenue jusqu’ici"
    return (made, f"{standing} : {_observed(result)}")


def outcome_sentences(aftermaths: Mapping[Level, Aftermath]) -> Sequence[str]:
    """How many companies of each level entered a procedure since the list, in sentences.

    All of France is counted, whatever the zone of the reader. A level of few companies is not: its count would reveal
    the level of some that the agent may not read.
    """
    sentences = []
    for level in Level:
        one = aftermaths.get(level)
        if one is not None and one.months and one.companies >= FEWEST:
            failed = one.failed.get(one.months, 0)
            sentences.append(
                f"{level.label} : {counted(failed, 'entreprise est entrée', 'entreprises sont entrées')} en procédure "
                f"en {number(one.months)} mois, sur {number(one.companies)}."
            )
    return sentences


WITHHELD = {
    Withheld.REGIME: "Aucune promesse : le rythme des défaillances a changé depuis que le modèle a été calibré.",
    Withheld.UNOBSERVED: "Aucune promesse : aucun contrôle rétrospectif ne dit ce que devient une alerte élevée.",
    Withheld.WEAK: "Aucune promesse : trop peu d’alertes élevées ont été suivies pour en faire une.",
}


def _observed(result: PromiseVerdict) -> str:
    opened = counted(result.observed, "procédure ouverte", "procédures ouvertes")
    return f"{opened} en {number(result.months)} mois, il en fallait au moins {number(result.asked)}."


def _cumulated(after: Sequence[int]) -> dict[int, int]:
    return {month: sum(one <= month for one in after) for month in range(1, LOOKS[-1] + 1)}
