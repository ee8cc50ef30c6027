"""`sf bench`: performance is measured here, never by a timed test (docs/performance.md)."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from signaux_faibles.chain.options import RunOptions
from signaux_faibles.chain.report.page import number, percent
from signaux_faibles.cli.bench.country import bench_calibration, bench_hardness, bench_worlds
from signaux_faibles.cli.bench.invention import MeasuredInvention, invented
from signaux_faibles.cli.bench.measuring import Measure, measured_run
from signaux_faibles.cli.options import said_in_a_sentence, screen
from signaux_faibles.cli.running import EngineName, MemoryLimit
from signaux_faibles.fictitious import Scale
from signaux_faibles.home.home import Home
from signaux_faibles.sources.discovery import FICTITIOUS_MARK, discover

ADMINISTRATIVE = (
    *("sirene", "sirene_ul", "sirene_histo", "effectif_ent", "effectif", "cotisation", "debit", "delai", "ccsf"),
    *("procol", "apdemande", "apconso"),
)
"""The types of import-chain §5, that a run cannot do without or that come each month."""

bench = typer.Typer(help="Mesure les performances sur le pays inventé, et ce pays lui-même.", no_args_is_help=True)
bench.command("hardness")(bench_hardness)
bench.command("calibration")(bench_calibration)
bench.command("worlds")(bench_worlds)


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
    with said_in_a_sentence():
        deliveries = folder / scale.value
        home = Home(folder / f"home-{scale.value}{'-administrations' if administrations else ''}-{engine}")
        if home.root.exists():
            raise typer.BadParameter(f"{home.root} existe : une mesure part d'un dossier vide, supprimez-le.")
        cost = invented(deliveries, scale, batch)
        if cost:
            screen.print(_told(cost))
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
    """A folder of deliveries that holds the administrative files alone, without a copy of them."""
    found = discover(deliveries / batch).files
    paths = [deliveries / batch / FICTITIOUS_MARK, *(path for name in ADMINISTRATIVE for path in found.get(name, []))]
    (folder / batch).mkdir(parents=True, exist_ok=True)
    for path in paths:
        link = folder / batch / path.name
        link.unlink(missing_ok=True)
        link.hardlink_to(path)
    return folder


def _told(cost: MeasuredInvention) -> str:
    return (
        f"Pays inventé : {number(sum(cost.rows.values()))} lignes, dont {number(cost.register)} établissements au "
        f"répertoire, {cost.disk_bytes / 2**30:.1f} Gio de fichiers ; {cost.elapsed:.0f} s ({cost.processor:.0f} s de "
        f"processeur), {cost.peak_bytes / 2**30:.1f} Gio de mémoire au plus. Données fictives."
    )


def _report(measure: Measure) -> Table:
    total, rows_read = measure.total, measure.rows_read
    title = (
        f"{total.elapsed:.0f} s ({total.processor:.0f} s de processeur), {measure.peak_bytes / 2**30:.1f} Gio au plus, "
        f"{measure.disk_bytes / 2**30:.1f} Gio sur disque"
    )
    table = Table("Étape", "Secondes", "Part", "Processeur", "Lignes lues", "Lignes par seconde", title=title)
    for part, spent in measure.parts.items():
        read = rows_read.get(part)
        speed = number(round(read / spent.elapsed)) if read else ""
        share = percent(spent.elapsed / total.elapsed)
        table.add_row(part, f"{spent.elapsed:.1f}", share, f"{spent.processor:.1f}", number(read), speed)
    return table
