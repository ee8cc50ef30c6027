"""`sf bench web`: what pages cost to many agents at once, over HTTP, the journal of readings being written."""

from __future__ import annotations

import json
import os
import tempfile
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from statistics import median, quantiles
from typing import Annotated
from urllib.parse import quote

import typer
from rich.table import Table

from signaux_faibles.chain.errors import RunStopped
from signaux_faibles.cli.bench.browsing import Browser, TimedResponse, browsed
from signaux_faibles.cli.bench.server import Server, serving
from signaux_faibles.cli.options import HomeOption, refusals_as_sentences, screen
from signaux_faibles.cli.serving import Port, run_own
from signaux_faibles.home.home import Home
from signaux_faibles.relations.files import write_text
from signaux_faibles.snapshot.served.lists import published_lists
from signaux_faibles.snapshot.shelf import Shelf, Snapshot
from signaux_faibles.web.environment import Environment
from signaux_faibles.web.serve import ensure_keys
from signaux_faibles.web.territory import departments_of
from signaux_faibles.wording.french import number

REGION = "Nouvelle-Aquitaine"
COMPANIES = 500
FIVE_FILTERS = "scope=implantation&debt_min=1000&headcount_min=20&no_plan=on&procedure=aucune"
_COMPANIES = """
SELECT siren, siret_siege, company.raison_sociale
FROM assessed_company AS company JOIN clean_sirene_ul USING (siren)
WHERE list_has_any(active_departments, $zone) AND siret_siege IS NOT NULL AND company.raison_sociale IS NOT NULL
ORDER BY hash(siren) LIMIT $count
"""


@dataclass(frozen=True)
class PageKind:
    """A kind of page: its addresses, and whether one agent of the whole country asks alone."""

    label: str
    addresses: tuple[str, ...]
    alone: bool = False


@dataclass(frozen=True)
class PageCost:
    """What a kind of page cost: milliseconds elapsed, milliseconds of processor per request, bytes that travelled."""

    label: str
    requests: int
    errors: int
    median: float
    p95: float
    processor: float
    size: float


def bench_web(
    home: HomeOption,
    agents: Annotated[int, typer.Option(min=1, help="Agents à la fois.")] = 20,
    thought: Annotated[float, typer.Option(help="Secondes de réflexion après chaque page.")] = 1.0,
    seconds: Annotated[float, typer.Option(help="Durée de chaque sorte de page.")] = 30.0,
    port: Port = 8765,
    output: Annotated[Path | None, typer.Option(help="Fichier JSON des mesures.")] = None,
) -> None:
    """Mesure les pages par HTTP : temps, processeur par requête, mémoire. Données fictives seulement.

    Des comptes « banc…@demo.example » sont créés dans le dossier ; SQLite, ou PostgreSQL par SF_DATABASE_URL.
    """
    with refusals_as_sentences():
        chain = Home(home)
        kinds = _kinds(chain)
        password = _accounts(chain, agents)
        loads = [os.getloadavg()[0]]
        with tempfile.TemporaryDirectory() as folder, serving(chain, port, Path(folder) / "journal") as server:
            costs = _measured(kinds, server, agents, password, seconds, thought)
            memory = server.memory()
        loads.append(os.getloadavg()[0])
    if output:
        asked = {"agents": agents, "thought": thought, "seconds": seconds, "database": _database()}
        measured = {"memory": memory, "loads": loads, "pages": [asdict(one) for one in costs]}
        write_text(output, json.dumps(asked | measured, ensure_ascii=False, indent=1) + "\n")
    _show(costs, memory, loads)


def _measured(
    kinds: Sequence[PageKind], server: Server, agents: int, password: str, seconds: float, thought: float
) -> list[PageCost]:
    browsers = [Browser(server.port) for _ in range(agents + 1)]
    for rank, browser in enumerate(browsers):
        browser.sign_in(f"banc{rank}@demo.example", password)
    costs = []
    for kind in kinds:
        readers = browsers[:1] if kind.alone else browsers[1:]
        browsed(readers, kind.addresses, 0.1 * seconds, thought)  # first pages open files and fill caches
        before = server.processor()
        answers = browsed(readers, kind.addresses, seconds, thought)
        costs.append(_cost(kind.label, answers, server.processor() - before))
    return costs


def _cost(label: str, answers: Sequence[TimedResponse], processor: float) -> PageCost:
    times = [1_000 * one.elapsed for one in answers] or [0.0]
    return PageCost(
        label,
        len(answers),
        sum(not one.right for one in answers),
        median(times),
        quantiles(times, n=20, method="inclusive")[18] if len(times) > 1 else times[0],
        1_000 * processor / max(len(answers), 1),
        median([one.size for one in answers] or [0]),
    )


def _kinds(home: Home) -> list[PageKind]:
    """The kinds of pages that a home can show: without a published list, neither list nor workbook.

    Raises:
        NoSnapshot: nothing is published.
    """
    with Shelf(home).pinned() as snapshot:
        companies = _some_companies(snapshot)
    if not companies:
        raise RunStopped(f"Aucune entreprise suivie en {REGION} dans {home.root}.")
    words = [max(name.split(), key=len) for _, _, name in companies]
    kinds = [
        PageKind("accueil", ("/",)),
        PageKind("entreprise", tuple(f"/entreprises/{siren}" for siren, _, _ in companies)),
        PageKind("établissement", tuple(f"/etablissements/{siret}" for _, siret, _ in companies)),
        PageKind("recherche d'un mot", tuple(f"/recherche?q={quote(word)}" for word in words)),
    ]
    lists = published_lists(home)
    if lists:
        whole = f"/listes/{lists[0].number}/export.xlsx?confirme=1&work=toutes&closed=on"
        kinds += [
            PageKind("liste, cinq filtres", (f"/listes/{lists[0].number}?{FIVE_FILTERS}",)),
            PageKind("XLSX de la liste entière", (whole,), alone=True),
        ]
    return kinds


def _some_companies(snapshot: Snapshot) -> list[tuple[str, str, str]]:
    companies = snapshot.rows(_COMPANIES, {"zone": sorted(departments_of(REGION)), "count": COMPANIES})
    return [(siren, siret, name) for siren, siret, name in companies]


def _accounts(home: Home, agents: int) -> str:
    """Open the accounts, and give their password.

    Raises:
        RunStopped: the application refuses, as on real data.
    """
    ensure_keys(home)
    application = "signaux_faibles.web"
    run_own(home, application, "migrate", "--verbosity", "0", "--no-input")
    return run_own(home, application, "bench_accounts", str(agents), REGION)


def _database() -> str:
    return "PostgreSQL" if Environment().database_url else "SQLite"


def _show(costs: Sequence[PageCost], memory: int, loads: Sequence[float]) -> None:
    report = Table("Page", "Requêtes", "Erreurs", "Médiane (ms)", "p95 (ms)", "Processeur (ms)", "Octets")
    report.title = f"{_database()}. Mémoire des processus : {number(memory / 2**20)} Mio. Données fictives."
    report.caption = f"Charge de la machine : {number(loads[0], 1)} avant, {number(loads[-1], 1)} après."
    for one in costs:
        figures = (number(value) for value in (one.requests, one.errors, one.median, one.p95))
        report.add_row(one.label, *figures, number(one.processor, 1), number(one.size))
    screen.print(report)
