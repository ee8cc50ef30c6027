"""`sf bench months`: what a month costs when others came before it, and when one of its files is corrected."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table

from signaux_faibles.chain.options import RunOptions
from signaux_faibles.cli.bench.invention import invented
from signaux_faibles.cli.bench.measuring import Measure, measured_run
from signaux_faibles.cli.options import refusals_as_sentences, screen
from signaux_faibles.cli.running import MemoryLimit
from signaux_faibles.fictitious import Scale
from signaux_faibles.home.home import Home
from signaux_faibles.relations.files import whole_file
from signaux_faibles.relations.months import month_at
from signaux_faibles.sources.batch import batch_month
from signaux_faibles.sources.discovery import discover
from signaux_faibles.wording.french import number

CORRECTED, ONE_IN = "procol", 100
"""The type whose file is corrected: one line in a hundred is taken out."""


def bench_months(
    folder: Annotated[Path, typer.Argument(help="Dossier de travail : livraisons inventées et dossier de chaîne.")],
    scale: Annotated[Scale, typer.Option(help="Taille du pays.")] = Scale.DEMO,
    months: Annotated[int, typer.Option(min=2, help="Nombre de lots qui se suivent.")] = 3,
    batch: Annotated[str, typer.Option(help="Premier lot AAMM.")] = "2601",
    memory_limit: MemoryLimit = "6GB",
) -> None:
    """Mesure des lots qui se suivent, puis le dernier avec un fichier corrigé. Données fictives."""
    with refusals_as_sentences():
        deliveries, home = folder / f"{scale.value}-months", Home(folder / f"home-{scale.value}-months")
        if home.root.exists():
            raise typer.BadParameter(f"{home.root} existe : une mesure part d'un dossier vide, supprimez-le.")
        batches, before = following(batch, months), None
        table = Table("Lot", "Secondes", "Processeur", "Tables reprises", "Lignes lues")
        for key in batches:
            invented(deliveries, scale, key, before)
            _add(table, key, measured_run(RunOptions(key, deliveries, memory_limit=memory_limit), home))
            before = key
        correct(deliveries / batches[-1])
        again = measured_run(RunOptions(batches[-1], deliveries, memory_limit=memory_limit), home)
        _add(table, f"{batches[-1]}, {CORRECTED} corrigé", again)
        screen.print(table)


def following(first: str, count: int) -> list[str]:
    """The keys, AAMM, of some months from a first one on."""
    start = batch_month(first)
    days = [month_at(start.year * 12 + start.month - 1 + place) for place in range(count)]
    return [f"{day:%y%m}" for day in days]


def correct(delivery: Path) -> None:
    """Take lines out of the corrected file of a delivery; the copy that replaces it is another file."""
    (file,) = discover(delivery).files[CORRECTED]
    lines = file.read_bytes().splitlines(keepends=True)
    with whole_file(file) as draft:
        draft.write_bytes(b"".join(line for place, line in enumerate(lines) if place % ONE_IN != 1))


def _add(table: Table, label: str, measure: Measure) -> None:
    total, outcome = measure.total, measure.outcome
    table.add_row(
        label,
        number(total.elapsed, 1),
        number(total.processor, 1),
        number(len(outcome.resumed)),
        number(measure.rows),
    )
