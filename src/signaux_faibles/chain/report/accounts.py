"""What a report says about annual accounts: filings by flag, companies by what we know of them (open-data §2.12)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from signaux_faibles.chain.report.page import Grid, Section
from signaux_faibles.relations.in_memory import in_memory
from signaux_faibles.tables.accounts.coverage import REFUSED
from signaux_faibles.tables.accounts.quality import ANOMALIES
from signaux_faibles.tables.accounts.state import NOT_TYPED, WITHHELD
from signaux_faibles.wording.french import counted, number, percent

COMPUTED = "ratios calculés"
"""What a report says of companies whose accounts are known."""


@dataclass(frozen=True)
class AccountsFacts:
    """The annual accounts of a snapshot.

    Attributes:
        filings: how many were read; assumed: those whose day of filing is unknown; aside: those that give no accounts.
        withheld, untyped: filings without a liasse, because it is confidential, or because INPI did not type it.
        flags: filings that have each flag, in words.
        companies: how many are covered or should be; known: those with at least one exercice.
        reasons: companies by what is known about their last exercice.
    """

    filings: int
    assumed: int
    withheld: int
    untyped: int
    aside: int
    flags: tuple[tuple[str, int], ...]
    companies: int
    known: int
    reasons: tuple[tuple[str, int], ...]


def accounts_facts(tables: Path) -> AccountsFacts | None:
    """Count the accounts of a folder of tables; None where they are not computed."""
    files = {name: str(tables / f"{name}.parquet") for name in ("accounts", "accounts_aside", "accounts_coverage")}
    if not all(Path(file).exists() for file in files.values()):
        return None
    flags = ", ".join(f"count(*) FILTER ({flag})" for flag in ANOMALIES)
    states = "count(*) FILTER (liasse = ?), count(*) FILTER (liasse = ?)"
    of_filings = f"SELECT count(*), count(*) FILTER (known_at_assumed), {states}, {flags} FROM read_parquet(?)"
    of_reasons = (
        "SELECT CASE WHEN starts_with(motif, $refused) THEN rtrim($refused, ' :') ELSE coalesce(motif, $computed) END, "
        "count(*) FROM read_parquet($file) GROUP BY 1 ORDER BY 2 DESC, 1"
    )
    with in_memory() as connection:
        filings, assumed, withheld, untyped, *by_flag = connection.execute(
            of_filings, [WITHHELD, NOT_TYPED, files["accounts"]]
        ).fetchall()[0]
        aside = connection.execute("SELECT count(*) FROM read_parquet(?)", [files["accounts_aside"]]).fetchall()[0][0]
        counts = connection.execute(
            "SELECT count(*) FILTER (exercices > 0), count(*) FROM read_parquet(?)", [files["accounts_coverage"]]
        ).fetchall()[0]
        parameters = {"refused": REFUSED, "computed": COMPUTED, "file": files["accounts_coverage"]}
        reasons = connection.execute(of_reasons, parameters).fetchall()
    anomalies = tuple((words, count) for words, count in zip(ANOMALIES.values(), by_flag, strict=True) if count)
    return AccountsFacts(filings, assumed, withheld, untyped, aside, anomalies, counts[1], counts[0], tuple(reasons))


def accounts_section(facts: AccountsFacts | None) -> Section:
    """Counts of filings and of companies; empty when no account is known."""
    if facts is None or not (facts.filings or facts.aside):
        return Section("Comptes annuels")
    sentence = (
        f"{counted(facts.filings, 'dépôt lu', 'dépôts lus')}, dont {number(facts.assumed)} sans date de dépôt ; "
        f"{counted(facts.aside, 'dépôt écarté', 'dépôts écartés')}. "
        f"Entreprises qui ont des comptes : {number(facts.known)} sur {number(facts.companies)}."
    )
    without_liasse = (
        f"Dépôts sans liasse, et réguliers : {number(facts.withheld)} aux comptes confidentiels, ce qui est un droit "
        f"de l'entreprise, et {number(facts.untyped)} que l'INPI n'a pas saisis. Aucun n'est un rejet."
    )
    sentences = (sentence, without_liasse) if facts.withheld or facts.untyped else (sentence,)
    flags = Grid("Dépôts par anomalie", ("Anomalie", "Dépôts", "%"), _shares(facts.flags, facts.filings), _NUMBERS)
    reasons = Grid(
        "Entreprises, par ce que dit leur dernier exercice",
        ("Ce qu'on en sait", "Entreprises", "%"),
        _shares(facts.reasons, facts.companies),
        _NUMBERS,
    )
    return Section("Comptes annuels", sentences, (flags, reasons) if facts.flags else (reasons,))


_NUMBERS = frozenset({1, 2})


def _shares(counts: tuple[tuple[str, int], ...], whole: int) -> tuple[tuple[str, ...], ...]:
    return tuple((words, number(count), percent(count / (whole or 1), 2)) for words, count in counts)
