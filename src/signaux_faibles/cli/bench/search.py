"""`sf bench search`: what a search of the register costs, by what is typed (decision record 0025-search)."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import quantiles
from typing import Annotated

import numpy as np
import typer
from rich.table import Table

from signaux_faibles.cli.bench.register import invented_register
from signaux_faibles.cli.options import screen
from signaux_faibles.snapshot.search.companies import RegisteredCompany
from signaux_faibles.snapshot.search.filters import SearchFilters
from signaux_faibles.snapshot.search.index import COUNTED, RegisterIndex
from signaux_faibles.snapshot.search.places import gazetteer
from signaux_faibles.snapshot.search.writing import build_register_index
from signaux_faibles.wording.french import number, percent

SEED = 25
REGION = frozenset({"16", "17", "19", "23", "24", "33", "40", "47", "64", "79", "86", "87"})
"""The departments of an agent whose zone is a large region."""
SHOWN = 20
SUGGESTED = 6
ALERTS = 2_000
"""Companies in alert of a large zone, among which the filter by level searches."""


@dataclass(frozen=True)
class SearchKind:
    """A kind of search: what is typed for a company, which is then looked for on the first page."""

    label: str
    typed: Callable[[RegisteredCompany, np.random.Generator], str]
    counted: int = COUNTED
    among: bool = False


@dataclass(frozen=True)
class SearchCost:
    """Milliseconds of processor, and the share of companies found on the first page."""

    median: float
    p95: float
    slowest: float
    found: float


def bench_search(
    folder: Annotated[Path, typer.Argument(help="Dossier de travail : l'index y est écrit.")],
    companies: Annotated[
        int, typer.Option(help="Entreprises de l'index ; 1,9 million à l'échelle region.")
    ] = 1_900_000,
    searches: Annotated[int, typer.Option(help="Recherches de chaque sorte.")] = 200,
) -> None:
    """Mesure la recherche du répertoire : construction de l'index, puis processeur par sorte de recherche."""
    folder.mkdir(parents=True, exist_ok=True)
    file = folder / f"register-{companies}.sqlite3"
    title = "Données fictives."
    if not file.exists():
        start = time.process_time()
        build_register_index(invented_register(companies, SEED), file)
        title = f"Écrit en {number(time.process_time() - start)} s de processeur, invention comprise. {title}"
    index = RegisterIndex(file)
    report = Table("Recherche", "Médiane (ms)", "p95 (ms)", "Plus lente (ms)", "Trouvée en première page")
    report.title = f"{number(companies)} entreprises, {number(file.stat().st_size / 2**20)} Mio. {title}"
    for kind in KINDS:
        cost = _measured(kind, index, companies, searches)
        figures = (number(value, 1) for value in (cost.median, cost.p95, cost.slowest))
        report.add_row(kind.label, *figures, percent(cost.found, 0))
    index.close()
    screen.print(report)


def _measured(kind: SearchKind, index: RegisterIndex, companies: int, searches: int) -> SearchCost:
    """Each search is run once, by an agent whose zone comes first."""
    rng = np.random.default_rng(SEED)
    companies_sought = index.companies(sorted(int(rank) for rank in rng.integers(1, companies, searches)))
    alerts = index.companies(range(1, ALERTS + 1))
    filters = SearchFilters(sirens=frozenset(one.siren for one in alerts)) if kind.among else SearchFilters()
    spent, hits = [], 0
    for one in alerts[:searches] if kind.among else companies_sought:
        text = kind.typed(one, rng)
        start = time.process_time()
        ranks = index.search(text, filters, REGION, kind.counted).ranks
        first = index.companies(ranks[:SHOWN])
        spent.append(1_000 * (time.process_time() - start))
        hits += one.siren in {company.siren for company in first}
    cuts = quantiles(spent, n=20, method="inclusive")
    return SearchCost(cuts[9], cuts[18], max(spent), hits / len(spent))


def _words(company: RegisteredCompany) -> list[str]:
    return (company.name or "").split()


def _longest(company: RegisteredCompany) -> str:
    return max(_words(company), key=len)


def _wrong(letters: int) -> Callable[[RegisteredCompany, np.random.Generator], str]:
    """The whole name, `letters` of its longest word changed, added, dropped or swapped."""

    def typed(company: RegisteredCompany, rng: np.random.Generator) -> str:
        word = list(_longest(company))
        for place in sorted(rng.choice(np.arange(1, len(word) - 1), letters, replace=False), reverse=True):
            word[place : place + 2] = _mistakes(word[place], word[place + 1])[int(rng.integers(4))]
        return " ".join("".join(word) if one == _longest(company) else one for one in _words(company))

    return typed


def _mistakes(letter: str, following: str) -> Sequence[Iterable[str]]:
    return ("e" if letter != "E" else "a", following), (following,), (letter, letter, following), (following, letter)


def _town(company: RegisteredCompany) -> str:
    return gazetteer().town(company.towns[0]) or ""


KINDS = (
    SearchKind("un mot courant", lambda company, _: _words(company)[0]),
    SearchKind("un mot rare", lambda company, _: _longest(company)),
    SearchKind("trois lettres", lambda company, _: _longest(company)[:3]),
    SearchKind("cinq lettres", lambda company, _: _longest(company)[:5]),
    SearchKind("un nom entier", lambda company, _: company.name or ""),
    SearchKind("le nom, une lettre fausse", _wrong(1)),
    SearchKind("le nom, deux lettres fausses", _wrong(2)),
    SearchKind("le nom sans espace", lambda company, _: "".join(_words(company))),
    SearchKind("un mot et la commune", lambda company, _: f"{_longest(company)} {_town(company)}"),
    SearchKind("un mot et le département", lambda company, _: f"{_longest(company)} {company.departement}"),
    SearchKind("le code postal", lambda company, _: next(iter(company.postcodes))),
    SearchKind(
        "l'enseigne", lambda company, _: company.other_names[0].text if company.other_names else company.name or ""
    ),
    SearchKind("le siren", lambda company, _: company.siren),
    SearchKind("suggestions, cinq lettres", lambda company, _: _longest(company)[:5], SUGGESTED),
    SearchKind("suggestions, une lettre fausse", _wrong(1), SUGGESTED),
    SearchKind("un mot, parmi 2 000 en alerte", lambda company, _: _longest(company), among=True),
    SearchKind("une lettre fausse, parmi 2 000 en alerte", _wrong(1), among=True),
)
