"""`sf bench`: measures performance, which no test times (docs/performance.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from signaux_faibles.chain.options import RunOptions
from signaux_faibles.cli.bench.country import bench_admission, bench_calibration, bench_hardness, bench_worlds
from signaux_faibles.cli.bench.detect import bench_detect
from signaux_faibles.cli.bench.invention import MeasuredInvention, invented
from signaux_faibles.cli.bench.learner import bench_learner
from signaux_faibles.cli.bench.measuring import READING, Measure, measured_run
from signaux_faibles.cli.bench.months import bench_months
from signaux_faibles.cli.bench.recipes import bench_recipes
from signaux_faibles.cli.bench.safeguards import bench_safeguards
from signaux_faibles.cli.bench.search import bench_search
from signaux_faibles.cli.bench.takeover import bench_takeover
from signaux_faibles.cli.bench.web import bench_web
from signaux_faibles.cli.options import refusals_as_sentences, screen
from signaux_faibles.cli.running import EngineName, MemoryLimit
from signaux_faibles.fictitious import Scale
from signaux_faibles.home.home import Home
from signaux_faibles.sources.discovery import FICTITIOUS_MARK, discover
from signaux_faibles.wording.french import number, percent

ADMINISTRATIVE = (
    *("sirene", "sirene_ul", "sirene_histo", "effectif_ent", "effectif", "cotisation", "debit", "delai", "ccsf"),
    *("procol", "apdemande", "apconso"),
)
"""The types of import-chain §5, which a run needs or which are delivered each month."""

bench = typer.Typer(help="Mesure les performances, le pays inventé et la façon d'apprendre.", no_args_is_help=True)
bench.command("hardness")(bench_hardness)
bench.command("admission")(bench_admission)
bench.command("calibration")(bench_calibration)
bench.command("worlds")(bench_worlds)
bench.command("detect")(bench_detect)
bench.command("learner")(bench_learner)
bench.command("months")(bench_months)
bench.command("recipes")(bench_recipes)
bench.command("safeguards")(bench_safeguards)
bench.command("search")(bench_search)
bench.command("web")(bench_web)
bench.command("takeover")(bench_takeover)


WorkFolder = Annotated[Path, typer.Argument(help="Dossier de travail : livraisons inventées et dossier de chaîne.")]
BatchKey = Annotated[str, typer.Option(help="Lot AAMM.")]
Administrations = Annotated[
    bool, typer.Option("--administrations", help="Les douze fichiers de l'Insee, de l'Urssaf et de la DGEFP seuls.")
]


@bench.command("chain")
def bench_chain(
    folder: WorkFolder,
    scale: Annotated[Scale, typer.Option(help="Taille du pays.")] = Scale.DEMO,
    batch: BatchKey = "2610",
    engine: EngineName = "duckdb",
    memory_limit: MemoryLimit = "6GB",
    administrations: Administrations = False,
) -> None:
    """Mesure un lot, des fichiers bruts à l'instantané publié : temps par étape, débit, mémoire, disque.

    La mesure est aussi gardée en JSON dans le dossier : scripts/plot_performance.py en tire tableaux et figure.
    """
    with refusals_as_sentences():
        deliveries = folder / scale.value
        home = Home(folder / f"home-{scale.value}{'-administrations' if administrations else ''}-{engine}")
        if home.root.exists():
            raise typer.BadParameter(f"{home.root} existe : une mesure part d'un dossier vide, supprimez-le.")
        cost = invented(deliveries, scale, batch)
        if cost:
            screen.print(_cost_line(cost))
        if administrations:
            deliveries = _linked(deliveries, batch, folder / f"{scale.value}-administrations")
        options = RunOptions(batch, deliveries, engine=engine, memory_limit=memory_limit)
        measure = measured_run(options, home)
        measure.write(folder / f"measure-{deliveries.name}-{engine}.json")
        screen.print(_report(measure))


@bench.command("country")
def bench_country(
    folder: WorkFolder,
    batch: BatchKey = "2610",
    engine: EngineName = "duckdb",
    memory_limit: MemoryLimit = "11GB",
    administrations: Administrations = False,
) -> None:
    """Invente un pays de la taille de la France, puis mesure un lot entier. Prévoir 80 Go de disque. Données fictives.

    350 000 entreprises de dix salariés ou plus et 42 millions d'établissements au répertoire.
    """
    bench_chain(folder, Scale.COUNTRY, batch, engine, memory_limit, administrations)


def _linked(deliveries: Path, batch: str, folder: Path) -> Path:
    """A folder of deliveries with the administrative files only, as links instead of copies."""
    delivered = discover(deliveries / batch).files
    files = (path for name in ADMINISTRATIVE for path in delivered.get(name, []))
    paths = [deliveries / batch / FICTITIOUS_MARK, *files]
    (folder / batch).mkdir(parents=True, exist_ok=True)
    for path in paths:
        link = folder / batch / path.name
        link.unlink(missing_ok=True)
        link.hardlink_to(path)
    return folder


def _cost_line(cost: MeasuredInvention) -> str:
    return (
        f"Pays inventé : {number(sum(cost.rows.values()))} lignes, dont {number(cost.register)} établissements au "
        f"répertoire, {_gib(cost.disk_bytes)} de fichiers ; {number(cost.elapsed)} s ({number(cost.processor)} s de "
        f"processeur), {_gib(cost.peak_bytes)} de mémoire au plus. Données fictives."
    )


def _report(measure: Measure) -> Table:
    total = measure.total
    title = (
        f"{number(total.elapsed)} s ({number(total.processor)} s de processeur), {_gib(measure.peak_bytes)} au plus, "
        f"{_gib(measure.disk_bytes)} sur disque"
    )
    table = Table("Étape", "Secondes", "Part", "Processeur", "Lignes lues", "Lignes par seconde", title=title)
    for part, spent in measure.parts.items():
        read = measure.rows if part == READING else 0
        rows, speed = (number(read), number(read / spent.elapsed)) if read else ("", "")
        share = percent(spent.elapsed / total.elapsed, 2)
        table.add_row(part, number(spent.elapsed, 1), share, number(spent.processor, 1), rows, speed)
    return table


def _gib(size: int) -> str:
    return f"{number(size / 2**30, 1)} Gio"
